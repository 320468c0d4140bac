// RUN: %check-values %s
// RUN: adgen %s -o %t.cpp
// RUN: FileCheck %s --check-prefix=TEXT --input-file %t.cpp
// RUN: adgen %s --function pairs -o - --disable-pass=ad-trim-trips | FileCheck %s --check-prefix=WITHOUT
// Loops over pairs have nothing to do in their first trips.
#include <cmath>
#include <cstddef>
#include <vector>

// CHECK-VALUES: pairs wrt=x at=(rand(5, 1), 5),({2, 1}, 2),({2}, 1),({}, 0),({}, -2)
// TEXT-LABEL: void pairs_grad(
// TEXT:       for (int i = 1; i < n; ++i) {
// TEXT-NOT:   if (
// TEXT:       x_bar[i] += x_bar_i;
// WITHOUT:    for (int i = 0; i < n; ++i) {
// WITHOUT:    if (i > 0)
double pairs(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j)
      s += std::sin(x[i] - x[j]);
  return s;
}

// Three of them; i needs two below.
// CHECK-VALUES: triples wrt=x at=(rand(5, 1), 5),(rand(3, 2), 3),({2, 1}, 2),({2}, 1),({}, 0)
// TEXT-LABEL: void triples_grad(
// TEXT:       for (int i = 2; i < n; ++i)
// TEXT:       for (int j = 1; j < i; ++j)
double triples(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j)
      for (int k = 0; k < j; ++k)
        s += x[i] * x[j] * std::cos(x[k]);
  return s;
}

// Neighbours are left out; the loops are apart from each other.
// CHECK-VALUES: apart wrt=x at=(rand(6, 1), 6),({2, 1, 3}, 3),({2, 1}, 2),({2}, 1),({}, 0)
// TEXT-LABEL: void apart_grad(
// TEXT:       for (int i = 2; i < n; ++i) {
double apart(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < i - 1; ++j)
      s += std::sin(x[i] - x[j]);
    for (int j = 1; j < i; ++j)
      s += std::exp(-x[i] * x[j]);
  }
  return s;
}

// CHECK-VALUES: of_size wrt=x at=(rand(5, 1)),({2, 1}),({2}),({})
// TEXT-LABEL: void of_size_grad(
// TEXT:       for (std::size_t i = 1; i < x.size(); ++i) {
double of_size(const std::vector<double> &x) {
  double s = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      s += std::sin(x[i] - x[j]);
  return s;
}

// Below zero a number without sign is a large one.
// CHECK-VALUES: wrapped wrt=x at=(rand(5, 1)),({2, 1}),({2}),({})
// TEXT-LABEL: void wrapped_grad(
// TEXT:       for (std::size_t i = 0; i < x.size(); ++i)
double wrapped(const std::vector<double> &x) {
  double s = 0;
  for (std::size_t i = 0; i < x.size(); ++i)
    for (std::size_t j = 0; j < i - 1 && j < x.size(); ++j)
      s += std::sin(x[i] - x[j]);
  return s;
}

// The first trip has more to do than its pairs, or none but itself.
// CHECK-VALUES: with_own wrt=x at=(rand(5, 1), 5),({2, 1}, 2),({2}, 1),({}, 0)
// TEXT-LABEL: void with_own_grad(
// TEXT:       for (int i = 0; i < n; ++i) {
double with_own(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    s += x[i] * x[i];
    for (int j = 0; j < i; ++j)
      s += std::sin(x[i] - x[j]);
  }
  return s;
}
// CHECK-VALUES: included wrt=x at=(rand(5, 1), 5),({2, 1}, 2),({2}, 1),({}, 0)
// TEXT-LABEL: void included_grad(
// TEXT:       for (int i = 0; i < n; ++i) {
double included(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j <= i; ++j)
      s += std::sin(x[i] + x[j]);
  return s;
}

// What a trip carries on for the next ones; and what it leaves behind.
// CHECK-VALUES: carried wrt=x at=(rand(5, 1), 5),({2, 1}, 2),({2}, 1),({}, 0)
double carried(const double *x, int n) {
  double s = 0, t = 1;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < i; ++j)
      s += t * std::sin(x[i] - x[j]);
    t *= 1.5 + std::cos(x[i]);
  }
  return s;
}
// CHECK-VALUES: recursive wrt=x at=(rand(5, 1), 5),({2, 1}, 2),({2}, 1),({}, 0)
double recursive(const double *x, int n) {
  double s = 1;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j)
      s = std::sin(s * x[i] - x[j]);
  return s;
}
// CHECK-VALUES: down wrt=x at=(rand(5, 1), 5),({2, 1}, 2),({2}, 1),({}, 0)
double down(const double *x, int n) {
  double s = 1;
  for (int i = n - 1; i >= 0; --i)
    for (int j = i - 1; j >= 0; --j)
      s = std::sin(s * x[i] - x[j]);
  return s;
}
