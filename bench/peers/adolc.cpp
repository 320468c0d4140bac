// ADOL-C: every call records its operations, since which they are depends on
// the point, and interprets them backwards.
#include <adolc/adolc.h>

namespace generic {
inline double passive(const adouble &x) { return x.value(); }
} // namespace generic

#include "../contenders.h"
#include "../programs.h"

template <class Program> static void gradient(const double *x, double *g) {
  constexpr int n = Program::inputs;
  constexpr short tape = 1;
  trace_on(tape, /*keep=*/1);
  {
    adouble inputs[n];
    for (int i = 0; i < n; ++i)
      inputs[i] <<= x[i];
    adouble result = Program::template generic<adouble>(inputs);
    double value;
    result >>= value;
  }
  trace_off();
  reverse(tape, 1, n, 0, 1.0, g);
}

void add_adolc(std::vector<Contender> &contenders) {
  for_each_program([&](auto program) {
    using Program = decltype(program);
    contenders.push_back({"ADOL-C", Program::name, gradient<Program>});
  });
}
