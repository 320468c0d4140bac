// RUN: not adgen %s --function swap_rows --wrt x --mode forward 2>&1 | FileCheck %s --check-prefix=SWAP
// RUN: not adgen %s --function link --wrt x --mode reverse 2>&1 | FileCheck %s --check-prefix=LINK
// RUN: not adgen %s --function to_local --wrt x --mode forward 2>&1 | FileCheck %s --check-prefix=LOCAL
// RUN: not adgen %s --function later --wrt x --mode reverse 2>&1 | FileCheck %s --check-prefix=LATER
// Pointers in the caller's memory stay as they are, and those in memory of the function's own
// once they were read; local objects are found by name or index alone.
#include <utility>

struct Node {
  double value;
  Node *next;
};

// SWAP: :[[@LINE+2]]:{{[0-9]+}}: error: a pointer is stored in memory after it is read here [adgen-stored-pointer]
double swap_rows(double **x) {
  std::swap(x[0], x[1]);
  return x[0][0] * x[0][0];
}

double link(Node &x, Node &y) {
  // LINK: :[[@LINE+1]]:{{[0-9]+}}: error: a pointer is stored in memory that the function did not make [adgen-stored-pointer]
  x.next = &y;
  return x.next->value * x.value;
}

double to_local(double *x, int i) {
  double half[2] = {x[0] / 2, x[1] / 2};
  // LOCAL: :[[@LINE+1]]:{{[0-9]+}}: error: a pointer is stored in memory and points to a local object [adgen-stored-pointer]
  double *from[2] = {x, half};
  return from[i][0] * from[i][1];
}

double later(double *x, int n) {
  double *at[1] = {x};
  double s = 0;
  for (int i = 0; i < n; ++i) {
    // LATER: :[[@LINE+1]]:{{[0-9]+}}: error: a pointer is stored in memory after it is read here [adgen-stored-pointer]
    s += at[i % 1][0] * s;
    at[i % 1] = x + i;
  }
  return s;
}
