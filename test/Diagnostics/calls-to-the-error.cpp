// RUN: not adgen %s --function outer 2>&1 | FileCheck %s
// An error in a callee is shown there, with the calls that lead to it, the requested
// function last.
static double inner(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'goto' and labels are not supported [adgen-unsupported-goto]
  goto end;
end:
  return x;
}
// CHECK-NEXT: goto end
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: note: in the call of 'inner' from 'middle'
static double middle(double x) { return inner(x); }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: note: in the call of 'middle' from 'outer'
double outer(double x) { return middle(x); }
