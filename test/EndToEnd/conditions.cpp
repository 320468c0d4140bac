// RUN: %check-values %s
// Branches and conditional expressions: the derivative of the branch that was executed.
#include <cmath>

// CHECK-VALUES: nested wrt=x,y at=(1.5, 2),(-0.5, 3),(-0.5, -3),(2, -1)
double nested(double x, double y) {
  double r = x;
  if (x > 0) {
    if (y > 0)
      r = x * y;
    else
      r *= r + y;
  } else if (y > 1) {
    x = -x;
    r = std::sqrt(x) * y;
  } else {
    y *= x;
  }
  return r * x + y;
}

// CHECK-VALUES: one_sided wrt=x,y at=(1.5, 2),(-0.5, 3)
double one_sided(double x, double y) {
  double s = x * y;
  if (x > 1)
    s *= s;
  if (x <= 1) {
  } else
    s += x;
  if (y > 2.5)
    y = s;
  return s * y;
}

// CHECK-VALUES: with_initializer wrt=x at=(1.5),(-0.5)
double with_initializer(double x) {
  if (double t = x * x; t > 1)
    return t * x;
  else if (double u = t + 1; u > 1.2)
    x += u * t;
  else
    t = u;
  return x * x;
}

// CHECK-VALUES: with_attributes wrt=x at=(1.5, 3),(-0.5, 0)
double with_attributes(double x, int n) {
  if (n > 0) [[likely]]
    x *= n;
  else [[unlikely]] {
    x = std::exp(x);
  }
  if constexpr (sizeof(int) == 4)
    x *= x;
  else
    x = 0;
  return x;
}

// CHECK-VALUES: ternaries wrt=x,y at=(1.5, 2.5),(-0.5, 3),(2, -1),(-1, -2)
double ternaries(double x, double y) {
  double a = x > 0 ? y > 0 ? x * y : x / y : y > 0 ? y * y : x;
  return a * (x < y ? x : y) + (x > 1 ? 1 : x) * (y != 2 ? 0.5f : y);
}

// CHECK-VALUES: effects_in_ternaries wrt=x,y at=(1.5, 2),(-0.5, 3),(0.5, 0.25)
double effects_in_ternaries(double x, double y) {
  double t = 1;
  double a = (t += x) > 2 ? (x *= 2, x + t) : (y = x * t) * 2;
  double b = x > y ? ++t * x : y-- * 3;
  return a * b + x * y * t;
}

// CHECK-VALUES: lvalue_conditional_like wrt=x,y at=(1.5, 2),(2, -1)
double lvalue_conditional_like(double x, double y) {
  double m = x;
  x > y ? m *= y : m += y;
  return m * m;
}

// CHECK-VALUES: short_circuit wrt=x,y at=(1.5, 2),(-0.5, 3),(0.5, -0.25),(-2, -3)
double short_circuit(double x, double y) {
  double s = 0;
  if (x > 0 && (s = x * y) > 1 && ++s > 3)
    s *= x;
  if (x < 0 || (y += s) > 2 || (s -= y) < 0)
    s += y * y;
  bool both = x > 0 && (x *= 2) > y;
  bool any = !(y > 0 || !((y *= 3) < -1));
  return s * x + (both ? y : x * x) + any * y * y;
}

// CHECK-VALUES: negated wrt=x at=(1.5),(-0.5),(0.25)
double negated(double x) {
  if (!(x > 1))
    if (!(!(x > 0)))
      x *= x;
  return !x ? 5 : x * x;
}

// CHECK-VALUES: assigned_in_condition wrt=x,y at=(1.4, 2),(-0.5, 3),(0.25, 1)
double assigned_in_condition(double x, double y) {
  double d;
  if ((d = x - y) > 0)
    return d * x;
  else if ((d *= y) < -1)
    x = d;
  return x * d;
}

// CHECK-VALUES: early_returns wrt=x at=(3),(1.5),(1.15),(0.5),(-0.5)
double early_returns(double x) {
  if (x > 2)
    return x * x;
  x = x * x * x;
  if (x > 1) {
    double t = x + 1;
    if (t > 3)
      return t * x;
    return x;
  }
  if (x > 0)
    return std::sqrt(x);
  else
    return std::exp(x);
}

// CHECK-VALUES: overwritten_between_returns wrt=x,y at=(1.5, 2),(-0.5, 3),(-0.5, 0.5),(-2, -3),(-2, -0.1)
double overwritten_between_returns(double x, double y) {
  double r = x * y;
  if (r > 1)
    return r;
  r = r * r + y;
  if (r > 5)
    return r * x;
  r = x - r;
  if (y > 0)
    r = 1;
  return r * y;
}

// CHECK-VALUES: undefined_on_other_path wrt=x at=(1.5),(-0.5)
double undefined_on_other_path(double x) {
  double t;
  bool set = false;
  if (x > 0) {
    t = x * x;
    set = true;
  }
  double r = x;
  if (set)
    r += t * x;
  return r;
}

// CHECK-VALUES: swapped_in_branch wrt=x,y at=(1.5, 2),(2, -1)
double swapped_in_branch(double x, double y) {
  if (x < y) {
    double t = x;
    x = y;
    y = t;
  }
  return x * x * y;
}

// CHECK-VALUES: nan_condition wrt=x at=(1.5),(-0.5),(1.05)
double nan_condition(double x) {
  double r = std::log(x);
  if (std::isnan(r))
    return x * 3;
  if (!(r < 0.1))
    return r * r;
  return r;
}

// CHECK-VALUES: unused_condition_value wrt=x at=(1.5, 1),(-0.5, 0)
double unused_condition_value(double x, int n) {
  n && (x *= 2);
  n || (x += 3 * x * x);
  n ? x : x * 2;
  return x;
}

// The branch discards what came before it: its zero is no answer to what fmax asks.
// CHECK-VALUES: discarded wrt=x at=(0.6),(0.9),(-1)
double discarded(double x) {
  x = 0.5 * x + std::fmax(x, 0.75);
  if (x <= 0.5)
    x = 2.0;
  return x;
}

// CHECK-VALUES: discarded_in_loop wrt=x,y at=(0.6, 2, 3),(0.9, 0.1, 3),(-1, 1, 2)
double discarded_in_loop(double x, double y, int n) {
  for (int i = 0; i < n; ++i) {
    x = (x > 0.7 || y > 1 ? 2 : x) * y + std::fmin(x, y);
    if (x <= 0.5)
      x = y;
  }
  return x;
}

// One branch has a name for what both need.
// CHECK-VALUES: named_in_one_branch wrt=x,y,u,v at=(1, 0.3, 0.7, 2),(1, 0.7, 0.7, 2),(-1, 0.3, 0.2, 2),(-1, 0.3, 0.7, 2)
double named_in_one_branch(double x, double y, double &u, double &v) {
  if (x > 0.0) {
    if (y < 0.5)
      return std::atan(x);
  } else if (u <= 0.5) {
    y = std::tanh(u * x);
    double old = u;
    v += 0.25 * old;
  } else {
    double t = v;
    u *= t -= std::sin(v);
  }
  return v + y + u;
}
