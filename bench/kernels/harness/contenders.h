// Who computes gradients of the kernels: those by hand, adgen's, other tools'.
#ifndef BENCH_KERNELS_CONTENDERS_H
#define BENCH_KERNELS_CONTENDERS_H

#include "problem.h"

#include <memory>
#include <string>

/// The gradient of one kernel by one tool.
struct Contender {
  std::string tool, kernel;
  /// Adds to, or sets, the adjoints of a Problem of this kernel. Null if there
  /// is none.
  void (*gradient)(Problem &);
  std::string refusal = ""; // why there is none
  /// A tool that computes some derivatives at a time: one of the equal parts of
  /// `gradient`, and how many there are. What it takes is measured on one.
  void (*part)(Problem &) = nullptr;
  std::size_t (*parts)(const Problem &) = nullptr;
};

struct Kernel {
  std::string name;
  std::unique_ptr<Problem> (*make)(Size);
  Contender hand;
  std::vector<Contender> others;
};

/// Every kernel with its contenders, in the order of the tables.
std::vector<Kernel> all_kernels();

#endif
