//===- ShareOperations.h - Equal operations become one --------------------===//
//
// Private to the simplifier.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_TRANSFORMS_SHAREOPERATIONS_H
#define ADGEN_LIB_TRANSFORMS_SHAREOPERATIONS_H

#include "mlir/Dialect/Func/IR/FuncOps.h"

namespace adgen {

/// Makes one of equal operations, of which one at least is derivative code or which stem
/// from one statement of the user's. Only what has no effect, and no name, is shared.
void shareOperations(mlir::func::FuncOp function);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_SHAREOPERATIONS_H
