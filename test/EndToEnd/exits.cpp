// RUN: %check-values %s
// break, continue and return anywhere, with variables overwritten between them.
#include <cmath>

// CHECK-VALUES: search wrt=x,y at=(0.7, 3.1, 20),(0.2, 9, 4),(5, 2, 3),(1, 1.5, 0)
double search(double x, double y, int n) {
  double s = x;
  for (int i = 0; i < n; ++i) {
    s = s * 1.25 + 0.1 * i;
    if (s > y)
      break;
    s += 0.125 * y;
  }
  return s * x;
}

// CHECK-VALUES: skips wrt=x at=(0.7, 7),(-0.3, 2),(1, 0)
double skips(double x, int n) {
  double s = x;
  for (int i = 0; i < n; ++i) {
    if (i % 3 == 0)
      continue;
    s = std::sin(s) + i;
    if (i % 3 == 1) {
      s *= x;
      continue;
    }
    s = s * s / (1 + s * s);
  }
  return s;
}

// CHECK-VALUES: skips_in_while wrt=x at=(0.7, 7),(-0.3, 2),(1, 0)
double skips_in_while(double x, int n) {
  while (n-- > 0) {
    x = std::cos(x);
    if (x < 0.3)
      continue;
    if (n == 2)
      break;
    x = x * x + 0.1 * n;
  }
  return x * x;
}

// CHECK-VALUES: return_inside wrt=x,y at=(0.7, 3.1, 20),(0.2, 9, 4),(5, 2, 3),(1, 1.5, 0)
double return_inside(double x, double y, int n) {
  double s = x;
  for (int i = 0; i < n; ++i) {
    s = s * 1.25 + 0.1 * i;
    if (s > y)
      return s * s;
    s += 0.125 * y;
  }
  s = std::sin(s);
  return s * x;
}

// CHECK-VALUES: return_from_inner wrt=x at=(0.7, 4, 3),(2, 4, 3),(0.1, 1, 1),(0.1, 0, 2)
double return_from_inner(double x, int n, int m) {
  double s = 1;
  for (int i = 0; i < n; ++i) {
    double t = x;
    for (int j = 0; j < m; ++j) {
      t = t * x + 0.5;
      if (t > 4)
        return t * s;
      s += t;
      if (s > 30)
        break;
      t *= 1 + 0.1 * j;
    }
    if (s > 20)
      return s + x;
    s = s * x;
  }
  return s;
}

// CHECK-VALUES: all_exits wrt=x,y at=(0.7, 0.2, 8),(1.3, 2, 8),(0.4, 7, 9),(-1, 1, 5),(3, 0.1, 4)
double all_exits(double x, double y, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    s += x * y;
    if (i == 1)
      continue;
    s *= 1.5;
    if (s > 10)
      return s * y;
    if (s < -2) {
      s = x - s;
      break;
    }
    if (i == 4) {
      y *= s;
      if (y > 3)
        continue;
      s = y;
    }
    x = x * 0.9 + 0.05 * s;
  }
  return s + x * y;
}

// CHECK-VALUES: first_trip_returns wrt=x at=(0.7, 3),(1.5, 3),(0.7, 0)
double first_trip_returns(double x, int n) {
  for (int i = 0; i < n; ++i) {
    x = x * x;
    if (x > 1)
      return x;
    return x * 3;
  }
  return std::sin(x);
}

// CHECK-VALUES: always_breaks wrt=x at=(0.7),(1.5)
double always_breaks(double x) {
  while (true) {
    x *= x;
    if (x < 1)
      break;
    x = std::sqrt(x) + 1;
    break;
  }
  do {
    x += 1;
    break;
  } while (true);
  return x * x;
}

// CHECK-VALUES: break_of_inner_only wrt=x at=(0.7, 4),(1.5, 2)
double break_of_inner_only(double x, int n) {
  double s = x;
  for (int i = 0; i < n; ++i) {
    for (int j = 0;; ++j) {
      s = s * 0.75 + x;
      if (j == i)
        break;
      if (s > 3)
        continue;
      s *= s;
    }
    if (s < 0.1)
      continue;
    s = std::log(1 + s);
  }
  return s;
}

// CHECK-VALUES: return_in_every_branch wrt=x,y at=(0.7, 2),(-0.4, 2),(-0.4, -1)
double return_in_every_branch(double x, double y) {
  double r = x * y;
  if (x > 0) {
    r += y;
    return r * r;
  } else if (y > 0) {
    r -= x;
    return r / y;
  } else {
    return std::exp(r);
  }
}

// CHECK-VALUES: code_after_return wrt=x at=(0.7)
double code_after_return(double x) {
  x *= x;
  return x;
  x = 5;
  return x;
}

// CHECK-VALUES: returned_variable_changes wrt=x at=(0.3, 6),(2, 6),(0.9, 3)
double returned_variable_changes(double x, int n) {
  double best = 0;
  for (int i = 0; i < n; ++i) {
    double candidate = std::sin(x * i) + 0.1 * x;
    if (candidate > best)
      best = candidate * candidate + best;
    if (best > 1.5)
      return best;
    if (best < 0.2)
      continue;
    best *= 1.1;
  }
  return best * x;
}
