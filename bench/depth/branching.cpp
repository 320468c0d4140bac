// A recursion that calls itself twice and multiplies what it gets: its adjoint
// needs both values.
#include <cmath>

double branching(double x, int depth) {
  if (depth == 0)
    return std::sin(x);
  const double left = branching(0.8 * x + 0.1, depth - 1);
  const double right = branching(0.9 * x * (1 - 0.1 * x), depth - 1);
  return left * std::cos(right) + 0.5 * x;
}
