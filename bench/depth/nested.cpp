// A chain of 30 calls, each of which does something nonlinear with what the
// next one returns. A tool that differentiates a callee by calling it again at
// every level takes time that grows with the square of the depth, or faster.
#include <cmath>

template <int Level> double level(double x) {
  if constexpr (Level == 30) {
    return std::sin(x);
  } else {
    const double inner = level<Level + 1>(0.9 * x + 0.05);
    return inner * std::cos(0.7 * inner + x) + 0.1 * x * x;
  }
}

double nested(double x) { return level<1>(x); }
