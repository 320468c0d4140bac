// RUN: %check-example %s
// The class can be made without arguments.
// COMMAND: adgen example.cpp --mode forward
struct Pair {
  double a, b;
  Pair(double a, double b) : a(a), b(b) {}
};

Pair f(double x) {
  return Pair(x, 2 * x); // here
}
//--- mended
struct Pair {
  double a = 0, b = 0;
  Pair() = default;
  Pair(double a, double b) : a(a), b(b) {}
};

Pair f(double x) {
  return Pair(x, 2 * x);
}
