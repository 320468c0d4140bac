//===- RegionResults.h - Results of branches and loops --------------------===//
#ifndef ADGEN_LIB_TRANSFORMS_REGIONRESULTS_H
#define ADGEN_LIB_TRANSFORMS_REGIONRESULTS_H

#include "mlir/IR/Operation.h"
#include "llvm/ADT/BitVector.h"

namespace adgen {

/// Replaces `op` (an `if`, `switch`, `for` or `while`) by one with further
/// results, whose `locals` are given (null for none). Its regions must hand on
/// the values for them, and have the arguments, already; `inits` are a loop's
/// further operands.
mlir::Operation *addResults(mlir::Operation *op, mlir::ValueRange inits,
                            mlir::TypeRange types,
                            llvm::ArrayRef<mlir::Attribute> locals);

/// Replaces `op` by one without the results whose bit in `drop` is set, and
/// without their `locals`. Its operands and regions must fit already.
mlir::Operation *dropResults(mlir::Operation *op, const llvm::BitVector &drop);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_REGIONRESULTS_H
