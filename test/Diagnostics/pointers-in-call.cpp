// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// A function that calls itself stays a call: what it finds through pointers in an object is not known.
struct Source {
  const double *data;
  int n;
};

static double sum(const Source &s, int i) {
  if (i == s.n)
    return 0;
  return s.data[i] * s.data[i] + sum(s, i + 1);
}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'sum' is given pointers in memory, and stays a call [adgen-pointers-in-call]
double f(const Source &s) { return sum(s, 0); }
