// The kernels once more, for any number type: what a tool that overloads
// operators needs of its user. The statements are those of the originals, but
// for types that are written out, since expression templates must not be kept
// in `auto`. `x` is what is differentiated by, everything in one array.
#ifndef BENCH_KERNELS_GENERIC_H
#define BENCH_KERNELS_GENERIC_H

#include "../../generic.h"
#include "../camera.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace generic {

template <class T> T sum_of_squares(const T *x, int n) {
  T s(0.0);
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i];
  return s;
}

template <class T> T dot_product(const T *x, const T *y, int n) {
  T s(0.0);
  for (int i = 0; i < n; ++i)
    s += x[i] * y[i];
  return s;
}

template <class T> T logsumexp(const T *x, int n) {
  using std::exp, std::log;
  T m = x[0];
  for (int i = 1; i < n; ++i)
    if (passive(m) < passive(x[i]))
      m = x[i];
  T s(0.0);
  for (int i = 0; i < n; ++i)
    s += exp(T(x[i] - m));
  return T(m + log(s));
}

template <class T>
T softmax_loss(const T *logits, const int *label, int rows, int classes) {
  T loss(0.0);
  for (int i = 0; i < rows; ++i) {
    const T *z = logits + i * classes;
    loss += logsumexp(z, classes) - z[label[i]];
  }
  return T(loss / double(rows));
}

template <class T>
void layer(const T *W, const T *b, const T *x, T *y, int rows, int cols) {
  using std::tanh;
  for (int i = 0; i < rows; ++i) {
    T a = b[i];
    for (int j = 0; j < cols; ++j)
      a += W[i * cols + j] * x[j];
    y[i] = tanh(a);
  }
}

template <class T>
T logistic_loss(const double *features, const double *label, const T *w,
                const T &bias, int n, int d) {
  using std::exp, std::log;
  T loss(0.0);
  for (int i = 0; i < n; ++i) {
    T z = bias;
    for (int j = 0; j < d; ++j)
      z += w[j] * features[i * d + j];
    const T e = exp(T(-label[i] * z));
    const double v = passive(e);
    loss += with_slope(e, std::log1p(v), 1 / (1 + v));
  }
  return T(loss / double(n));
}

template <class T>
T matmul_loss(const T *A, const T *B, const double *target, int n, int m,
              int p) {
  std::vector<T> C(n * p);
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < p; ++j)
      C[i * p + j] = T(0.0);
    for (int k = 0; k < m; ++k)
      for (int j = 0; j < p; ++j)
        C[i * p + j] += A[i * m + k] * B[k * p + j];
  }
  T loss(0.0);
  for (int i = 0; i < n * p; ++i) {
    const T d = C[i] - target[i];
    loss += d * d;
  }
  return loss;
}

template <class T>
T sparse_loss(const int *row_start, const int *column, const T *value,
              const T *x, const double *target, int rows) {
  T loss(0.0);
  for (int i = 0; i < rows; ++i) {
    T y(0.0);
    for (int k = row_start[i]; k < row_start[i + 1]; ++k)
      y += value[k] * x[column[k]];
    loss += (y - target[i]) * (y - target[i]);
  }
  return loss;
}

template <class T>
void forward_substitution(const T *L, const T *b, T *x, int n) {
  for (int i = 0; i < n; ++i) {
    T s = b[i];
    for (int j = 0; j < i; ++j)
      s -= L[i * n + j] * x[j];
    x[i] = s / L[i * n + i];
  }
}

template <class T> T log_determinant(std::vector<T> A, int n) {
  using std::log, std::sqrt;
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j < i; ++j) {
      T s = A[i * n + j];
      for (int k = 0; k < j; ++k)
        s -= A[i * n + k] * A[j * n + k];
      A[i * n + j] = s / A[j * n + j];
    }
    T s = A[i * n + i];
    for (int k = 0; k < i; ++k)
      s -= A[i * n + k] * A[i * n + k];
    A[i * n + i] = sqrt(s);
  }
  T sum(0.0);
  for (int i = 0; i < n; ++i)
    sum += log(A[i * n + i]);
  return T(2.0 * sum);
}

template <class T>
T solve_loss(std::vector<T> A, std::vector<T> b,
             const std::vector<double> &target) {
  const int n = int(b.size());
  for (int k = 0; k < n; ++k) {
    int pivot = k;
    for (int i = k + 1; i < n; ++i)
      if (std::fabs(passive(A[i * n + k])) >
          std::fabs(passive(A[pivot * n + k])))
        pivot = i;
    if (pivot != k) {
      for (int j = k; j < n; ++j)
        std::swap(A[k * n + j], A[pivot * n + j]);
      std::swap(b[k], b[pivot]);
    }
    for (int i = k + 1; i < n; ++i) {
      const T factor = A[i * n + k] / A[k * n + k];
      for (int j = k + 1; j < n; ++j)
        A[i * n + j] -= factor * A[k * n + j];
      b[i] -= factor * b[k];
    }
  }
  std::vector<T> x(n);
  T loss(0.0);
  for (int i = n - 1; i >= 0; --i) {
    T s = b[i];
    for (int j = i + 1; j < n; ++j)
      s -= A[i * n + j] * x[j];
    x[i] = s / A[i * n + i];
    loss += (x[i] - target[i]) * (x[i] - target[i]);
  }
  return loss;
}

template <class T, class K>
T misfit(std::vector<T> u, const std::vector<double> &target, const K &k,
         int steps) {
  const int n = int(u.size());
  std::vector<T> next(n);
  for (int t = 0; t < steps; ++t) {
    next[0] = u[0];
    next[n - 1] = u[n - 1];
    for (int i = 1; i < n - 1; ++i)
      next[i] = u[i] + k * (u[i - 1] - 2.0 * u[i] + u[i + 1]);
    std::swap(u, next);
  }
  T e(0.0);
  for (int i = 0; i < n; ++i)
    e += (u[i] - target[i]) * (u[i] - target[i]);
  return e;
}

template <class T>
T wave_misfit(const T *c2, const T *start, int n,
              const std::vector<double> &observed, int receiver) {
  const int steps = int(observed.size());
  std::vector<T> before(start, start + n), u(start, start + n), after(n);
  T e(0.0);
  for (int t = 0; t < steps; ++t) {
    after[0] = T(0.0);
    after[n - 1] = T(0.0);
    for (int i = 1; i < n - 1; ++i)
      after[i] =
          2.0 * u[i] - before[i] + c2[i] * (u[i - 1] - 2.0 * u[i] + u[i + 1]);
    std::swap(before, u);
    std::swap(u, after);
    const T d = u[receiver] - observed[t];
    e += d * d;
  }
  return e;
}

template <class T>
void convolve(const T *image, const T *kernel, T *out, int height, int width,
              int size) {
  const int out_height = height - size + 1;
  const int out_width = width - size + 1;
  for (int y = 0; y < out_height; ++y)
    for (int x = 0; x < out_width; ++x) {
      T s(0.0);
      for (int a = 0; a < size; ++a)
        for (int b = 0; b < size; ++b)
          s += kernel[a * size + b] * image[(y + a) * width + x + b];
      out[y * out_width + x] = s;
    }
}

template <class T> T sigmoid(const T &x) {
  using std::exp;
  return T(1.0 / (1.0 + exp(T(-x))));
}

template <class T>
T lstm_loss(const T *W, const T *b, const double *inputs, const double *targets,
            int steps, int width, int size) {
  using std::tanh;
  std::vector<T> hidden(size), cell(size), gate(4 * size);
  for (int j = 0; j < size; ++j) {
    hidden[j] = T(0.0);
    cell[j] = T(0.0);
  }
  T loss(0.0);
  for (int t = 0; t < steps; ++t) {
    const double *x = inputs + t * width;
    for (int r = 0; r < 4 * size; ++r) {
      const T *w = W + r * (width + size);
      T a = b[r];
      for (int j = 0; j < width; ++j)
        a += w[j] * x[j];
      for (int j = 0; j < size; ++j)
        a += w[width + j] * hidden[j];
      gate[r] = a;
    }
    for (int j = 0; j < size; ++j) {
      const T input = sigmoid(gate[j]);
      const T forget = sigmoid(gate[size + j]);
      const T output = sigmoid(gate[2 * size + j]);
      const T candidate = tanh(gate[3 * size + j]);
      cell[j] = forget * cell[j] + input * candidate;
      hidden[j] = output * tanh(cell[j]);
      const T d = hidden[j] - targets[t * size + j];
      loss += d * d;
    }
  }
  return loss;
}

template <class T>
T mixture_log_likelihood(const T *weights, const T *means, const T *icf,
                         const double *x, int n, int k, int d) {
  using std::exp;
  const int size = d * (d + 1) / 2;
  std::vector<T> diagonal(k * d), log_det(k);
  for (int c = 0; c < k; ++c) {
    log_det[c] = T(0.0);
    for (int r = 0; r < d; ++r) {
      diagonal[c * d + r] = exp(icf[c * size + r]);
      log_det[c] += icf[c * size + r];
    }
  }
  std::vector<T> diff(d), term(k);
  T sum(0.0);
  for (int i = 0; i < n; ++i) {
    for (int c = 0; c < k; ++c) {
      const T *lower = icf + c * size + d;
      for (int r = 0; r < d; ++r)
        diff[r] = x[i * d + r] - means[c * d + r];
      T norm2(0.0);
      for (int r = 0; r < d; ++r) {
        T q = diagonal[c * d + r] * diff[r];
        for (int j = 0; j < r; ++j)
          q += lower[r * (r - 1) / 2 + j] * diff[j];
        norm2 += q * q;
      }
      term[c] = weights[c] + log_det[c] - 0.5 * norm2;
    }
    sum += logsumexp(term.data(), k);
  }
  return T(sum - double(n) * logsumexp(weights, k));
}

/// A vector, and a camera, of numbers T.
template <class T> struct Triple {
  T x, y, z;
};
template <class T> Triple<T> operator+(const Triple<T> &a, const Triple<T> &b) {
  return {T(a.x + b.x), T(a.y + b.y), T(a.z + b.z)};
}
template <class T> Triple<T> operator-(const Triple<T> &a, const Triple<T> &b) {
  return {T(a.x - b.x), T(a.y - b.y), T(a.z - b.z)};
}
template <class T> Triple<T> scaled(const T &s, const Triple<T> &a) {
  return {T(s * a.x), T(s * a.y), T(s * a.z)};
}
template <class T> T dot(const Triple<T> &a, const Triple<T> &b) {
  return T(a.x * b.x + a.y * b.y + a.z * b.z);
}
template <class T> Triple<T> cross(const Triple<T> &a, const Triple<T> &b) {
  return {T(a.y * b.z - a.z * b.y), T(a.z * b.x - a.x * b.z),
          T(a.x * b.y - a.y * b.x)};
}
template <class T> Triple<T> triple(const T *x) { return {x[0], x[1], x[2]}; }

template <class T>
Triple<T> rotate(const Triple<T> &rotation, const Triple<T> &p) {
  using std::sqrt, std::cos, std::sin;
  const T angle2 = dot(rotation, rotation);
  if (passive(angle2) < 1e-20)
    return p + cross(rotation, p);
  const T angle = sqrt(angle2);
  const Triple<T> axis = scaled(T(1.0 / angle), rotation);
  const T c = cos(angle);
  const T s = sin(angle);
  return scaled(c, p) + scaled(s, cross(axis, p)) +
         scaled(T((1.0 - c) * dot(axis, p)), axis);
}

/// The squared error of one observation, by a camera's nine numbers.
template <class T>
T squared_error(const T *camera, const T *point, const Observation &o) {
  const Triple<T> p =
      rotate(triple(camera), triple(point)) + triple(camera + 3);
  const T x = -p.x / p.z;
  const T y = -p.y / p.z;
  const T r2 = x * x + y * y;
  const T scale = camera[6] * (1.0 + r2 * (camera[7] + r2 * camera[8]));
  const T dx = scale * x - o.x;
  const T dy = scale * y - o.y;
  return T(dx * dx + dy * dy);
}

template <class T>
T reprojection_error(const T *cameras, const T *points,
                     const Observation *observations, int n) {
  T error(0.0);
  for (int i = 0; i < n; ++i) {
    const Observation &o = observations[i];
    error += squared_error(cameras + 9 * o.camera, points + 3 * o.point, o);
  }
  return error;
}

template <class T>
T kmeans_cost(const double *points, const T *centers, int n, int k, int d) {
  T cost(0.0);
  for (int i = 0; i < n; ++i) {
    T nearest(std::numeric_limits<double>::infinity());
    for (int c = 0; c < k; ++c) {
      T distance(0.0);
      for (int j = 0; j < d; ++j) {
        const T difference = points[i * d + j] - centers[c * d + j];
        distance += difference * difference;
      }
      if (passive(distance) < passive(nearest))
        nearest = distance;
    }
    cost += nearest;
  }
  return cost;
}

template <class T> T pair_energy(const T &r2) {
  const T s6 = 1.0 / (r2 * r2 * r2);
  return T(4.0 * (s6 * s6 - s6));
}

template <class T> T energy(const T *p, int n) {
  T e(0.0);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const Triple<T> d = triple(p + 3 * i) - triple(p + 3 * j);
      e += pair_energy(dot(d, d));
    }
  return e;
}

template <class T>
void accelerations(const std::vector<T> &x, const T *mass, std::vector<T> &a) {
  using std::sqrt;
  const int n = int(x.size()) / 3;
  for (T &component : a)
    component = T(0.0);
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < i; ++j) {
      const T dx = x[3 * i] - x[3 * j];
      const T dy = x[3 * i + 1] - x[3 * j + 1];
      const T dz = x[3 * i + 2] - x[3 * j + 2];
      const T inverse = 1.0 / sqrt(T(dx * dx + dy * dy + dz * dz + 1e-4));
      const T w = inverse * inverse * inverse;
      a[3 * i] -= mass[j] * w * dx;
      a[3 * i + 1] -= mass[j] * w * dy;
      a[3 * i + 2] -= mass[j] * w * dz;
      a[3 * j] += mass[i] * w * dx;
      a[3 * j + 1] += mass[i] * w * dy;
      a[3 * j + 2] += mass[i] * w * dz;
    }
}

template <class T>
void integrate(std::vector<T> &position, std::vector<T> &velocity,
               const T *mass, double h, int steps) {
  const int n = int(position.size());
  std::vector<T> x(n), v2(n), v3(n), v4(n), a1(n), a2(n), a3(n), a4(n);
  for (int step = 0; step < steps; ++step) {
    accelerations(position, mass, a1);
    for (int i = 0; i < n; ++i) {
      x[i] = position[i] + 0.5 * h * velocity[i];
      v2[i] = velocity[i] + 0.5 * h * a1[i];
    }
    accelerations(x, mass, a2);
    for (int i = 0; i < n; ++i) {
      x[i] = position[i] + 0.5 * h * v2[i];
      v3[i] = velocity[i] + 0.5 * h * a2[i];
    }
    accelerations(x, mass, a3);
    for (int i = 0; i < n; ++i) {
      x[i] = position[i] + h * v3[i];
      v4[i] = velocity[i] + h * a3[i];
    }
    accelerations(x, mass, a4);
    for (int i = 0; i < n; ++i) {
      position[i] += h / 6 * (velocity[i] + 2.0 * v2[i] + 2.0 * v3[i] + v4[i]);
      velocity[i] += h / 6 * (a1[i] + 2.0 * a2[i] + 2.0 * a3[i] + a4[i]);
    }
  }
}

/// The sum of weight[i] y[i].
template <class T>
T weighted(const std::vector<double> &weight, const std::vector<T> &y) {
  T sum(0.0);
  for (std::size_t i = 0; i < y.size(); ++i)
    sum += weight[i] * y[i];
  return sum;
}

} // namespace generic

#endif
