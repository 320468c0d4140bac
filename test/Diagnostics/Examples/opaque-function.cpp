// RUN: %check-example %s
// The derivative is declared, as the note says, and defined in the file of the function.
double area(double r);

double f(double x) { return 2 * area(x); } // here
//--- mended
double area(double r);
#include <adgen/adgen.h>
ADGEN_DERIVATIVE_OF(area) double area_grad(double r, double seed);

double f(double x) { return 2 * area(x); }
