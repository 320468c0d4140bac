// All of adgen's gradients.
#include "generated.h"

#define DECLARE(PROGRAM) template <> Contender generated<PROGRAM>();
DECLARE(ImpliedVolatility)
DECLARE(DrivenPendulum)
DECLARE(PredatorPrey)
DECLARE(BandRadiance)
DECLARE(IncompleteGamma)
DECLARE(RobustFit)
DECLARE(Kinetics)
DECLARE(PressureDrop)
DECLARE(Recurrence)
DECLARE(Newton)
DECLARE(Nested)
DECLARE(Branching)

void add_generated(std::vector<Contender> &contenders) {
  const auto add = [&](auto program) {
    contenders.push_back(generated<decltype(program)>());
  };
  for_each_program(add);
  for_each_deep_program(add);
}
