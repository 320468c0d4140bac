//===- ReadVariables.h - Derivative code reads the user's variables -------===//
#ifndef ADGEN_LIB_TRANSFORMS_READVARIABLES_H
#define ADGEN_LIB_TRANSFORMS_READVARIABLES_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// Whether differentiation added the operation.
inline bool isDerivativeOp(mlir::Operation *op) {
  StmtAttr stmt = getStmt(op->getLoc());
  return stmt && stmt.getDerivative();
}

/// The value without the names that it has.
inline mlir::Value withoutLets(mlir::Value value) {
  while (auto let = value.getDefiningOp<LetOp>())
    value = let.getValue();
  return value;
}

/// Lets the derivative code of `function` read a variable of the user's in
/// place of the expression that was assigned to it, where the assignment comes
/// first: `step = e / d` … `step / x` instead of `e / d / x`.
void readVariables(mlir::func::FuncOp function);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_READVARIABLES_H
