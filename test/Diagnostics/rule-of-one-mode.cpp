// RUN: not adgen %s --mode reverse,forward 2>&1 | FileCheck %s --implicit-check-not="DERIVATIVE_OF(area) double area_grad"
// Of a function that has a derivative for one mode alone, the declaration for the other one is shown.
// RUN: adgen %s --mode reverse -o - | FileCheck %s --check-prefix=REVERSE
#include <adgen/adgen.h>
double area(double r);
ADGEN_DERIVATIVE_OF(area)
double area_grad(double r, double seed);
// CHECK: :[[@LINE+2]]:{{[0-9]+}}: error: the body of 'area' is not known
// REVERSE: area_grad(x, seed)
double f(double x) { return area(x); }
// CHECK: note: declared here
// CHECK-NEXT: struct area_dual { double value; double dot; };
// CHECK-NEXT: ADGEN_DERIVATIVE_OF(area) area_dual area_jvp(double r, double r_dot);
