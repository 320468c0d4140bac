//===- ShadowPointers.h - Pointers that change have shadows that do -------===//
#ifndef ADGEN_LIB_TRANSFORMS_SHADOWPOINTERS_H
#define ADGEN_LIB_TRANSFORMS_SHADOWPOINTERS_H

#include "adgen/Analysis/Activity.h"
#include "llvm/ADT/DenseMap.h"

namespace adgen {

/// Lets branches and loops hand on the shadows of the active pointers that they
/// hand on; returns the shadow's result or argument for each pointer's.
llvm::DenseMap<mlir::Value, mlir::Value>
addShadowPointers(mlir::func::FuncOp function, const Activity &activity);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_SHADOWPOINTERS_H
