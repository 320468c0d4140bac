// RUN: adgen %s --wrt x -o - -- -DFACTOR=7 -std=c++20 | FileCheck %s
// What follows -- goes to Clang, options of adgen's names included.
// RUN: not adgen %s --wrt x -o - -- -DFACTOR=7 -Wall -Werror 2>&1 | FileCheck %s --check-prefix=WERROR

// CHECK: 7 * seed
// WERROR: error: unused variable 'spare' [-Werror,-Wunused-variable]
double f(double x) {
  int spare;
  return FACTOR * x;
}
