// RUN: adgen %s --function sum -o - | FileCheck %s
// A loop up to what a method returns is counted, though its body calls others.
#include <vector>

class Row {
  std::vector<double> data;
  int size_ = 0;

public:
  int size() const { return size_; }
  double operator()(int i) const { return data[i] * size_; }
};

// CHECK-LABEL: void sum_grad(
// CHECK-NOT: tape
// CHECK: for (int i = 0; i < Row_size_(row); ++i) {
double sum(const Row &row) {
  double s = 0;
  for (int i = 0; i < row.size(); ++i)
    s += row(i) * row(i);
  return s;
}
