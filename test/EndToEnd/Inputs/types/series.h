#pragma once
#include <vector>

struct Series {
  double start;
  std::vector<double> values;
};
