// Sacado (of Trilinos), in both of its ways: Rad records a graph of operations
// and sweeps it back, SFad carries some derivatives forward, in an array of
// fixed size.
#include <Sacado_Fad_SFad.hpp>
#include <Sacado_trad.hpp>

using Reverse = Sacado::Rad::ADvar<double>;

namespace generic {
inline double passive(const Reverse &x) { return x.val(); }
template <int N> double passive(const Sacado::Fad::SFad<double, N> &x) {
  return x.val();
}
} // namespace generic

#include "../forward.h"

namespace {
struct Forward {
  static constexpr int directions = 8;
  using Number = Sacado::Fad::SFad<double, directions>;
  static Number constant(double value) { return value; }
  static Number variable(double value, int direction) {
    return {directions, direction, value};
  }
  static double derivative(const Number &y, int direction) {
    return y.dx(direction);
  }
};
} // namespace

template <class P> static void reverse_gradient(Problem &problem) {
  const std::vector<double> values = input_values(problem);
  const std::vector<Reverse> x(values.begin(), values.end());
  const Reverse y = static_cast<P &>(problem).generic(x.data());
  Reverse::Gradcomp();
  std::vector<double> gradient;
  for (const Reverse &v : x)
    gradient.push_back(v.adj());
  deliver(problem, gradient.data(), gradient.size());
}

void add_sacado(std::vector<Contender> &peers) {
  for_each_kernel([&](auto type) {
    using P = typename decltype(type)::type;
    peers.push_back({"Sacado Rad", P::name, reverse_gradient<P>});
    peers.push_back(forward_contender<P, Forward>("Sacado SFad"));
  });
}
