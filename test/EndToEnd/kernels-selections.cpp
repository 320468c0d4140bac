// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-minimum-cut"
// RUN: adgen %s --function largest,from_minus_infinity,minimax,least_energy,scratch -o %t.cpp
// RUN: FileCheck %s --check-prefix=TEXT --input-file %t.cpp
// Loops that select one of many values: the trip that won is all that is kept.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

// CHECK-VALUES: largest wrt=x at=({1, 4, 2, 3}, 4),({4, 1}, 2),({3}, 1),({-1, -2, -0.5}, 3)
// TEXT-LABEL: void largest_grad(
// TEXT-NOT:   tape
// TEXT:       int winner = 0;
// TEXT:         if (m < x[i]) {
// TEXT-NEXT:      m = x[i];
// TEXT-NEXT:      winner = i;
// TEXT:       x_bar[winner] +=
double largest(const double *x, int n) {
  double m = x[0];
  for (int i = 1; i < n; ++i)
    m = std::max(m, x[i]);
  return m * m;
}

// Perhaps none.
// CHECK-VALUES: from_minus_infinity wrt=x at=({1, 4, 2, 3}, 4),({-4}, 1)
// TEXT-LABEL: void from_minus_infinity_grad(
// TEXT-NOT:   tape
// TEXT:       x_bar[winner] +=
double from_minus_infinity(const double *x, int n) {
  double m = -1e300;
  for (int i = 0; i < n; ++i)
    if (x[i] > m)
      m = x[i];
  return m;
}

// The initial value stays in some.
// CHECK-VALUES: above wrt=x,floor at=({1, 4, 2, 3}, 2.5, 4),({1, 4, 2, 3}, 5, 4),({}, 2, 0)
double above(const double *x, double floor, int n) {
  double m = floor;
  for (int i = 0; i < n; ++i)
    m = std::max(x[i], m);
  return m * floor;
}

// CHECK-VALUES: smallest wrt=x at=({1, 4, -2, 3}, 4),({4, 1}, 2),({3}, 1),({1, 2, 3}, 3)
double smallest(const std::vector<double> &x, int n) {
  double m = x[0];
  for (std::size_t i = 1; i < x.size(); ++i)
    m = std::min(x[i], m);
  return m * n;
}

// CHECK-VALUES: unsigned_counter wrt=x at=({1, 4, -2, 3}, 2),({4, 1}, 9)
double unsigned_counter(const std::vector<double> &x, double start) {
  double m = start;
  for (std::size_t i = 0; i < x.size(); ++i)
    m = std::max(m, x[i]);
  return m * m;
}

// What is selected is computed; the user asks for the index as well.
// CHECK-VALUES: nearest wrt=x,c at=({1, 4, -2, 3}, 1.9, 4),({4, 1}, 9, 2),({4}, 9, 1)
double nearest(const double *x, double c, int n) {
  double best = 1e30;
  int at = -1;
  for (int i = 0; i < n; ++i) {
    const double d = (x[i] - c) * (x[i] - c) + std::sin(x[i]);
    if (d < best) {
      best = d;
      at = i;
    }
  }
  return at >= 0 ? best * at + x[at] : 0;
}

// The last one of equals, and the first.
// CHECK-VALUES: last_positive wrt=x at=({1, 4, -2, 3, -1}, 5),({-1, -2}, 2),({}, 0)
double last_positive(const double *x, int n) {
  double found = 7;
  for (int i = 0; i < n; ++i)
    found = x[i] > 0 ? x[i] * x[i] : found;
  return found;
}

// From above.
// CHECK-VALUES: down wrt=x at=({1, 4, 2, 3}, 4),({4, 1}, 2),({3}, 1)
double down(const double *x, int n) {
  double m = x[n - 1];
  for (int i = n - 2; i >= 0; --i)
    m = std::max(m, x[i]);
  return m;
}

// What is selected from is overwritten in the loop.
// CHECK-VALUES: overwritten wrt=x at=({1, 4, 2, 3}, 4),({4, 1}, 2),({3}, 1)
double overwritten(double *x, int n) {
  double m = x[0];
  for (int i = 1; i < n; ++i) {
    m = std::max(m, x[i]);
    x[i] = x[i] * x[i - 1];
  }
  return m * x[n - 1];
}

// And after it.
// CHECK-VALUES: overwritten_after wrt=x at=({1, 4, 2, 3}, 4),({4, 1}, 2),({3}, 1)
double overwritten_after(double *x, int n) {
  double m = x[0];
  for (int i = 1; i < n; ++i)
    m = std::max(m, x[i]);
  for (int i = 0; i < n; ++i)
    x[i] = std::exp(x[i] - m);
  return m;
}

// The maximum so far is used in between.
// CHECK-VALUES: running wrt=x at=({1, 4, 2, 3}, 4),({4, 1}, 2),({3}, 1)
double running(const double *x, int n) {
  double m = x[0], s = 0;
  for (int i = 1; i < n; ++i) {
    m = std::max(m, x[i]);
    s += m * x[i];
  }
  return s + m;
}

// Of each row, and of the rows.
// CHECK-VALUES: minimax wrt=x at=({1, 4, 2, 3, 0, 9}, 2, 3),({4, 1}, 2, 1),({}, 0, 0)
// TEXT-LABEL: void minimax_grad(
// TEXT-NOT:   tape
// TEXT:       if (winner >= 0) {
// TEXT:         int winner2 = -1;
// TEXT:         if (winner2 >= 0)
// TEXT-NEXT:      x_bar[winner * m + winner2] +=
double minimax(const double *x, int n, int m) {
  double least = 100;
  for (int i = 0; i < n; ++i) {
    double most = -100;
    for (int j = 0; j < m; ++j)
      most = std::max(most, x[i * m + j] * x[i * m + j]);
    least = std::min(least, most);
  }
  return least;
}

// Two selections in one loop.
// CHECK-VALUES: range wrt=x at=({1, 4, 2, 3}, 4),({4, 1}, 2),({3}, 1)
double range(const double *x, int n) {
  double lo = x[0], hi = x[0];
  for (int i = 1; i < n; ++i) {
    lo = std::min(lo, x[i]);
    hi = std::max(hi, x[i]);
  }
  return (hi - lo) * hi;
}

// Two candidates a trip.
// CHECK-VALUES: two_candidates wrt=x at=({1, 4, 2, 3}, 4),({4, 1}, 2),({3, 5}, 2)
double two_candidates(const double *x, int n) {
  double m = 0;
  for (int i = 0; i + 1 < n; i += 2) {
    m = std::max(m, x[i]);
    m = std::max(m, x[i + 1] * 2);
  }
  return m;
}

// In steps, from a number that is not zero.
// CHECK-VALUES: strided wrt=x at=({1, 4, 2, 3, 8}, 5, 1),({4, 1, 3}, 3, 0),({3, 5}, 2, 5)
double strided(const double *x, int n, int start) {
  double m = 0.5;
  for (int i = start; i < n; i += 2)
    m = std::max(m, x[i]);
  return m * m;
}

// Exponentials of the difference from it: the shift cancels.
// CHECK-VALUES: logsumexp wrt=x at=({1, 4, 2, 3}, 4),({4, 1}, 2),({3}, 1)
double logsumexp(const double *x, int n) {
  double m = x[0];
  for (int i = 1; i < n; ++i)
    m = std::max(m, x[i]);
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += std::exp(x[i] - m);
  return m + std::log(s);
}

// The first element is overwritten between its load and the loop.
// CHECK-VALUES: overwritten_before wrt=x at=({5, 1, 2}, 3),({1, 4}, 2)
double overwritten_before(double *x, int n) {
  double m = x[0];
  x[0] = 0.1 * x[1];
  for (int i = 1; i < n; ++i)
    m = std::max(m, x[i]);
  return m;
}

// In each outer trip.
// CHECK-VALUES: scaled_meanwhile wrt=x at=({5, 1, 2}, 3, 2),({1, 4, 3}, 3, 3)
double scaled_meanwhile(double *x, int n, int times) {
  const double first = x[0];
  double s = 0;
  for (int t = 0; t < times; ++t) {
    double m = first;
    for (int i = 1; i < n; ++i)
      m = std::max(m, x[i]);
    s += m * m;
    for (int i = 0; i < n; ++i)
      x[i] *= 1.3;
  }
  return s;
}

// The candidate is what loops and branches compute: of the winner alone they run again.
// CHECK-VALUES: least_energy wrt=x,w at=(rand(6, 1), rand(3, 2), 2, 3),(rand(6, 3), rand(2, 4), 3, 2),({}, {1}, 0, 1),({}, {}, 2, 0)
// TEXT-LABEL: void least_energy_grad(
// TEXT-NOT:   tape
// TEXT:       if (winner >= 0) {
// TEXT-NOT:   decision
// TEXT:         x_bar[winner * d + j] +=
double least_energy(const double *x, const double *w, int n, int d) {
  double least = 1e30;
  for (int i = 0; i < n; ++i) {
    double energy = 0, peak = 0.1;
    for (int j = 0; j < d; ++j) {
      const double t = x[i * d + j] * w[j];
      energy += t > 0 ? t * t : std::exp(t);
      if (t > 0.5)
        peak *= t;
    }
    if (d > 2)
      energy *= peak;
    least = std::min(least, energy * energy + peak);
  }
  return least;
}

// It is computed in memory that the next trip overwrites.
// CHECK-VALUES: scratch wrt=x at=(rand(6, 1), {1, 2, 3}, 2, 3),(rand(6, 3), {1, 1}, 3, 2),({}, {}, 0, 0)
// TEXT-LABEL: void scratch_grad(
// TEXT-NOT:   winner
double scratch(const double *x, double *work, int n, int d) {
  double most = -10;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < d; ++j)
      work[j] = x[i * d + j] * x[i * d + j];
    double sum = 0;
    for (int j = 0; j < d; ++j)
      sum += work[j] * work[j] * x[i * d + j];
    most = std::max(most, sum);
  }
  return most;
}

// The value that a branch hands on with another one, and a count in between.
// CHECK-VALUES: two_results wrt=x at=({1, 4, -2, 3}, 4),({-1, -4}, 2),({}, 0)
double two_results(const double *x, int n) {
  double best = 0;
  int count = 0;
  for (int i = 0; i < n; ++i) {
    double a, b;
    if (x[i] > 0) {
      a = x[i] * x[i];
      b = 2;
      ++count;
    } else {
      a = std::exp(x[i]);
      b = x[i];
    }
    if (a * b > best)
      best = a * b;
  }
  return best * count;
}

// Where the initial value wins over the candidate of a loop without trips.
// CHECK-VALUES: empty_rows wrt=x,start at=({1, 4}, 0.5, 2, 0),({1, 4}, -1, 2, 0),({1, 4, 2, 5}, 2, 2, 2)
double empty_rows(const double *x, double start, int n, int d) {
  double most = start;
  for (int i = 0; i < n; ++i) {
    double sum = 0;
    for (int j = 0; j < d; ++j)
      sum += x[i * d + j] * start;
    if (sum > most)
      most = sum;
  }
  return most * most;
}
