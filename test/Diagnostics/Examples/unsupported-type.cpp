// RUN: %check-example %s
// The number has a type of standard C++.
double f(double x) {
  __float128 y = x; // here
  return y * y;
}
//--- mended
double f(double x) {
  long double y = x;
  return y * y;
}
