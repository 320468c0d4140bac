// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// A function that keeps state in a static variable is not copied; one with external linkage is called.
// RUN: adgen %s --function g -o - | FileCheck %s --check-prefix=EXTERNAL

// CHECK: copied-static.cpp:[[# @LINE + 5]]:14: error: the derivative calls 'count', and a copy of it would have a variable 'calls' of its own [adgen-copied-static]
// EXTERNAL-NOT: calls
// EXTERNAL: int countAll(int n);
// EXTERNAL: double g_grad(
static int count(int n) {
  static int calls = 0;
  return calls += n;
}
int countAll(int n) { return count(n); }
double f(double x, int n) { return count(n) > 2 ? x * x : x; }
double g(double x, int n) { return countAll(n) > 2 ? x * x : x; }
