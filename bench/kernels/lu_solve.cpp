#include <cmath>
#include <utility>
#include <vector>

// Solves A x = b by elimination with partial pivoting; returns the squared
// distance of x from the target.
double solve_loss(std::vector<double> A, std::vector<double> b,
                  const std::vector<double> &target) {
  const int n = b.size();
  for (int k = 0; k < n; ++k) {
    int pivot = k;
    for (int i = k + 1; i < n; ++i)
      if (std::fabs(A[i * n + k]) > std::fabs(A[pivot * n + k]))
        pivot = i;
    if (pivot != k) {
      for (int j = k; j < n; ++j)
        std::swap(A[k * n + j], A[pivot * n + j]);
      std::swap(b[k], b[pivot]);
    }
    for (int i = k + 1; i < n; ++i) {
      const double factor = A[i * n + k] / A[k * n + k];
      for (int j = k + 1; j < n; ++j)
        A[i * n + j] -= factor * A[k * n + j];
      b[i] -= factor * b[k];
    }
  }

  std::vector<double> x(n);
  double loss = 0;
  for (int i = n - 1; i >= 0; --i) {
    double s = b[i];
    for (int j = i + 1; j < n; ++j)
      s -= A[i * n + j] * x[j];
    x[i] = s / A[i * n + i];
    loss += (x[i] - target[i]) * (x[i] - target[i]);
  }
  return loss;
}
