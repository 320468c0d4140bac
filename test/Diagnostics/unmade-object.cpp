// RUN: not adgen %s --function f --mode forward 2>&1 | FileCheck %s
// RUN: not adgen %s --function g --with-value 2>&1 | FileCheck %s --check-prefix=TWICE
// An object that is returned stays one, and C++ cannot make it without arguments.
#include <vector>

struct Pair {
  double a, b;
  Pair(double a, double b) : a(a), b(b) {}
};
Pair f(double x) {
  // CHECK: :[[@LINE+1]]:{{[0-9]+}}: error: the derivative needs an object of class '{{.*}}' before it knows its members, and there is no constructor for that [adgen-unmade-object]
  return Pair(x, 2 * x);
}

// Its constructor would add the element twice.
struct Stack {
  std::vector<double> d;
  Stack() { d.push_back(1); }
};
Stack g(double x) {
  // TWICE: :[[@LINE+1]]:{{[0-9]+}}: error: the derivative needs an object of class '{{.*}}' before it knows its members{{.*}}[adgen-unmade-object]
  Stack s;
  s.d.push_back(x);
  return s;
}
