// RUN: not adgen %s 2>&1 | FileCheck %s
// Thread-local variables are refused, local or not.
thread_local double outer = 1;
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: thread-local variable 'outer' is not supported [adgen-unsupported-thread-local]
double f(double x) { return x * outer; }
double g(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: thread-local variable 'inner' is not supported [adgen-unsupported-thread-local]
  thread_local double inner = 1;
  return x * inner;
}
