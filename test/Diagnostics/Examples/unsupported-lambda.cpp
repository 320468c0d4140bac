// RUN: %check-example %s
// The branches are in one lambda.
double f(double x, bool doubled) {
  auto once = [x](double y) { return x * y; };
  auto twice = once;
  return (doubled ? twice : once)(x); // here
}
//--- mended
double f(double x, bool doubled) {
  auto scaled = [x, doubled](double y) { return doubled ? 2 * x * y : x * y; };
  return scaled(x);
}
