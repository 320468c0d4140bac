// RUN: adgen %s --function halved,transform --wrt x -o - | FileCheck %s
// How a recursion over memory reads: a frame where something is kept, and none where nothing is.

// CHECK: struct halved_tape {
// CHECK-NEXT: std::shared_ptr<const halved_tape> inner;
// CHECK-NEXT: std::shared_ptr<const halved_tape> inner2;
// CHECK-NEXT: double x;
// CHECK-NEXT: double x2;
// CHECK-NEXT: };

// CHECK-LABEL: void halved_reverse(int n, const halved_tape &tape, double *x_bar) {
// CHECK: const double t_bar = x_bar[0];
// CHECK-NEXT: x_bar[0] = tape.x * t_bar;
// CHECK-NEXT: x_bar[n / 2] += tape.x2 * t_bar;
// CHECK: halved_reverse(n - n / 2, *tape.inner2, x_bar + n / 2);
// CHECK: halved_reverse(n / 2, *tape.inner, x_bar);

// CHECK-LABEL: std::shared_ptr<const halved_tape> halved_forward(double *x, int n) {
// CHECK-NEXT: if (n < 2)
// CHECK-NEXT: return std::make_shared<const halved_tape>();
void halved(double *x, int n) {
  if (n < 2)
    return;
  halved(x, n / 2);
  halved(x + n / 2, n - n / 2);
  x[0] *= x[n / 2];
}

// CHECK-LABEL: void transform_reverse(int n, double *x_bar) {
// CHECK: transform_reverse(n / 2, x_bar);
void transform(double *x, int n) {
  if (n < 2)
    return;
  transform(x, n / 2);
  for (int i = 0; i < n / 2; ++i)
    x[i] += 0.5 * x[i + n / 2];
}

// CHECK-LABEL: void halved_grad(double *x, int n, double *x_bar) {
// CHECK-NEXT: // halved(x, n)
// CHECK-NEXT: halved_reverse(n, *halved_forward(x, n), x_bar);

// CHECK-LABEL: void transform_grad(double *x, int n, double *x_bar) {
// CHECK-NEXT: transform(x, n);
// CHECK-NEXT: // transform(x, n)
// CHECK-NEXT: transform_reverse(n, x_bar);
