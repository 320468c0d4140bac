// RUN: %check-example %s
// Each instance is differentiated by itself, with a suffix.
// MENDED: adgen example.cpp --function 'power<2>' --suffix 2
template <int n> double power(double x) { // here
  double y = 1;
  for (int i = 0; i < n; ++i)
    y *= x;
  return y;
}
template double power<2>(double);
template double power<3>(double);
