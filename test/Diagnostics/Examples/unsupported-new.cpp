// RUN: %check-example %s
// The array is owned by a vector.
double f(double x, int n) {
  double *a = n > 4 ? new double[n] : new double[4]; // here
  a[0] = x;
  double y = a[0] * a[0];
  delete[] a;
  return y;
}
//--- mended
#include <vector>

double f(double x, int n) {
  std::vector<double> a(n > 4 ? n : 4);
  a[0] = x;
  return a[0] * a[0];
}
