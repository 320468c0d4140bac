//===- CountedLoop.h - Loops with a counting header -----------------------===//
#ifndef ADGEN_ANALYSIS_COUNTEDLOOP_H
#define ADGEN_ANALYSIS_COUNTEDLOOP_H

#include "adgen/Dialect/AD.h"
#include <optional>

namespace adgen {

/// The header `for (i = lower; i predicate upper; i += step)` of a loop whose
/// counter changes in its step alone and whose bound is invariant. The body may
/// still leave the loop early: the header gives the largest number of trips.
struct CountedHeader {
  /// The position of the counter among the carried values.
  unsigned index;
  mlir::Value lower, upper;
  /// Not zero, in the direction of the comparison.
  int64_t step;
  Predicate predicate;
};

/// The counting header of `loop`, if it has one.
std::optional<CountedHeader> matchCountedHeader(WhileOp loop);

} // namespace adgen

#endif // ADGEN_ANALYSIS_COUNTEDLOOP_H
