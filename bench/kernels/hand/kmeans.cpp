// Fused by points: the nearest center is kept, the others are passed nothing.
// The cost is not summed up.
#include "hand.h"

#include <limits>

void hand::kmeans_cost_grad(const double *points, const double *centers, int n,
                            int k, int d, double *centers_bar, double seed) {
  const double twice = 2 * seed;
  for (int i = 0; i < n; ++i) {
    const double *point = points + i * d;
    double nearest = std::numeric_limits<double>::infinity();
    int winner = -1;
    for (int c = 0; c < k; ++c) {
      double distance = 0;
      for (int j = 0; j < d; ++j) {
        const double difference = point[j] - centers[c * d + j];
        distance += difference * difference;
      }
      if (distance < nearest) {
        nearest = distance;
        winner = c;
      }
    }
    if (winner < 0)
      continue;
    const double *center = centers + winner * d;
    double *center_bar = centers_bar + winner * d;
    for (int j = 0; j < d; ++j)
      center_bar[j] -= twice * (point[j] - center[j]);
  }
}
