// RUN: %check-example %s
// The bound is computed in front of the branch.
// COMMAND: adgen example.cpp --wrt x
void f(double *x, const int *k, int n) {
  if (n > 2) {
    const int m = k[0];
    for (int i = 0; i < m; ++i)
      for (int j = 0; j < i; ++j)
        x[i] = x[i] * x[j] * x[i]; // here
  }
}
//--- mended
void f(double *x, const int *k, int n) {
  const int m = k[0];
  if (n > 2) {
    for (int i = 0; i < m; ++i)
      for (int j = 0; j < i; ++j)
        x[i] = x[i] * x[j] * x[i];
  }
}
