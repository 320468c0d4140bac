// RUN: %check-values %s
// Functions that call themselves on parts of an array.
#include <cmath>
#include <memory>

void mix(double &a, double &b) {
  const double t = a;
  a = a * b;
  b += t;
}

// CHECK-VALUES: binary wrt=x at=(rand(5, 1), 5),({2}, 1)
double binary(const double *x, int n) {
  if (n == 1)
    return x[0];
  return binary(x, n / 2) * std::sin(binary(x + n / 2, n - n / 2));
}

// Recursion that writes.
// CHECK-VALUES: halved wrt=x at=(rand(4, 1), 4),({2}, 1)
void halved(double *x, int n) {
  if (n < 2)
    return;
  halved(x, n / 2);
  halved(x + n / 2, n - n / 2);
  for (int i = 0; i < n / 2; ++i)
    mix(x[i], x[i + n / 2]);
}

static double into_sum(const double *x, int n, double s, double *o) {
  if (n > 1)
    s = into_sum(x + 1, n - 1, s, o);
  *o += s;
  return s;
}

// Its forward sweep keeps nothing, and is the function itself.
// CHECK-VALUES: summed_on_return wrt=a at=(2, {1, 2, 3}, 3),(0.5, {1}, 1)
// CHECK-VALUES: summed_on_return wrt=a,x at=(2, {1, 2, 3}, 3)
double summed_on_return(double a, const double *x, int n) {
  double o = 1;
  return into_sum(x, n, a, &o) * o;
}

static void add_down(double *s, double v, int depth) {
  s[1] += v;
  if (depth > 0)
    add_down(s, s[1] * s[0], depth - 1);
}

// Nothing is returned, and nothing has to be kept.
// CHECK-VALUES: added_down wrt=o,a at=({0.5, 2}, 0.25, 2),({0.5, 2}, 0.25, 0)
// CHECK-VALUES: added_down wrt=a at=({0.5, 2}, 0.25, 2)
void added_down(double *o, double a, int depth) { add_down(o, a, depth); }

static void add_once(double *s, double v, int depth) {
  s[1] += v;
  if (depth > 0)
    add_once(s, s[1], depth - 1);
}

// CHECK-VALUES: added_once wrt=o,a at=({0.5, 2}, 0.25, 2),({0.5, 2}, 0.25, 0)
// CHECK-VALUES: added_once wrt=a at=({0.5, 2}, 0.25, 2)
void added_once(double *o, double a, int depth) { add_once(o, a, depth); }

static double into_own(const std::unique_ptr<double[]> &w, double x, int n) {
  if (n <= 0)
    return 0;
  w[n] += std::sin(x) * w[n - 1];
  return into_own(w, x * 0.9, n - 1) + w[n];
}

// What a const std::unique_ptr owns is written to.
// CHECK-VALUES: owned wrt=x at=(2),(-0.5)
double owned(double x) {
  std::unique_ptr<double[]> w(new double[5]());
  w[0] = x;
  w[1] = 1;
  w[2] = x * x;
  const double r = into_own(w, x, 3);
  return r + w[2] * w[3];
}

static void to_itself(double *x, double *y, int n) {
  if (n <= 0)
    return;
  y[n] += std::sin(x[n - 1]) * x[n];
  x[n] = y[n] * x[n - 1];
  to_itself(y, y, n - 1);
}

// It is passed two arrays, and passes itself one of them twice.
// CHECK-VALUES: one_of_two wrt=x,y at=({0.5, 1, 2, -1}, {1, -0.5, 0.25, 2}, 3)
double one_of_two(double *__restrict x, double *__restrict y, int n) {
  to_itself(x, y, n);
  return x[1] * y[2] + y[1] * x[3] + y[3];
}
