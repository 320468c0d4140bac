// RUN: %check-example %s
// The rule has both adjoints.
#include <adgen/adgen.h>
void scale(const double &x, const double &k, double &y);
ADGEN_DERIVATIVE_OF(scale)
void scale_grad(const double &x, const double &k, double &y, double &x_bar, double &y_bar);

double f(double x, double k) {
  double y = 0;
  scale(x, k, y); // here
  return y;
}
//--- mended
#include <adgen/adgen.h>
void scale(const double &x, const double &k, double &y);
ADGEN_DERIVATIVE_OF(scale)
void scale_grad(const double &x, const double &k, double &y,
                double &x_bar, double &k_bar, double &y_bar);

double f(double x, double k) {
  double y = 0;
  scale(x, k, y);
  return y;
}
