// RUN: %check-values %s
// Classes that guard their members: the output gets at these without a change to the class.
#include "Inputs/types/matrix.h"
#include <cmath>

// FIELDS: Matrix: rows_, cols_, data_

Matrix operator_product(const Matrix &a, const Matrix &b) {
  Matrix c(a.rows(), b.cols());
  for (int i = 0; i < a.rows(); ++i)
    for (int j = 0; j < b.cols(); ++j)
      for (int k = 0; k < a.cols(); ++k)
        c(i, j) += a(i, k) * b(k, j);
  return c;
}

// CHECK-VALUES: frobenius wrt=a at=(Matrix(2, 2, {1, 2, 3, 4})),(Matrix(1, 1, {3}))
double frobenius(const Matrix &a) {
  double s = 0;
  for (int i = 0; i < a.rows(); ++i)
    for (int j = 0; j < a.cols(); ++j)
      s += a(i, j) * a(i, j);
  return std::sqrt(s);
}

// CHECK-VALUES: squared wrt=a at=(Matrix(2, 2, {1, 2, 3, 4}))
void squared(Matrix &a) { a = operator_product(a, a); }

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

// CHECK-VALUES: of_reference wrt=a at=(Matrix(2, 2, {2, 0.5, 3, 4})),(Matrix(3, 3, {2, 1, 0.5, 1, 3, -1, 0.25, 1, 4}))
double of_reference(const Matrix &a) { return determinant(a) * a(0, 0); }

// CHECK-VALUES: local wrt=x at=(rand(4, 1), 2),({3}, 1)
double local(const double *x, int n) {
  Matrix a(n, n), b(n, 1);
  for (int i = 0; i < n; ++i) {
    b(i, 0) = x[i] * x[0];
    for (int j = 0; j < n; ++j)
      a(i, j) = x[i * n + j];
  }
  const Matrix c = operator_product(a, b);
  return frobenius(c) * c(0, 0) + determinant(a);
}

// Private arrays of numbers: local objects are split into them.
class Stack3 {
  double data[3];
  int used = 0;

public:
  Stack3() : data{} {}
  explicit Stack3(double a) : data{a, 0.5}, used(2) {}
  double product() const { return used > 1 ? data[0] * data[1] * data[0] : data[0]; }
  void push(double a) { data[used++] = a; }
  Stack3 operator+(const Stack3 &other) const {
    Stack3 sum = *this;
    for (int i = 0; i < 3; ++i)
      sum.data[i] += other.data[i] * data[i];
    return sum;
  }
};

// CHECK-VALUES: sum_of_stacks wrt=x at=(1.5),(-2)
double sum_of_stacks(double x) {
  Stack3 s(x), t;
  t = s + s;
  t.push(x);
  Stack3 u = t + s;
  return t.product() + u.product();
}
