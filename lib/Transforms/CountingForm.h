//===- CountingForm.h - Loops as Analysis/CountedLoop knows them ----------===//
#ifndef ADGEN_LIB_TRANSFORMS_COUNTINGFORM_H
#define ADGEN_LIB_TRANSFORMS_COUNTINGFORM_H

#include "adgen/Dialect/AD.h"

namespace adgen {

class FreshLocals;

/// Rewrites a loop in value form that counts, or walks along an array, so that its
/// head compares a counter with a bound and its step alone changes the counter. Other
/// loops stay as they are. Returns the loop, which may be a new one.
WhileOp bringIntoCountingForm(WhileOp loop, FreshLocals &fresh);

/// A carried value plus a constant, behind names.
struct MovedArgument {
  mlir::BlockArgument carried;
  int64_t amount;
};

/// Nothing if the value is no block argument, integer or pointer, plus a constant.
std::optional<MovedArgument> matchMovedArgument(mlir::Value value);

/// The constant by which the carried value of one trip's body differs from that of the
/// trip before; nothing if it may change otherwise.
std::optional<int64_t> amountPerTrip(WhileOp loop, unsigned slot);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_COUNTINGFORM_H
