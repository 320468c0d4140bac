// RUN: adgen %s --wrt 1,alpha -o - | FileCheck %s
// Parameters are named or counted from 0; an unnamed one counts as p<i>; the result keeps their order.
// RUN: adgen %s --wrt p2 -o - 2>/dev/null | FileCheck %s --check-prefix=UNNAMED
// RUN: adgen %s --inactive beta,2 -o - | FileCheck %s --check-prefix=INACTIVE
// RUN: not adgen %s --function f --wrt bata 2>&1 | FileCheck %s --check-prefix=NAME
// RUN: not adgen %s --function f --wrt 7 2>&1 | FileCheck %s --check-prefix=POSITION
// RUN: not adgen %s --function f --wrt n 2>&1 | FileCheck %s --check-prefix=TYPE
// RUN: not adgen %s --function f --wrt alpha --inactive 0 2>&1 | FileCheck %s --check-prefix=BOTH

// CHECK: adgen select-parameters.cpp --wrt 1,alpha
// CHECK: double alpha;
// CHECK-NEXT: double beta;
// UNNAMED: double f_grad(double{{( alpha)?}}, double{{( beta)?}}, double, int{{( n)?}}, double{{( seed)?}} = 1{{(\.0)?}}) {
// INACTIVE: adgen select-parameters.cpp --inactive beta,2
// INACTIVE: double f_grad(
// NAME: error: 'f' has no parameter 'bata'; did you mean 'beta'? [adgen-unknown-parameter]
// POSITION: error: 'f' has no parameter '7'; its parameters are 'alpha', 'beta', 'p2', 'n' [adgen-unknown-parameter]
// TYPE: error: parameter 'n' of type 'int' cannot be differentiated [adgen-not-differentiable]
// BOTH: error: parameter 'alpha' is inactive and cannot be in --wrt [adgen-inactive-wrt]
double f(double alpha, double beta, double, int n) { return alpha * beta * n; }
