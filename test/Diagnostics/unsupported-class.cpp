// RUN: not adgen %s 2>&1 | FileCheck %s
// Objects of class type are refused, of the user's and of the library's.
#include <vector>
struct Point {
  double x, y;
  double norm() const { return x + y; }
};
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of class or union type (here 'Point') are not supported yet [adgen-unsupported-class]
double f(double x, Point p) { return x * p.y; }
double g(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of class or union type (here 'std::vector<double>') are not supported yet [adgen-unsupported-class]
  std::vector<double> v(1, x);
  return v[0];
}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of class or union type (here 'Point') are not supported yet [adgen-unsupported-class]
double h(double x) { return Point{x, x}.norm(); }
double k(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of class or union type (here 'std::initializer_list<double>') are not supported yet [adgen-unsupported-class]
  for (double y : {1.0, 2.0})
    x += y;
  return x;
}
