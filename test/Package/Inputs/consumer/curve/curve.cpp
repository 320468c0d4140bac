#include <adgen/adgen.h>

static const double bend = BEND;

// std::sin comes with the precompiled header.
ADGEN_GRAD("x")
double curve(double x) { return bend * std::sin(x) + SHIFT; }
