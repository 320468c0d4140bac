#include <limits>

// The sum of the squared distances of n points from the nearest of k centers.
double kmeans_cost(const double *points, const double *centers, int n, int k,
                   int d) {
  double cost = 0;
  for (int i = 0; i < n; ++i) {
    double nearest = std::numeric_limits<double>::infinity();
    for (int c = 0; c < k; ++c) {
      double distance = 0;
      for (int j = 0; j < d; ++j) {
        const double difference = points[i * d + j] - centers[c * d + j];
        distance += difference * difference;
      }
      if (distance < nearest)
        nearest = distance;
    }
    cost += nearest;
  }
  return cost;
}
