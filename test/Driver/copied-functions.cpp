// RUN: rm -rf %t && mkdir %t && cd %t && adgen %s --function f --wrt x && FileCheck %s < copied-functions_grad.cpp
// Functions that the derivative calls: external ones are declared, the others copied with what they need.
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -c copied-functions_grad.cpp -o derivative.o
// RUN: %clangxx -std=c++17 -DMAIN -I%source-root/include %s derivative.o -o linked && ./linked
// RUN: adgen %s --function g --wrt x -o - | FileCheck %s --check-prefix=PRUNED

// CHECK: #define OFFSET 3
// CHECK: extern int scale;
// CHECK: extern "C" int fromC(int a);
// CHECK: {{^}}static inline int fromCInline(int a) { return a; }
// CHECK: extern "C" int inC(int a, int b = OFFSET);
// CHECK-NOT: unused
// CHECK: {{^}}int external(int n, int m = OFFSET + 1);
// CHECK: {{^}}{{\[\[}}nodiscard]] static int factorial(int n) {
// CHECK: {{^}}static int odd(int n);
// CHECK: {{^}}static int even(int n) { return n == 0 ? 1 : odd(n - 1); }
// CHECK: {{^}}static int odd(int n) { return n == 0 ? 0 : even(n - 1); }
// CHECK: namespace ns {
// CHECK: namespace {
// CHECK: struct Table {
// CHECK: int Table::at(int i) const { return values[i]; }
// CHECK: const Table table{};
// CHECK: {{^}}int qualified(int i);
// CHECK: {{^}}inline int lookUp(int i) { return table.at(i) + qualified(i); }
// CHECK: template <class T> T twice(T v) { return v + v; }
// CHECK: {{^}}template <> int twice<int>(int v);
// CHECK: template <> inline long twice<long>(long v) { return 2 * v; }
// CHECK: struct Times {
// CHECK: static int object(int n) {
// CHECK-NOT: Times::far
// CHECK: static int forwarded(int n, int m = 2);
// CHECK: int forwarded(int n, int m) { return n + m; }
// CHECK: static int scaled(int n) { return scale * n; }
// CHECK: constexpr int next(int n) { return n + 1; }
// CHECK: {{^}}double f_grad(
// PRUNED-NOT: {{twice|OFFSET|external}}
// PRUNED: double g_grad(
#include <adgen/adgen.h>
#include <cmath>
#define OFFSET 3
int scale = 2; // external
extern "C" int fromC(int a);
extern "C" {
static inline int fromCInline(int a) { return a; }
int inC(int a, int b = OFFSET) { return a + b; }
}
static inline int unused(int a) { return a; }
int external(int n, int m = OFFSET + 1) // a comment before the brace
{
  return n + m;
}
ADGEN_INACTIVE [[nodiscard]] static int factorial(int n) { return n < 1 ? 1 : n * factorial(n - 1); }
static int odd(int n);
static int even(int n) { return n == 0 ? 1 : odd(n - 1); }
static int odd(int n) { return n == 0 ? 0 : even(n - 1); }
namespace ns {
namespace {
struct Table {
  int values[8] = {1, 2, 3};
  int at(int i) const;
};
int Table::at(int i) const { return values[i]; }
const Table table{};
} // namespace
int qualified(int i);
inline int lookUp(int i) { return table.at(i) + qualified(i); }
} // namespace ns
int ns::qualified(int i) { return i; }
template <class T> T twice(T v) { return v + v; }
template <> int twice<int>(int v) { return 2 * v; }
template <> inline long twice<long>(long v) { return 2 * v; }
struct Times {
  int k = 1;
  int operator()(int a) const { return a * k; }
  int far(int a) const;
};
int Times::far(int a) const { return a + k; }
static int object(int n) {
  Times times;
  return times(n) + times.far(n);
}
static int forwarded(int n, int m = 2);
int forwarded(int n, int m) { return n + m; }
static int scaled(int n) { return scale * n; }
constexpr int next(int n) { return n + 1; }
double f(double x, int n) {
  if (fromC(n) + fromCInline(n) + inC(n) > 0 && external(n) > 2 && even(n) + factorial(n) > 1)
    return std::sin(x);
  if (ns::lookUp(n) + twice(n) + twice(long(n)) + twice(short(n)) + object(n) > 0)
    return x * x;
  if (forwarded(n) + scaled(n) + next(n) > 0)
    return x * x * x;
  return unused(n) + x;
}
double g(double x, int n) { return x * x + twice(n) + external(n); }
#ifdef MAIN
int fromC(int a) { return a; }
double f_grad(double x, int n, double seed = 1);
int main() { return f_grad(2, 2) == std::cos(2.0) ? 0 : 1; }
#endif
