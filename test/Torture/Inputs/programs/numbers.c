/* A C program that is one in C++ as well. */
double half(double x) { return x / 2; }
float power(float x, int n) {
  float y = 1;
  while (n-- > 0)
    y *= x;
  return y;
}
void scale(int n, double *x) {
  for (int i = 0; i < n; ++i)
    x[i] *= 2;
}
int count(int n) { return n + 1; }
