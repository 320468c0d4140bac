// RUN: not adgen %s --function stored 2>&1 | FileCheck %s --check-prefix=STORED
// RUN: not adgen %s --function returned 2>&1 | FileCheck %s --check-prefix=RETURNED
// RUN: not adgen %s --function member 2>&1 | FileCheck %s --check-prefix=MEMBER
// RUN: not adgen %s --function chosen 2>&1 | FileCheck %s --check-prefix=CHOSEN
// RUN: not adgen %s --function moved 2>&1 | FileCheck %s --check-prefix=MOVED
// RUN: not adgen %s --function pointer 2>&1 | FileCheck %s --check-prefix=POINTER
// RUN: not adgen %s --function self 2>&1 | FileCheck %s --check-prefix=SELF
// Which lambda expression with captures is called must be known.
#include <functional>
#include <utility>
#include <vector>

double stored(double x) {
// STORED: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}}'std::function<double (double)>'{{.*}} [adgen-unsupported-class]
  std::function<double(double)> times = [x](double y) { return x * y; };
  return times(x);
}

auto make(double x) { return [x](double y) { return x * y; }; }
double returned(double x) {
// RETURNED: :[[@LINE+1]]:{{[0-9]+}}: error: lambda expressions with captures can be called, copied and passed to functions and algorithms, nothing else [adgen-unsupported-lambda]
  auto times = make(x);
  return times(x);
}

template <class F> struct Holder {
  F f;
  double operator()(double y) const { return f(y); }
};
double member(double x) {
  auto times = [x](double y) { return x * y; };
// MEMBER: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}}'Holder<decltype(times)>'{{.*}} [adgen-unsupported-class]
  Holder<decltype(times)> held{times};
  return held(x);
}

double chosen(double x) {
  auto f = [x](double y) { return x * y; };
  auto g = f;
// CHOSEN: :[[@LINE+1]]:{{[0-9]+}}: error: lambda expressions with captures can be {{.*}}[adgen-unsupported-lambda]
  return (x > 1 ? f : g)(x);
}

double moved(const std::vector<double> &x) {
  auto f = [x](int i) { return x[i]; };
// MOVED: :[[@LINE+1]]:{{[0-9]+}}: error: lambda expressions with captures can be {{.*}}[adgen-unsupported-lambda]
  auto g = std::move(f);
  return g(0);
}

double pointer(const double *x, int n) {
  double s = 0;
// POINTER: :[[@LINE+1]]:{{[0-9]+}}: error: pointer 'x' must be initialized and never be assigned to [adgen-pointer-changed]
  auto next = [&] { return *x; };
  for (int i = 0; i < n; ++i, ++x)
    s += next();
  return s;
}

struct Counter {
  double k;
  double count() {
// SELF: :[[@LINE+1]]:{{[0-9]+}}: error: lambda expressions with captures can be {{.*}}[adgen-unsupported-lambda]
    auto f = [*this]() mutable { return k += 1; };
    return f() * f();
  }
};
double self(Counter &c) { return c.count(); }
