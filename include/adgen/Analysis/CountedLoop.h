//===- CountedLoop.h - Loops whose header counts --------------------------===//
//
// Recognizes the header `for (i = lower; i < upper; i += step)` in an
// `ad.while`: it bounds the number of trips on entry, and is it if the body
// does not leave the loop.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_ANALYSIS_COUNTEDLOOP_H
#define ADGEN_ANALYSIS_COUNTEDLOOP_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// The carried value `index` starts at `lower` and changes by `step` (not zero)
/// in the loop's step alone; the head goes on as long as `predicate` (`lt`,
/// `le` with a positive step, `gt`, `ge` with a negative one) holds between it
/// and `upper`. It does not wrap around.
struct CountedHeader {
  unsigned index;
  mlir::Value lower;
  /// Defined outside the loop, or computed in its head from such values.
  mlir::Value upper;
  int64_t step;
  Predicate predicate;
};

/// The counting header of a loop in value form. Nothing if there is none, or if
/// it could wrap around: then the loop has to be counted when it runs.
std::optional<CountedHeader> matchCountedHeader(WhileOp loop);

/// Whether the value is the same in all trips: it comes from outside of the loop, or
/// the head computes it of such values.
bool isInvariantInHead(mlir::Value value, WhileOp loop);

/// The predicate with its operands exchanged: `n > i` for `i < n`.
Predicate mirrored(Predicate predicate);

/// Whether a counting header is all that decides on the number of trips: the
/// body does not leave the loop, and the head hands on every carried value
/// unchanged.
bool isCounted(WhileOp loop);

} // namespace adgen

#endif // ADGEN_ANALYSIS_COUNTEDLOOP_H
