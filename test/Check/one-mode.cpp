// RUN: not adgen check %s --use %S/Inputs/wave.h --link %S/Inputs/wave.cpp --samples 1 \
// RUN:   --mode reverse -- -I%S/Inputs | FileCheck %s --check-prefix=REVERSE
// RUN: adgen check %s --use %S/Inputs/wave.h --link %S/Inputs/wave.cpp --samples 1 \
// RUN:   --mode forward -- -I%S/Inputs | FileCheck %s --check-prefix=FORWARD
// With --mode one of the two is checked alone: there is no product to compare.
#include "wave.h"

// REVERSE: 1 {{.*}} WRONG - WRONG
// REVERSE: v: reverse
// FORWARD: 1 {{.*}} ok {{[^ ]*}} - ok order 2.00
// FORWARD: twice: the derivative is right
double twice(double u, double v) { return 2 * wave(u, v); }
