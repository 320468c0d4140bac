// RUN: %check-example %s
// The number stays one.
double f(double x) {
  const int rounded = int(100 * x); // here
  return x * rounded;
}
//--- mended
double f(double x) {
  const double scaled = 100 * x;
  return x * scaled;
}
