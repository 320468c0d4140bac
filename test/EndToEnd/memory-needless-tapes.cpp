// RUN: %check-values %s
// RUN: adgen %s --with-value -o %t.cpp
// RUN: FileCheck %s --check-prefix=TEXT --input-file %t.cpp
// Tapes that seem to be read until what reads them turns out to be needless.
#include "Inputs/types/links.h"

#include <cmath>

static double weight(const double *w, int i, double s) {
  return w == nullptr ? std::cos(s) : w[0] * w[i];
}

// The branch for a pointer that is null, where it is not.
// TEXT-LABEL: chosen_grad(
// TEXT-NOT:   cos_tape
// TEXT:       Reverse sweep
// CHECK-VALUES: chosen wrt=x,s at=({0.7, -1.3, 0.4}, 0.5, 3),({2, 1}, -1, 2),({}, 3, 0)
double chosen(const double *x, double s, int n) {
  for (int i = 0; i < n; ++i) {
    double a[3] = {s, x[i], 0.5};
    s += 0.25 * std::sin(weight(a, (i + 1) % 3, s));
  }
  return s;
}

// No pointer of the list leads to an object that is only accessed by its name, like the
// one that `state` gets a copy of.
// TEXT-LABEL: along_grad(
// TEXT:       Reverse sweep
// TEXT-NOT:   sin_tape
// TEXT:       std::cos(
double along(Pair &state, double y, Link *link) {
  for (Link *l = link; l != nullptr; l = l->next)
    l->value /= 1 + state.a * state.a;
  for (Link *l = link; l != nullptr; l = l->next) {
    for (int i = 0; i < 2; ++i) {
      state.a = std::sin(y * state.a);
      state = Pair{state.a, {state.a, 2}};
    }
    y += 0.25 * l->value;
  }
  return y + state.a;
}
