// RUN: adgen %s -o %t.cpp 2>&1 | FileCheck %s --check-prefix=DEFAULT
// RUN: adgen %s --no-warning no-influence -o %t.cpp 2>&1 | FileCheck %s --check-prefix=LESS
// RUN: adgen %s --no-warning=adgen-no-influence,precision-lost -o %t.cpp 2>&1 | count 0
// RUN: adgen %s --no-warning all -o %t.cpp 2>&1 | count 0
// RUN: adgen %s --no-warning all --warning kink -o %t.cpp 2>&1 | FileCheck %s --check-prefix=KINK
// RUN: adgen %s --warning all --no-warning precision-lost,no-influence -o %t.cpp 2>&1 | FileCheck %s --check-prefix=KINK
// RUN: not adgen %s --warning everything 2>&1 | FileCheck %s --check-prefix=UNKNOWN
// RUN: not adgen %s --no-warning memory-call 2>&1 | FileCheck %s --check-prefix=ERROR
// Each warning has a switch.

// DEFAULT-DAG: [adgen-no-influence]
// DEFAULT-DAG: [adgen-precision-lost]
// DEFAULT: 2 warnings generated
// LESS: [adgen-precision-lost]
// LESS: 1 warning generated
// KINK: [adgen-kink]
// KINK: 1 warning generated
// UNKNOWN: adgen: error: no warning 'everything'; the warnings are 'all', 'no-influence',
// ERROR: adgen: error: no warning 'memory-call'
double f(double x, double y) {
  float s = x * x;
  return x < 1 ? s : x;
}
