// RUN: not adgen %s --function stepped 2>&1 | FileCheck %s --check-prefix=STEPPED
// RUN: not adgen %s --function indexed 2>&1 | FileCheck %s --check-prefix=INDEXED
// RUN: not adgen %s --function partly 2>&1 | FileCheck %s --check-prefix=PARTLY
// RUN: not adgen %s --function found 2>&1 | FileCheck %s --check-prefix=FOUND
// Iterators that go backwards are accepted over a whole container, and where loops only dereference them.
#include <algorithm>
#include <numeric>
#include <vector>

double stepped(const std::vector<double> &x) {
// STEPPED: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}}reverse_iterator{{.*}}[adgen-unsupported-class]
  auto it = x.rbegin();
  ++it;
  return *it;
}

double indexed(const std::vector<double> &x) {
  double s = 0;
// INDEXED: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}}reverse_iterator{{.*}}[adgen-unsupported-class]
  for (auto it = x.rbegin(); it != x.rend(); ++it)
    s += it[0];
  return s;
}

double partly(const std::vector<double> &x) {
// PARTLY: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}}[adgen-unsupported-
  return std::accumulate(x.rbegin() + 1, x.rend(), 0.0);
}

double found(const std::vector<double> &x) {
// FOUND: :[[@LINE+1]]:{{[0-9]+}}: error: {{.*}}[adgen-
  auto it = std::max_element(x.rbegin(), x.rend());
  return *it;
}
