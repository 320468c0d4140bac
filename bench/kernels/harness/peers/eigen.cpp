// Eigen's AutoDiffScalar: some derivatives at a time, in a vector of fixed
// size.
#include <Eigen/Core>
#include <unsupported/Eigen/AutoDiff>

namespace generic {
template <int N>
double passive(const Eigen::AutoDiffScalar<Eigen::Matrix<double, N, 1>> &x) {
  return x.value();
}
} // namespace generic

#include "../forward.h"

namespace {
struct EigenNumbers {
  static constexpr int directions = 8;
  using Number = Eigen::AutoDiffScalar<Eigen::Matrix<double, directions, 1>>;
  static Number constant(double value) { return Number(value); }
  static Number variable(double value, int direction) {
    return Number(value, directions, direction);
  }
  static double derivative(const Number &y, int direction) {
    return y.derivatives()[direction];
  }
};
} // namespace

void add_eigen(std::vector<Contender> &peers) {
  for_each_kernel([&](auto type) {
    using P = typename decltype(type)::type;
    peers.push_back(forward_contender<P, EigenNumbers>("AutoDiffScalar"));
  });
}
