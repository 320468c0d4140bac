// RUN: %check-values %s
// Conjugate gradients: the trips are as many as the residual demands.
#include <cmath>
#include <vector>

// The points end before the last bits are reached: there the trip count would change.
// CHECK-VALUES: conjugate_gradient wrt=A,b,x at=({4, 1, 0.5, 1, 5, -1, 0.5, -1, 3}, {1, 2, 3}, {0, 0.25, 0.5}, 3, 2, 1e-10),({2}, {3}, {0.5}, 1, 1, 1e-10),({4, 1, 0.5, 1, 5, -1, 0.5, -1, 3}, {1, 2, 3}, {0, 0.25, 0.5}, 3, 10, 0.9),({4, 1, 1, 5}, {1, 2}, {0, 0}, 2, 10, 100)
int conjugate_gradient(const double *A, const double *b, double *x, int n, int most, double tolerance) {
  std::vector<double> r(n), p(n), q(n);
  double rho = 0;
  for (int i = 0; i < n; ++i) {
    r[i] = b[i];
    for (int j = 0; j < n; ++j)
      r[i] -= A[i * n + j] * x[j];
    p[i] = r[i];
    rho += r[i] * r[i];
  }
  int trip = 0;
  while (trip < most && std::sqrt(rho) > tolerance) {
    double curvature = 0;
    for (int i = 0; i < n; ++i) {
      q[i] = 0;
      for (int j = 0; j < n; ++j)
        q[i] += A[i * n + j] * p[j];
      curvature += p[i] * q[i];
    }
    const double alpha = rho / curvature;
    double next = 0;
    for (int i = 0; i < n; ++i) {
      x[i] += alpha * p[i];
      r[i] -= alpha * q[i];
      next += r[i] * r[i];
    }
    const double beta = next / rho;
    for (int i = 0; i < n; ++i)
      p[i] = r[i] + beta * p[i];
    rho = next;
    ++trip;
  }
  return trip;
}

// Jacobi sweeps until the change is small.
// CHECK-VALUES: jacobi wrt=A,b,x at=({4, 1, 0.5, 1, 5, -1, 0.5, -1, 3}, {1, 2, 3}, {0, 0, 0}, {9, 9, 9}, 3, 0.05)
void jacobi(const double *A, const double *b, double *x, double *work, int n, double tolerance) {
  for (int sweep = 0; sweep < 100; ++sweep) {
    double change = 0;
    for (int i = 0; i < n; ++i) {
      double s = b[i];
      for (int j = 0; j < n; ++j)
        if (j != i)
          s -= A[i * n + j] * x[j];
      work[i] = s / A[i * n + i];
      change += std::fabs(work[i] - x[i]);
    }
    for (int i = 0; i < n; ++i)
      x[i] = work[i];
    if (change < tolerance)
      break;
  }
}

// Gauss-Seidel: a sweep reads what it has just written.
// CHECK-VALUES: gauss_seidel wrt=A,b,x at=({4, 1, 0.5, 1, 5, -1, 0.5, -1, 3}, {1, 2, 3}, {0.5, 0, 1}, 3, 3),({2}, {3}, {1}, 1, 1),({2}, {3}, {1}, 1, 0)
void gauss_seidel(const double *A, const double *b, double *x, int n, int sweeps) {
  for (int s = 0; s < sweeps; ++s)
    for (int i = 0; i < n; ++i) {
      double t = b[i];
      for (int j = 0; j < i; ++j)
        t -= A[i * n + j] * x[j];
      for (int j = i + 1; j < n; ++j)
        t -= A[i * n + j] * x[j];
      x[i] = t / A[i * n + i];
    }
}

// The power method, normalized in each trip.
// CHECK-VALUES: largest_eigenvalue wrt=A at=({4, 1, 0.5, 1, 5, -1, 0.5, -1, 3}, 3, 4),({2}, 1, 3)
double largest_eigenvalue(const double *A, int n, int trips) {
  std::vector<double> v(n, 1.0), w(n);
  double lambda = 0;
  for (int t = 0; t < trips; ++t) {
    for (int i = 0; i < n; ++i) {
      w[i] = 0;
      for (int j = 0; j < n; ++j)
        w[i] += A[i * n + j] * v[j];
    }
    double s = 0;
    for (int i = 0; i < n; ++i)
      s += w[i] * w[i];
    lambda = std::sqrt(s);
    for (int i = 0; i < n; ++i)
      v[i] = w[i] / lambda;
  }
  return lambda;
}
