#pragma once
struct h_dual {
  double value, dot;
};
