// RUN: %check-example %s
// The branch of the program that runs is what is left.
// COMMAND: adgen example.cpp -- -std=c++23
double f(double x) {
  if consteval { // here
    return x;
  }
  return 2 * x;
}
//--- mended
double f(double x) {
  return 2 * x;
}
