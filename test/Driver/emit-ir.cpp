// RUN: adgen %s --emit ir | FileCheck %s --check-prefix=IR
// The IR before and after differentiation goes to standard output, or where -o says.
// RUN: adgen %s --emit=ir-grad | FileCheck %s --check-prefix=GRAD
// RUN: adgen %s --emit ir-memory -o %t.mlir && adgen-opt %t.mlir | FileCheck %s --check-prefix=MEMORY

// IR: ad.command = "adgen emit-ir.cpp"
// IR: func.func @{{.*}}square
// IR-NOT: ad.var
// IR: ad.let
// IR-NOT: ad.derivative
// GRAD: ad.derivative = "reverse"
// MEMORY: ad.store
double square(double x) {
  double y = x * x;
  return y;
}
