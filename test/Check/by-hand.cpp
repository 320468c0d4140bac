// RUN: rm -rf %t && mkdir %t && cd %t && cp %s f.cpp
// RUN: echo 'double f_grad(double x, double seed = 1.0);' > f_grad.h
// RUN: echo 'double f_grad(double x, double seed) { return 3 * seed; }' > f_grad.cpp
// RUN: adgen f.cpp --emit check --mode reverse --depfile deps && FileCheck f.cpp --check-prefix=DEPS < deps
// RUN: clang++-22 -std=c++17 f_check.cpp f_grad.cpp f.cpp -o check && not ./check | FileCheck f.cpp
// A derivative by hand is not overwritten by --emit check: the program checks it.

// DEPS: f_check.cpp f_grad.cpp f_grad.h:
// CHECK: x: reverse 3, differences 1.53595
// CHECK: f: the derivative is WRONG at 5 of 5 points
double f(double x) { return x * x; }
