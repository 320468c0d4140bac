// RUN: not adgen %s 2>&1 | FileCheck %s
// Two functions whose derivatives would have one signature are an error.
// RUN: adgen %s --function "f<1>" --suffix 1 -o - | FileCheck %s --check-prefix=ONE

// CHECK: same-signature.cpp:[[# @LINE + 4]]:25: error: there would be two functions 'f_grad' with the same parameters; make them one at a time, with a --suffix for one of them [adgen-same-signature]
// CHECK: note: the other is the derivative of this function
// ONE: double f_grad1(
#include <cmath>
template <int n> double f(double x) { return n * x; }
template double f<1>(double);
template double f<2>(double);
