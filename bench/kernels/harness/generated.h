// The gradients that adgen wrote: CMake makes the list, and a file for each
// kernel from adapter.cpp.in.
#ifndef BENCH_KERNELS_GENERATED_H
#define BENCH_KERNELS_GENERATED_H

#include "contenders.h"

/// adgen's gradients, or its refusals.
std::vector<Contender> generated();

#endif
