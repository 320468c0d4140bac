// RUN: not adgen %s --function object 2>&1 | FileCheck %s --check-prefix=OBJECT
// A function without a body that returns an object or takes one by value cannot have a derivative by
// hand yet; that is said at the call, with or without one, and no rule is shown that would not be called.
// RUN: not adgen %s --function returned 2>&1 | FileCheck %s --check-prefix=RETURNED
// RUN: not adgen %s --function ruled 2>&1 | FileCheck %s --check-prefix=RULED
// RUN: not adgen %s --function added 2>&1 | FileCheck %s --check-prefix=ADDED
// RUN: adgen %s --function counted -o - | FileCheck %s --check-prefix=COUNTED
#include <adgen/adgen.h>
#include <vector>
struct Point {
  double x, y;
  double operator+(double a) const;
};

double norm(Point p);
// OBJECT-NOT: ADGEN_DERIVATIVE_OF
// OBJECT: :[[@LINE+1]]:{{[0-9]+}}: error: the derivative of 'norm' is needed, which takes an object by value; {{.*}} [adgen-memory-call]
double object(const Point &p) { return norm(p); }
// OBJECT: :[[@LINE-4]]:{{[0-9]+}}: note: declared here

std::vector<double> row(double x);
// RETURNED: :[[@LINE+1]]:{{[0-9]+}}: error: the derivative of 'row' is needed, which returns an object; {{.*}} [adgen-memory-call]
double returned(double x) { return row(x)[0]; }

Point turned(const Point &p);
ADGEN_DERIVATIVE_OF(turned) void turned_grad(const Point &p, Point &p_bar, const Point &seed);
// RULED: :[[@LINE+1]]:{{[0-9]+}}: error: the derivative of 'turned' is needed, which returns an object; {{.*}} [adgen-memory-call]
double ruled(const Point &p) { return turned(p).x; }

// ADDED: :[[@LINE+1]]:{{[0-9]+}}: error: the derivative of 'Point::operator+' is needed, which is an operator of a class; {{.*}} [adgen-memory-call]
double added(const Point &p) { return p + 2; }

// What only reads and returns no real is called.
int count(const double *x, int n);
// COUNTED: const int k = count(x, n);
double counted(const double *x, int n) {
  const int k = count(x, n);
  return k * x[k];
}
