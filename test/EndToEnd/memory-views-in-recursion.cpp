// RUN: %check-values %s
// What a view shows is given to a function that calls itself.
#include "Inputs/types/views.h"

static void scan(double *x, int n) {
  if (n < 2)
    return;
  scan(x, n - 1);
  x[n - 1] *= x[n - 2];
}

// CHECK-VALUES: scanned wrt=m at=(View{memory(rand(4, 1)), 4, 1}),(View{memory({2}), 1, 1}),(View{memory({}), 0, 1})
double scanned(View m) {
  double s = 0;
  for (int i = 0; i < m.rows; ++i)
    m.data[i] *= m.data[0];
  scan(m.data, m.rows);
  for (int i = 0; i < m.rows; ++i)
    s += m.data[i] * m.data[i];
  return s;
}
