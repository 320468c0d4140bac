//===- PrivatizeArrays.h - Each trip has work arrays of its own -----------===//
#ifndef ADGEN_LIB_TRANSFORMS_PRIVATIZEARRAYS_H
#define ADGEN_LIB_TRANSFORMS_PRIVATIZEARRAYS_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// Declares work arrays in the loops whose trips share nothing of them.
void privatizeArrays(mlir::func::FuncOp function);

/// On an array that was moved, and on its shadow: through how many loops.
inline constexpr llvm::StringLiteral privateMark = "ad.private";

/// Declares what `privatizeArrays` moved into loops in front of these again, where
/// that saves an allocation in each trip: shadows, or what is no shadow, and tapes.
void shareShadows(mlir::func::FuncOp derivative);
void shareAllocations(mlir::func::FuncOp derivative);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_PRIVATIZEARRAYS_H
