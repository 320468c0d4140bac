// Checks, at every point, the adjoints written by hand against dual numbers
// (which also shows that the generic programs are the originals) and against
// central differences.
#include "dual.h"
#include "programs.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

/// The derivative by input i by central differences, extrapolated once.
template <class Program> static double difference(const double *x, int i) {
  const auto slope = [&](double h) {
    double up[Program::inputs], down[Program::inputs];
    std::copy(x, x + Program::inputs, up);
    std::copy(x, x + Program::inputs, down);
    up[i] += h;
    down[i] -= h;
    return (Program::primal(up) - Program::primal(down)) / (up[i] - down[i]);
  };
  const double h = 1e-5 * std::fabs(x[i]);
  return (4 * slope(h) - slope(2 * h)) / 3;
}

int main() {
  using generic::Dual;
  bool good = true;
  std::printf("%-20s %14s %14s %14s\n", "", "value", "dual numbers",
              "differences");
  for_each_program([&](auto program) {
    using Program = decltype(program);
    constexpr int n = Program::inputs;
    double worst_value = 0, worst_dual = 0, worst_difference = 0;
    for (int k = 0; k < points; ++k) {
      double x[n], g[n];
      Program::point(k, x);
      Program::hand(x, g);
      const double y = Program::primal(x);
      // Errors are measured in the change of the result as an input changes by
      // its own size.
      double size = std::fabs(y);
      for (int i = 0; i < n; ++i)
        size = std::max(size, std::fabs(g[i] * x[i]));
      for (int i = 0; i < n; ++i) {
        Dual along[n];
        for (int j = 0; j < n; ++j)
          along[j] = Dual(x[j], i == j);
        const Dual d = Program::template generic<Dual>(along);
        const auto worse = [&](double &worst, double error) {
          error = std::fabs(error) / size;
          if (!(error <= worst))
            worst = error;
        };
        worse(worst_value, d.value - y);
        worse(worst_dual, (d.dot - g[i]) * x[i]);
        worse(worst_difference, (difference<Program>(x, i) - g[i]) * x[i]);
      }
    }
    const bool right =
        worst_value < 1e-12 && worst_dual < 1e-11 && worst_difference < 1e-6;
    good &= right;
    std::printf("%-20s %14.1e %14.1e %14.1e%s\n", Program::name, worst_value,
                worst_dual, worst_difference, right ? "" : "  WRONG");
  });
  std::puts(good ? "every adjoint written by hand is right"
                 : "an adjoint is wrong");
  return good ? 0 : 1;
}
