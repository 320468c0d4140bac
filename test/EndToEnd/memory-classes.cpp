// RUN: not adgen %s -o - -- -std=c++20 2>&1 | FileCheck %s --check-prefix=REFUSAL
// Classes that own their numbers and guard them.
// REFUSAL: error: {{.*}}[adgen-
#include <cmath>
#include <vector>

class Matrix {
public:
  Matrix(int rows, int cols) : rows_(rows), cols_(cols), data_(rows * cols) {}
  Matrix(int rows, int cols, std::vector<double> data) : rows_(rows), cols_(cols), data_(data) {}
  double &operator()(int i, int j) { return data_[i * cols_ + j]; }
  double operator()(int i, int j) const { return data_[i * cols_ + j]; }
  int rows() const { return rows_; }
  int cols() const { return cols_; }

private:
  int rows_, cols_;
  std::vector<double> data_;
};
// FIELDS: Matrix: rows_, cols_, data_

// REFUSED [adgen-unsupported-class]: operator_product wrt=a,b at=(Matrix(2, 2, {1, 2, 3, 4}), Matrix(2, 1, {0.5, -1}))
Matrix operator_product(const Matrix &a, const Matrix &b) {
  Matrix c(a.rows(), b.cols());
  for (int i = 0; i < a.rows(); ++i)
    for (int j = 0; j < b.cols(); ++j)
      for (int k = 0; k < a.cols(); ++k)
        c(i, j) += a(i, k) * b(k, j);
  return c;
}

// REFUSED [adgen-unsupported-class]: frobenius wrt=a at=(Matrix(2, 2, {1, 2, 3, 4})),(Matrix(1, 1, {3}))
double frobenius(const Matrix &a) {
  double s = 0;
  for (int i = 0; i < a.rows(); ++i)
    for (int j = 0; j < a.cols(); ++j)
      s += a(i, j) * a(i, j);
  return std::sqrt(s);
}

// REFUSED [adgen-unsupported-class]: squared wrt=a at=(Matrix(2, 2, {1, 2, 3, 4}))
void squared(Matrix &a) { a = operator_product(a, a); }

// REFUSED [adgen-unsupported-class]: determinant wrt=a at=(Matrix(2, 2, {2, 0.5, 3, 4})),(Matrix(3, 3, {2, 1, 0.5, 1, 3, -1, 0.25, 1, 4}))
double determinant(Matrix a) {
  double det = 1;
  for (int k = 0; k < a.rows(); ++k) {
    det *= a(k, k);
    for (int i = k + 1; i < a.rows(); ++i) {
      const double f = a(i, k) / a(k, k);
      for (int j = k; j < a.cols(); ++j)
        a(i, j) -= f * a(k, j);
    }
  }
  return det;
}
