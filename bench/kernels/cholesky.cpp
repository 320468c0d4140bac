#include <cmath>
#include <vector>

// The logarithm of the determinant of a positive definite matrix, of which the
// lower triangle is read.
double log_determinant(std::vector<double> A, int n) {
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < i; ++j) {
      double s = A[i * n + j];
      for (int k = 0; k < j; ++k)
        s -= A[i * n + k] * A[j * n + k];
      A[i * n + j] = s / A[j * n + j];
    }
    double s = A[i * n + i];
    for (int k = 0; k < i; ++k)
      s -= A[i * n + k] * A[i * n + k];
    A[i * n + i] = std::sqrt(s);
  }
  double sum = 0;
  for (int i = 0; i < n; ++i)
    sum += std::log(A[i * n + i]);
  return 2 * sum;
}
