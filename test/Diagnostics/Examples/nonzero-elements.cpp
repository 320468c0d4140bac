// RUN: %check-example %s
// Without a constructor, new points are zero.
#include <vector>

struct Point {
  double x, y;
  Point() {}
};

double f(double x, int n) {
  std::vector<Point> points;
  for (int i = 0; i < n; ++i) {
    points.emplace_back(); // here
    points.back().x = x * i;
  }
  double s = 0;
  for (const Point &p : points)
    s += p.x * p.x;
  return s;
}
//--- mended
#include <vector>

struct Point {
  double x, y;
};

double f(double x, int n) {
  std::vector<Point> points;
  for (int i = 0; i < n; ++i) {
    points.emplace_back();
    points.back().x = x * i;
  }
  double s = 0;
  for (const Point &p : points)
    s += p.x * p.x;
  return s;
}
