// RUN: %check-example %s
// The loop is differentiated without the directive.
// COMMAND: adgen example.cpp -- -fopenmp
void f(const double *__restrict x, double *__restrict y, int n) {
#pragma omp parallel for // here
  for (int i = 0; i < n; ++i)
    y[i] = x[i] * x[i];
}
//--- mended
void f(const double *__restrict x, double *__restrict y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = x[i] * x[i];
}
