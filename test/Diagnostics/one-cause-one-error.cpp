// RUN: not adgen %s --mode reverse,forward 2>&1 | FileCheck %s --implicit-check-not=error: --implicit-check-not="note: every function"
// What is wrong in one place is said once: however often a callee is called, whoever calls it, and
// for both modes. So is what is wrong with a declaration.
#include <cmath>

// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'goto' and labels are not supported
static double jumps(double x) { goto end; end: return x; }
// CHECK: note: a jump has no structure
// CHECK: note: every function of the file
double a1(double x) { return jumps(x) * jumps(2 * x); }
double a2(double x) { return jumps(x) * jumps(2 * x); }

// Before its body is read.
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: exceptions ('try') are not supported
static double tries(double x) try { return x; } catch (...) { return 0; }
double b1(double x, double y) { return tries(x) * tries(y); }
double b2(double x, double y) { return tries(x * y); }

double nowhere(double x);
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: the body of 'nowhere' is not known
double c1(double x) { return nowhere(x) * nowhere(x) + nowhere(2 * x) + nowhere(x) * nowhere(3 * x); }
double c2(double x) { return nowhere(x); }
static double c3(double x) { return nowhere(x); }
double c4(double x) { return c3(x); }

double changes = 1;
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: variable 'changes' outside of the function can change
double d1(double x) { return changes * x; }
double d2(double x) { return changes + x; }
// CHECK: 4 errors generated.
