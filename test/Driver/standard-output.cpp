// RUN: rm -rf %t && mkdir %t && cd %t && adgen %s --wrt x,y -o - > unit.txt && ls | FileCheck %s --check-prefix=FILES
// -o - prints one unit that compiles by itself, and writes no file.
// RUN: FileCheck %s < %t/unit.txt
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -x c++ -fsyntax-only %t/unit.txt

// FILES: unit.txt
// FILES-NOT: {{.}}
// CHECK-NOT: #include
// CHECK: struct product_gradient {
// CHECK: product_gradient product_grad(double x, double y, double seed = 1{{(\.0)?}}) {
double product(double x, double y) { return x * y; }
