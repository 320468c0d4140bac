// RUN: adgen check %s --samples 1 --at 'm.data_[25]' > %t.txt && FileCheck %s < %t.txt
// Arguments are made for every kind of parameter, and every number in them is checked.
#include <array>
#include <cmath>
#include <tuple>
#include <utility>
#include <vector>

namespace geo {
struct Vec3 {
  double x, y, z;
};
} // namespace geo
enum class Norm { One = 1, Two };
struct Mesh {
  double *heights;
  const double *weights;
  int n;
};
class Matrix {
  std::vector<double> data_;
  int rows_ = 0;

public:
  double operator()(int i, int j) const { return data_[i * rows_ + j]; }
  int rows() const { return rows_; }
};

// CHECK: numbers (parameter-kinds.cpp:[[#]]): seed 1, values from 0.1 to 2
// CHECK: 2 outputs
// CHECK: x {{.*}}, y {{.*}} (3) ok {{.*}} ok {{.*}} ok order 2.0
// CHECK: numbers: the derivative is right at 1 point
double numbers(double &x, double y, double z, int power, bool isTwice) {
  x *= isTwice ? 2 * y : y;
  return x * std::pow(z, power);
}

// CHECK: 25 outputs
// CHECK: write: the derivative is right
void write(const double *x, double *y, const int *index, int n) {
  for (int i = 0; i < n; ++i)
    y[index[i]] += std::exp(x[i]);
}

// CHECK: 7 outputs
// CHECK: a[0] {{.*}} (10)
// CHECK: arrays: the derivative is right
double arrays(const std::array<double, 4> &a, double (&b)[2][3]) {
  b[0][1] *= a[2];
  return a[0] * a[1] + b[1][2] * b[1][2];
}

// CHECK: points[0].x {{.*}} (78)
// CHECK: geo::objects: the derivative is right
namespace geo {
double objects(const Vec3 *points, int n, Vec3 &sum, Norm norm) {
  double s = 0;
  for (int i = 0; i < n; ++i) {
    s += points[i].x * points[i].y;
    sum.z += points[i].z * s;
  }
  return norm == Norm::Two ? s * s : s;
}
} // namespace geo

// CHECK: rows[0][0] {{.*}} (40)
// CHECK: nested: the derivative is right
double nested(const std::vector<std::vector<double>> &rows, const std::vector<geo::Vec3> &v) {
  double s = 0;
  for (std::size_t i = 0; i < rows.size(); ++i)
    for (double x : rows[i])
      s += x * x * v[i].y;
  return s;
}

// CHECK: mesh.heights[0] {{.*}} (50)
// CHECK: views: the derivative is right
double views(Mesh &mesh) {
  double s = 0;
  for (int i = 0; i < mesh.n; ++i)
    s += mesh.heights[i] *= mesh.weights[i];
  return s;
}

// CHECK: table[0][0] {{.*}} (25)
// CHECK: rows: the derivative is right
double rows(double **table, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    for (int j = 0; j < n; ++j)
      s += table[i][j] * table[j][i];
  return s;
}

// CHECK: m.data_[0] {{.*}} (25)
// CHECK: hidden: the derivative is right
double hidden(const Matrix &m) {
  double s = 0;
  for (int i = 0; i < m.rows(); ++i)
    s += m(i, i) * m(i, 0);
  return s;
}

// CHECK: grids[0].values_[0] {{.*}} (625)
// CHECK: constructed: the derivative is right
class Grid {
  std::vector<double> values_;
  int width_;

public:
  Grid(int width, int height) : values_(width * height), width_(width) {}
  double at(int i, int j) const { return values_[i * width_ + j]; }
};
double constructed(const Grid *grids, int n) {
  double s = 0;
  for (int i = 0; i < n; ++i)
    s += grids[i].at(i, 4) * grids[0].at(4, i);
  return s;
}

// CHECK: pair.first {{.*}}
// CHECK: values: the derivative is right
geo::Vec3 values(std::pair<double, geo::Vec3> pair, double t) {
  return {pair.first * pair.second.y, pair.second.x * t, t * t};
}

// CHECK: t[0] {{.*}} (5)
// CHECK: tuples: the derivative is right
std::tuple<double, int> tuples(const std::tuple<double, int, geo::Vec3> &t, double x) {
  return {std::get<0>(t) * std::get<2>(t).x * x * std::get<1>(t), std::get<1>(t)};
}

// CHECK: 7 outputs
// CHECK: resized: the derivative is right
void resized(std::vector<double> &v, double x) {
  v.push_back(x * v[0]);
  v.push_back(x * x);
}

// CHECK: only_outputs: the derivative is right
int only_outputs(const double *x, int n, double &best) {
  int changes = 0;
  for (int i = 0; i < n; ++i)
    if (x[i] > best) {
      best = x[i];
      ++changes;
    }
  return changes;
}

// CHECK: of_file: the derivative is right
static double of_file(double x) { return x * x; }
int main() { return of_file(2) > 5; }
