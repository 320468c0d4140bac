// RUN: rm -rf %t && mkdir -p %t/src/deep %t/out && cp %s %t/src/f.cpp && printf "#pragma once\nusing Real = double;\n" > %t/src/deep/real.h && cd %t && adgen src/f.cpp --wrt x -o out/f_grad.cpp -- -I %source-root/include
// Quoted includes are found from where the output lies; adgen.h and the output itself are left out.
// RUN: FileCheck %s < %t/out/f_grad.cpp
// RUN: cd %t && echo '#include "../out/f_grad.h"' > src/g.cpp && cat src/f.cpp >> src/g.cpp && adgen src/g.cpp --wrt x -o out/f_grad.cpp -- -I %source-root/include && FileCheck %s < out/f_grad.cpp
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsyntax-only %t/out/f_grad.cpp

// CHECK: #include "f_grad.h"
// CHECK-NOT: adgen.h
// CHECK-NOT: f_grad.h
// CHECK: #include "../src/deep/real.h"
#include "adgen/adgen.h"
#include "deep/real.h"
Real f(Real x) { return x * x; }
