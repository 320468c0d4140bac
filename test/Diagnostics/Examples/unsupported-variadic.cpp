// RUN: %check-example %s
// The arguments are an array.
#include <cstdarg>

static double sum(int n, ...) {
  va_list list;
  va_start(list, n);
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += va_arg(list, double);
  va_end(list);
  return s;
}
double f(double x, double y) { return x * sum(2, x, y); } // here
//--- mended
static double sum(int n, const double *list) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += list[i];
  return s;
}
double f(double x, double y) {
  const double list[] = {x, y};
  return x * sum(2, list);
}
