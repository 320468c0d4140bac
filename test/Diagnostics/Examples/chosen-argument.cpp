// RUN: %check-example %s
// There is a call in each branch.
// COMMAND: adgen example.cpp --function f
static void add(double &a, double b) { a += b; }

double f(double x, double y) {
  add(x > 0 ? x : y, 3); // here
  return x * y;
}
//--- mended
static void add(double &a, double b) { a += b; }

double f(double x, double y) {
  if (x > 0)
    add(x, 3);
  else
    add(y, 3);
  return x * y;
}
