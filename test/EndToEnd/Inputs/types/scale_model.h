#pragma once
#include <vector>

struct Model {
  double k, b;
  std::vector<double> w;
  double apply(const double *x, int n) const {
    double s = 0;
    auto term = [this, &s](double v, int i) { s += k * v * w[i]; };
    for (int i = 0; i < n; ++i)
      term(x[i], i);
    return s + [this] { return b * k; }();
  }
  void update(double rate) {
    auto step = [&](double &v) { v -= rate * k; };
    step(k);
    for (double &v : w)
      step(v);
  }
};
