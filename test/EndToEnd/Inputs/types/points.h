#pragma once
struct Point {
  double x, y;
};
struct Body {
  Point at, speed;
  double mass;
  int kind;
};
struct Samples {
  double value[4];
  int count;
};
