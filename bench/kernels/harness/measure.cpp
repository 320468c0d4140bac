// Measures the kernels, their adjoints and the other tools' gradients, and
// writes JSON.
//
// usage: measure_kernels [--size cached|large] [--filter REGEX] [--rounds N]
//                        [--min-time SECONDS] [--no-adgen] [--no-peers]
//        measure_kernels --list
//
// A figure is the CPU time of a call, the mean over `min-time` and the minimum
// over the rounds, in each of which all contenders have their turn. What a call
// overwrites is set before it, untimed. The memory is what the first call
// allocates at most; arguments and their adjoints do not count. Of a tool that
// carries some derivatives at a time one pass is measured, and multiplied.
#include "timing.h"

#include <cstdio>
#include <cstdlib>
#include <regex>

namespace {
struct Options {
  Size size = Size::cached;
  std::regex filter{"."};
  int rounds = 9;
  double min_time = 0.02;
  Who who;
};
} // namespace

static Options options_of(int argc, char **argv) {
  Options options;
  const auto usage = [&] {
    std::fprintf(stderr,
                 "usage: %s [--size cached|large] [--filter REGEX] [--rounds "
                 "N] [--min-time SECONDS] [--no-adgen] [--no-peers] | --list\n",
                 argv[0]);
    std::exit(2);
  };
  for (int i = 1; i < argc; ++i) {
    const std::string option = argv[i];
    if (option == "--list") {
      for (const Kernel &kernel : all_kernels())
        std::puts(kernel.name.c_str());
      std::exit(0);
    }
    if (option == "--no-adgen" || option == "--no-peers") {
      (option == "--no-adgen" ? options.who.adgen : options.who.peers) = false;
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
  const char *separator = "[\n ";
  for (const Kernel &kernel : all_kernels()) {
    if (!std::regex_search(kernel.name, options.filter))
      continue;
    const auto problem = kernel.make(options.size);
    std::vector<Row> rows = rows_of(kernel, *problem, options.who);
    measure(rows, *problem, options.rounds, options.min_time);
    std::printf("%s{\"kernel\": %s, \"dimensions\": %s, %s, \"refused\": %s}",
                separator, quoted(kernel.name).c_str(),
                quoted(problem->dimensions()).c_str(), json(rows).c_str(),
                quoted(kernel.adgen.refusal).c_str());
    separator = ",\n ";
    std::fflush(stdout);
  }
  std::puts("\n]");
}
