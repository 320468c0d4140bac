//===- TripOrder.h - Loops whose trips may run in any order ---------------===//
#ifndef ADGEN_LIB_TRANSFORMS_TRIPORDER_H
#define ADGEN_LIB_TRANSFORMS_TRIPORDER_H

#include "adgen/Analysis/LiveValues.h"

namespace adgen {

/// The place that the operation reads or writes; null if it does neither.
mlir::Value accessedPlace(mlir::Operation *op);

/// Whether the order of two accesses, to memory or to a tape, matters if they touch
/// the same.
bool isOrdered(mlir::Operation *x, mlir::Operation *z);

/// Whether the trips of the loop may run in any order. With `live`, what is not
/// live is left out, and so is the primal: whether its adjoint may follow each trip
/// at once.
bool isOrderFree(ForOp loop, const LiveValues *live = nullptr);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_TRIPORDER_H
