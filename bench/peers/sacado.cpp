// Sacado (of Trilinos), in both of its ways: Rad records a graph of operations
// and sweeps it back, SFad carries all derivatives forward in a fixed-size
// array.
#include <Sacado_Fad_SFad.hpp>
#include <Sacado_trad.hpp>

using Reverse = Sacado::Rad::ADvar<double>;
template <int N> using Forward = Sacado::Fad::SFad<double, N>;

namespace generic {
inline double passive(const Reverse &x) { return x.val(); }
template <int N> double passive(const Forward<N> &x) { return x.val(); }
} // namespace generic

#include "../contenders.h"
#include "../programs.h"

template <class Program>
static void reverse_gradient(const double *x, double *g) {
  constexpr int n = Program::inputs;
  Reverse inputs[n];
  for (int i = 0; i < n; ++i)
    inputs[i] = x[i];
  const Reverse result = Program::template generic<Reverse>(inputs);
  Reverse::Gradcomp();
  for (int i = 0; i < n; ++i)
    g[i] = inputs[i].adj();
}

template <class Program>
static void forward_gradient(const double *x, double *g) {
  constexpr int n = Program::inputs;
  Forward<n> inputs[n];
  for (int i = 0; i < n; ++i)
    inputs[i] = Forward<n>(n, i, x[i]);
  const Forward<n> result = Program::template generic<Forward<n>>(inputs);
  for (int i = 0; i < n; ++i)
    g[i] = result.dx(i);
}

void add_sacado(std::vector<Contender> &contenders) {
  for_each_program([&](auto program) {
    using Program = decltype(program);
    contenders.push_back(
        {"Sacado Rad", Program::name, reverse_gradient<Program>});
    contenders.push_back(
        {"Sacado SFad", Program::name, forward_gradient<Program>});
  });
}
