// Checks, at every point, the adjoints written by hand against dual numbers
// (which also shows that the generic programs are the originals) and against
// central differences; then every other gradient that is measured against those
// written by hand, or against differences where there is none.
#include "contenders.h"
#include "dual.h"
#include "programs.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>

/// The largest error of a kind, in the change of the result as an input changes
/// by its own size.
struct Worst {
  double error = 0;
  void add(double difference, double size) {
    const double relative = std::fabs(difference) / size;
    if (!(relative <= error)) // NaN counts
      error = relative;
  }
};

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

/// The unit of errors at a point.
template <class Program>
static double size_at(const double *x, const double *g) {
  double size = std::fabs(Program::primal(x));
  for (int i = 0; i < Program::inputs; ++i)
    size = std::max(size, std::fabs(g[i] * x[i]));
  return size;
}

template <class Program> static bool check_by_hand() {
  using generic::Dual;
  constexpr int n = Program::inputs;
  Worst value, dual, differences;
  for (int k = 0; k < points; ++k) {
    double x[n], g[n];
    Program::point(k, x);
    Program::hand(x, g);
    const double size = size_at<Program>(x, g);
    for (int i = 0; i < n; ++i) {
      Dual along[n];
      for (int j = 0; j < n; ++j)
        along[j] = Dual(x[j], i == j);
      const Dual d = Program::template generic<Dual>(along);
      value.add(d.value - Program::primal(x), size);
      dual.add((d.dot - g[i]) * x[i], size);
      differences.add((difference<Program>(x, i) - g[i]) * x[i], size);
    }
  }
  const bool right =
      value.error < 1e-12 && dual.error < 1e-11 && differences.error < 1e-6;
  std::printf("%-20s %12.1e %14.1e %14.1e%s\n", Program::name, value.error,
              dual.error, differences.error, right ? "" : "  WRONG");
  return right;
}

/// Compares a gradient with `reference`.
template <class Program, class Reference>
static bool check(const Contender &contender, double limit,
                  Reference reference) {
  constexpr int n = Program::inputs;
  Worst worst;
  for (int k = 0; k < points; ++k) {
    double x[n], g[n], expected[n];
    Program::point(k, x);
    contender.gradient(x, g);
    reference(x, expected);
    for (int i = 0; i < n; ++i)
      worst.add((g[i] - expected[i]) * x[i], size_at<Program>(x, expected));
  }
  const bool right = worst.error < limit;
  std::printf("%-20s %-15s %12.1e%s\n", Program::name, contender.tool,
              worst.error, right ? "" : "  WRONG");
  return right;
}

int main() {
  bool good = true;
  std::printf("%-20s %12s %14s %14s\n", "by hand", "value", "dual numbers",
              "differences");
  for_each_program(
      [&](auto program) { good &= check_by_hand<decltype(program)>(); });

  const std::vector<Contender> contenders = all_contenders();
  const auto check_all = [&](auto program, double limit, auto reference) {
    using Program = decltype(program);
    for (const Contender &c : contenders) {
      if (c.program != std::string(Program::name))
        continue;
      if (c.gradient)
        good &= check<Program>(c, limit, reference);
      else
        std::printf("%-20s %-15s refused: %s\n", c.program, c.tool, c.refusal);
    }
  };
  for_each_program([&](auto program) {
    check_all(program, 1e-10, decltype(program)::hand);
  });
  for_each_deep_program([&](auto program) {
    using Program = decltype(program);
    check_all(program, 1e-7, [](const double *x, double *g) {
      for (int i = 0; i < Program::inputs; ++i)
        g[i] = difference<Program>(x, i);
    });
  });
  std::puts(good ? "every gradient is right" : "a gradient is wrong");
  return good ? 0 : 1;
}
