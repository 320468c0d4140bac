// RUN: not adgen %s 2>&1 | FileCheck %s
// RUN: not adgen %s --mode forward 2>&1 | FileCheck %s
// An array from new[] ends with the block of its pointer: adgen-unsupported-new.
// The array of one trip is not that of the next.
double of_the_last_trip(double x, int n) {
  double *p = &x, s = 0;
  for (int i = 0; i < n; ++i) {
    s += *p;
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'new' is not supported [adgen-unsupported-new]
    double *w = new double[1];
    *w = *p * x;
    p = w;
  }
  return s;
}
double stored(double x, int n) {
  double *rows[3] = {&x, &x, &x};
  for (int i = 0; i < n; ++i) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'new' is not supported [adgen-unsupported-new]
    double *w = new double[1];
    for (double *p = w; p != w + 1; ++p)
      rows[i] = p;
  }
  return rows[0][0];
}
