// RUN: %check-values %s
// References and pointers to a place that the values choose.

// CHECK-VALUES: chosen wrt=x,y at=({1, -2, 3}, {0.5, 4, -1}, 3)
void chosen(double *x, double *y, int n) {
  for (int i = 0; i < n; ++i) {
    double &larger = x[i] > y[i] ? x[i] : y[i];
    larger *= larger;
  }
}
