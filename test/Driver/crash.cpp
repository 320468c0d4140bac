// RUN: rm -rf %t && mkdir %t && cd %t && echo old > crash_grad.cpp && %python %S/Inputs/status.py 1 adgen %s 2> errors
// A crash ends with status 1 as any failure, and leaves the outputs alone.
// RUN: FileCheck %s < %t/errors
// RUN: ls %t | FileCheck %s --check-prefix=FILES

// CHECK: adgen: error: internal error: adgen has crashed [adgen-internal-error]
// FILES: crash_grad.cpp
// FILES-NEXT: errors
// FILES-NOT: {{.}}
double square(double x) { return x * x; }
#pragma clang __debug crash
