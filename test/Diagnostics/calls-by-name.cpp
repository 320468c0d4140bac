// RUN: not adgen %s --function f 2>&1 | FileCheck %s
// The calls that lead to an error name instances of templates, operators and lambdas as a person would.
// RUN: not adgen %s --function g 2>&1 | FileCheck %s --check-prefix=UNNAMED
#include <algorithm>
double power(double x);
// CHECK: :[[@LINE+2]]:49: error: the body of 'power' is not known
// UNNAMED: :[[@LINE+1]]:49: error: the body of 'power' is not known
template <class T> static T inner(T x) { return power(x); }
struct Scaled {
  double k;
  // CHECK: :[[@LINE+1]]:46: note: in the call of 'inner<double>' from 'Scaled::operator()'
  double operator()(double y) const { return inner(k * y); }
};
double f(double x) {
  auto twice = [&](double y) {
    Scaled s{y};
    // CHECK: :[[@LINE+1]]:12: note: in the call of 'Scaled::operator()' from 'twice'
    return s(x);
  };
  // CHECK: :[[@LINE+1]]:10: note: in the call of 'twice' from 'f'
  return twice(x);
}
double g(double x) {
  double v[2] = {x, x};
  // UNNAMED: :[[@LINE+2]]:47: note: in the call of 'inner<double>' from 'lambda'
  // UNNAMED: :[[@LINE+1]]:3: note: in the call of 'lambda' from 'g'
  std::for_each(v, v + 2, [](double &y) { y = inner(y); });
  return v[0];
}
