// RUN: %check-example %s
// The variable has the precision of what it holds.
double f(double x) {
  float square = x * x; // here
  return square * x;
}
//--- mended
double f(double x) {
  double square = x * x;
  return square * x;
}
