// RUN: %check-values %s
// Containers that are passed by value.
#include "Inputs/types/atoms.h"

#include <array>
#include <utility>
#include <vector>

// CHECK-VALUES: of_arrays wrt=x at=({0.5, 1, 2}, 3),({0.5, 1, 2}, 0)
double of_arrays(std::array<double, 3> x, int steps) {
  std::array<double, 3> y{};
  for (int t = 0; t < steps; ++t) {
    for (std::size_t i = 0; i < x.size(); ++i)
      y[i] = 0.5 * x[i] * x[(i + 1) % 3] + 0.25;
    std::swap(x, y);
  }
  return x[0] * x[1] * x[2];
}

// CHECK-VALUES: by_value wrt=x at=({1, 2, 3}),({2})
double by_value(std::vector<double> x) {
  for (std::size_t i = 1; i < x.size(); ++i)
    x[i] *= x[i - 1];
  return x.back() * x.front();
}

// Nothing of the parameter is read by its derivative.
// CHECK-VALUES: linear wrt=x,y at=({0.5, 1, 2}, 3)
double linear(std::array<double, 3> x, double y) {
  std::vector<double> v = {x[2], y, 1.5};
  return v[0] + v[1] + x[0];
}

// One pointer to the array only reads, another one writes.
// CHECK-VALUES: reader_and_writer wrt=x,a at=(0.5, {1, 2, 3, 4})
double reader_and_writer(double x, std::array<double, 4> a) {
  const double *reader = a.data();
  double *writer = a.data();
  for (int i = 0; i < 4; ++i)
    *writer++ = a[2] * x;
  a[3] = reader[3] * reader[0];
  return a[3];
}

// Braces within the braces of a std::array.
// CHECK-VALUES: constant_rows wrt=x at=(0.5)
double constant_rows(double x) {
  std::array<std::array<double, 2>, 2> m = {{{1, 2}, {3, 0.5}}};
  for (auto &row : m)
    for (double &e : row) {
      e *= x * e;
      x = x * x + e;
    }
  return m[0][1] * m[1][0] + x;
}

// The shadow of a vector of numbers alone starts as zeros, one with other parts as a copy of these.
// CHECK-VALUES: of_sites wrt=sites,x at=({{{1, 2, 3}, 4}, {{0.5, -1, 2}, 3}}, 0.5),({}, 0.5)
double of_sites(std::vector<Site> sites, double x) {
  double sum = 0;
  for (Site &s : sites) {
    s.at[1] *= s.at[0] * x;
    sum += s.at[1] * s.charge + s.at[2];
  }
  return sum;
}

// CHECK-VALUES: of_labelled wrt=v,x at=({{2, {{1, 2}, {3, 4}}, {{1, 2, 3}, 4}}, {0, {{1, 0.5}, {2, 1}}, {{1, 3, 2}, 0.25}}}, 0.5)
double of_labelled(std::vector<Labelled> v, double x) {
  double sum = 0;
  for (std::size_t i = 0; i < v.size(); ++i) {
    v[i].rows[1][0] *= x * v[i].label;
    sum += v[i].rows[1][0] * v[i].rows[0][1] + v[i].site.at[v[i].label] * v[i].site.charge;
  }
  return sum;
}
