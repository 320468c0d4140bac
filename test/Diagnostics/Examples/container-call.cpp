// RUN: %check-example %s
// The vector has its size from the start.
#include <vector>

double f(double x, const std::vector<double> &w) {
  std::vector<double> v = w;
  v.insert(v.begin(), x); // here
  return v[0] * v[1];
}
//--- mended
#include <vector>

double f(double x, const std::vector<double> &w) {
  std::vector<double> v(w.size() + 1);
  v[0] = x;
  for (std::size_t i = 0; i < w.size(); ++i)
    v[i + 1] = w[i];
  return v[0] * v[1];
}
