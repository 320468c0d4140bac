// Who computes gradients of the kernels: those by hand, adgen's, other tools'.
#ifndef BENCH_KERNELS_CONTENDERS_H
#define BENCH_KERNELS_CONTENDERS_H

#include "problem.h"

#include <algorithm>
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
  /// A tool whose buffers say nothing about its need: the bytes that its last
  /// gradient recorded.
  std::size_t (*recorded)() = nullptr;
};

struct Kernel {
  std::string name;
  std::unique_ptr<Problem> (*make)(Size);
  Contender hand, dual, adgen;
  std::vector<Contender> peers; // the tools that the build found
};

/// Every kernel with its contenders, in the order of the tables.
std::vector<Kernel> all_kernels();

// The tools that the build found add themselves.
void add_adolc(std::vector<Contender> &peers);
void add_sacado(std::vector<Contender> &peers);
void add_eigen(std::vector<Contender> &peers);
void add_ceres(std::vector<Contender> &peers);

/// All inputs, one after the other.
inline std::vector<double> input_values(const Problem &problem) {
  std::vector<double> x;
  for (const Input &i : problem.inputs)
    x.insert(x.end(), i.value, i.value + i.count);
  return x;
}

/// Puts `gradient`, in the same order from the input `first` on, into the
/// adjoints.
inline void deliver(Problem &problem, const double *gradient, std::size_t count,
                    std::size_t first = 0) {
  std::size_t at = 0;
  for (const Input &i : problem.inputs) {
    for (std::size_t k = std::max(at, first);
         k < std::min(at + i.count, first + count); ++k) {
      double &bar = i.bar[k - at];
      bar = (i.accumulated ? bar : 0) + gradient[k - first];
    }
    at += i.count;
  }
}

#endif
