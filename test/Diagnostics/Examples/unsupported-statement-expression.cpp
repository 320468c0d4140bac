// RUN: %check-example %s
// The statements stand in front of the expression.
double f(double x) {
  return ({ double y = x + 1; y * y; }); // here
}
//--- mended
double f(double x) {
  double y = x + 1;
  return y * y;
}
