// RUN: %check-example %s
// The folder is there.
// COMMAND: adgen example.cpp -o missing/example_grad.cpp
// MENDED: adgen example.cpp -o example_grad.cpp
double f(double x) { return x * x; }
