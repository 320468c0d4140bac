// RUN: not adgen %s 2>&1 | FileCheck %s
// What is done to a container and not accepted is refused by name.
#include <memory>
#include <vector>
double f(double x, std::vector<double> &v) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'insert' of 'std::vector<double>' is not supported yet [adgen-container-call]
  v.insert(v.begin(), x);
  return x;
}
double g(double x, std::vector<double> v) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'erase' of 'std::vector<double>' is not supported yet [adgen-container-call]
  v.erase(v.begin());
  return x;
}
double h(std::vector<double> &v) {
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'capacity' of 'std::vector<double>' is not supported yet [adgen-container-call]
  return v[0] * v.capacity();
}
double k(double x) {
  auto p = std::make_unique<double[]>(2);
// CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: 'reset' of 'std::unique_ptr<double[]>' is not supported yet [adgen-container-call]
  p.reset();
  return x;
}
