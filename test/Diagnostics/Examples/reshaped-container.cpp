// RUN: %check-example %s
// The element is found again behind the change.
#include <vector>

double f(double x) {
  std::vector<double> v{x};
  v.reserve(2);
  double &first = v[0]; // here
  v.push_back(x * x);
  return first * v[1];
}
//--- mended
#include <vector>

double f(double x) {
  std::vector<double> v{x};
  v.reserve(2);
  v.push_back(x * x);
  double &first = v[0];
  return first * v[1];
}
