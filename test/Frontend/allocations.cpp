// RUN: adgen --emit=ir %s -o - | FileCheck %s
// An array that the function makes and deletes is an object of its own.
#include <cstdlib>

// CHECK-LABEL: func.func @"of_new(double, int)"
// CHECK: %[[W:.*]] = ad.var <{{.*}}"w", "std::unique_ptr<double[]>">(%arg1{{.*}}init = "(new double[{0}])"
// CHECK: ad.access "{0}.get()"(%[[W]]) {pointer}
// CHECK-NOT: delete
// CHECK: return
double of_new(double x, int n) {
  double *w = new double[n];
  w[0] = x;
  const double y = w[n - 1] * w[0];
  delete[] w;
  return y;
}

// The pointer that changes is another variable.
// CHECK-LABEL: func.func @"of_calloc(double, int)"
// CHECK: %[[MEMORY:.*]] = ad.var <{{.*}}"w_memory", "std::unique_ptr<double[]>", true>(%arg1{{.*}}init = "(new double[{0}]())"
// CHECK: %[[START:.*]] = ad.access "{0}.get()"(%[[MEMORY]]) {pointer}
// CHECK: ad.let %[[START]] <{{.*}}"w", "double *">
// CHECK-NOT: free
// CHECK: return
double of_calloc(double x, int n) {
  double *w = static_cast<double *>(std::calloc(n, sizeof(double)));
  *w++ = x;
  --w;
  const double y = w[1] * w[0];
  std::free(w);
  return y;
}
