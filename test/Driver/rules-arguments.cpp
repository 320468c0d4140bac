// RUN: adgen %s --function f -o - | FileCheck %s
// A rule is called with the functions and null pointers that the function itself was given.
// RUN: adgen %s --function g -o - | FileCheck %s --check-prefix=NULL
// RUN: not adgen %s --function square 2>&1 | FileCheck %s --check-prefix=EXISTS

// CHECK: static double square(double x) { return x * x; }
// CHECK: apply_grad(square, x, seed)
// NULL: split_grad(x, &{{.*}}, nullptr, &{{.*}}, nullptr)
// EXISTS: error: the file already has a 'square_grad' that the derivative would clash with; {{.*}} [adgen-derivative-exists]
#include <adgen/adgen.h>
typedef double (*Function)(double);
static double square(double x) { return x * x; }
ADGEN_DERIVATIVE_OF(square) double square_grad(double x, double seed);
double apply(Function f, double x) { return f(x); }
ADGEN_DERIVATIVE_OF(apply) double apply_grad(Function f, double x, double seed);
void split(double x, double *part, double *rest);
ADGEN_DERIVATIVE_OF(split)
double split_grad(double x, double *part, double *rest, double *part_bar, double *rest_bar);
double f(double x) { return apply(square, x); }
double g(double x) {
  double part;
  split(x, &part, nullptr);
  return part;
}
