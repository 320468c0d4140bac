// RUN: %check-values %s
// Places: parameters by reference and by pointer, in requested functions and in callees.
#include <cmath>
#include <utility>

// Requested functions.

// CHECK-VALUES: only_read wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double only_read(const double &x, const double *y) { return x * x * *y + std::sin(*y); }

// CHECK-VALUES: out wrt=x at=(0.7, 1.3),(-2, 0.5)
// CHECK-VALUES: out wrt=x,y at=(0.7, 1.3),(-2, 0.5)
void out(double x, double &y) { y = x * x; }

// CHECK-VALUES: out_pointer wrt=x at=(0.7, 1.3),(-2, 0.5)
void out_pointer(double x, double *y) { *y = std::exp(x); }

// CHECK-VALUES: inout wrt=x,y at=(0.7, 1.3),(-2, 0.5)
void inout(double x, double &y) { y = y * y + x; }

// CHECK-VALUES: twice_overwritten wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double twice_overwritten(double x, double &y) {
  y *= x;
  double r = y * y;
  y = std::sin(y);
  y += r;
  return r * y;
}

// CHECK-VALUES: mixed wrt=x,a,b at=(0.7, 1.3, 2, 0.1, 5, 6, 7),(-2, 0.5, 1, 1, 1, 1, 1)
double mixed(double x, const double &a, const double *b, double c, double &y, double *z, int &n) {
  y += a * x;
  *z = *b * y + c;
  n += 2;
  return y * *z * n;
}

// CHECK-VALUES: two_results wrt=x at=(0.7, 1, 1),(-2, 3, 4)
void two_results(double x, double &s, double &c) {
  s = std::sin(x);
  c = std::cos(x) * s;
}

// CHECK-VALUES: in_branches wrt=x,y at=(0.7, 1.3),(-2, 0.5),(-2, 3)
double in_branches(double x, double &y) {
  if (x > 0) {
    y = x * y;
    return y;
  }
  if (y > 1)
    y = y - x;
  return x * y;
}

// CHECK-VALUES: in_a_loop wrt=x,y at=(0.7, 1.3, 4),(0.3, 0.5, 1),(0.4, 3, 0)
void in_a_loop(double x, double &y, int n) {
  for (int i = 0; i < n; ++i) {
    y = y * x + std::sin(y);
    if (y > 4)
      return;
  }
}

// CHECK-VALUES: counts wrt=x at=(0.7, 3, 1),(5, 0, 2)
double counts(double x, int &trips, double &last) {
  while (x < 4) {
    ++trips;
    last = x;
    x = x * 1.5 + 0.1;
  }
  return x * trips;
}

// CHECK-VALUES: integer_result wrt=x at=(0.7, 1.3),(-2, 0.5)
int integer_result(double x, double &y) {
  y *= x;
  return y > 0 ? 1 : -1;
}

// CHECK-VALUES: other_precisions wrt=x,y,z at=(0.75f, 1.25, 2),(-2, 0.5, 1) precision=float
float other_precisions(const float &x, double &y, long double *z) {
  y += x * *z;
  *z = y * x;
  return x * static_cast<float>(y);
}

// CHECK-VALUES: not_wanted wrt=x at=(0.7, 1.3, 2),(-2, 0.5, 3)
double not_wanted(double x, const double &a, const double *b) { return x * a + *b * x * x; }

// Callees with results by reference and by pointer.

void polar(double x, double y, double &r, double &phi) {
  r = std::sqrt(x * x + y * y);
  phi = std::atan2(y, x);
}
void pointers(double x, double *s, double *c) {
  *s = std::sin(x);
  *c = std::cos(x);
}

// CHECK-VALUES: out_arguments wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double out_arguments(double x, double y) {
  double r, phi;
  polar(x, y, r, phi);
  double s, c = 0;
  pointers(phi, &s, &c);
  return r * s + c * phi * x;
}

double bump(double &y, double by) {
  y += by * y;
  return y * y;
}

// CHECK-VALUES: inout_arguments wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double inout_arguments(double x, double y) {
  double a = bump(x, y);
  double b = bump(y, x);
  return a * x + b * y - bump(a, 0.5);
}

// CHECK-VALUES: results_unused wrt=x,y at=(0.7, 1.3),(-2, 0.75)
double results_unused(double x, double y) {
  bump(x, y);
  double r, phi;
  polar(x, y, r, phi);
  return x + r;
}

double product(const double &x, const double &y) { return x * y * y; }
// CHECK-VALUES: add_twice wrt=y,x at=(1.3, 0.7),(-2, 0)
// CHECK-VALUES: add_twice wrt=y,x at=(1.3, _) alias=x:y
void add_twice(double &y, const double &x) {
  y += x;
  y += x;
}
void mix(double &x, double &y) {
  x = x * y;
  y = x + y;
}

// CHECK-VALUES: passed_twice wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double passed_twice(double x, double y) {
  double p = product(x, x) * product(x, y);
  add_twice(x, x);
  mix(y, y);
  double t = x;
  mix(t, y);
  add_twice(t, p);
  return x * y * t + p;
}

double deeper(double &z, double x) { return bump(z, x) * z; }
double forwards(double &z, double x) {
  double r = deeper(z, x);
  add_twice(z, r);
  return r;
}

// CHECK-VALUES: handed_down wrt=x,z at=(0.7, 1.3),(-0.3, 0.5)
double handed_down(double x, double &z) { return forwards(z, x) + forwards(z, x * z) / 100; }

// CHECK-VALUES: local_references wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double local_references(double x, double &y) {
  double a = x * x;
  double &r = a;
  double &same = r;
  const double &c = y;
  same += c;
  y = r * a;
  double *p = &a;
  *p = *p * c;
  double &q = *p;
  q += x;
  return a * r;
}

void swap_by_hand(double &x, double &y) {
  double t = x;
  x = y;
  y = t;
}
void swap_by_pointers(double *x, double *y) {
  const double t = *x;
  *x = *y;
  *y = t;
}

// CHECK-VALUES: swaps wrt=x,y at=(0.7, 1.3),(-2, 0.5),(2, 0.5)
double swaps(double x, double &y) {
  double z = x * y;
  swap_by_hand(x, y);
  if (x > y)
    swap_by_pointers(&x, &z);
  std::swap(z, y);
  return x * z - y;
}

// CHECK-VALUES: chosen_targets wrt=x,y at=(0.7, 1.3),(-2, 0.5),(2, 0.5)
double chosen_targets(double x, double y) {
  double a = x, b = y;
  (x > 1 ? a : b) = x * y;
  (y > 1 ? a : b) += x;
  return a * a * b;
}

// CHECK-VALUES: chosen_arguments wrt=x,y at=(0.7, 1.3),(-2, 0.5),(2, 0.5)
double chosen_arguments(double x, double y) { return product(x > 1 ? x : y, y); }

void grow(double &s, double x, int n) {
  for (int i = 0; i < n; ++i) {
    if (s > 3) {
      s = std::sqrt(s);
      continue;
    }
    s += x * s;
  }
}
void clip(double &s, double most) {
  if (s > most)
    s = most * most / s;
}

// CHECK-VALUES: in_loops_and_branches wrt=x,y at=(0.7, 1.3, 4),(0.3, 0.5, 1),(0.4, 3.5, 0)
double in_loops_and_branches(double x, double y, int n) {
  double s = y;
  for (int i = 0; i < n; ++i) {
    grow(s, x, i + 1);
    if (i % 2)
      clip(s, 2);
    else
      add_twice(s, x);
    double &alias = s;
    clip(alias, 3.7);
  }
  clip(s, 2.1);
  return s * x;
}

bool try_root(double x, double &r) {
  if (x < 0)
    return false;
  r = std::sqrt(x);
  return true;
}
int advance(int &state, double &x) {
  x += 0.5 * state;
  return ++state;
}

// CHECK-VALUES: in_conditions wrt=x,y at=(0.7, 1.3),(-1.75, 0.5),(2, -0.5)
double in_conditions(double x, double y) {
  double r = y;
  if (try_root(x, r))
    r *= 2;
  int state = 1;
  while (advance(state, x) < 5)
    r += x * y;
  return try_root(y, y) && r > 0 ? r * y : r - y * x;
}

// CHECK-VALUES: sequenced wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double sequenced(double x, double y) {
  double r = bump(x, y);
  r = (bump(x, 2), x) + r;
  r += (y *= x, bump(y, x));
  return r + y;
}

template <class T> void axpy(T a, const T &x, T &y) { y += a * x; }

// CHECK-VALUES: by_template wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double by_template(double x, double &y) {
  float f = static_cast<float>(x);
  axpy(2.0f, f, f);
  axpy(x, x, y);
  axpy<double>(3, y, x);
  return x * y;
}

// CHECK-VALUES: temporaries wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double temporaries(double x, double y) {
  const double &r = x * y;
  return product(x + y, r) + product(2, y) + product(x, 3);
}

void maybe(double *y, double x) {
  if (y)
    *y = x * x;
}

// CHECK-VALUES: null_in_callee wrt=x at=(0.7),(-2)
double null_in_callee(double x) {
  double a = x;
  maybe(&a, x);
  maybe(nullptr, x);
  return a * x;
}

void fixed(double *const y, double &__restrict z) {
  *y *= 2;
  z = *y * z;
}

// CHECK-VALUES: qualified wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double qualified(double x, double y) {
  fixed(&x, y);
  return x * y;
}

void overwriting(double x, double &f, double *g) {
  f = x * x;
  *g = std::sin(x) * x;
}

// What only an adjoint that does not read it got is on no tape.
// CHECK-VALUES: overwritten_in_a_loop wrt=x,y at=(0.7, 1.3),(-2, 0.5)
double overwritten_in_a_loop(double x, double y) {
  double f = 1, g = 0;
  for (int i = 0; i < 3; ++i) {
    overwriting(x * i, f, &g);
    g += f * y;
    x = std::cos(g / 10);
    y = g / 5;
  }
  return g + x * f;
}
