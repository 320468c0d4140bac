// RUN: not adgen %s --function refused --wrt x 2>&1 | FileCheck %s
// RUN: adgen %s --function accepted --wrt x -o - | FileCheck %s --check-prefix=ACCEPTED
// Values kept in a branch need a number of them that is known in front of it, or one in each trip.

void refused(double *x, const int *k, int n) {
  if (n > 2) {
    const int m = k[0];
// CHECK: :[[@LINE+3]]:{{[0-9]+}}: error: the derivative keeps a value of each trip of a loop here, and how many trips there are is known within a branch only [adgen-branch-tape]
    for (int i = 0; i < m; ++i)
      for (int j = 0; j < i; ++j)
        x[i] = x[i] * x[j] * x[i];
  }
}

// ACCEPTED: std::vector<double> x_tape(
void accepted(double *x, int n) {
  if (n > 2) {
    const int m = n / 2;
    for (int i = 0; i < m; ++i)
      for (int j = 1; j < 3; ++j)
        if (x[i + j] > 1)
          x[i] = x[i + j] * x[i] * 0.3;
  }
}
