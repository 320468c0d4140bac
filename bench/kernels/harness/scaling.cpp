// How time and memory of a gradient grow: of reductions with their length, of a
// time-stepping loop with its steps. Writes JSON, a line for each point.
//
// usage: scale_kernels KERNEL [--rounds N] [--no-adgen] [--no-peers]
#include "problems.h"
#include "timing.h"

#include <cstdio>
#include <cstdlib>

static int rounds = 5;
static Who who;

/// What other tools record beyond this many operations is not measured.
constexpr double most_operations = 2e6;

template <class P>
static void measure_at(const char *&separator, int n, double operations,
                       P &problem) {
  for (const Kernel &kernel : all_kernels()) {
    if (kernel.name != P::name)
      continue;
    std::vector<Row> rows =
        rows_of(kernel, problem,
                {who.adgen, who.peers && operations <= most_operations});
    // Those that carry derivatives forward grow with the inputs, too.
    for (auto row = rows.begin(); row != rows.end();)
      row = row->parts > 1 ? rows.erase(row) : row + 1;
    measure(rows, problem, rounds, 0.005);
    std::printf("%s{\"kernel\": \"%s\", \"n\": %d, %s}", separator, P::name, n,
                json(rows).c_str());
    std::fflush(stdout);
    separator = ",\n ";
  }
}

int main(int argc, char **argv) {
  std::string kernel;
  for (int i = 1; i < argc; ++i) {
    const std::string option = argv[i];
    if (option == "--no-peers")
      who.peers = false;
    else if (option == "--no-adgen")
      who.adgen = false;
    else if (option == "--rounds" && i + 1 < argc)
      rounds = std::atoi(argv[++i]);
    else
      kernel = option;
  }
  const char *separator = "[\n ";
  if (kernel == SumOfSquares::name)
    for (int n = 1'000; n <= 10'000'000; n *= 10) {
      SumOfSquares problem(n);
      measure_at(separator, n, n, problem);
    }
  else if (kernel == LogSumExp::name)
    for (int n = 1'000; n <= 10'000'000; n *= 10) {
      LogSumExp problem(n);
      measure_at(separator, n, 2.0 * n, problem);
    }
  else if (kernel == Heat::name)
    for (int steps = 100; steps <= 100'000; steps *= 10) {
      constexpr int points = 100;
      Heat problem(points, steps);
      measure_at(separator, steps, double(points) * steps, problem);
    }
  else {
    std::fprintf(stderr,
                 "usage: %s sum_of_squares|logsumexp|heat [--rounds N] "
                 "[--no-adgen] [--no-peers]\n",
                 argv[0]);
    return 2;
  }
  std::puts("\n]");
}
