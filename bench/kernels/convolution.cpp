// out = image * kernel where the kernel (size by size) lies within the image.
void convolve(const double *__restrict image, const double *__restrict kernel,
              double *__restrict out, int height, int width, int size) {
  const int out_height = height - size + 1;
  const int out_width = width - size + 1;
  for (int y = 0; y < out_height; ++y)
    for (int x = 0; x < out_width; ++x) {
      double s = 0;
      for (int a = 0; a < size; ++a)
        for (int b = 0; b < size; ++b)
          s += kernel[a * size + b] * image[(y + a) * width + x + b];
      out[y * out_width + x] = s;
    }
}
