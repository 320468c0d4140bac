//--- original
#include <cmath>

// y = tanh(W x + b), W row-major, rows by cols.
// CHECK-VALUES: layer wrt=W,b,x at=(rand(6, 1), {0.5, -0.25}, {1, 0.5, -0.75}, {7, 8}, 2, 3),({}, {0.5, 1}, {}, {7, 8}, 2, 0),({}, {}, {2}, {}, 0, 1),({0.5}, {0.25}, {0.7}, {9}, 1, 1)
void layer(const double *__restrict W, const double *__restrict b,
           const double *__restrict x, double *__restrict y, int rows,
           int cols) {
  for (int i = 0; i < rows; ++i) {
    double a = b[i];
    for (int j = 0; j < cols; ++j)
      a += W[i * cols + j] * x[j];
    y[i] = std::tanh(a);
  }
}
//--- header
void layer_grad(const double *__restrict W, const double *__restrict b,
                const double *__restrict x, double *__restrict y, int rows,
                int cols, double *__restrict W_bar, double *__restrict b_bar,
                double *__restrict x_bar, double *__restrict y_bar);
void layer_jvp(const double *__restrict W, const double *__restrict b,
               const double *__restrict x, double *__restrict y, int rows,
               int cols, const double *__restrict W_dot, const double *__restrict b_dot,
               const double *__restrict x_dot, double *__restrict y_dot);
//--- derivative
void layer_grad(const double *__restrict W, const double *__restrict b,
                const double *__restrict x, double *__restrict y, int rows,
                int cols, double *__restrict W_bar, double *__restrict b_bar,
                double *__restrict x_bar, double *__restrict y_bar) {
  for (int i = 0; i < rows; ++i) {
    double a = b[i];
    for (int j = 0; j < cols; ++j)
      a += W[i * cols + j] * x[j];
    y[i] = std::tanh(a);

    // y[i] = std::tanh(a)
    const double a_bar = (1 - y[i] * y[i]) * y_bar[i];
    y_bar[i] = 0;
    for (int j = 0; j < cols; ++j) {
      // a += W[i * cols + j] * x[j]
      W_bar[i * cols + j] += x[j] * a_bar;
      x_bar[j] += W[i * cols + j] * a_bar;
    }
    // a = b[i]
    b_bar[i] += a_bar;
  }
}
void layer_jvp(const double *__restrict W, const double *__restrict b,
               const double *__restrict x, double *__restrict y, int rows,
               int cols, const double *__restrict W_dot, const double *__restrict b_dot,
               const double *__restrict x_dot, double *__restrict y_dot) {
  for (int i = 0; i < rows; ++i) {
    double a = b[i], a_dot = b_dot[i];
    for (int j = 0; j < cols; ++j) {
      a_dot += W_dot[i * cols + j] * x[j] + W[i * cols + j] * x_dot[j];
      a += W[i * cols + j] * x[j];
    }
    y[i] = std::tanh(a);
    y_dot[i] = (1 - y[i] * y[i]) * a_dot;
  }
}
//--- faults
output_kept: y_bar[i] = 0; => ;
output_doubled: y_bar[i] = 0; => y_bar[i] += y_bar[i];
all_zeroed_early: y_bar[i] = 0; => for (int k = 0; k < rows; ++k) y_bar[k] = 0;
weights_assigned: W_bar[i * cols + j] += => W_bar[i * cols + j] =
input_assigned: x_bar[j] += => x_bar[j] =
bias_left_out: b_bar[i] += a_bar; => b_bar[i] += 0 * a_bar;
transposed: x_bar[j] += W[i * cols + j] => x_bar[j] += W[j * rows + i]
output_not_written: y[i] = std::tanh(a); => y[i] = i == 0 ? std::tanh(a) : y[i];
last_digit: y[i] = std::tanh(a); => y[i] = std::tanh(a) * (1 + 1e-15);
tangent_added: y_dot[i] = => y_dot[i] +=
too_wide: W_bar[i * cols + j] += => W_bar[i * cols + j + 1] += => gcc: memory beside an array was written
leak: y_bar[i] = 0; => y_bar[i] = 0; double *volatile kept = new double[2]; kept[0] = 1; => clang: detected memory leaks
