// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// A pointer that may be null is passed to no function that may ask.
static void set(double x, double *out) {
  if (out)
    *out = x;
}
double f(double x, double *out) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: this pointer may be null, and 'set' is lowered for one that is not [adgen-possibly-null]
  set(x, out);
  return x;
}
