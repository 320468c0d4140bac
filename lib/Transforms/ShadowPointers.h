//===- ShadowPointers.h - Pointers that change have shadows that do -------===//
#ifndef ADGEN_LIB_TRANSFORMS_SHADOWPOINTERS_H
#define ADGEN_LIB_TRANSFORMS_SHADOWPOINTERS_H

#include "adgen/Analysis/Activity.h"
#include "mlir/Support/LLVM.h"
#include "llvm/ADT/DenseMap.h"

namespace adgen {

/// Lets branches and loops hand on the shadows of the active pointers that they
/// hand on, and takes those of the ones that are loaded; returns the shadow's
/// value for each pointer's. `derivative` says which arguments have shadows.
llvm::FailureOr<llvm::DenseMap<mlir::Value, mlir::Value>>
addShadowPointers(mlir::func::FuncOp function, mlir::func::FuncOp derivative,
                  const Activity &activity);

/// Refuses what would make a pointer in memory, or its shadow, another one
/// after it was read, and a pointer that leads, now and then, to what is inactive.
llvm::LogicalResult checkStoredPointers(mlir::func::FuncOp function);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_SHADOWPOINTERS_H
