//===- SplitCalls.h - Callees whose sweeps are two functions --------------===//
//
// Private to the reverse mode.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_TRANSFORMS_SPLITCALLS_H
#define ADGEN_LIB_TRANSFORMS_SPLITCALLS_H

#include "CallersMemory.h"

namespace adgen {

/// Lets the calls of `prepared`, which is about to be reversed into
/// `derivative`, that work on memory leave a frame.
void splitCalls(mlir::func::FuncOp prepared, mlir::func::FuncOp derivative,
                const Activity &activity, CalleeDerivatives &callees);

/// Makes two functions of a derivative: `reverse` keeps what stands behind
/// `boundary`, and gets a frame of what it reads of the rest, which is
/// `forward`'s body.
mlir::LogicalResult splitSweeps(mlir::func::FuncOp reverse,
                                mlir::func::FuncOp forward,
                                mlir::Operation *boundary);

/// Takes from the reverse sweeps the parameters through which they read
/// nothing.
mlir::LogicalResult dropUnreadable(mlir::ModuleOp module,
                                   const CallersMemory &memory);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_SPLITCALLS_H
