// RUN: %check-values %s
// Counted loops of every header: no trip, one trip and many.
#include <cmath>
#include <cstddef>

// CHECK-VALUES: sum wrt=x at=(1.5, 5),(-0.5, 1)
// CHECK-VALUES: sum wrt=x at=(1.5, 0),(1.5, -4) value=1.5,1.5 expect=(1),(1)
double sum(double x, int n) {
  double s = x;
  for (int i = 0; i < n; ++i)
    s += std::sin(s * i) * x;
  return s;
}

// CHECK-VALUES: inclusive wrt=x at=(1.5, 5),(-0.5, 1),(2, 0),(2, -3)
double inclusive(double x, int n) {
  double p = x;
  for (int i = 1; i <= n; i++)
    p *= x / i;
  return p;
}

// CHECK-VALUES: downwards wrt=x at=(1.5, 5),(-0.5, 1),(2, 0),(2, -3)
double downwards(double x, int n) {
  double p = 1;
  for (int i = n; i > 0; --i)
    p = p * x + i;
  for (int i = n - 1; i >= 0; i--)
    p = p / (1 + x * x) + i;
  return p * x;
}

// CHECK-VALUES: unsigned_downwards wrt=x at=(1.5, 5),(-0.5, 1),(2, 0) step=0x1p-14
double unsigned_downwards(double x, std::size_t n) {
  double p = x;
  for (std::size_t i = n; i-- > 0;)
    p = p * x + i;
  for (std::size_t i = n; i > 0; --i)
    p = std::sin(p * i) + x;
  return p;
}

// CHECK-VALUES: strides wrt=x at=(1.5, 7),(-0.5, 1),(2, 0),(2, -3),(1.1, 12)
double strides(double x, int n) {
  double p = x;
  for (int i = 0; i < n; i += 2)
    p = p * x - i;
  for (int i = n; i >= 0; i -= 3)
    p = std::cos(p) * x + i;
  for (int i = 1; i <= n; i *= 2)
    p += p * p / (i + p * p);
  for (int i = n; i != 0 && i > 0; i /= 3)
    p = std::sin(p) * i;
  return p * x;
}

// CHECK-VALUES: negative_bounds wrt=x at=(1.5),(-0.5)
double negative_bounds(double x) {
  double p = x;
  for (int i = -3; i < -1; ++i)
    p = p * x + i;
  for (int i = -1; i > -4; --i)
    p = p / (x * x + 1) - i;
  for (int i = 2; i < -2; ++i)
    p = 0;
  return p;
}

// CHECK-VALUES: several_variables wrt=x at=(1.5, 6),(-0.5, 1),(2, 0)
double several_variables(double x, int n) {
  double p = x;
  for (int i = 0, j = n; i < j; ++i, --j)
    p = p * x + (j - i);
  for (int i = 0, k = 1; i < n; k += i, ++i)
    p = p / (1 + p * p) * k;
  double t = x;
  for (int i = 0; i < n; t *= x, i++)
    p += t * p;
  return p;
}

// CHECK-VALUES: index_after_loop wrt=x at=(1.5, 6),(-0.5, 1),(2, 0),(2, -2)
double index_after_loop(double x, int n) {
  int i;
  for (i = 0; i < n; ++i)
    x = x / (i + 1) + std::sin(x);
  return x * i + x * x;
}

// CHECK-VALUES: index_changed wrt=x at=(1.5, 9),(-0.5, 1),(2, 0)
double index_changed(double x, int n) {
  for (int i = 0; i < n; ++i) {
    x = std::sin(x) + i;
    if (i % 3 == 1)
      i += 2;
    x *= 0.5 * x;
  }
  return x;
}

// CHECK-VALUES: bound_changed wrt=x at=(1.5, 9),(-0.5, 1),(2, 0)
double bound_changed(double x, int n) {
  for (int i = 0; i < n; ++i) {
    x = x * x / (1 + x * x) + i;
    --n;
  }
  return x + n * x;
}

// CHECK-VALUES: floating_counter wrt=x,h at=(1.5, 0.3),(-0.5, 0.21)
double floating_counter(double x, double h) {
  double s = 0;
  for (double t = 0; t < 1; t += h)
    s += std::exp(-t * x) * h;
  return s;
}

// CHECK-VALUES: passive_floating_counter wrt=x at=(1.5, 0.3),(-0.5, 0.25)
double passive_floating_counter(double x, double h) {
  double s = x;
  for (double t = 1; t > 0; t -= h)
    s = s * (1 - h * s * t);
  return s;
}

// CHECK-VALUES: matrix_like wrt=x,y at=(1.5, 0.3, 3, 2),(-0.5, 0.7, 1, 4),(2, 1, 0, 3),(2, 1, 3, 0),(0.3, 2, 2, -1)
double matrix_like(double x, double y, int n, int m) {
  double s = x;
  for (int i = 0; i < n; ++i) {
    double row = y;
    for (int j = 0; j < m; ++j) {
      row = row * x + i * j;
      s = std::sin(s + row);
    }
    s *= row;
  }
  return s + y;
}

// CHECK-VALUES: triangular wrt=x at=(1.5, 4),(-0.5, 1),(2, 0)
double triangular(double x, int n) {
  double s = x;
  for (int i = 0; i < n; ++i)
    for (int j = i; j >= 0; --j)
      for (int k = j; k <= i; ++k)
        s = s - 0.25 * s * s * x / (1 + i + j * k);
  return s;
}

// CHECK-VALUES: loop_after_loop wrt=x,y at=(1.5, 0.3, 4),(-0.5, 0.7, 1),(2, 1, 0)
double loop_after_loop(double x, double y, int n) {
  double a = x;
  for (int i = 0; i < n; ++i)
    a = a * y + 1 / (1 + a * a);
  double b = a;
  for (int i = 0; i < n; ++i) {
    b = b * a - y;
    a = std::cos(a * b);
  }
  for (int i = 0; i < n; ++i)
    x += a * x / (1 + x * x);
  return a * b + x;
}

// CHECK-VALUES: rotation wrt=a,b,c at=(1.5, 0.3, 2, 4),(-0.5, 0.7, 1, 1),(2, 1, 3, 0),(2, 1, 3, 5)
double rotation(double a, double b, double c, int n) {
  for (int i = 0; i < n; ++i) {
    double t = a;
    a = b;
    b = c;
    c = t * 0.5 + std::sin(a);
  }
  return a * 7 + b * b + c;
}

// CHECK-VALUES: linear_only wrt=x,y at=(1.5, 0.3, 4),(2, 1, 0)
double linear_only(double x, double y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x * i + y;
  for (int i = 0; i < n; ++i)
    s = 2 * s - y;
  return s;
}

// CHECK-VALUES: forever_with_break wrt=x at=(1.5),(-0.5)
double forever_with_break(double x) {
  int i = 0;
  for (;;) {
    x = std::sin(x) + 0.25;
    if (++i == 5)
      break;
    x *= x;
  }
  return x;
}

// CHECK-VALUES: declared_condition wrt=x at=(1.5, 4),(-0.5, 1),(2, 0)
double declared_condition(double x, int n) {
  for (; int left = n; --n)
    x = x / left + std::cos(x * left);
  return x;
}

// CHECK-VALUES: limit_of_type wrt=x at=(1.5),(0.25)
double limit_of_type(double x) {
  for (unsigned char c = 250; c != 3; ++c)
    x = std::sin(x + c);
  for (int i = 2147483640; i < 2147483646; i += 2)
    x = std::cos(x + i % 3);
  for (short s = 3; s; s--)
    x *= s + x;
  return x;
}

// CHECK-VALUES: long_range wrt=x at=(1.5, 4000000000, 4000000004),(0.5, 5, 5)
double long_range(double x, long long from, long long to) {
  for (long long i = from; i < to; ++i)
    x = std::sin(x) + i % 7;
  for (long long i = to; i != from; --i)
    x = std::sin(x) * (i % 5);
  return x;
}

// CHECK-VALUES: counts_from_one_in_branch wrt=x,y at=(0.4, 1.5, 3),(0.4, 1.5, 1),(1.15, 0.7, 2),(0.4, 1.5, 0)
double counts_from_one_in_branch(double x, double y, int n) {
  double a = x;
  for (double t = 0; t < 1; t += 0.3) {
    if (y + t > a)
      for (int i = 1; i <= n; i++)
        a *= y -= t < 0.5 ? 0.2 * a : t;
  }
  return y * y + a;
}

// CHECK-VALUES: ends_in_branch wrt=x,y at=(0.4, 1.5, 3),(0.4, 1.5, 1),(0.4, -1.5, 2),(0.4, 1.5, -1)
double ends_in_branch(double x, double y, int n) {
  if (y > 0) {
    int last = n * n + 2;
    for (int i = 2; i < last; ++i)
      x = x * x * y / (1 + x * x) + i;
  }
  return x * y;
}
