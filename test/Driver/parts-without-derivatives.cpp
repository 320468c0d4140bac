// RUN: rm -rf %t && mkdir -p %t && cd %t && cp %s f.cpp
// RUN: adgen f.cpp --mode reverse,forward -o f_grad.cpp
// RUN: %clangxx -std=c++17 -c f.cpp -o f.o
// RUN: %clangxx -std=c++17 -Wall -Wextra -Werror -fsanitize=address,undefined -DCHECK f.cpp f_grad.cpp f.o -o f && ./f
// In shadow objects the sizes, indices and flags are those of the object.
#ifndef CHECK
#include <vector>

struct Matrix {
  std::vector<double> data;
  int rows = 0, columns = 0;
  double &at(int i, int j) { return data[i * columns + j]; }
  double at(int i, int j) const { return data[i * columns + j]; }
};

Matrix transposed(const Matrix &a) {
  Matrix r;
  r.rows = a.columns;
  r.columns = a.rows;
  r.data.resize(a.data.size());
  for (int i = 0; i < a.rows; ++i)
    for (int j = 0; j < a.columns; ++j)
      r.at(j, i) = a.at(i, j);
  return r;
}

void transpose(const Matrix &a, Matrix &r) {
  r.rows = a.columns;
  r.columns = a.rows;
  r.data.resize(a.data.size());
  for (int i = 0; i < a.rows; ++i)
    for (int j = 0; j < a.columns; ++j)
      r.at(j, i) = a.at(i, j);
}

double grown(Matrix m) {
  ++m.rows;
  return m.data[0] * m.rows;
}
#else
#include "f_grad.h"
#include <cstdio>

static int failures = 0;
static void expect(const char *what, double got, double expected) {
  if (got != expected)
    ++failures, std::printf("%s: %g, expected %g\n", what, got, expected);
}

int main() {
  Matrix a{{1, 2, 3, 4, 5, 6}, 2, 3}, a_dot{{10, 20, 30, 40, 50, 60}, 2, 3};
  transposed_dual t = transposed_jvp(a, a_dot);
  expect("t.dot.rows", t.dot.rows, 3);
  expect("t.dot.columns", t.dot.columns, 2);
  expect("t.dot.at(1, 0)", t.dot.at(1, 0), 20);
  Matrix r, r_dot;
  transpose_jvp(a, r, a_dot, r_dot);
  expect("r_dot.rows", r_dot.rows, 3);
  expect("r_dot.at(1, 1)", r_dot.at(1, 1), 50);
  Matrix a_bar = grown_grad(a);
  expect("a_bar.rows", a_bar.rows, 2);
  expect("a_bar.data[0]", a_bar.data[0], 3);
  expect("grown_jvp", grown_jvp(a, a_dot).dot, 30);
  return failures;
}
#endif
