// RUN: adgen check %s --function f --at n=2,x[3] --at 'p.mass=2,x[1]=-1.5' --samples 1 --json > %t.json
// RUN: %python -c "import json; f = json.load(open(r'%t.json'))['functions'][0]; \
// RUN:   i = f['points'][0]['inputs']; assert len(i) == 6, i; \
// RUN:   assert i['x[1]'] == -1.5 and i['p.mass'] == 2, i; assert f['verdict'] == 'good'"
// RUN: adgen check %s --function g --at 'a=[1,2,3],b=[[1,2],[3,4]],v=[7,8]' | FileCheck %s
// RUN: not adgen check %s --function g --at 'a=[1,2,3,4]' 2>&1 | FileCheck %s --check-prefix=NONE
// RUN: adgen check %s --function h --at x=2 --range -3,-1 | FileCheck %s --check-prefix=RANGE
// RUN: adgen check %s --function logs --at 'x[40]' | FileCheck %s --check-prefix=LOGS
// RUN: not adgen check %s --function never | FileCheck %s --check-prefix=NEVER
// --at sets numbers, lists and sizes; --range where the others lie. A function that is not finite in the
// usual range is checked where it is; all given is one point.
#include <cmath>
#include <vector>

struct Particle {
  double mass, charge;
};
double f(const double *x, int n, const Particle &p, double t) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * p.mass * t;
  return s * p.charge;
}

// CHECK: 1 58
// CHECK: g: the derivative is right at 1 point
// NONE: no function that is checked has 'a[3]', which is to be set
double g(const double (&a)[3], const double (&b)[2][2], const std::vector<double> &v) {
  return a[0] + a[2] * b[1][1] + v.size() * v[1] + b[0][1] * a[1] * v[0] + b[1][0] - 2;
}

// RANGE: h (settings.cpp:[[#]]): seed 1, values from -3 to -1
// RANGE: h: the derivative is right at 5 points
double h(double x, double y) { return std::sqrt(-y) * x; }

// LOGS: values from 0.1 to 0.9
// LOGS: logs: the derivative is right at 5 points
double logs(const std::vector<double> &x) {
  double s = 0;
  for (double a : x)
    s += std::log(1 - a) + std::acos(a);
  return s;
}

// NEVER: never (settings.cpp:[[#]]): no point was found at which it is finite; choose others with --range
double never(double x) { return std::log(-x); }
