// RUN: %check-example %s
// What is to be copied has a size.
#include <adgen/adgen.h>
#include <vector>
void scale(double *y, int n, double a);
ADGEN_DERIVATIVE_OF(scale)
double scale_grad(double *y, int n, double a, double *y_bar);

double f(double *y, int n, double a) {
  scale(y, n, a); // here
  return y[0] * y[1];
}
//--- mended
#include <adgen/adgen.h>
#include <vector>
void scale(double *y, int n, double a);
ADGEN_DERIVATIVE_OF(scale)
double scale_grad(double *y, int n, double a, double *y_bar);

double f(std::vector<double> &y, double a) {
  scale(y.data(), int(y.size()), a);
  return y[0] * y[1];
}
