#pragma once
double wave(double u, double v);
struct wave_gradient {
  double u, v;
};
wave_gradient wave_grad(double u, double v, double seed);
struct wave_dual {
  double value, dot;
};
wave_dual wave_jvp(double u, double v, double u_dot, double v_dot);
