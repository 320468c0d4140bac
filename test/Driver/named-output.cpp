// RUN: rm -rf %t && mkdir -p %t/out && adgen %s --wrt=x -o %t/out/gradient.cc && ls %t/out | FileCheck %s --check-prefix=FILES
// -o names the source; the header lies beside it with the ending .h.
// RUN: FileCheck %s < %t/out/gradient.cc

// FILES: gradient.cc
// FILES-NEXT: gradient.h
// FILES-NOT: {{.}}
// CHECK: #include "gradient.h"
double square(double x) { return x * x; }
