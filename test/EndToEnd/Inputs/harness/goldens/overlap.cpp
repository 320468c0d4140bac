//--- original
// Where y begins in x, an element that was written is read.
// CHECK-VALUES: products wrt=x,y at=(rand(5, 1), rand(4, 2), 4),({}, {}, 0)
// CHECK-VALUES: products wrt=x,y at=(rand(5, 1), _, 4),({0.5, 0.25}, _, 1) alias=y:x+1
// CHECK-VALUES: products wrt=x,y at=(rand(4, 1), _, 4) alias=y:x
// CHECK-VALUES: products wrt=x,y at=(_, rand(6, 3), 4) alias=x:y+2
void products(const double *x, double *y, int n) {
  for (int i = 0; i < n; ++i)
    y[i] *= x[i] * x[i];
}
//--- header
void products_grad(const double *x, double *y, int n, double *x_bar, double *y_bar);
void products_jvp(const double *x, double *y, int n, const double *x_dot, double *y_dot);
//--- derivative
#include <vector>
void products_grad(const double *x, double *y, int n, double *x_bar, double *y_bar) {
  std::vector<double> x_tape(n), y_tape(n);
  for (int i = 0; i < n; ++i) {
    x_tape[i] = x[i];
    y_tape[i] = y[i];
    y[i] *= x[i] * x[i];
  }
  for (int i = n - 1; i >= 0; --i) {
    const double t_bar = y_bar[i];
    y_bar[i] = 0;
    y_bar[i] += x_tape[i] * x_tape[i] * t_bar;
    x_bar[i] += 2 * x_tape[i] * y_tape[i] * t_bar;
  }
}
void products_jvp(const double *x, double *y, int n, const double *x_dot, double *y_dot) {
  for (int i = 0; i < n; ++i) {
    y_dot[i] = y_dot[i] * x[i] * x[i] + 2 * y[i] * x[i] * x_dot[i];
    y[i] *= x[i] * x[i];
  }
}
//--- faults
only_apart: const double t_bar = y_bar[i]; y_bar[i] = 0; y_bar[i] += x_tape[i] * x_tape[i] * t_bar; x_bar[i] += 2 * x_tape[i] * y_tape[i] * t_bar; => x_bar[i] += 2 * x_tape[i] * y_tape[i] * y_bar[i]; y_bar[i] *= x_tape[i] * x_tape[i];
read_again: x_bar[i] += 2 * x_tape[i] => x_bar[i] += 2 * x[i]
