// RUN: adgen %s --emit ir-memory --print-locations | FileCheck %s
// A location is that of the operation in the user's file; what a macro expands to
// has that of its use.
#define TWICE(a) (2 * (a))
double f(double x, double y) {
  // CHECK-DAG: [[MUL:#.*]] = loc("{{.*}}locations.cpp":[[#@LINE+3]]:12)
  // CHECK-DAG: [[STMT:#.*]] = loc(fused<#ad.stmt<0, "return x * y + TWICE(x)">>[[[MUL]]])
  // CHECK-DAG: loc("{{.*}}locations.cpp":[[#@LINE+1]]:18)
  return x * y + TWICE(x);
}
