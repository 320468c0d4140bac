// Solves L x = b; L is lower triangular, row-major.
void forward_substitution(const double *__restrict L,
                          const double *__restrict b, double *__restrict x,
                          int n) {
  for (int i = 0; i < n; ++i) {
    double s = b[i];
    for (int j = 0; j < i; ++j)
      s -= L[i * n + j] * x[j];
    x[i] = s / L[i * n + i];
  }
}
