// Measures the kernels, their adjoints and the other tools' gradients, and
// writes JSON.
//
// usage: measure_kernels [--size cached|large] [--filter REGEX] [--rounds N]
//                        [--min-time SECONDS] [--no-peers]
//
// A figure is the CPU time of a call, the mean over `min-time` and the minimum
// over the rounds, in each of which all contenders have their turn. What a call
// overwrites is set before it, untimed. The memory is what the first call
// allocates at most; arguments and their adjoints do not count. Of a tool that
// carries some derivatives at a time one pass is measured, and multiplied.
#include "contenders.h"
#include "memory.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <limits>
#include <regex>

namespace {
struct Options {
  Size size = Size::cached;
  std::regex filter{"."};
  int rounds = 9;
  double min_time = 0.02;
  bool peers = true;
};

/// One row of the result.
struct Row {
  std::string tool;
  std::function<void(Problem &)> call;
  double parts = 1;
  std::size_t (*recorded)() = nullptr;
  double seconds = std::numeric_limits<double>::infinity();
  std::size_t allocated = 0;
};
} // namespace

static double cpu_time() {
  timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return double(t.tv_sec) + 1e-9 * double(t.tv_nsec);
}

/// What reading the clock takes by itself.
static double clock_cost() {
  double least = 1;
  for (int i = 0; i < 1000; ++i) {
    const double start = cpu_time();
    least = std::min(least, cpu_time() - start);
  }
  return least;
}

/// The mean CPU time of a call.
static double time_of(const Row &row, Problem &problem, double min_time) {
  static const double clock = clock_cost();
  double sum = 0;
  int calls = 0;
  do {
    problem.prepare();
    const double start = cpu_time();
    row.call(problem);
    sum += cpu_time() - start - clock;
    ++calls;
  } while (sum < min_time && calls < 1'000'000);
  return row.parts * sum / calls;
}

static std::vector<Row> rows_of(const Kernel &kernel, const Problem &problem,
                                const Options &options) {
  std::vector<Row> rows;
  rows.push_back({"primal", [](Problem &p) { p.primal(); }});
  rows.push_back({"hand", kernel.hand.gradient});
  if (kernel.adgen.gradient)
    rows.push_back({"adgen", kernel.adgen.gradient});
  if (options.peers)
    for (const Contender &c : kernel.peers)
      rows.push_back({c.tool, c.part ? c.part : c.gradient,
                      c.parts ? double(c.parts(problem)) : 1.0, c.recorded});
  return rows;
}

static std::string quoted(const std::string &text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\')
      out += '\\';
    out += c;
  }
  return out + '"';
}

static void measure(const Kernel &kernel, const Options &options, bool first) {
  const auto problem = kernel.make(options.size);
  std::vector<Row> rows = rows_of(kernel, *problem, options);
  for (Row &row : rows) {
    problem->prepare();
    const AllocationCount count;
    row.call(*problem);
    row.allocated = row.recorded ? row.recorded() : count.peak();
  }
  std::mt19937 random(1);
  for (int round = 0; round < options.rounds; ++round) {
    std::vector<Row *> order;
    for (Row &row : rows)
      order.push_back(&row);
    std::shuffle(order.begin(), order.end(), random);
    for (Row *row : order)
      row->seconds =
          std::min(row->seconds, time_of(*row, *problem, options.min_time));
  }

  std::printf("%s\n {\"kernel\": %s, \"dimensions\": %s,\n  \"seconds\": {",
              first ? "" : ",", quoted(kernel.name).c_str(),
              quoted(problem->dimensions()).c_str());
  for (std::size_t i = 0; i < rows.size(); ++i)
    std::printf("%s%s: %.4e", i ? ", " : "", quoted(rows[i].tool).c_str(),
                rows[i].seconds);
  std::printf("},\n  \"allocated\": {");
  for (std::size_t i = 0; i < rows.size(); ++i)
    std::printf("%s%s: %zu", i ? ", " : "", quoted(rows[i].tool).c_str(),
                rows[i].allocated);
  std::printf("},\n  \"refused\": %s}", quoted(kernel.adgen.refusal).c_str());
  std::fflush(stdout);
}

static Options options_of(int argc, char **argv) {
  Options options;
  const auto usage = [&] {
    std::fprintf(stderr,
                 "usage: %s [--size cached|large] [--filter REGEX] "
                 "[--rounds N] [--min-time SECONDS] [--no-peers]\n",
                 argv[0]);
    std::exit(2);
  };
  for (int i = 1; i < argc; ++i) {
    const std::string option = argv[i];
    if (option == "--no-peers") {
      options.peers = false;
      continue;
    }
    if (++i == argc)
      usage();
    const std::string value = argv[i];
    if (option == "--size" && (value == "cached" || value == "large"))
      options.size = value == "large" ? Size::large : Size::cached;
    else if (option == "--filter")
      options.filter = value;
    else if (option == "--rounds")
      options.rounds = std::stoi(value);
    else if (option == "--min-time")
      options.min_time = std::stod(value);
    else
      usage();
  }
  return options;
}

int main(int argc, char **argv) {
  const Options options = options_of(argc, argv);
  std::printf("[");
  bool first = true;
  for (const Kernel &kernel : all_kernels())
    if (std::regex_search(kernel.name, options.filter)) {
      measure(kernel, options, first);
      first = false;
    }
  std::printf("\n]\n");
}
