#pragma once
#include <vector>
struct Ball {
  double mass = 1, x = 0;
};
struct Chain {
  std::vector<Ball> links;
  double stiffness = 3;
};
