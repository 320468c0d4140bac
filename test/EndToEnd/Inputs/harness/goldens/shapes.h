#pragma once
#include <array>
#include <span>
#include <vector>
struct Pair {
  double first;
  int count;
  double weights[2];
};
struct View {
  double *data;
  int n;
};
class Matrix {
public:
  Matrix(int rows, int columns, std::vector<double> data) : rows(rows), columns(columns), data(data) {}
  Matrix() : Matrix(0, 0, {}) {}
  double operator()(int i, int j) const { return data[i * columns + j]; }
  double &operator()(int i, int j) { return data[i * columns + j]; }
  int height() const { return rows; }
  int width() const { return columns; }

private:
  int rows, columns;
  std::vector<double> data;
};
