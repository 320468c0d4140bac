// RUN: %check-values %s
// Two buffers in turns, chosen in every way that people choose them.
#include <cmath>
#include <utility>
#include <vector>

// CHECK-VALUES: by_parity wrt=x at=(rand(4, 1), 4, 3),(rand(4, 1), 4, 2),(rand(4, 1), 4, 0)
double by_parity(const double *x, int n, int steps) {
  double buffer[2][8];
  for (int i = 0; i < n; ++i)
    buffer[0][i] = x[i];
  for (int t = 0; t < steps; ++t) {
    const double *from = buffer[t % 2];
    double *to = buffer[1 - t % 2];
    for (int i = 0; i < n; ++i)
      to[i] = std::sin(from[i]) * from[(i + 1) % n];
  }
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += buffer[steps % 2][i];
  return s;
}

// CHECK-VALUES: by_flag wrt=a,b at=(rand(3, 1), rand(3, 2), 3, 3),(rand(3, 1), rand(3, 2), 3, 2)
bool by_flag(double *a, double *b, int n, int steps) {
  bool second = false;
  for (int t = 0; t < steps; ++t) {
    double *from = second ? b : a, *to = second ? a : b;
    for (int i = 0; i < n; ++i)
      to[i] = from[i] * from[(i + 1) % n] + 1;
    second = !second;
  }
  return second;
}

// Logarithmically many steps, each half as long: pairwise summation.
// CHECK-VALUES: pairwise wrt=x at=(rand(8, 1), 8),(rand(5, 1), 5),({2}, 1)
double pairwise(double *x, int n) {
  while (n > 1) {
    const int half = (n + 1) / 2;
    for (int i = 0; i + half < n; ++i)
      x[i] = x[i] * x[i + half] + 1;
    n = half;
  }
  return x[0];
}
