//===- LoopExtents.h - How far loops of a nest count ----------------------===//
#ifndef ADGEN_LIB_TRANSFORMS_LOOPEXTENTS_H
#define ADGEN_LIB_TRANSFORMS_LOOPEXTENTS_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// A bound that the counter of `loop`, which is never negative, stays below, and that is
/// known in front of the nest `loops`: counted loops from the outermost inwards, of which
/// it is one. Computed at `b`, in front of the nest; null if there is none.
mlir::Value createExtent(mlir::OpBuilder &b, ForOp loop,
                         llvm::ArrayRef<mlir::Operation *> loops);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_LOOPEXTENTS_H
