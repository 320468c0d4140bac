// How the derivatives that adgen wrote become contenders. What adgen refuses
// arrives as a header that defines BENCH_REFUSED, its first error (see
// generate.cmake).
#ifndef BENCH_GENERATED_H
#define BENCH_GENERATED_H

#include "../contenders.h"
#include "../programs.h"

/// The generated gradient of a program; its file defines it by BENCH_GENERATED.
template <class Program> Contender generated();

#define BENCH_COMPUTED(PROGRAM)                                                \
  template <> Contender generated<PROGRAM>() {                                 \
    return {"adgen", PROGRAM::name, gradient, nullptr};                        \
  }
#define BENCH_NOT_COMPUTED(PROGRAM, WHY)                                       \
  template <> Contender generated<PROGRAM>() {                                 \
    return {"adgen", PROGRAM::name, nullptr, WHY};                             \
  }

#endif
