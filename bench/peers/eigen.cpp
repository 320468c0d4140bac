// Eigen's AutoDiffScalar: all derivatives are carried forward in a vector of
// fixed size.
#include <Eigen/Core>
#include <unsupported/Eigen/AutoDiff>

template <int N>
using Scalar = Eigen::AutoDiffScalar<Eigen::Matrix<double, N, 1>>;

namespace generic {
template <int N>
double passive(const Eigen::AutoDiffScalar<Eigen::Matrix<double, N, 1>> &x) {
  return x.value();
}
} // namespace generic

#include "../contenders.h"
#include "../programs.h"

template <class Program> static void gradient(const double *x, double *g) {
  constexpr int n = Program::inputs;
  Scalar<n> inputs[n];
  for (int i = 0; i < n; ++i)
    inputs[i] = Scalar<n>(x[i], n, i);
  const Scalar<n> result = Program::template generic<Scalar<n>>(inputs);
  for (int i = 0; i < n; ++i)
    g[i] = result.derivatives()[i];
}

void add_eigen(std::vector<Contender> &contenders) {
  for_each_program([&](auto program) {
    using Program = decltype(program);
    contenders.push_back({"AutoDiffScalar", Program::name, gradient<Program>});
  });
}
