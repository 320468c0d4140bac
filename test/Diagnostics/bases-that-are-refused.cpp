// RUN: not adgen %s --function f,g,h,k 2>&1 | FileCheck %s
// Virtual bases and functions, bases that copy themselves, containers.
#include <vector>
struct Root {
  double x;
};
struct Virtual : virtual Root {
  double y;
};
double f(double x) {
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of type 'Virtual' are not supported here [adgen-unsupported-class]
  Virtual a;
  a.y = x;
  return a.y;
}
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of type 'const Virtual' are not supported here [adgen-unsupported-class]
double g(const Virtual &a) { return a.x * a.y; }
struct Copied {
  double x = 0;
  Copied() = default;
  Copied(const Copied &c) : x(2 * c.x) {}
};
struct Heir : Copied {};
double h(double x) {
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of type 'Heir' are not supported here [adgen-unsupported-class]
  Heir a;
  a.x = x;
  return a.x;
}
struct Numbers : std::vector<double> {};
double k(double x) {
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of type 'Numbers' are not supported here [adgen-unsupported-class]
  Numbers v;
  v.push_back(x);
  return v[0];
}
