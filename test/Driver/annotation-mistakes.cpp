// RUN: not adgen %s 2>&1 | FileCheck %s
// What an annotation names wrongly is reported at the annotation.
// RUN: not adgen %s --function passive --wrt k 2>&1 | FileCheck %s --check-prefix=INACTIVE

#include <adgen/adgen.h>
// CHECK: annotation-mistakes.cpp:[[# @LINE + 1]]:1: error: 'misspelled' has no parameter 'z'; its parameters are 'x', 'y' [adgen-unknown-parameter]
ADGEN_GRAD("z") double misspelled(double x, double y) { return x * y; }
// INACTIVE: annotation-mistakes.cpp:[[# @LINE + 1]]:{{[0-9]+}}: error: parameter 'k' is inactive and cannot be in --wrt [adgen-inactive-wrt]
double passive(double x, ADGEN_INACTIVE double k) { return x * k; }
