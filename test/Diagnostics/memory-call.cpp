// RUN: not adgen %s --function arrays 2>&1 | FileCheck %s --check-prefix=ARRAYS
// A function without a body that gets arrays or objects cannot have a derivative by hand yet; that
// is said at the call, with or without one, and no rule is shown that would not be called.
// RUN: not adgen %s --function ruled 2>&1 | FileCheck %s --check-prefix=RULED
// RUN: not adgen %s --function object 2>&1 | FileCheck %s --check-prefix=OBJECT
// RUN: not adgen %s --function returned 2>&1 | FileCheck %s --check-prefix=RETURNED
// RUN: not adgen %s --function method 2>&1 | FileCheck %s --check-prefix=METHOD
// RUN: adgen %s --function number -o - | FileCheck %s --check-prefix=NUMBER
#include <adgen/adgen.h>
#include <vector>
struct Point {
  double x, y;
  double norm() const;
};

double sum(const double *x, int n);
// ARRAYS-NOT: ADGEN_DERIVATIVE_OF
// ARRAYS: :[[@LINE+1]]:{{[0-9]+}}: error: the derivative of 'sum' is needed, which works on arrays or objects and has no body here [adgen-memory-call]
double arrays(const double *x, int n) { return sum(x, n); }
// ARRAYS-NOT: ADGEN_DERIVATIVE_OF(
// ARRAYS: :[[@LINE-5]]:{{[0-9]+}}: note: declared here

double scale(const double *x, double k);
ADGEN_DERIVATIVE_OF(scale) double scale_grad(const double *x, double k, double *x_bar, double seed);
// RULED: :[[@LINE+1]]:{{[0-9]+}}: error: the derivative of 'scale' is needed{{.*}} [adgen-memory-call]
double ruled(const double *x, int i) { return scale(x + i, 2); }
// NUMBER: scale_grad(&
double number(double x) { return scale(&x, 2); }

double norm(const Point &p);
// OBJECT: :[[@LINE+1]]:{{[0-9]+}}: error: the derivative of 'norm' is needed{{.*}} [adgen-memory-call]
double object(const Point &p) { return norm(p); }

std::vector<double> row(double x);
// RETURNED: :[[@LINE+1]]:{{[0-9]+}}: error: the derivative of 'row' is needed{{.*}} [adgen-memory-call]
double returned(double x) { return row(x)[0]; }

// METHOD: :[[@LINE+1]]:{{[0-9]+}}: error: the derivative of 'Point::norm' is needed{{.*}} [adgen-memory-call]
double method(const Point &p) { return p.norm(); }
