// RUN: %check-values %s
// A call in the condition of a loop changes memory, and the loop only asks for the answer.

static bool halve(double *v, int n) {
  if (n <= 0)
    return v[0] > 0.3;
  v[0] *= 0.5 * v[1];
  return halve(v, n - 1);
}

// CHECK-VALUES: halved wrt=v at=({2, 3}, 3),({0.5, 0.25}, 2),({9, 1.5}, 0)
double halved(double *v, int n) {
  int k = 0;
  while (halve(v, 2) && k < n) {
    v[1] *= 0.9;
    ++k;
  }
  return v[0];
}

// CHECK-VALUES: in_steps wrt=v at=({2, 3}, 3),({0.5, 0.25}, 2),({9, 1.5}, 0)
double in_steps(double *v, int n) {
  double s = 0;
  for (int k = 0; k < n; halve(v, ++k))
    s += v[0] * v[1];
  do
    s *= v[0];
  while (halve(v, 1) && --n > 0);
  return s;
}
