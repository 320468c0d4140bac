// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-split-sums"
// Adjoints that are added up in no particular order: lengths about that of a block of
// partial sums, rows that are overwritten in the same loop, other signs and types.

#include <cmath>
#include <cstddef>
#include <numeric>
#include <vector>

// The scaled row is added to the other in place; a_bar is a sum.
// CHECK-VALUES: add_scaled wrt=a,x,y at=(0.5, {}, {}, 0),(0.7, rand(1, 1), rand(1, 2), 1),(-1.5, rand(7, 1), rand(7, 2), 7)
// CHECK-VALUES: add_scaled wrt=a,x,y at=(0.5, rand(8, 3), rand(8, 4), 8),(0.7, rand(25, 1), rand(25, 2), 25)
// CHECK-VALUES: add_scaled wrt=a,x,y at=(0.5, rand(20, 3), _, 12) alias=y:x+2
// CHECK-VALUES: add_scaled wrt=a,x,y at=(0.5, rand(20, 3), _, 20) alias=y:x
void add_scaled(double a, const double *x, double *y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] += a * x[i];
}

// What the sum reads is set to zero behind it, and the primal's own sum stays in
// order.
// CHECK-VALUES: replace wrt=a,x,y at=(0.5, rand(17, 1), rand(17, 2), 17),(0.5, rand(3, 1), rand(3, 2), 3),(2, {}, {}, 0)
double replace(double a, const double *__restrict x, double *__restrict y,
               int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    y[i] = -a * x[i];
    s += y[i] * y[i];
  }
  return s;
}

// Two numbers with a sum each, of both signs, and one of two terms.
// CHECK-VALUES: plane wrt=a,b,c,x,y,z at=(0.5, 2, -1, rand(19, 1), rand(19, 2), rand(19, 3), 19)
// CHECK-VALUES: plane wrt=a,b,c,x,y,z at=(0.5, 2, -1, rand(5, 1), rand(5, 2), rand(5, 3), 5)
void plane(double a, double b, double c, const double *x, const double *y,
           double *__restrict z, int n) {
  for (int i = 1; i <= n - 1; ++i)
    z[i] = a * x[i] - b * y[i] + c * (x[i - 1] - y[i - 1]) - c * z[i];
}

// Counters without sign, of containers; floats.
// CHECK-VALUES: blend wrt=a,x,y at=(0.5, rand(33, 1), rand(33, 2)),(0.5, {}, {}) precision=float
void blend(float a, const std::vector<float> &x, std::vector<float> &y) {
  for (std::size_t i = 0; i < x.size(); ++i)
    y[i] = (1 - a) * y[i] + a * x[i];
}

// A matrix and a vector by columns, the transposed one by rows; names that are
// taken.
static double sum_over(const double *x, int n) {
  double sum = 0;
  for (int i = 0; i < n; ++i)
    sum += x[i] * x[i];
  return sum;
}
// CHECK-VALUES: columns wrt=A,x at=(rand(60, 1), rand(4, 2), 15, 4),(rand(4, 1), rand(4, 2), 1, 4),(rand(9, 1), rand(1, 2), 9, 1)
double columns(const double *A, const double *x, int rows, int cols) {
  std::vector<double> y(rows);
  for (int j = 0; j < cols; ++j)
    for (int i = 0; i < rows; ++i)
      y[i] += A[j * rows + i] * x[j];
  return sum_over(y.data(), rows);
}

// The trips depend on each other: the sum is not taken out of the loop.
// CHECK-VALUES: recurrence wrt=a,x at=(0.5, rand(18, 1), 18),(0.5, rand(2, 1), 2),(0.5, {3}, 1)
void recurrence(double a, double *x, int n) {
  for (int i = 1; i < n; ++i)
    x[i] += a * x[i - 1];
}

// Elements that do not lie side by side.
// CHECK-VALUES: strided wrt=a,x,y at=(0.5, rand(40, 1), rand(20, 2), 20)
void strided(double a, const double *x, double *__restrict y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] += a * x[2 * i];
}

// The sum of an algorithm is the function's own, and stays in order.
// CHECK-VALUES: scaled_sum wrt=a,x at=(0.4, rand(24, 1)),(0.4, {1, 2}),(0.4, {})
double scaled_sum(double a, std::vector<double> x) {
  for (double &element : x)
    element *= a;
  return std::inner_product(x.begin(), x.end(), x.begin(),
                            std::accumulate(x.begin(), x.end(), a));
}

// A callee that ignores an argument: what is kept for it goes after the sum is split.
static double second(double, double z) { return z; }

// CHECK-VALUES: last_of wrt=x,y at=({1, 2, 3}, {9, 9}, 1),({1}, {9}, 0),({1, 2}, {}, 1)
void last_of(std::vector<double> &x, std::vector<double> &y, int n) {
  double s = 1.5;
  for (std::size_t i = 0; i < x.size(); ++i)
    s = second(s, x[i]);
  double v = std::cos(s);
  for (std::size_t i = 0; i < y.size(); ++i) {
    y[i] = v;
    v += 1;
  }
  x[n] = 1;
}

// What the sum reads of a tape is no variable of the loop any more.
// CHECK-VALUES: taped_variable wrt=y,w,a at=(rand(14, 1), rand(14, 2), 12, 0.5),(rand(14, 1), rand(14, 2), 7, 0.5)
void taped_variable(double *__restrict y, double *__restrict w, int n, double a) {
  for (int t = 0; t < 3; ++t)
    for (int j = 2; j < n - 5; ++j) {
      w[j] -= w[j + 2];
      const double d = w[j + 3] + w[j] * a;
      y[j] = d * d;
    }
}
