// RUN: not adgen %s 2>&1 | FileCheck %s
// Objects of unions, of the library's other classes and of classes that do more than
// hold their members are refused, and what they do.
#include <string>
#include <tuple>
#include <vector>
struct Point {
  double x, y;
  virtual double norm() const { return x + y; }
};
union Number {
  double x;
  float y;
};
class Secret {
  double x = 1;
public:
  double y = 2;
  Secret(double x) : x(x) {}
  Secret(const Secret &) {}
};
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of type 'Number' are not supported here [adgen-unsupported-class]
double f(double x, Number p) { return x * p.y; }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of type 'const std::string' are not supported here [adgen-unsupported-class]
double g(double x, const std::string &text) { return x; }
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of type 'Point' are not supported here [adgen-unsupported-class]
double h(const Point &p) { return p.norm(); }
double k(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of type 'std::initializer_list<std::string>' are not supported here [adgen-unsupported-class]
  for (const std::string &y : {std::string("a"), std::string()})
    x += y.size();
  return x;
}
double l(double x, const Secret &s) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of type 'Secret' are not supported here [adgen-unsupported-class]
  Secret t = s;
  return t.y;
}
double m(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of type 'std::vector<bool>' are not supported here [adgen-unsupported-class]
  std::vector<bool> v(2);
  return x;
}
double n(std::vector<double> &v) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of type 'std::reverse_iterator{{.*}}' are not supported here [adgen-unsupported-class]
  return *v.rbegin();
}
double o(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of type 'std::tuple<double &>' are not supported here [adgen-unsupported-class]
  std::tuple<double &> t(x);
  return std::get<0>(t);
}
struct Nothing {};
double p(double x) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of type 'std::tuple<double, Nothing>' are not supported here [adgen-unsupported-class]
  std::tuple<double, Nothing> t(x, Nothing());
  return std::get<0>(t);
}
struct Pair {
  double a = 0, b = 0;
  Pair() {}
  Pair(const double (&x)[2]) : a(x[0]), b(x[1]) {}
};
double q(double x) {
  std::vector<Pair> v;
  double y[2] = {x, x};
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: objects of type 'Pair' are not supported here [adgen-unsupported-class]
  v.emplace_back(y);
  return v[0].a;
}
