// RUN: %python %S/Inputs/status.py 1 adgen %s --wrt x 2>&1 | FileCheck %s
// One of the functions that fit is refused: the note says how to choose others.
// RUN: adgen %s --function good --wrt x -o - | FileCheck %s --check-prefix=GOOD

// CHECK: select-refused.cpp:[[# @LINE + 7]]:{{.*}}[adgen-unsupported-method]
// CHECK: note: every function of the file that has the parameters is differentiated; name those that you want with --function
// CHECK: 1 error generated.
// GOOD: double good_grad
double good(double x) { return x * x; }
struct Line {
  double slope;
  double at(double x) const { return slope * x; }
};
