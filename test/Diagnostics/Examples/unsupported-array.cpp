// RUN: %check-example %s
// A vector has a size that is computed.
double f(double x, int n) {
  double a[n]; // here
  for (int i = 0; i < n; ++i)
    a[i] = x * i;
  return a[n - 1] * a[n - 1];
}
//--- mended
#include <vector>

double f(double x, int n) {
  std::vector<double> a(n);
  for (int i = 0; i < n; ++i)
    a[i] = x * i;
  return a[n - 1] * a[n - 1];
}
