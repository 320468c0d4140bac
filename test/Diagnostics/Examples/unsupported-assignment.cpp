// RUN: %check-example %s
// There is an assignment in each branch.
double f(double x, double y, double z) {
  (x > 0 ? (y > 0 ? x : y) : z) = 3; // here
  return x * y * z;
}
//--- mended
double f(double x, double y, double z) {
  if (x <= 0)
    z = 3;
  else if (y > 0)
    x = 3;
  else
    y = 3;
  return x * y * z;
}
