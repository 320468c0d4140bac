// RUN: %check-example %s
// The output has another name.
// COMMAND: adgen example.cpp -o example.cpp
// MENDED: adgen example.cpp -o example_grad.cpp
double f(double x) { return x * x; }
