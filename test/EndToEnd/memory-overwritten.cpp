// RUN: %check-values %s
// Elements that are overwritten while their old values are still needed.
#include <cmath>

// CHECK-VALUES: squared_twice wrt=x at=(rand(4, 1), 4),({}, 0)
void squared_twice(double *x, int n) {
  for (int i = 0; i < n; ++i)
    x[i] = x[i] * x[i];
  for (int i = 0; i < n; ++i)
    x[i] = x[i] * x[i];
}

// CHECK-VALUES: one_element wrt=x at=({0.5, 2})
void one_element(double *x) {
  x[0] = std::sin(x[0]);
  x[0] *= x[1];
  x[1] = x[0] * x[0];
  x[0] = std::exp(x[0]) + x[1];
}

// CHECK-VALUES: read_before wrt=x,y at=(rand(3, 1), rand(3, 2), 3)
double read_before(double *x, const double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    s += x[i] * y[i];
    x[i] = y[i] * y[i];
  }
  for (int i = 0; i < n; ++i)
    s *= x[i];
  return s;
}

// CHECK-VALUES: forgotten wrt=x at=(rand(3, 1), 3)
void forgotten(double *x, int n) {
  for (int i = 0; i < n; ++i) {
    x[i] = x[i] * x[i];
    x[i] = 1;
  }
}

// A scalar is kept, the element changes.
// CHECK-VALUES: kept wrt=x at=(rand(3, 1), 3)
void kept(double *x, int n) {
  for (int i = 0; i < n; ++i) {
    const double old = x[i];
    x[i] = std::cos(old);
    x[i] += old * x[(i + 1) % n];
  }
}

// CHECK-VALUES: compound wrt=x,y at=(rand(3, 1), rand(3, 2), 3)
void compound(double *x, double *y, int n) {
  for (int i = 0; i < n; ++i) {
    x[i] += y[i] *= x[i];
    y[i] -= x[i] /= 2 + y[i] * y[i];
  }
}

// CHECK-VALUES: increments wrt=x at=(rand(4, 1), 4)
double increments(double *x, int n) {
  double s = 0;
  for (int i = 1; i < n; ++i) {
    s += x[i]++ * x[0];
    s -= --x[i] * s;
    --x[i] *= s;
  }
  return s;
}

// The index changes in the same statement.
// CHECK-VALUES: indexed wrt=x,y at=(rand(6, 1), rand(3, 2), 3)
void indexed(const double *x, double *y, int n) {
  int j = 0;
  for (int i = 0; i < n; ++i) {
    const double a = x[j++];
    y[i] = a * x[j++];
  }
}

// CHECK-VALUES: of_the_result wrt=x at=(rand(3, 1))
double of_the_result(double *x) {
  double r = (x[0] = x[1] * x[1]) * x[2];
  r += (x[2] *= 2) * (x[1] += 1);
  return r * x[0];
}

// An element survives, the sum over it does not.
// CHECK-VALUES: norm_then_scale wrt=x at=(rand(3, 1), 3)
double norm_then_scale(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i];
  s = std::sqrt(s);
  for (int i = 0; i < n; ++i)
    x[i] /= s;
  return s;
}

// An adjoint that goes through many operations before anything is stored.
// CHECK-VALUES: through_many wrt=x,y at=(rand(2, 1), rand(3, 2), {0, 5}, 3),(rand(2, 1), rand(3, 2), {0, 1}, 3)
double through_many(double *__restrict x, double *__restrict y, int *k, int n) {
  double w[8] = {};
  double s = x[0], t = y[0];
  w[1] -= std::sin(t);
  w[k[1]] = w[1] * w[1];
  for (int i = 0; i < n; ++i)
    s += w[i] * y[i];
  return s + t;
}

// What the loop reads is overwritten behind it, and nobody reads that.
// CHECK-VALUES: overwritten_for_nobody wrt=y,x,z at=({0, 0, 0}, {1, 2, 3}, 0.5, 3),({1}, {4}, 2, 0)
void overwritten_for_nobody(double *__restrict y, const double *__restrict x, double z, int n) {
  double a[3] = {z, z * z, 1};
  for (int i = 1; i < n; ++i)
    y[i] = std::sin(a[i - 1] + a[i]) * x[i];
  a[1] = x[0];
}

// The elements of one are read for another that nobody reads.
// CHECK-VALUES: for_nobody wrt=x,y at=({1, 2, 3}, 0.5)
void for_nobody(double *x, double y) {
  double a[3];
  for (int i = 0; i < 3; ++i)
    a[i] = i > 1 ? y : x[i];
  double b[2] = {a[0], a[1] * y};
  x[0] *= y;
  y = b[0] + b[1] * y;
}

// CHECK-VALUES: read_for_nobody wrt=t,x,z at=(1, 2, {1, 2, 3}, {2, 3, 0.5})
double read_for_nobody(int n, double t, const double *x, double *z) {
  for (int i = 0; i < 3; ++i) {
    const double c[2] = {1.5, -1.0};
    if (std::sin(z[2]) > 0.25) {
      double a[6] = {x[i], x[i % 3], c[n % 2]};
    } else {
      t--;
      static const double d[5] = {1.5, 0.25, -1.0, 1.5, -1.0};
    }
  }
  return x[n % 3] * z[n];
}
