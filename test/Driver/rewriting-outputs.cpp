// RUN: rm -rf %t && mkdir %t && cd %t && adgen %s --wrt x -o a.cpp && cp a.cpp first.cpp && cp a.h first.h && adgen %s --wrt x -o a.cpp
// A second run writes the same bytes, through a link too, which stays one.
// RUN: cmp %t/a.cpp %t/first.cpp && cmp %t/a.h %t/first.h
// RUN: ln -s a.cpp %t/link.cpp && adgen %s --wrt x -o %t/link.cpp && test -L %t/link.cpp
// RUN: FileCheck %s < %t/a.cpp

// CHECK: #include "link.h"
double square(double x) { return x * x; }
