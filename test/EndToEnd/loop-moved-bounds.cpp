// RUN: %check-values %s
// RUN: adgen %s --function neighbours,differences -o %t.cpp
// RUN: FileCheck %s --check-prefix=TEXT --input-file %t.cpp
// Loops whose header compares the counter and a constant: their trips are counted on
// entry, also where a number without sign would wrap around.

#include <cstddef>
#include <vector>

// CHECK-VALUES: neighbours wrt=x at=(rand(5, 1), 5),({1, 2}, 2),({1}, 1),({}, 0)
// TEXT-LABEL: void neighbours_grad(
// TEXT:      for (int i = n - 2; i >= 0; --i)
double neighbours(double *x, int n) {
  double s = 0;
  for (int i = 0; i + 1 < n; ++i) {
    s += x[i] * x[i + 1];
    x[i + 1] *= x[i];
  }
  return s;
}

// CHECK-VALUES: differences wrt=x at=(rand(5, 1)),({1, 2}),({1}),({})
// TEXT-LABEL: void differences_grad(
// TEXT:      const unsigned long end = x.size() < 1 ? 0 : x.size() - 1;
// TEXT-NEXT: for (std::size_t i = 0; i + 1 < x.size(); ++i)
// TEXT:      for (std::size_t i = end; i-- > 0;)
double differences(std::vector<double> &x) {
  double s = 0;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    x[i + 1] -= x[i] * x[i];
    s += x[i + 1];
  }
  return s;
}

// CHECK-VALUES: pairs wrt=x at=(rand(7, 1), 7),(rand(6, 1), 6),({1}, 1),({}, 0)
void pairs(double *x, std::size_t n) {
  for (std::size_t i = 0; i + 2 < n; i += 2)
    x[i] *= x[i + 1] + x[i + 2];
}

// CHECK-VALUES: inclusive wrt=x at=(rand(5, 1), 5),({1}, 1),({}, 0)
void inclusive(double *x, unsigned n) {
  for (unsigned i = 1; i + 1 <= n; ++i)
    x[i] *= x[i - 1];
}

// CHECK-VALUES: down wrt=x at=(rand(5, 1), 5),({1, 2}, 2),({1}, 1),({}, 0)
void down(double *x, int n) {
  for (int i = n - 1; i - 1 >= 0; --i)
    x[i] *= x[i - 1];
}

// CHECK-VALUES: swapped wrt=x at=(rand(5, 1), 5),({1, 2}, 2),({}, 0)
void swapped(double *x, int n) {
  for (int i = 0; n > i + 1; ++i)
    x[i] *= x[i + 1];
}
