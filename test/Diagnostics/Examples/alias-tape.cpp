// RUN: %check-example %s
// The parameters are never one object.
// COMMAND: adgen example.cpp --remarks
void squares(const double *x, double *y, int n) {
  for (int i = 0; i < n; ++i) // here
    y[i] = x[i] * x[i];
}
//--- mended
void squares(const double *x, double *__restrict y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] = x[i] * x[i];
}
