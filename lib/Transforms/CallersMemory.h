//===- CallersMemory.h - What reverse sweeps read of their callers' memory ===//
//
// Private to the reverse mode.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_TRANSFORMS_CALLERSMEMORY_H
#define ADGEN_LIB_TRANSFORMS_CALLERSMEMORY_H

#include "CalleeDerivatives.h"

namespace adgen {

/// What functions whose sweeps are two may read of their callers' memory in a reverse
/// sweep: what nobody writes any more after the call, and copies of the rest where these
/// are worth it.
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
  /// Whether `call`, in a function that is about to be reversed, has to be passed a copy
  /// for its reverse sweep, if argument `i` is not lost.
  static bool needsCopy(CallOp call, unsigned i);

private:
  bool isLostBy(CallOp call, mlir::Value operand, mlir::func::FuncOp caller);
  bool mayBeCopied(CallOp call, unsigned i, mlir::func::FuncOp caller) const;

  /// The functions that calls pass places to.
  llvm::DenseSet<mlir::Operation *> callees;
  llvm::DenseSet<std::pair<mlir::Operation *, unsigned>> lost;
};

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_CALLERSMEMORY_H
