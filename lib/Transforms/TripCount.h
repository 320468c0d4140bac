//===- TripCount.h - Code in front of a loop, and behind it ---------------===//
#ifndef ADGEN_LIB_TRANSFORMS_TRIPCOUNT_H
#define ADGEN_LIB_TRANSFORMS_TRIPCOUNT_H

#include "adgen/Dialect/AD.h"

#include "mlir/IR/IRMapping.h"

namespace adgen {

/// The counted loops of a derivative that has a body, inner ones first; none of another
/// function.
llvm::SmallVector<ForOp> loopsOfDerivative(mlir::func::FuncOp function);

/// Whether the loop certainly has a trip.
bool hasTrips(ForOp loop);

/// Makes a branch that is taken if the loop has a trip, `n > 0` for
/// `for (i = 0; i < n; …)`, and returns its block.
mlir::Block *createIfTrips(mlir::OpBuilder &b, ForOp loop);

/// The integer plus a constant, folded: `n` for `n - 1` plus one.
mlir::Value plusConstant(mlir::OpBuilder &b, mlir::Location loc,
                         mlir::Value value, int64_t constant);

/// How many trips of a loop from `lower` in steps of `step` came before the one with this
/// counter.
mlir::Value createTrip(mlir::OpBuilder &b, mlir::Location loc,
                       mlir::Value counter, mlir::Value lower, int64_t step);

/// Whether the value is there before the loop, or behind it.
bool isOutside(mlir::Value value, mlir::Operation *loop);

/// Whether the value is computed, by what has no effects, reads no memory and is defined also
/// where the loop has no trip, of values from outside of the loop and of those that `isKnown`
/// accepts.
bool isPureOf(mlir::Value value, mlir::Operation *loop,
              llvm::function_ref<bool(mlir::Value)> isKnown = {});

/// The same value where `b` is, outside of the loop; `mapping` has what is known and
/// gets what is computed.
mlir::Value computeOutside(mlir::Value value, mlir::Operation *loop,
                           mlir::OpBuilder &b, mlir::IRMapping &mapping);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_TRIPCOUNT_H
