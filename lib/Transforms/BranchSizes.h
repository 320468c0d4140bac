//===- BranchSizes.h - Sizes of what is made in front of a branch ---------===//
#ifndef ADGEN_LIB_TRANSFORMS_BRANCHSIZES_H
#define ADGEN_LIB_TRANSFORMS_BRANCHSIZES_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// Whether memory of the size can be asked for wherever the size can be computed: not
/// negative, no difference that wraps around, no quotient by what may be zero. A negative
/// size does no harm where `isClamped`.
bool isHarmlessSize(mlir::Value size, bool isClamped = false);

/// In front of `branch`, the size that is computed in its region `taken`, and 0 where
/// another one is taken: `n > 1 ? n - 1 : 0`. Null if that cannot be said there.
mlir::Value sizeIfTaken(mlir::Value size, mlir::Operation *branch, mlir::Region *taken);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_BRANCHSIZES_H
