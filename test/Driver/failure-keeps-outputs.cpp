// RUN: rm -rf %t && mkdir %t && cd %t && echo old > a.cpp && echo older > a.h && not adgen %s --wrt x -o a.cpp 2> /dev/null
// After an error both outputs are what they were, and nothing lies beside them.
// RUN: FileCheck %s --check-prefix=SOURCE < %t/a.cpp
// RUN: FileCheck %s --check-prefix=HEADER < %t/a.h
// RUN: ls %t | FileCheck %s --check-prefix=FILES

// SOURCE: {{^}}old{{$}}
// HEADER: {{^}}older{{$}}
// FILES: a.cpp
// FILES-NEXT: a.h
// FILES-NOT: {{.}}
double wild(double x) {
again:
  if (x > 1)
    goto again;
  return x;
}
