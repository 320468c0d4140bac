// RUN: %check-values %s
// A small network of a convolution, pooling and a logistic unit.
#include <algorithm>
#include <cmath>

// CHECK-VALUES: network wrt=image,kernel,weights at=({{0.5, 1, -1, 2, 0.25}, {1, -0.5, 0.75, 0, 1}, {2, 1.5, -1, 0.5, 1}, {0.25, 1, 2, -2, 1}, {1, 0, 0.5, 1, 3}}, {0.5, 1, -0.75, 0.25}, rand(4, 1))
double network(const double image[5][5], const double (&kernel)[2][2], const double *weights) {
  double features[4][4], reduced[2][2];
  for (int i = 0; i < 4; ++i)
    for (int j = 0; j < 4; ++j) {
      features[i][j] = 0;
      for (int a = 0; a < 2; ++a)
        for (int b = 0; b < 2; ++b)
          features[i][j] += kernel[a][b] * image[i + a][j + b];
      if (features[i][j] < 0)
        features[i][j] *= 0.1;
    }
  for (int i = 0; i < 2; ++i)
    for (int j = 0; j < 2; ++j)
      reduced[i][j] = std::max({features[2 * i][2 * j], features[2 * i + 1][2 * j], features[2 * i][2 * j + 1],
                                features[2 * i + 1][2 * j + 1]});
  double z = 0;
  for (int i = 0; i < 4; ++i)
    z += weights[i] * reduced[i / 2][i % 2];
  return 1 / (1 + std::exp(-z));
}
