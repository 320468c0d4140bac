//===- CarriedSums.h - What the trips of a loop add up --------------------===//
#ifndef ADGEN_LIB_TRANSFORMS_CARRIEDSUMS_H
#define ADGEN_LIB_TRANSFORMS_CARRIEDSUMS_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// A carried value of which every trip adds or subtracts something, and which
/// nothing else in the loop reads.
struct CarriedSum {
  /// What is added; negated if the flag is set.
  llvm::SmallVector<std::pair<mlir::Value, bool>, 2> terms;
  /// The chain of additions.
  llvm::SmallVector<mlir::Operation *, 4> additions;
};

/// Whether the value that `loop` carries at `index` is a sum of reals, which is
/// `sum` then.
bool findSum(ForOp loop, unsigned index, CarriedSum &sum);

/// Whether the sum, at `index` of `loop`, is of derivative code; the order of a
/// sum of the function's own, also in an algorithm, is kept.
bool isOfDerivative(const CarriedSum &sum, ForOp loop, unsigned index);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_CARRIEDSUMS_H
