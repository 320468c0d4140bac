//===- Branches.h - Rebuilding an `ad.if` or `ad.switch` ------------------===//
#ifndef ADGEN_LIB_TRANSFORMS_BRANCHES_H
#define ADGEN_LIB_TRANSFORMS_BRANCHES_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// Replaces `branch` (an `ad.if` or `ad.switch`) by one with further results,
/// of which `locals` are the variables (null for none) and `yielded` the values
/// at the end of each region. Returns the new operation.
mlir::Operation *appendResults(
    mlir::Operation *branch, mlir::TypeRange types,
    llvm::ArrayRef<LocalAttr> locals,
    llvm::function_ref<mlir::Value(mlir::Region &, unsigned)> yielded);

/// The result of the branch operation around `value` that is this value where it
/// is computed; a new one is zero elsewhere.
mlir::Value handOutOfBranch(mlir::Value value);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_BRANCHES_H
