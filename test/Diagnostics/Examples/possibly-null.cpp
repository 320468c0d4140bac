// RUN: %check-example %s
// The output is a reference.
// COMMAND: adgen example.cpp --function f
static void add(double x, double *out) {
  if (out)
    *out += x;
}
double f(double x, double *out) {
  add(x, out); // here
  return x;
}
//--- mended
static void add(double x, double &out) {
  out += x;
}
double f(double x, double &out) {
  add(x, out);
  return x;
}
