// RUN: %check-values %s
// switch: fall-through, default anywhere, exits and overwritten variables in the cases.
#include "Inputs/enums.h"
#include <cmath>

// CHECK-VALUES: cases wrt=x,y at=(0.7, 2, 0),(0.7, 2, 1),(0.7, 2, 2),(0.7, 2, 9),(0.7, 2, -1)
double cases(double x, double y, int k) {
  double r = x;
  switch (k) {
  case 0:
    r = x * y;
    break;
  case 1:
    r *= y + x;
    x = r;
    break;
  case -1:
    return y * y;
  default:
    r = std::sin(r);
  }
  return r * x;
}

// CHECK-VALUES: falls_through wrt=x at=(0.7, 0),(0.7, 1),(0.7, 2),(0.7, 3),(0.7, 4)
double falls_through(double x, int k) {
  double r = x;
  switch (k) {
  case 0:
    r *= x;
  case 1:
    r = r * r + 1;
  case 2:
  case 3:
    r = std::sin(r) * x;
    break;
  default:
    r = 1 / r;
  }
  return r;
}

// CHECK-VALUES: default_first wrt=x at=(0.7, 0),(0.7, 1),(0.7, 2),(0.7, 7)
double default_first(double x, int k) {
  switch (k) {
  default:
    x *= x;
  case 1:
    x = std::exp(x);
    break;
  case 2:
    x += 1;
  }
  return x * x;
}

// CHECK-VALUES: no_default wrt=x at=(0.7, 0),(0.7, 1),(0.7, 2)
double no_default(double x, int k) {
  switch (k) {
  case 1:
    x *= x;
    break;
  case 2: {
    double t = x;
    x = t * t * t;
  }
  }
  return x * 2;
}

// CHECK-VALUES: in_a_loop wrt=x at=(0.7, 9),(1.2, 3),(0.5, 0)
double in_a_loop(double x, int n) {
  double s = x;
  for (int i = 0; i < n; ++i) {
    switch (i % 4) {
    case 0:
      s = s * x + 1;
      break;
    case 1:
      if (s > 1.5)
        break;
      s *= s;
      continue;
    case 2:
      s = std::sin(s);
    case 3:
      s += x * s;
    }
    s = 0.5 * s + 0.1 * i;
  }
  return s;
}

// CHECK-VALUES: returns wrt=x,y at=(0.7, 2, 0),(0.7, 2, 1),(0.7, 2, 2)
double returns(double x, double y, int k) {
  switch (int m = k * 2; m) {
  case 0:
    return x * y;
  case 2:
    x = y * m;
    return x * x;
  default:
    break;
  }
  return x - y * y;
}

// CHECK-VALUES: nested wrt=x at=(0.7, 0, 0),(0.7, 0, 1),(0.7, 1, 0),(0.7, 1, 1),(0.7, 2, 2)
double nested(double x, int k, int m) {
  switch (k) {
  case 0:
    switch (m) {
    case 0:
      x = x * x;
      break;
    default:
      x = std::cos(x);
    }
    x *= 3;
    break;
  case 1:
    for (int i = 0; i < 3; ++i) {
      if (i == m)
        break;
      x = x * x + i;
    }
  default:
    x += x * x;
  }
  return x;
}

// CHECK-VALUES: payoff wrt=s,k at=(1.5, 1, Payoff::Call),(1.5, 1, Payoff::Put),(0.5, 1, Payoff::Put),(1.5, 1, Payoff::Digital)
double payoff(double s, double k, Payoff kind) {
  switch (kind) {
  case Payoff::Call:
    return s > k ? s - k : 0;
  case Payoff::Put:
    return s < k ? k - s : 0;
  case Payoff::Digital:
    return 1 / (1 + std::exp(-10 * (s - k)));
  }
  return 0;
}

// CHECK-VALUES: of_a_char wrt=x at=(0.7, 'a'),(0.7, 'z'),(0.7, '\n')
double of_a_char(double x, char c) {
  switch (c) {
  case 'a':
    x *= x;
    break;
  case 'z':
    x *= 2;
    [[fallthrough]];
  case '\n':
    x = std::tanh(x);
  }
  return x;
}

// CHECK-VALUES: of_a_condition wrt=x at=(0.7),(1.7),(-1)
double of_a_condition(double x) {
  switch (int(x > 0) + int(x > 1)) {
  case 0:
    x = x * x;
    break;
  case 1:
    x = x / 3;
  case 2:
    x = x * x * x;
  }
  return x;
}
