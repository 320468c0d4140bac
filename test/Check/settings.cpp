// RUN: adgen check %s --function f,g --at n=2,x[3] --at 'p.mass=2,x[1]=-1.5' --samples 1 --json \
// RUN:   --at 'a=[1,2,3],b=[[1,2],[3,4]],v=[7,8]' > %t.json
// RUN: %python -c "import json; f, g = json.load(open(r'%t.json'))['functions']; \
// RUN:   i = f['points'][0]['inputs']; assert len(i) == 6, i; \
// RUN:   assert i['x[1]'] == -1.5 and i['p.mass'] == 2, i; assert f['verdict'] == 'good'; \
// RUN:   assert g['points'][0]['value'] == 58"
// RUN: adgen check %s --function h,given --at t=2,u=3 --range -3,-1 | FileCheck %s
// RUN: not adgen check %s --function g,logs,never --at 'a=[1,2,3,4],z[40]' > %t.txt 2>&1
// RUN: FileCheck %s --check-prefix=DOMAIN < %t.txt && FileCheck %s --check-prefix=NONE < %t.txt
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

// NONE: no function that is checked has 'a[3]', which is to be set
double g(const double (&a)[3], const double (&b)[2][2], const std::vector<double> &v) {
  return a[0] + a[2] * b[1][1] + v.size() * v[1] + b[0][1] * a[1] * v[0] + b[1][0] - 2;
}

// CHECK: h (settings.cpp:[[#]]): seed 1, values from -3 to -1
// CHECK: h: the derivative is right at 5 points
double h(double t, double y) { return std::sqrt(-y) * t; }

// CHECK: given: the derivative is right at 1 point
double given(double t, double u) { return t * u; }

// DOMAIN: logs (settings.cpp:[[#]]): seed 1, values from 0.1 to 0.9
// DOMAIN: logs: the derivative is right at 5 points
double logs(const std::vector<double> &z) {
  double s = 0;
  for (double a : z)
    s += std::log(1 - a) + std::acos(a);
  return s;
}

// DOMAIN: never (settings.cpp:[[#]]): seed 1: no point was found at which it is finite; choose others with --range
double never(double x) { return std::log(-x); }
