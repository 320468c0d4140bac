// RUN: %check-values %s
// The cost of a clustering: each point counts with the nearest center.
#include <algorithm>
#include <cmath>
#include <limits>

// CHECK-VALUES: cost wrt=points,centers at=(rand(10, 1), rand(4, 2), 5, 2, 2),({1}, {2}, 1, 1, 1),({}, {2}, 0, 1, 1)
// CHECK-VALUES: cost wrt=centers at=(rand(10, 1), rand(6, 2), 5, 3, 2)
double cost(const double *points, const double *centers, int n, int k, int d) {
  double total = 0;
  for (int i = 0; i < n; ++i) {
    double nearest = std::numeric_limits<double>::infinity();
    for (int c = 0; c < k; ++c) {
      double distance = 0;
      for (int a = 0; a < d; ++a) {
        const double t = points[i * d + a] - centers[c * d + a];
        distance += t * t;
      }
      nearest = std::min(nearest, distance);
    }
    total += nearest;
  }
  return total;
}

// One step of Lloyd's algorithm: assign, then average.
// CHECK-VALUES: lloyd wrt=points,centers at=(rand(6, 1), {-0.5, 0.5}, {9, 9, 9, 9, 9, 9}, 6, 2),({1, 2}, {1.5, 7}, {9, 9}, 2, 2)
void lloyd(const double *points, double *centers, int *label, int n, int k) {
  for (int i = 0; i < n; ++i) {
    label[i] = 0;
    for (int c = 1; c < k; ++c)
      if (std::fabs(points[i] - centers[c]) < std::fabs(points[i] - centers[label[i]]))
        label[i] = c;
  }
  for (int c = 0; c < k; ++c) {
    int count = 0;
    double sum = 0;
    for (int i = 0; i < n; ++i)
      if (label[i] == c) {
        sum += points[i];
        ++count;
      }
    if (count > 0)
      centers[c] = sum / count;
  }
}
