// RUN: not adgen %s --function Scale::apply 2>&1 | FileCheck %s
// Member functions are refused.
struct Scale {
  double factor;
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'Scale::apply' is a member function, which is not supported yet [adgen-unsupported-method]
  double apply(double x) const { return factor * x; }
};
