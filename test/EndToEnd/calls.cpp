// RUN: %check-values %s
// Calls of every kind of function, in every place where an expression may stand.
#include <cmath>

double square(double x) { return x * x; }
static double half(double x) { return 0.5 * x; }
inline double cube(double x) { return x * square(x); }
constexpr double affine(double x, double y) { return 3 * x - y + 1; }

// CHECK-VALUES: by_name wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double by_name(double x, double y) { return square(x) * half(y) + cube(y) - affine(x, x * y); }

namespace plane {
double norm(double x, double y) { return std::sqrt(x * x + y * y); }
// CHECK-VALUES: plane::in_namespace wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double in_namespace(double x, double y) { return norm(x, y) * ::square(y) + plane::norm(y, 2); }
} // namespace plane

namespace {
double hidden(double x) { return std::sin(x) * x; }
} // namespace

// CHECK-VALUES: anonymous wrt=x at=(0.7),(-2)
double anonymous(double x) { return hidden(hidden(x) + x); }

double scale(double x) { return 2 * x; }
float scale(float x) { return 3 * x; }
double scale(int k) { return 4.5 * k; }
double scale(double x, double y) { return x * y * y; }

// CHECK-VALUES: overloads wrt=x,y at=(0.7, 1.5f, 3),(-2, 0.5f, -1) precision=float
double overloads(double x, float y, int k) {
  return scale(x) * scale(y) + scale(k) * scale(x, 3) + scale(x * y);
}

double shifted(double x, double by = 0.25, double times = 2 * 1.5) { return (x + by) * times; }

// CHECK-VALUES: default_arguments wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double default_arguments(double x, double y) {
  return shifted(x) * shifted(y, x) + shifted(x, y, x * y);
}

template <class T> T sum_of_squares(T x, T y) { return x * x + y * y; }
template <int N> double power(double x) {
  double r = 1;
  for (int i = 0; i < N; ++i)
    r *= x;
  return r;
}

// CHECK-VALUES: templates wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double templates(double x, double y) {
  return sum_of_squares(x, y) + sum_of_squares<double>(x, 2) * power<3>(y) + power<0>(x);
}

template <double (*F)(double)> double twice(double x) { return F(F(x)); }

// CHECK-VALUES: function_arguments wrt=x at=(0.7),(-2)
double function_arguments(double x) { return twice<square>(x) + twice<hidden>(x) + twice<half>(x); }

// CHECK-VALUES: instance<double> wrt=x,y at=(0.7, 1.3),(-2, 0.5)
template <class T> T instance(T x, T y) { return square(x) * sum_of_squares(x, y); }
template double instance(double, double);

bool is_far(double x) { return square(x) > 2; }

// CHECK-VALUES: in_conditions wrt=x,y at=(0.7, 1.3),(-2, 0.5),(1.5, 1.8)
double in_conditions(double x, double y) {
  double r = is_far(x) ? cube(y) : half(y);
  if (square(y) > square(x))
    r += x * hidden(y);
  else if (is_far(y) || hidden(x) > 0.5)
    r -= square(x);
  return r * (is_far(y) && !is_far(x) ? square(x) : x);
}

// CHECK-VALUES: in_loop_conditions wrt=x at=(3),(6),(0.1)
double in_loop_conditions(double x) {
  double s = x;
  while (is_far(s))
    s = half(s) + 0.1 * x;
  for (int i = 0; cube(s) < 5 && i < 4; ++i)
    s += half(x);
  do
    s = square(half(s));
  while (hidden(s) > 1);
  return s;
}

// CHECK-VALUES: in_arguments wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double in_arguments(double x, double y) {
  return affine(square(hidden(x)), half(plane::norm(square(x), y))) * std::sin(square(half(y)));
}

// CHECK-VALUES: unused_results wrt=x at=(0.7),(-2)
double unused_results(double x) {
  square(x);
  double dead = cube(x);
  dead = hidden(x);
  (void)plane::norm(x, 2);
  return half(x) * x;
}

int bucket(double x) { return x < 0 ? -1 : static_cast<int>(2 * x); }
int steps(int n) { return n * n - n; }
double weight(int k) { return k == 2 ? 1.5 : 0.5 * k; }

// CHECK-VALUES: integers wrt=x at=(0.7, 2),(-2, 3),(1.2, 0)
double integers(double x, int n) {
  double r = x;
  for (int i = 0; i < steps(n); ++i)
    r = half(r) + weight(i) * x;
  switch (bucket(x)) {
  case -1:
    return r * x;
  case 2:
    r = square(r);
    break;
  default:
    r += weight(bucket(x)) * cube(x);
  }
  return r;
}

// A callee whose value is compared, and nothing else.
// CHECK-VALUES: only_compared wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double only_compared(double x, double y) { return hidden(x) < square(y) ? x * y : x - y; }

double linear(double a, double x) { return a * x + 2 * x; }

// CHECK-VALUES: linear_callee wrt=x at=(0.7, 2),(-2, -0.5)
double linear_callee(double x, double a) { return linear(a, linear(a, linear(3, x))); }

// The same callee with other arguments active.
// CHECK-VALUES: activities wrt=x at=(0.7, 2),(-2, 0.5)
double activities(double x, double a) {
  return plane::norm(x, a) * plane::norm(a, x) + plane::norm(x, x) + plane::norm(a, 1) * affine(a, x);
}

float single(float x, double y) { return x * static_cast<float>(y) + 1; }
long double extended(long double x) { return x * x / 3; }
double rounded(float x) { return std::sin(x); }

// CHECK-VALUES: mixed_precision wrt=x,y,z at=(0.75, 1.25f, 2),(-2, 0.5f, 1.5) precision=float
double mixed_precision(double x, float y, long double z) {
  return single(x, y) + extended(y) * rounded(x) + extended(z * x) * single(y, single(y, x));
}

// CHECK-VALUES: single_function wrt=x,y at=(0.75f, 1.25f),(-2, 0.5f)
float single_function(float x, float y) { return single(x, y) * scale(y); }

double logistic(double r, double x) { return r * x * (1 - x); }

// CHECK-VALUES: in_loops wrt=x,r at=(0.3, 2.7, 6),(0.6, 1.5, 1),(0.5, 3, 0)
double in_loops(double x, double r, int n) {
  for (int i = 0; i < n; ++i)
    x = logistic(r, x);
  return square(x);
}

// CHECK-VALUES: in_nested_loops wrt=x,r at=(0.3, 1.7, 4),(0.6, 1.5, 1),(0.5, 3, 0)
double in_nested_loops(double x, double r, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    double t = half(x) + weight(i);
    for (int j = 0; j <= i; ++j) {
      t = logistic(r, t) / 4;
      if (is_far(t + j))
        s += hidden(t) * affine(r, x);
      else
        x = half(x) + 0.25 * square(t);
    }
    if (logistic(r, x) > 0.4)
      continue;
    s += cube(x);
  }
  return s + x;
}

double first_link(double x) { return std::exp(-x); }
double second_link(double x) { return first_link(x) * x; }
double third_link(double x, double y) { return second_link(x * y) + first_link(y); }

// CHECK-VALUES: chain wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double chain(double x, double y) { return third_link(second_link(x), third_link(y, x)); }

double early(double x) {
  if (x < 0)
    return -x;
  double r = x;
  for (int i = 0; i < 10; ++i) {
    if (r > 5)
      return r * x;
    if (i == 3)
      r += 0.5;
    r *= 1.3;
  }
  return r;
}

double breaking(double x, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    if (i == 1)
      continue;
    s += std::sin(s * x);
    if (s > 3)
      break;
  }
  return s;
}

double sorted(int k, double x) {
  switch (k) {
  case 0:
    return x;
  case 1:
    x *= 2;
    [[fallthrough]];
  case 2:
    return x * x;
  default:
    return 1;
  }
}

// CHECK-VALUES: callee_control wrt=x,y at=(0.7, 1.3, 4),(-2, 0.5, 0),(2.5, 3, 9)
double callee_control(double x, double y, int n) {
  double s = early(x) * breaking(y, n) + early(y - 2);
  for (int k = 0; k < n; ++k)
    s += sorted(k, x) * breaking(x * y, k);
  return s;
}

// The parameter is the callee's own.
double overwrites(double x, double y) {
  x *= y;
  y = x + 1;
  x -= std::cos(y);
  return x * y;
}

// CHECK-VALUES: overwritten_parameters wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double overwritten_parameters(double x, double y) {
  double a = overwrites(x, y);
  x = overwrites(y, x);
  return a * x + overwrites(a, a) / 10;
}

double nothing_of_it(double) { return 4; }

// CHECK-VALUES: constant_callee wrt=x at=(0.7),(-2)
double constant_callee(double x) { return nothing_of_it(x) * x + nothing_of_it(x * x); }

double declared_first(double x, double y);

// CHECK-VALUES: before_its_definition wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double before_its_definition(double x, double y) { return declared_first(y, x) * x; }

double declared_first(double x, double y) { return x / (1 + y * y); }

// A requested function that another requested one calls.
// CHECK-VALUES: outer wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double outer(double x, double y) { return by_name(x, y) + chain(by_name(y, x) / 8, 1); }
