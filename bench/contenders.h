// Who computes gradients of the programs: adgen's output and other tools.
#ifndef BENCH_CONTENDERS_H
#define BENCH_CONTENDERS_H

#include <vector>

/// Writes the gradient at x to g.
using Gradient = void(const double *x, double *g);

struct Contender {
  const char *tool;
  const char *program;
  Gradient *gradient;            // null if there is none
  const char *refusal = nullptr; // why there is none
};

/// The derivatives that adgen wrote, or its refusals.
void add_generated(std::vector<Contender> &contenders);

// The tools that the build found.
void add_adolc(std::vector<Contender> &contenders);
void add_sacado(std::vector<Contender> &contenders);
void add_eigen(std::vector<Contender> &contenders);

inline std::vector<Contender> all_contenders() {
  std::vector<Contender> all;
  add_generated(all);
#ifdef BENCH_ADOLC
  add_adolc(all);
#endif
#ifdef BENCH_SACADO
  add_sacado(all);
#endif
#ifdef BENCH_EIGEN
  add_eigen(all);
#endif
  return all;
}

#endif
