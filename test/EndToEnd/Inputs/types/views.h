#pragma once
struct View {
  double *data;
  int rows, cols;
};
struct Source {
  const double *data;
  int n;
};
struct Node {
  double value;
  Node *next;
};
struct Matrix {
  double *data;
  int cols;
  double &at(int i, int j) { return data[i * cols + j]; }
  double at(int i, int j) const { return data[i * cols + j]; }
};
struct Planes {
  double *plane[2];
  const double *weight;
  int n;
};
