// RUN: %check-example %s
// The pointer always has an object; a flag says whether it counts.
double f(double x, double y, int n) {
  double *p = nullptr; // here
  if (n > 0)
    p = &x;
  return p ? *p * y : y;
}
//--- mended
double f(double x, double y, int n) {
  double *p = &y;
  bool is_given = n > 0;
  if (is_given)
    p = &x;
  return is_given ? *p * y : y;
}
