// RUN: %check-example %s
// The file with the other function is linked.
// COMMAND: adgen check example.cpp --samples 1
// MENDED: adgen check example.cpp --samples 1 --link levels.cpp
int levels(int n);

double f(double x, int n) {
  const int k = levels(n);
  return k > 1 ? x * x : x;
}
//--- levels.cpp
int levels(int n) { return n / 2; }
