//===- Slots.h - The values that branches and loops hand on ---------------===//
//
// Result i of an `if`, `switch`, `for` or `while`, with what belongs to it: the
// i-th value that each region hands on and, in loops, the i-th initial value
// and carried argument.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_ANALYSIS_SLOTS_H
#define ADGEN_ANALYSIS_SLOTS_H

#include "adgen/Dialect/AD.h"

namespace adgen {

inline bool hasSlots(mlir::Operation *op) {
  return llvm::isa<IfOp, SwitchOp, ForOp, WhileOp>(op);
}

inline bool isLoop(mlir::Operation *op) {
  return llvm::isa<ForOp, WhileOp>(op);
}

/// The innermost loop that holds `op`; null if there is none.
inline mlir::Operation *loopAround(mlir::Operation *op) {
  do
    op = op->getParentOp();
  while (op && !isLoop(op));
  return op;
}

/// The operands in front of those of the slots: a condition, a loop's bounds,
/// the `go` of an `ad.next`.
inline unsigned leadingOperands(mlir::Operation *op) {
  if (llvm::isa<ForOp>(op))
    return 2;
  return llvm::isa<IfOp, SwitchOp, NextOp>(op) ? 1 : 0;
}

/// The arguments of a region in front of the carried ones: a `for`'s counter.
inline unsigned leadingArguments(mlir::Operation *op) {
  return llvm::isa<ForOp>(op) ? 1 : 0;
}

/// The end of a region of an `ad.while`.
inline NextOp nextOf(mlir::Block *block) {
  return llvm::cast<NextOp>(block->getTerminator());
}

/// The value that the region's end hands on for the slot.
inline mlir::Value handedOn(mlir::Region &region, unsigned slot) {
  mlir::Operation *end = region.front().getTerminator();
  return end->getOperand(leadingOperands(end) + slot);
}

} // namespace adgen

#endif // ADGEN_ANALYSIS_SLOTS_H
