// RUN: adgen %s --wrt x -o - | FileCheck %s
// Without --function: what is defined here, has the parameters and something to differentiate.

// CHECK-NOT: _grad
// CHECK: float first_grad(float x, float seed = 1{{(\.0f?)?}}) {
// CHECK: double hidden_grad(double x, double seed = 1{{(\.0)?}}) {
// CHECK: double cube_grad(double x, double seed = 1{{(\.0)?}}) {
// CHECK-NOT: _grad
#include <cmath>
double declared(double x);
float first(float x) { return x * x; }
double other(double y) { return y; }
int rounded(double x) { return int(x); }
double counted(int x) { return x; }
namespace {
double hidden(double x) { return x * x; }
} // namespace
template <class T> T cube(T x) { return x * x * x; }
template <class T> T unused(T x) { return x; }
template double cube<double>(double);
int main() {
  auto lambda = [](double x) { return x; };
  return int(lambda(hidden(1)));
}
