//===- CheckReshapes.h - Places that a change of shape makes invalid ------===//
#ifndef ADGEN_LIB_TRANSFORMS_CHECKRESHAPES_H
#define ADGEN_LIB_TRANSFORMS_CHECKRESHAPES_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// Fails, after an error, where a place in a container is used behind a change of
/// its shape, or could not be told in the reverse sweep.
llvm::LogicalResult checkReshapes(mlir::func::FuncOp function, bool isReverse);

/// Fails, after an error, where a pointer to an array from `new[]` outlives the block in
/// which the array ends (CheckAllocations.cpp).
llvm::LogicalResult checkAllocations(mlir::func::FuncOp function);

/// Whether the place may be in an object whose scope ends before `user`.
bool mayHaveEnded(mlir::Value place, mlir::Operation *user);

/// Fails, after an error, where something is accessed whose scope has ended: where a
/// derivative would be wrong without a word if all that comes before were not right.
llvm::LogicalResult checkScopes(mlir::func::FuncOp derivative);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_CHECKRESHAPES_H
