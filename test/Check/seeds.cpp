// RUN: rm -rf %t && mkdir %t && cd %t && cp %s f.cpp
// RUN: adgen f.cpp --emit check --seed 7 --samples 2
// RUN: clang++-22 -std=c++17 -Wall -Wextra -Werror f_check.cpp f_grad.cpp f.cpp -o clang
// RUN: g++ -std=c++17 -Wall -Wextra -Werror f_check.cpp f_grad.cpp f.cpp -o gcc
// RUN: ./clang > seven && ./gcc --seed=7 --samples=2 --json report.json > again && diff seven again
// RUN: not diff seven report.json > /dev/null && %python -m json.tool report.json > /dev/null
// RUN: ./clang --seed 8 --samples 2 > eight && not diff seven eight > /dev/null
// RUN: ./clang --samples 1 --range 3,4 | FileCheck f.cpp --check-prefix=RANGE
// RUN: %python %S/../Driver/Inputs/status.py 2 ./clang --samples none 2>&1 | FileCheck f.cpp --check-prefix=USAGE
// The program of --emit check needs nothing but its derivative, compiles without a warning, and draws the
// same points from a seed whatever the compiler.
#include <vector>

struct Options {
  int order;
  double shift;
};

// RANGE: f (f.cpp:[[#]]): seed 7, values from 3 to 4
// USAGE: usage: ./clang [--seed N]
double f(const std::vector<double> &x, Options options) {
  double s = options.shift;
  for (double a : x)
    s += a * a * options.order;
  return s;
}
