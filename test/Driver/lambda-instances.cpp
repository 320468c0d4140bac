// RUN: adgen %s -o - | FileCheck %s
// Without --function the instances of templates for lambda expressions are not asked for:
// nobody else can name them.
template <class F> double twice(F f, double x) { return f(f(x)); }

// CHECK-NOT: double twice_grad(double x, double seed = 1.0)
// CHECK: double scaled_grad(double x, double seed = 1.0)
double scaled(double x) {
  return twice([](double y) { return y * y; }, x);
}

// An instance with types that have names is a function like others.
template <class T> T square(T x) { return x * x; }
template double square(double);
// CHECK: double square_grad(double x, double seed = 1.0)
