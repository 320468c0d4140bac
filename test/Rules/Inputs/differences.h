// Central differences in long double by Ridders' method (Ridders 1982): the step
// is halved, the results are extrapolated, and their spread is the error, to which
// comes what the error of f itself, `ulps` of it, does to a difference over the
// smallest step that was used.
#pragma once

#include <algorithm>
#include <cfloat>
#include <cmath>

struct Difference {
  long double value;
  long double error;
};

template <class F>
Difference difference(F f, long double x, long double step, long double ulps) {
  constexpr int size = 9;
  long double table[size][size];
  Difference best{NAN, INFINITY};
  long double h = step;
  for (int i = 0; i < size; ++i, h /= 2) {
    volatile long double up = x + h, down = x - h;
    const long double above = f(up), below = f(down);
    table[0][i] = (above - below) / (up - down);
    const long double noise = ulps * LDBL_EPSILON * (std::fabs(above) + std::fabs(below)) / h;
    long double factor = 1;
    for (int j = 1; j <= i; ++j) {
      factor *= 4;
      table[j][i] = (factor * table[j - 1][i] - table[j - 1][i - 1]) / (factor - 1);
      const long double error = noise + std::max(std::fabs(table[j][i] - table[j - 1][i]),
                                                 std::fabs(table[j][i] - table[j - 1][i - 1]));
      if (error <= best.error)
        best = {table[j][i], error};
    }
  }
  return best;
}
