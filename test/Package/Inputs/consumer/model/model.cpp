#include "scale.h"
#include <adgen/adgen.h>
#include <cmath>
#include <cstddef>

static_assert(LABEL[2] == '[' && CHAR_BIT == 8,
              "definitions and options arrive whole");

#ifdef MAKE_A_MISTAKE
static_assert(sizeof(std::size_t) == 0, "a mistake");
#endif

double energy(double x, double y) {
  double power = 1;
  for (int i = 0; i < POWER; ++i)
    power *= x;
  return SCALE * power * y;
}
