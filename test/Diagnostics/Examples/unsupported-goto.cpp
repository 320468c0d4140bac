// RUN: %check-example %s
// A loop takes the place of the jump.
double f(double x) {
again: // here
  x *= 2;
  if (x < 10)
    goto again;
  return x;
}
//--- mended
double f(double x) {
  do
    x *= 2;
  while (x < 10);
  return x;
}
