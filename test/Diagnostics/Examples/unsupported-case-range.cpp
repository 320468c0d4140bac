// RUN: %check-example %s
// There is a label for each number.
double f(double x, int n) {
  switch (n) {
  case 1 ... 3: // here
    return x;
  }
  return 2 * x;
}
//--- mended
double f(double x, int n) {
  switch (n) {
  case 1:
  case 2:
  case 3:
    return x;
  }
  return 2 * x;
}
