// ADOL-C: every call records its operations, since which they are depends on
// the point, and interprets them backwards. Its buffers are made so large that
// nothing goes to a file.
#include <adolc/adolc.h>

namespace generic {
inline double passive(const adouble &x) { return x.value(); }
} // namespace generic

#include "../contenders.h"
#include "../problems.h"

constexpr short tape = 1;

template <class P> static void gradient(Problem &problem) {
  const std::vector<double> values = input_values(problem);
  constexpr int buffer = 1 << 25;
  trace_on(tape, /*keep=*/1, buffer, buffer, buffer, buffer);
  {
    std::vector<adouble> x(values.size());
    for (std::size_t i = 0; i < x.size(); ++i)
      x[i] <<= values[i];
    adouble y = static_cast<P &>(problem).generic(x.data());
    double value;
    y >>= value;
  }
  trace_off();
  std::vector<double> gradient(values.size());
  double weight = 1;
  fos_reverse(tape, 1, int(gradient.size()), &weight, gradient.data());
  deliver(problem, gradient.data(), gradient.size());
}

/// The operations, the places, the constants and the values that were
/// overwritten.
static std::size_t recorded() {
  std::size_t counts[STAT_SIZE];
  tapestats(tape, counts);
  return counts[NUM_OPERATIONS] + sizeof(locint) * counts[NUM_LOCATIONS] +
         sizeof(double) * (counts[NUM_VALUES] + counts[TAY_STACK_SIZE]);
}

void add_adolc(std::vector<Contender> &peers) {
  for_each_kernel([&](auto type) {
    using P = typename decltype(type)::type;
    peers.push_back(
        {"ADOL-C", P::name, gradient<P>, "", nullptr, nullptr, recorded});
  });
}
