// Ceres' Jet: some derivatives at a time, in a vector of fixed size; bundle
// adjustment as Ceres' users do it, observation by observation.
#include <ceres/jet.h>

namespace generic {
template <int N> double passive(const ceres::Jet<double, N> &x) { return x.a; }
} // namespace generic

#include "../forward.h"

namespace {
struct Jets {
  static constexpr int directions = 8;
  using Number = ceres::Jet<double, directions>;
  static Number constant(double value) { return Number(value); }
  static Number variable(double value, int direction) {
    return Number(value, direction);
  }
  static double derivative(const Number &y, int direction) {
    return y.v[direction];
  }
};
} // namespace

/// The twelve inputs of every observation at once.
static void by_observations(Problem &problem) {
  using Number = ceres::Jet<double, 12>;
  auto &p = static_cast<BundleAdjustment &>(problem);
  for (const Observation &o : p.observations) {
    const double *camera = &p.cameras[o.camera].rotation.x;
    const double *point = &p.points[o.point].x;
    Number x[12];
    for (int i = 0; i < 12; ++i)
      x[i] = Number(i < 9 ? camera[i] : point[i - 9], i);
    const Number y = generic::squared_error(x, x + 9, o);
    for (int i = 0; i < 9; ++i)
      (&p.cameras_bar[o.camera].rotation.x)[i] += p.seed * y.v[i];
    for (int i = 0; i < 3; ++i)
      (&p.points_bar[o.point].x)[i] += p.seed * y.v[9 + i];
  }
}

void add_ceres(std::vector<Contender> &peers) {
  for_each_kernel([&](auto type) {
    using P = typename decltype(type)::type;
    if constexpr (std::is_same_v<P, BundleAdjustment>)
      peers.push_back({"Jet", P::name, by_observations});
    else
      peers.push_back(forward_contender<P, Jets>("Jet"));
  });
}
