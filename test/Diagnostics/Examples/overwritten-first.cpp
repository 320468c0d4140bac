// RUN: %check-example %s
// The output is not asked for; its adjoint is a parameter of the derivative all the same.
// COMMAND: adgen example.cpp --wrt x,y
// MENDED: adgen example.cpp --wrt x
void f(const double *x, double *y, int n) { // here
  for (int i = 0; i < n; ++i)
    y[i] = x[i] * x[i];
}
