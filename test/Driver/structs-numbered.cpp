// RUN: adgen %s -o - | FileCheck %s
// Result structs that would clash, with each other or with the user's, are numbered in source order.

// CHECK: f_gradient2 f_grad(double x, double y, double seed = 1{{(\.0)?}}) {
// CHECK: f_gradient3 f_grad(double x, double y, int n, double seed = 1{{(\.0)?}}) {
struct f_gradient {
  int order;
};
double f(double x, double y) { return x * y; }
double f(double x, double y, int n) { return n * x * y; }
