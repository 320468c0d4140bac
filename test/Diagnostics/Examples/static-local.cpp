// RUN: %check-example %s
// The caller keeps the state.
double f(double x) {
  static double sum = 0; // here
  sum += x;
  return sum * sum;
}
//--- mended
double f(double x, double &sum) {
  sum += x;
  return sum * sum;
}
