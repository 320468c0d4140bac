// RUN: %check-values %s --standards c++17,c++20
// Algorithms of the library that make one number of a range, with functions of their own.
#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numeric>
#include <vector>

// CHECK-VALUES: squares wrt=x at=({1, 2, 3}),({})
double squares(const std::vector<double> &x) {
  return std::transform_reduce(x.begin(), x.end(), 0.5, std::plus<>{}, [](double v) { return v * v; });
}

// CHECK-VALUES: distances wrt=x,y,p at=({1, 2, 3}, {2, 0.5, 1}, 0.7),({}, {}, 2)
double distances(const std::vector<double> &x, const std::vector<double> &y, double p) {
  double s = std::inner_product(x.begin(), x.end(), y.begin(), 1.0, std::multiplies<>{},
                                [p](double a, double b) { return std::exp(-p * (a - b) * (a - b)); });
  return s * std::transform_reduce(
                 x.begin(), x.end(), y.begin(), 0.0, [](double a, double b) { return a + b; },
                 [&](double a, double b) { return std::sin(a * b) * p; });
}

// CHECK-VALUES: counted wrt=x,a at=({1, -2, 3, 1}, 0.5),({}, 0.5)
double counted(const std::vector<double> &x, double a) {
  double s = a;
  if (std::any_of(x.begin(), x.end(), [](double v) { return v < 0; }))
    s *= x[1];
  s *= 1 + double(std::count_if(x.begin(), x.end(), [&](double v) { return v > a; }));
  s += a * double(std::count(x.begin(), x.end(), 1));
  return std::all_of(x.begin(), x.end(), [](double v) { return v > -3; }) ? s * s : s;
}

// What the test does it does until it is decided.
// CHECK-VALUES: looked wrt=x,a at=({1, 1.5, 3, 4}, 0.5),({1, 1.5}, 0.25),({5, 6}, 0.25)
double looked(const std::vector<double> &x, double a) {
  double s = a;
  const bool none = std::none_of(x.begin(), x.end(), [&](double v) {
    s *= v;
    return v > 2;
  });
  return none ? s : s * s;
}
