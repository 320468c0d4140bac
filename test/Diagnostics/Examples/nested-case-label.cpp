// RUN: %check-example %s
// The loop stands behind the switch.
double f(double x, int n) {
  switch (n) {
  case 0:
    while (x < 100) {
  case 1: // here
      x *= 2;
    }
  }
  return x;
}
//--- mended
double f(double x, int n) {
  if (n == 1)
    x *= 2;
  if (n == 0 || n == 1)
    while (x < 100)
      x *= 2;
  return x;
}
