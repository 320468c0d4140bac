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

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_CHECKRESHAPES_H
