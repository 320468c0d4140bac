// RUN: rm -rf %t && mkdir -p %t && cp %s %t/f.cpp && cd %t
// RUN: echo 'struct Pair { double a, b; }; inline double mix(Pair p) { return p.a * p.b; }' > pair.h
// A header without a guard is included once: by the generated header, if that needs it.
// RUN: adgen f.cpp && FileCheck %s < f_grad.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only f_grad.cpp
// RUN: adgen check f.cpp | FileCheck %s --check-prefix=RIGHT
// RUN: adgen f.cpp --function local && FileCheck %s --check-prefix=SOURCE < f_grad.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only f_grad.cpp

// CHECK: #include "f_grad.h"
// CHECK-NOT: pair.h
// RIGHT: f: the derivative is right
// SOURCE: #include "f_grad.h"
// SOURCE: #include "pair.h"
#include "pair.h"

double f(Pair p, double x) { return mix(p) * x + p.a; }
double local(double x) { return mix({x, x + 1}); }
