// RUN: rm -rf %t && mkdir %t && cp %s %t/depfile.cpp && echo "using Real = double;" > "%t/my types.h" && cd %t && adgen depfile.cpp --wrt x --depfile grad.d
// The depfile has both outputs depend on the input and all that it includes.
// RUN: FileCheck %s < %t/grad.d

// CHECK: depfile_grad.cpp depfile_grad.h: \
// CHECK-NEXT: {{^}}  depfile.cpp \
// CHECK-NEXT: my\ types.h{{$}}
#include "my types.h"
Real square(Real x) { return x * x; }
