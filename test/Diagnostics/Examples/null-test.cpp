// RUN: %check-example %s
// Each parameter is tested by itself.
double f(double x, float *a, float *b) {
  if ((x > 0 ? a : b) != nullptr) // here
    return x;
  return 2 * x;
}
//--- mended
double f(double x, float *a, float *b) {
  if (x > 0 ? a != nullptr : b != nullptr)
    return x;
  return 2 * x;
}
