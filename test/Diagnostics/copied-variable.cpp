// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// A copied function cannot share a variable of internal linkage that changes; it shares any other.
// RUN: adgen %s --function g -o - | FileCheck %s --check-prefix=EXTERNAL

// CHECK: copied-variable.cpp:[[# @LINE + 4]]:12: error: the derivative uses code that reads or writes 'level', a variable that can change and that no other file can name [adgen-copied-variable]
// EXTERNAL: extern int shared;
// EXTERNAL: static int belowShared(int n) { return n < shared; }
// EXTERNAL: double g_grad(
static int level = 2;
int shared = 2;
static int below(int n) { return n < level; }
static int belowShared(int n) { return n < shared; }
double f(double x, int n) { return below(n) > 0 ? x * x : x; }
double g(double x, int n) { return belowShared(n) > 0 ? x * x : x; }
