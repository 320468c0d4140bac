#pragma once
#include <vector>

/// A point with a number that carries no derivative, and methods with derivatives by hand.
struct Spring {
  double x, k;
  int kind;
  double energy(double length) const;
  void stretch(double by);
};
struct Chain {
  std::vector<double> at;
  double mass;
};
