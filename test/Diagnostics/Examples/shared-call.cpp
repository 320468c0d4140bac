// RUN: %check-example %s
// Nothing needs to be mended.
// COMMAND: adgen example.cpp --remarks --function f
static double wave(double x) {
  double y = x * x;
  return y > 4 ? y : y * (1 - y) / (1 + y);
}

double f(double x) {
  double y = wave(x); // here
  return y * y;
}
