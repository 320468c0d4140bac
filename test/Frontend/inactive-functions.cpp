// RUN: adgen %s --emit ir-memory | FileCheck %s
// A function that carries no derivative is declared, not lowered.
#include <adgen/adgen.h>
ADGEN_INACTIVE double table(double x) { return x; }
int count(int n);
ADGEN_GRAD() double f(double x, int n) {
  // CHECK: ad.call @"table(double)"(%arg0) {effects} : (f64) -> f64
  // CHECK: ad.call @"count(int)"(%arg1) {effects}
  return x * table(x) * count(n);
}
// CHECK: func.func private @"table(double)"(f64 {{.*}}) -> f64 attributes {{{.*}}ad.inactive
// CHECK: func.func private @"count(int)"({{.*}}ad.inactive
