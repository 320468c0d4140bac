// One step of the classical Runge-Kutta method for two unknowns.
#ifndef EXAMPLES_RK4_H
#define EXAMPLES_RK4_H

/// Takes (x, y) from time t to t + h. `rhs(t, x, y, p, q, dx, dy)` sets the
/// time derivatives of x and y; p and q are the parameters of the system.
template <class Rhs>
void rk4_step(Rhs rhs, double t, double h, double p, double q, double &x,
              double &y) {
  double x1, y1, x2, y2, x3, y3, x4, y4;
  rhs(t, x, y, p, q, x1, y1);
  rhs(t + 0.5 * h, x + 0.5 * h * x1, y + 0.5 * h * y1, p, q, x2, y2);
  rhs(t + 0.5 * h, x + 0.5 * h * x2, y + 0.5 * h * y2, p, q, x3, y3);
  rhs(t + h, x + h * x3, y + h * y3, p, q, x4, y4);
  x += h / 6 * (x1 + 2 * x2 + 2 * x3 + x4);
  y += h / 6 * (y1 + 2 * y2 + 2 * y3 + y4);
}

#endif
