//===- FreshLocals.h - Variables that a pass invents ----------------------===//
#ifndef ADGEN_TRANSFORMS_FRESHLOCALS_H
#define ADGEN_TRANSFORMS_FRESHLOCALS_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// Makes generated variables whose ids no variable of the function has.
class FreshLocals {
public:
  explicit FreshLocals(mlir::func::FuncOp function);

  /// A generated variable; `type` is a C++ spelling.
  LocalAttr create(const llvm::Twine &name, llvm::StringRef type);

private:
  mlir::MLIRContext *context;
  unsigned next = 0;
};

} // namespace adgen

#endif // ADGEN_TRANSFORMS_FRESHLOCALS_H
