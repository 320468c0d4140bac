// RUN: env CXX="sh %S/Inputs/no_sanitizers.sh" adgen check %s --function f --samples 1 --at 'k=2' \
// RUN:   > %t.txt 2>&1
// RUN: FileCheck %s < %t.txt && FileCheck %s --check-prefix=PLAIN < %t.txt
// RUN: not env CXX=no-such-compiler adgen check %s --function f 2>&1 | FileCheck %s --check-prefix=COMPILER
// RUN: not adgen check %s --function needs 2>&1 | FileCheck %s --check-prefix=LINK
// RUN: not adgen check %s --function f --at k=-1 2>&1 | FileCheck %s --check-prefix=CRASH
// The program is built with CXX; what cannot be built or ends early is said, with what can be done.
#include <cstdlib>

int elsewhere(int k);

// PLAIN: adgen: note: built without -fsanitize=address, which this compiler does not have
// CHECK: f: the derivative is right at 1 point
// COMPILER: error: the program that checks the derivative cannot be built with 'no-such-compiler': there is no such compiler [adgen-check-build]
// CRASH: error: the program that checks the derivative ended early: {{.*}} [adgen-check-run]
double f(double x, int k) {
  if (k < 0)
    std::abort();
  return x * k;
}

// LINK: elsewhere
// LINK: error: the program that checks the derivative cannot be built with {{.*}} [adgen-check-build]
double needs(double x) {
  const int k = elsewhere(3);
  return x * k;
}
