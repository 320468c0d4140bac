// RUN: not adgen %s 2>&1 | FileCheck %s
// What changes the size of a container, or all of it, is refused by name.
#include <memory>
#include <vector>
double f(double x, std::vector<double> &v) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'push_back' of 'std::vector<double>' is not supported yet [adgen-container-call]
  v.push_back(x);
  return x;
}
double g(double x, std::vector<double> v) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'resize' of 'std::vector<double>' is not supported yet [adgen-container-call]
  v.resize(3);
  return x;
}
double h(std::vector<double> &v, const std::vector<double> &w) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: '=' of 'std::vector<double>' is not supported yet [adgen-container-call]
  v = w;
  return v[0];
}
double k(double x) {
  auto p = std::make_unique<double[]>(2);
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'reset' of 'std::unique_ptr<double[]>' is not supported yet [adgen-container-call]
  p.reset();
  return x;
}
