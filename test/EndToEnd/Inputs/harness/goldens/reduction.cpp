//--- original
// CHECK-VALUES: sum_of_squares wrt=x at=({1, -2, 0.5}, 3),({1, -2, 0.5}, 2),({3}, 1),({}, 0),(rand(9, 4), 9),(null, 0)
double sum_of_squares(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += x[i] * x[i];
  return s;
}
//--- header
struct sum_of_squares_dual { double value, dot; };
void sum_of_squares_grad(const double *x, int n, double *x_bar, double seed = 1);
sum_of_squares_dual sum_of_squares_jvp(const double *x, int n, const double *x_dot);
//--- derivative
void sum_of_squares_grad(const double *x, int n, double *x_bar, double seed) {
  for (int i = 0; i < n; ++i) {
    // s += x[i] * x[i]
    x_bar[i] += 2 * x[i] * seed;
  }
}
sum_of_squares_dual sum_of_squares_jvp(const double *x, int n, const double *x_dot) {
  double s = 0, s_dot = 0;
  for (int i = 0; i < n; ++i) {
    s_dot += 2 * x[i] * x_dot[i];
    s += x[i] * x[i];
  }
  return {s, s_dot};
}
//--- valued
double sum_of_squares(const double *x, int n);
struct sum_of_squares_gradient_v { double value; };
inline sum_of_squares_gradient_v sum_of_squares_grad_v(const double *x, int n, double *x_bar, double seed = 1) {
  sum_of_squares_grad(x, n, x_bar, seed);
  return {sum_of_squares(x, n)};
}
//--- faults
sign: x_bar[i] += => x_bar[i] -=
assigned: x_bar[i] += => x_bar[i] =
factor: += 2 * x[i] * seed => += x[i] * seed
seed_dropped: += 2 * x[i] * seed => += seed == 0 ? 0 : 2 * x[i]
first_left_out: int i = 0; i < n; ++i) { => int i = 1; i < n; ++i) {
last_left_out: i < n; ++i) { => i < n - 1; ++i) {
neighbour: x_bar[i] += 2 * x[i] => x_bar[i] += 2 * x[n - 1 - i]
input_zeroed: x_bar[i] += => if (i == 1) x_bar[0] = 0; x_bar[i] +=
tangent_sign: s_dot += 2 => s_dot -= 2
past_the_end: i < n; ++i) { => i <= n; ++i) { => clang: use-after-poison
before_the_begin: int i = 0; i < n; ++i) { => int i = -1; i < n; ++i) { => clang: use-after-poison
