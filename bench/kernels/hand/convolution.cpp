// One sweep along a row for each element of the kernel, in which the image's
// adjoint is added to and the kernel's is summed up, as partial sums. The
// output is computed in the same way, in the order of its sums.
#include "hand.h"

#include "sums.h"

#include <algorithm>

void hand::convolve_grad(const double *__restrict image,
                         const double *__restrict kernel,
                         double *__restrict out, int height, int width,
                         int size, double *__restrict image_bar,
                         double *__restrict kernel_bar,
                         double *__restrict out_bar) {
  const int out_height = height - size + 1;
  const int out_width = width - size + 1;
  for (int y = 0; y < out_height; ++y) {
    double *row = out + y * out_width;
    double *row_bar = out_bar + y * out_width;
    std::fill_n(row, std::max(out_width, 0), 0.0);
    for (int a = 0; a < size; ++a)
      for (int b = 0; b < size; ++b) {
        const double factor = kernel[a * size + b];
        const double *pixel = image + (y + a) * width + b;
        add_scaled(factor, pixel, row, out_width);
        kernel_bar[a * size + b] += dot_and_add_scaled(
            row_bar, pixel, factor, image_bar + (y + a) * width + b, out_width);
      }
    std::fill_n(row_bar, std::max(out_width, 0), 0.0);
  }
}
