// RUN: %check-values %s
// Maxima and the places where they are.
#include <algorithm>
#include <cmath>
#include <vector>

// CHECK-VALUES: largest wrt=x at=({1, 3, 2}, 3),({3, 1, 2}, 3),({1, 2, 3}, 3),({2}, 1)
double largest(const double *x, int n) {
  int at = 0;
  for (int i = 1; i < n; ++i)
    if (x[i] > x[at])
      at = i;
  return x[at] * x[at];
}

// CHECK-VALUES: with_place wrt=x,y at=({1, 3, 2}, {4, 5, 6}, 3, 0),({2}, {5}, 1, 7)
double with_place(const double *x, const double *y, int n, int &place) {
  double m = x[0];
  place = 0;
  for (int i = 1; i < n; ++i)
    if (x[i] > m) {
      m = x[i];
      place = i;
    }
  return m * y[place];
}

// CHECK-VALUES: running wrt=x,y at=({1, 3, 2, 5, 4}, {0, 0, 0, 0, 0}, 5)
// CHECK-VALUES: running wrt=x,y at=({1, 3, 2, 5, 4}, _, 5) alias=y:x
void running(const double *x, double *y, int n) {
  double m = x[0];
  for (int i = 0; i < n; ++i) {
    if (x[i] > m)
      m = x[i];
    y[i] = m;
  }
}

// CHECK-VALUES: drawdown wrt=price at=({100, 110, 90, 120, 80, 130}, 6),({100}, 1)
double drawdown(const double *price, int n) {
  double peak = price[0], worst = 0;
  for (int i = 1; i < n; ++i) {
    peak = std::max(peak, price[i]);
    worst = std::max(worst, (peak - price[i]) / peak);
  }
  return worst;
}

// The best sum of neighbours (Kadane).
// CHECK-VALUES: best_run wrt=x at=({1, -3, 2, 4, -1, 3, -9, 1}, 8),({-2}, 1)
double best_run(const double *x, int n) {
  double best = x[0], here = x[0];
  for (int i = 1; i < n; ++i) {
    here = std::max(x[i], here + x[i]);
    best = std::max(best, here);
  }
  return best;
}

// CHECK-VALUES: range wrt=x at=({1, 3, 2, -1}, 4),({2}, 1)
double range(const double *x, int n) {
  double low = x[0], high = x[0];
  for (int i = 1; i < n; ++i) {
    low = std::fmin(low, x[i]);
    high = std::fmax(high, x[i]);
  }
  return (high - low) * high;
}

// The best path through a lattice (Viterbi), its choices kept as integers.
// CHECK-VALUES: viterbi wrt=emission,transition at=(rand(8, 1), rand(4, 2), 4)
double viterbi(const double *emission, const double *transition, int steps) {
  double score[2] = {emission[0], emission[1]};
  int from[16][2];
  for (int t = 1; t < steps; ++t) {
    double next[2];
    for (int s = 0; s < 2; ++s) {
      from[t][s] = 0;
      for (int r = 1; r < 2; ++r)
        if (score[r] + transition[2 * r + s] > score[from[t][s]] + transition[2 * from[t][s] + s])
          from[t][s] = r;
      next[s] = score[from[t][s]] + transition[2 * from[t][s] + s] + emission[2 * t + s];
    }
    score[0] = next[0];
    score[1] = next[1];
  }
  int s = score[1] > score[0];
  double total = 0;
  for (int t = steps - 1; t > 0; --t) {
    total += emission[2 * t + s] * emission[2 * t + s];
    s = from[t][s];
  }
  return total + score[0] * score[1];
}
