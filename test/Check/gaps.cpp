// RUN: not adgen check %s 2>&1 | FileCheck %s
// RUN: rm -rf %t && mkdir %t && cd %t && cp %s f.cpp
// RUN: adgen f.cpp --emit check 2>&1 | FileCheck f.cpp --check-prefix=GAP
// RUN: not clang++-22 -std=c++17 -fsyntax-only f_check.cpp 2>&1 | FileCheck f.cpp --check-prefix=MISSING
// RUN: sed 's/^#error.*/  Scale scale = Scale("3");/' f_check.cpp > filled_check.cpp
// RUN: clang++-22 -std=c++17 filled_check.cpp f_grad.cpp f.cpp -o check && ./check | FileCheck f.cpp --check-prefix=FILLED
// An argument that nothing is known of is asked for at the parameter; the program has a gap there.

// CHECK: gaps.cpp:[[#@LINE+9]]:33: error: no argument can be made for parameter 'scale' of type 'const Scale &': class 'Scale' has no constructor without arguments or of numbers alone; '--emit check' writes the program with a gap there [adgen-unknown-argument]
// GAP: f.cpp:[[#@LINE+8]]:33: warning: no argument can be made for parameter 'scale' {{.*}}; the program has a gap there [adgen-argument-left]
// MISSING: error: "an argument is missing"
// FILLED: f: the derivative is right at 5 points
struct Scale {
  explicit Scale(const char *text) : n(text[0] - '0') {}
  int n;
};

double f(double x, const Scale &scale) { return x * x * scale.n; }
