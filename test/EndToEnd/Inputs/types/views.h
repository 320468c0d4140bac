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
