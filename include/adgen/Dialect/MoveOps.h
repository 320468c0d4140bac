//===- MoveOps.h - Moving operations within long blocks -------------------===//
//
// `moveBefore` and `moveAfter` have MLIR number the whole block again when next somebody
// asks which of two operations comes first: where one asks between moves, that takes a time
// that grows with the square of the block. These number the moved operation alone.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_DIALECT_MOVEOPS_H
#define ADGEN_DIALECT_MOVEOPS_H

#include "mlir/IR/Block.h"
#include "mlir/IR/Operation.h"

namespace adgen {

/// Moves `op` right in front of `other`.
inline void moveInFrontOf(mlir::Operation *op, mlir::Operation *other) {
  op->remove();
  other->getBlock()->getOperations().insert(other->getIterator(), op);
}

/// Moves `op` right behind `other`.
inline void moveBehind(mlir::Operation *op, mlir::Operation *other) {
  op->remove();
  other->getBlock()->getOperations().insertAfter(other->getIterator(), op);
}

} // namespace adgen

#endif // ADGEN_DIALECT_MOVEOPS_H
