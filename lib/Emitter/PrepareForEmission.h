//===- PrepareForEmission.h - IR as the emitter wants it ------------------===//
//
// Rewrites a copy of a derivative so that what follows only reads it: lets that
// only rename are gone, every conditional operation is marked as an expression,
// a tail, or a statement.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_EMITTER_PREPAREFOREMISSION_H
#define ADGEN_LIB_EMITTER_PREPAREFOREMISSION_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// Prepares `func`, a copy that is thrown away afterwards.
void prepareForEmission(mlir::func::FuncOp func);

/// An `if` that is printed as `c ? a : b`, `a && b` or `a || b`.
bool isExpression(IfOp op);

/// An `if` at the end of its block whose results only the block's terminator
/// takes: the terminator is repeated in its branches (`return`, `break`).
bool isTail(IfOp op);

/// The variable whose content `v` is by itself: of a parameter, let, playback,
/// carried value or result. Null for an intermediate.
LocalAttr localOf(mlir::Value v);

/// Whether `op` computes a value without effect and without regions other than
/// those of an expression.
bool isComputation(mlir::Operation *op);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_PREPAREFOREMISSION_H
