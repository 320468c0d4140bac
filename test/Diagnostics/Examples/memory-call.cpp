// RUN: %check-example %s
// The function writes its result through a parameter.
#include <adgen/adgen.h>
#include <vector>
std::vector<double> powers(double x);

double f(double x) {
  return powers(x)[2]; // here
}
//--- mended
#include <adgen/adgen.h>
#include <vector>
void powers(double x, std::vector<double> &y);
ADGEN_DERIVATIVE_OF(powers)
double powers_grad(double x, std::vector<double> &y, std::vector<double> &y_bar);

double f(double x) {
  std::vector<double> y(3);
  powers(x, y);
  return y[2];
}
