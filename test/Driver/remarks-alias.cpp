// RUN: adgen %s --remarks -o %t.cpp 2>&1 | FileCheck %s
// What is kept since two parameters may be one object is said with their names. With
// __restrict nothing is.
// CHECK-NOT: remarks-alias.cpp:14:{{.*}}tape

// CHECK: remarks-alias.cpp:[[@LINE+3]]:3: remark: 'x' is kept on a tape (8 * n bytes) for the derivative of 'y[i] = x[i] * x[i]' [adgen-tape]
// CHECK: remarks-alias.cpp:[[@LINE+2]]:3: remark: the tape of 'x' is needed only as 'y' may be the same object [adgen-alias-tape]
void squares(const double *x, double *y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = x[i] * x[i];
}

void restricted(const double *__restrict x, double *y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = x[i] * x[i];
}

// In place: a tape, whatever may be one object.
// CHECK: remarks-alias.cpp:[[@LINE+4]]:3: remark: 'x' is kept
// CHECK-NOT: 'x' is needed only
// CHECK: remarks-alias.cpp:[[@LINE+2]]:3: remark: the tape of 'w' is needed only as 'x' may be the same object
void in_place(double *x, const double *w, int n) {
  for (int i = 0; i < n; ++i)
    x[i] = x[i] * x[i] * w[0];
}
