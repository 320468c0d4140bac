// How the primal and its gradients are timed, one problem at a time.
#ifndef BENCH_KERNELS_TIMING_H
#define BENCH_KERNELS_TIMING_H

#include "contenders.h"

#include <functional>
#include <limits>

/// What is called, and what that took.
struct Row {
  std::string tool;
  std::function<void(Problem &)> call;
  double parts = 1; // how many times a whole gradient is of the call
  std::size_t (*recorded)() = nullptr;
  double seconds = std::numeric_limits<double>::infinity();
  std::size_t allocated = 0;
};

/// Whom to measure beside the primal and the gradient by hand.
struct Who {
  bool adgen = true, peers = true;
};
std::vector<Row> rows_of(const Kernel &kernel, const Problem &problem, Who who);

/// Calls all of them, in an order that changes from round to round, and fills
/// in their times and the memory of the first call. `min_time` is in seconds.
void measure(std::vector<Row> &rows, Problem &problem, int rounds,
             double min_time);

/// As JSON, without the braces: "seconds" and "allocated" by tool.
std::string json(const std::vector<Row> &rows);

/// A JSON string.
std::string quoted(const std::string &text);

#endif
