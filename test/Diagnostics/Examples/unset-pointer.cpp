// RUN: %check-example %s
// The pointer is initialized.
double f(double x, const double *table, int n) {
  const double *p;
  return x * p[n] + table[0]; // here
}
//--- mended
double f(double x, const double *table, int n) {
  const double *p = table;
  return x * p[n] + table[0];
}
