#include <vector>

// C = A B, row-major; A is n by m, B is m by p.
static void multiply(const double *A, const double *B, double *C, int n, int m,
                     int p) {
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < p; ++j)
      C[i * p + j] = 0;
    for (int k = 0; k < m; ++k)
      for (int j = 0; j < p; ++j)
        C[i * p + j] += A[i * m + k] * B[k * p + j];
  }
}

// The squared distance of A B from the target.
double matmul_loss(const double *A, const double *B, const double *target,
                   int n, int m, int p) {
  std::vector<double> C(n * p);
  multiply(A, B, C.data(), n, m, p);
  double loss = 0;
  for (int i = 0; i < n * p; ++i) {
    const double d = C[i] - target[i];
    loss += d * d;
  }
  return loss;
}
