// RUN: adgen %s --emit ir-memory | FileCheck %s
// A function that no derivative flows through is declared, not lowered, whatever its
// body; if that has effects, or is not known, so has the call.
#include <adgen/adgen.h>
ADGEN_INACTIVE double table(double x) { return x; }
int count(int n);
static bool isLarge(double x) { return x > (x < 0 ? 1 : 2); }
static int calls = 0;
static void log(double x) { calls += x > 0; }
ADGEN_GRAD() double f(double x, int n) {
  // CHECK: ad.call @"table(double)"(%arg0) : (f64) -> f64
  // CHECK: ad.call @"count(int)"(%arg1) {effects}
  // CHECK: ad.call @"log(double)"(%arg0) {effects} : (f64) -> ()
  // CHECK: ad.call @"isLarge(double)"(%arg0) : (f64) -> i1
  double y = x * table(x) * count(n);
  log(x);
  return isLarge(x) ? x : y;
}
// CHECK: func.func private @"table(double)"(f64 {{.*}}) -> f64 attributes {{{.*}}ad.inactive
// CHECK: func.func private @"count(int)"({{.*}}ad.effects, {{.*}}ad.inactive
// CHECK: func.func private @"log(double)"({{.*}}ad.effects, {{.*}}ad.inactive
// CHECK: func.func private @"isLarge(double)"({{.*}}ad.inactive
