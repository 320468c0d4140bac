// RUN: not adgen %s -- -fopenmp 2>&1 | FileCheck %s
// Directives that change what runs are refused.
double f(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: OpenMP directives are not supported [adgen-unsupported-directive]
#pragma omp parallel
  x *= 2;
  return x;
}
