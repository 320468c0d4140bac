// RUN: %check-values %s
// RUN: %check-values %s --adgen "adgen --disable-pass=ad-raise-swaps"
// RUN: adgen %s --function sort,rotate,own_variable -o %t.cpp
// RUN: FileCheck %s --check-prefix=TEXT --input-file %t.cpp
// Elements that change places: the adjoints do so too.

#include <utility>
#include <vector>

// CHECK-VALUES: sort wrt=x at=({3, 1, 2, 5, 4}, 5),({2, 1}, 2),({1}, 1),({}, 0)
// TEXT-LABEL: void sort_grad(
// TEXT:      decision_tape[long(i) * (n - 1) + j] = condition;
// TEXT-NEXT: if (condition)
// TEXT-NEXT:   std::swap(x[j], x[j + 1]);
// TEXT:      for (int j = n - i - 2; j >= 0; --j) {
// TEXT-NEXT:   // if (x[j] > x[j + 1])
// TEXT-NEXT:   if (decision_tape[long(i) * (n - 1) + j])
// TEXT-NEXT:     std::swap(x_bar[j + 1], x_bar[j]);
void sort(double *x, int n) {
  for (int i = 0; i < n; ++i)
    for (int j = 0; j + 1 < n - i; ++j)
      if (x[j] > x[j + 1])
        std::swap(x[j], x[j + 1]);
}

// The two may be one element.
// CHECK-VALUES: exchange wrt=x at=({1, 2, 3}, 0, 2),({1, 2, 3}, 1, 1)
void exchange(double *x, int i, int k) {
  std::swap(x[i], x[k]);
  x[i] *= 3;
}

// CHECK-VALUES: exchange_places wrt=x,y at=(2, 3),(2, _) alias=y:x
void exchange_places(double &x, double &y) {
  std::swap(x, y);
  x *= 3;
}

// Three elements move on: no two of them change places.
// CHECK-VALUES: rotate wrt=x at=({1, 2, 3}, 0, 1, 2),({1, 2, 3}, 0, 1, 1),({1, 2, 3}, 1, 0, 1)
// TEXT-LABEL: void rotate_grad(
// TEXT-NOT: std::swap
void rotate(double *x, int i, int k, int l) {
  const double first = x[i];
  x[i] = x[k];
  x[k] = x[l];
  x[l] = first;
}

// What is swapped is also read.
// CHECK-VALUES: read_too wrt=x at=({1, 2, 3}),({-1, 2, 0.5})
double read_too(std::vector<double> &x) {
  double s = 0;
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    s += x[i] * x[i + 1];
    std::swap(x[i], x[i + 1]);
    s += i * x[i];
  }
  return s;
}

// Moved crosswise, and scaled.
// CHECK-VALUES: scaled wrt=x at=({1, 2}),({-1, 0.5})
void scaled(double *x) {
  const double first = x[0];
  x[0] = 2 * x[1];
  x[1] = first;
}

// The user's variable stays where the user has it.
// CHECK-VALUES: own_variable wrt=x at=({1, 2, 3, 4}, 4),({1, 2, 3}, 3),({}, 0)
// TEXT-LABEL: void own_variable_grad(
// TEXT:      const double first = x[i];
// TEXT:      std::swap(x_bar[{{.*}}], x_bar[{{.*}}]);
void own_variable(double *x, int n) {
  for (int i = 0; i < n / 2; ++i) {
    const double first = x[i];
    x[i] = x[n - 1 - i];
    x[n - 1 - i] = first;
  }
}
