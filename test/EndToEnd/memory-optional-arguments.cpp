// RUN: %check-values %s
// Arrays that need not be given.

// CHECK-VALUES: weighted wrt=x,w at=(rand(3, 1), rand(3, 2), 3),(rand(3, 1), null, 3)
double weighted(const double *x, const double *w, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += w ? w[i] * x[i] * x[i] : x[i];
  return s;
}

// CHECK-VALUES: with_sum wrt=x,y at=(rand(3, 1), {9, 9, 9}, 3),(rand(3, 1), null, 3)
double with_sum(const double *x, double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    s += x[i] * x[i];
    if (y != nullptr)
      y[i] = s;
  }
  return s;
}

// CHECK-VALUES: in_or_out wrt=x,y at=(rand(3, 1), {9, 9, 9}, 3),(rand(3, 1), null, 3)
void in_or_out(double *x, double *y, int n) {
  double *out = y ? y : x;
  for (int i = 0; i < n; ++i)
    out[i] = x[i] * x[i];
}

// A callee asks whether its parameter is null.
static double at(const double *w, int i) { return w ? w[i] : 1; }

// CHECK-VALUES: asked_by_a_callee wrt=x,w at=(rand(3, 1), rand(3, 2), 3),(rand(3, 1), null, 3),({}, null, 0)
double asked_by_a_callee(const double *x, const double *w, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * at(w, i);
  return s;
}

// CHECK-VALUES: known_to_the_caller wrt=x at=(rand(3, 1), 3),(rand(2, 1), 1)
double known_to_the_caller(const double *x, int n) {
  double s = 0, u[3] = {x[0], x[1], 2};
  for (int i = 0; i < n; ++i)
    s += x[i] * at(nullptr, i) * at(u, i) * at(x + 1, i - 1);
  return s;
}

static double both(const double *w, int i) {
  return w && i > 0 ? at(w, i) * at(w + 1, i - 1) : 2;
}

// CHECK-VALUES: asked_twice wrt=x,w at=(rand(3, 1), rand(3, 2), 3),(rand(3, 1), null, 3)
double asked_twice(const double *x, const double *w, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * both(w, i) + both(x, i);
  return s;
}

static void put(double *out, int i, double value) {
  if (out == nullptr)
    return;
  out[i] += value * value;
}

// CHECK-VALUES: put_if_wanted wrt=x,y at=(rand(3, 1), rand(3, 2), 3),(rand(3, 1), null, 3)
double put_if_wanted(const double *x, double *y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    put(y, i, x[i]);
    s += y ? y[i] * x[0] : x[i];
  }
  return s;
}

// Each pointer has a test of its own, also where the value is returned beside the gradient.
// CHECK-VALUES: two_options wrt=x,w,v at=(rand(3, 1), rand(3, 2), rand(3, 3), 3),(rand(3, 1), null, rand(3, 3), 3),(rand(3, 1), rand(3, 2), null, 3),(rand(3, 1), null, null, 3)
double two_options(const double *x, const double *w, const double *v, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * (w ? w[i] * s + 1 : 1) * (v ? v[i] + s : 2);
  return s;
}

static double dot(const double *a, const double *b, int n) {
  if (!a || !b)
    return 2;
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += a[i] * b[i];
  return s;
}

static double twice(const double *a, const double *b) {
  return a != nullptr && b != nullptr ? a[0] * b[0] : a && !b ? a[0] * a[1] : 1;
}

// CHECK-VALUES: known_in_a_condition wrt=x at=(rand(3, 1), 3)
double known_in_a_condition(const double *x, int n) {
  return dot(x, nullptr, n) * dot(x, x, n) + twice(x, nullptr) * twice(x, x + 1);
}
