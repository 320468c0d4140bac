// RUN: not adgen %s --mode forward 2>&1 | FileCheck %s
// An object that is returned stays one, and C++ cannot make it without arguments.
struct Pair {
  double a, b;
  Pair(double a, double b) : a(a), b(b) {}
};
Pair f(double x) {
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: the derivative needs an object like 'result' before it knows its members, which this class has no constructor for [adgen-unmade-object]
  return Pair(x, 2 * x);
}
