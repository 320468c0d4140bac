// Measures every program, its adjoints and the other tools' gradients with
// Google Benchmark. The names are `<program>/<who>`; what adgen refuses is
// reported on standard error. `run` makes the table.
#include "contenders.h"
#include "programs.h"

#include <benchmark/benchmark.h>
#include <cstdio>
#include <string>

/// Registers one gradient of a program, or its primal.
template <class Program>
static void measure(const char *who, Gradient *gradient) {
  const std::string name = std::string(Program::name) + "/" + who;
  benchmark::RegisterBenchmark(
      name.c_str(), [gradient](benchmark::State &state) {
        double x[points][Program::inputs], g[Program::inputs];
        for (int k = 0; k < points; ++k)
          Program::point(k, x[k]);
        unsigned k = 0;
        for (auto _ : state) {
          gradient(x[k++ % points], g);
          benchmark::DoNotOptimize(g);
          benchmark::ClobberMemory();
        }
      });
}

template <class Program> static void primal(const double *x, double *g) {
  g[0] = Program::primal(x);
}

int main(int argc, char **argv) {
  const std::vector<Contender> contenders = all_contenders();
  const auto measure_all = [&](auto program) {
    using Program = decltype(program);
    measure<Program>("primal", primal<Program>);
    for (const Contender &c : contenders) {
      if (c.program != std::string(Program::name))
        continue;
      if (c.gradient)
        measure<Program>(c.tool, c.gradient);
      else
        std::fprintf(stderr, "refused %s/%s: %s\n", c.program, c.tool,
                     c.refusal);
    }
  };
  for_each_program([&](auto program) {
    using Program = decltype(program);
    measure_all(program);
    measure<Program>("hand", Program::hand);
  });
  for_each_deep_program(measure_all);

  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv))
    return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
