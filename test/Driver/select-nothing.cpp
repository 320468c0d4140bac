// RUN: not adgen %s --wrt q 2>&1 | FileCheck %s --check-prefix=PARAMETER
// No function fits: the message says of the nearest one what it lacks.
// RUN: not adgen %s --wrt n 2>&1 | FileCheck %s --check-prefix=TYPE
// RUN: not adgen %s --wrt x --inactive q 2>&1 | FileCheck %s --check-prefix=INACTIVE

// PARAMETER: error: the file has no function with the parameter 'q' [adgen-no-function]
// TYPE: select-nothing.cpp:[[# @LINE + 2]]:{{[0-9]+}}: error: parameter 'n' of type 'int' cannot be differentiated [adgen-not-differentiable]
// INACTIVE: error: the file has no function with the parameter 'q' [adgen-no-function]
double scaled(double x, int n) { return n * x; }
double other(double y) { return y; }
