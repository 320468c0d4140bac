// RUN: %check-values %s
// Several exits from loops that write.
#include <cmath>

// CHECK-VALUES: three_exits wrt=x at=({1, 2, 0.5, 3}, 4),({1, -2, 0.5}, 3),({1, 20, 0.5}, 3),({}, 0)
int three_exits(double *x, int n) {
  for (int i = 0; i < n; ++i) {
    if (x[i] < 0) {
      x[i] = x[0] * 2;
      return 1;
    }
    x[i] *= x[i];
    if (x[i] > 100)
      return 2;
    if (x[i] < 0.5)
      break;
    x[i] += x[0];
  }
  if (n > 0)
    x[0] = std::sin(x[0]);
  return 0;
}

// CHECK-VALUES: nested_exits wrt=a at=(rand(6, 1, 1, 2), 2, 3),({1, 2, -3, 4, 5, 6}, 2, 3),({1, 2, 3, 4, -5, 6}, 2, 3)
double nested_exits(double *a, int rows, int cols) {
  double s = 0;
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < cols; ++j) {
      double &e = a[i * cols + j];
      if (e < 0)
        return s * e;
      if (e > 5.5)
        break;
      e = std::sqrt(e);
      s += e * (i + 1);
    }
    a[i * cols] *= s;
  }
  return s;
}

// CHECK-VALUES: skipped wrt=x,y at=({1, -2, 3, 0.25}, {1, 1, 1, 1}, 4)
void skipped(double *x, double *y, int n) {
  for (int i = 0; i < n; ++i) {
    y[i] = x[i];
    if (x[i] < 0)
      continue;
    x[i] *= 2;
    if (x[i] < 1) {
      y[i] += x[i];
      continue;
    }
    y[i] *= x[i];
  }
}

// CHECK-VALUES: error_code wrt=a,b,out at=({4, 9, 1}, {1, 2, 3}, {0, 0, 0}, 3),({4, -9, 1}, {1, 2, 3}, {7, 8, 9}, 3),({4, 9, 1}, {1, -1, 3}, {7, 8, 9}, 3)
int error_code(const double *a, const double *b, double *out, int n) {
  for (int i = 0; i < n; ++i) {
    if (a[i] < 0)
      return -1;
    if (b[i] <= 0)
      return -2;
    out[i] = std::sqrt(a[i]) / b[i];
  }
  return 0;
}

// CHECK-VALUES: out_of_a_while wrt=x at=({0.5, 2}, 10),({4, 2}, 10),({0.5, 2}, 2)
double out_of_a_while(double *x, int most) {
  while (true) {
    if (x[0] > 3)
      return x[0] * x[1];
    if (--most < 0)
      break;
    x[0] += 0.4 * x[1];
    x[1] *= 0.9;
  }
  return x[0] - x[1];
}

// CHECK-VALUES: by_switch wrt=x at=({1, 2, 3}, {1, 2, 1}, 3),({1, 2, 3}, {1, 0, 1}, 3),({1, 2, 3}, {3, 0, 1}, 3)
double by_switch(double *x, const int *code, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    switch (code[i]) {
    case 0:
      return s * x[i];
    case 1:
      x[i] *= s;
      break;
    case 2:
      s += x[i];
      continue;
    default:
      x[0] = s * s;
      return x[0] + x[i];
    }
    s *= x[i];
  }
  return s;
}

// Left from the inside, of a loop with two conditions.
// CHECK-VALUES: twice_conditional wrt=x,y at=({0.1, 0.2, 0.3, 0.4}, {1, 2, 3}, 1),({0.1, 0.2, 0.3, 0.4}, {1, 2, 3}, 3),({0.1, 0.2, 0.5, 0.4}, {1, 2, 3}, 2)
double twice_conditional(double *x, double *y, int n) {
  for (int i = 0; i < 3 && x[n] < 0.3; ++i) {
    if (n > 1) {
      if (i <= n)
        break;
    }
    y[i] = std::cos(x[i]);
  }
  return x[n] + y[1];
}
