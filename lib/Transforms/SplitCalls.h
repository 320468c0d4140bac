//===- SplitCalls.h - Callees whose sweeps are two functions --------------===//
//
// Private to the reverse mode.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_TRANSFORMS_SPLITCALLS_H
#define ADGEN_LIB_TRANSFORMS_SPLITCALLS_H

#include "CalleeDerivatives.h"

namespace adgen {

/// What functions that call themselves may read of their callers' memory in a
/// reverse sweep: what nobody writes any more after the call.
class CallersMemory {
public:
  explicit CallersMemory(mlir::ModuleOp module);

  /// Whether what is at the place, in `function` or a copy of it, is there as
  /// well when its reverse sweep runs by itself.
  bool staysReadable(mlir::Value place, mlir::func::FuncOp function) const;
  /// Whether a reverse sweep of `function` reads nothing through argument `i`.
  bool isLost(mlir::func::FuncOp function, unsigned i) const {
    return lost.contains({function, i});
  }

private:
  bool isLostBy(CallOp call, mlir::Value operand, mlir::func::FuncOp caller);

  /// The functions that calls pass places to.
  llvm::DenseSet<mlir::Operation *> callees;
  llvm::DenseSet<std::pair<mlir::Operation *, unsigned>> lost;
};

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
