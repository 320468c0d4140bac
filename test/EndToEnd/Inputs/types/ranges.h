#pragma once
#include <tuple>
struct Ranges {
  std::tuple<double, double> range;
  int count;
};
