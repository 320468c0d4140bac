// RUN: %check-values %s
// RUN: adgen %s --function root,product,nested,chosen --mode reverse,forward --with-value -o %t_grad.cpp -- -std=c++17
// RUN: FileCheck %s < %t_grad.cpp
// RUN: %clangxx -std=c++17 -fsanitize=address,undefined -DTHROWN -include %t_grad.h %s %t_grad.cpp -o %t.thrown
// RUN: %t.thrown | FileCheck %s --check-prefix=THROWN
// Exceptions are thrown by the derivative as by the function, and nothing leaks.
#include <cmath>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

// CHECK: if (x < 0)
// CHECK-NEXT: throw std::domain_error("negative");
// CHECK-VALUES: root wrt=x at=(2),(0.25)
double root(double x) {
  using std::domain_error;
  if (x < 0)
    throw domain_error("negative");
  return std::sqrt(x);
}

#ifndef THROWN
struct TooLarge : std::runtime_error {
  TooLarge(int i, double s) : runtime_error(std::to_string(i) + ": " + std::to_string(int(s))) {}
};
[[noreturn]] inline void fail(const char *what) { throw std::runtime_error(what); }

// CHECK-VALUES: product wrt=x at=({1, 2, 0.5}, 3),({}, 0),({0.5, -1}, 1)
double product(const std::vector<double> &x, int n) {
  if (n < 0 || x.size() < std::size_t(n))
    throw std::invalid_argument("only " + std::to_string(x.size()) + " of " + std::to_string(n));
  double s = 1;
  for (int i = 0; i < n; ++i) {
    s *= std::sin(x[i]) + s;
    if (s > 100)
      throw TooLarge(i, s);
    if (s < -100)
      fail("small");
    if (s == 0)
      throw std::string("zero");
  }
  return s;
}
#endif

static double checked(double x) {
  if (x > 10)
    throw std::range_error{"large"};
  return x * x;
}
// CHECK-VALUES: nested wrt=x,y at=(2, 3),(0.5, -1)
double nested(double x, double y) { return checked(x) * checked(y) + checked(x * y); }

// What is returned is made behind the exception.
static std::vector<double> powers(double x, int n) {
  if (n < 1 || n > 9)
    throw std::invalid_argument("powers");
  std::vector<double> p(n);
  p[0] = 1;
  for (int i = 1; i < n; ++i) {
    if (p[i - 1] > 1e6)
      throw std::range_error("powers");
    p[i] = p[i - 1] * x;
  }
  return p;
}
static std::pair<double, double> polar(double x, double y) {
  if (x == 0 && y == 0)
    throw std::domain_error("origin");
  return {std::sqrt(x * x + y * y), std::atan2(y, x)};
}
// CHECK-VALUES: made wrt=x,y at=(2, 3, 4),(0.5, -1, 1)
double made(double x, double y, int n) {
  const std::vector<double> p = powers(x, n);
  const auto [r, angle] = polar(x, y);
  double s = 0;
  for (double q : p)
    s += q * angle;
  return s + r * powers(y, n)[n - 1];
}

// CHECK-VALUES: chosen wrt=x at=(2, 0),(2, 1)
double chosen(double x, int kind) {
  switch (kind) {
  case 0:
    return x * x;
  case 1:
    return std::sin(x);
  default:
    throw kind;
  }
}

#ifdef THROWN
#include <cstdio>
template <class F> static void call(const char *name, F f) {
  try {
    f();
    std::printf("%s: nothing\n", name);
  } catch (const std::exception &e) {
    std::printf("%s: %s\n", name, e.what());
  } catch (const std::string &s) {
    std::printf("%s: %s\n", name, s.c_str());
  } catch (int i) {
    std::printf("%s: %d\n", name, i);
  }
}
int main() {
  const std::vector<double> large = {5, 3, 2, 2, 2, 2, 2, 2, 2, 2}, zero = {-1.5707963267948966};
  std::vector<double> bar(10), one(1);
  // THROWN: root: negative
  call("root", [] { root_grad(-1); });
  // THROWN-NEXT: root forward: negative
  call("root forward", [] { root_jvp(-1, 1); });
  // THROWN-NEXT: root: nothing
  call("root", [] { root_grad(1); });
  // THROWN-NEXT: product: only 10 of 11
  call("product", [&] { product_grad(large, 11, bar); });
  // 1, 1.909, 5.381, 33.85, 1174.3
  // THROWN-NEXT: product: 3: 1174
  call("product", [&] { product_grad({2, 2, 2, 1, 1, 1, 1, 1, 1, 1}, 10, bar); });
  // THROWN-NEXT: product: zero
  call("product", [&] { product_grad(zero, 1, one); });
  // THROWN-NEXT: nested: large
  call("nested", [] { nested_grad(4, 3); });
  // THROWN-NEXT: chosen: 7
  call("chosen", [] { chosen_grad(1, 7); });
}
#endif
