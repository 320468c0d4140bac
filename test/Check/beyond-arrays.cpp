// RUN: not adgen check %s --function form 2>&1 | FileCheck %s
// RUN: adgen check %s --function form --at 'a[9],b[3]' --samples 1 | FileCheck %s --check-prefix=SMALL
// What a function reads beyond an array is not taken for its content: the array's size is asked for.
#include <vector>

// CHECK: form: memory is used beyond the end of an array, a, which has 5 elements
// CHECK-NEXT: called with a[5] b[5]
// CHECK-NEXT: --at 'a[25]' gives it 25 elements
// SMALL: a[0] {{.*}} (12)
// SMALL: form: the derivative is right
double form(const std::vector<double> &a, const std::vector<double> &b) {
  double s = 0;
  for (std::size_t i = 0; i < b.size(); ++i)
    for (std::size_t j = 0; j < b.size(); ++j)
      s += b[i] * a[i * b.size() + j] * b[j];
  return s;
}

// RUN: not adgen check %s --function sum 2>&1 | FileCheck %s --check-prefix=MEMBER
// RUN: adgen check %s --function sum --at s.count=4 | FileCheck %s --check-prefix=COUNT
// MEMBER: beyond-arrays.cpp:[[#@LINE+10]]:{{[0-9]+}}: runtime error: index 4 out of bounds for type '{{.*}}double{{ ?}}[4]'
// COUNT: sum: the derivative is right
struct Samples {
  double value[4];
  int count;
};

double sum(const Samples &s) {
  double total = 0;
  for (int i = 0; i < s.count; ++i)
    total += s.value[i];
  return total;
}
