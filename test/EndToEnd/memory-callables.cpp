// RUN: %check-values %s
// Lambdas that are given to a function and refer to arrays.

template <class F> void apply(F f, double *x, int n) {
  for (int i = 0; i < n; ++i)
    x[i] = f(x[i]);
}
// CHECK-VALUES: applied wrt=x,a at=(rand(3, 1), 0.5, 3)
void applied(double *x, double a, int n) {
  apply([a](double v) { return a * v * v; }, x, n);
  apply([&](double v) { return v + x[0]; }, x + 1, n - 1);
}
