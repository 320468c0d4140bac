// RUN: rm -rf %t && mkdir %t && cd %t && adgen %s --remarks --with-value -o out.cpp 2>&1 | FileCheck %s
// --remarks says what is kept on tapes, for what, and what runs twice; without it nothing is said.
// RUN: cd %t && adgen %s -o out.cpp 2>&1 | count 0

// CHECK-DAG: remarks.cpp:[[@LINE+2]]:3: remark: 'x' is kept on a tape (8 * n bytes) for the derivative of 'x = r * x * (1 - x)' [adgen-tape]
double logistic_map(double r, double x, int n) {
  for (int k = 0; k < n; ++k)
    x = r * x * (1 - x);
  return x;
}

double sum_of_squares(double x, int n) {
  double s = 0;
  // CHECK-DAG: remarks.cpp:[[@LINE+1]]:3: remark: the forward and the reverse sweep of this loop are one loop [adgen-fused-loop]
  for (int k = 0; k < n; ++k)
    s += x * k * (x - k);
  return s;
}

double nested(double x, int n) {
  // CHECK-DAG: remarks.cpp:[[@LINE+1]]:3: remark: 'x' is kept on a tape (8 * n bytes) for the derivative of 'x = x * (1 - x)' [adgen-tape]
  for (int i = 0; i < n; ++i)
    // CHECK-DAG: remarks.cpp:[[@LINE+1]]:5: remark: this loop is run again in each reversed trip of the loop around it [adgen-repeated-loop]
    for (int j = 0; j < n; ++j)
      x = x * (1 - x);
  return x;
}

static double wave(double x) {
  double y = x * x;
  return y > 4 ? y : y * (1 - y) / (1 + y);
}

double call_once(double x) {
  // CHECK-DAG: remarks.cpp:[[@LINE+1]]:14: remark: the partial derivatives of 'wave' are computed together with its value [adgen-shared-call]
  double y = wave(x);
  return y * y;
}

static double cube(double x) { return x * x * x; }

double call_again(double x, int n) {
  for (int i = 0; i < n; ++i)
    // CHECK-DAG: remarks.cpp:[[@LINE+1]]:10: remark: 'cube' is called again in the reverse sweep [adgen-repeated-call]
    x *= cube(x);
  return x;
}
