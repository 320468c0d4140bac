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

/// Prepares `func`, a copy that is thrown away afterwards, of a function of
/// `module`.
void prepareForEmission(mlir::func::FuncOp func, mlir::ModuleOp module);

/// The part of it that is about calls; the first.
void prepareCalls(mlir::func::FuncOp func, mlir::ModuleOp module);

/// The parts of it that are about loads and stores.
void branchOnSelects(mlir::func::FuncOp func);
void prepareMemory(mlir::func::FuncOp func);

/// The number of the one result that is read of a call which is a computation.
unsigned calledResult(CallOp op);

/// Whether the callee may write through the operand, a place.
bool mayWrite(CallOp op, unsigned operand);

/// Whether the let makes a variable that is passed by reference or pointer.
bool isPassed(LetOp op);

/// Whether a call leaves results in variables of the caller.
bool hasTies(CallOp op);

/// An `if` that is printed as `c ? a : b`, `a && b` or `a || b`.
bool isExpression(IfOp op);

/// An `if` at the end of its block whose results only the block's terminator
/// takes: the terminator is repeated in its branches (`return`, `break`).
bool isTail(IfOp op);

/// The variable whose content `v` is by itself: of a parameter, let, playback,
/// carried value or result. Null for an intermediate.
LocalAttr localOf(mlir::Value v);

/// Whether `op` computes one value, without regions other than those of an
/// expression, and assigns to no variable. A call or a load may have effects.
bool isComputation(mlir::Operation *op);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_PREPAREFOREMISSION_H
