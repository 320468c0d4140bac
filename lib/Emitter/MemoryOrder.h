//===- MemoryOrder.h - Whether the order of two operations matters --------===//
//
// An expression may be printed where it is used only if nothing in between
// changes what it reads. Two places are surely different ones if
//
//   - one is the primal's, the other one a shadow's;
//   - their roots are distinct objects: local variables, `__restrict`
//     parameters;
//   - they hold scalars of different types, and none is a char;
//   - they are different parts of one object: other members, other indices.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_EMITTER_MEMORYORDER_H
#define ADGEN_LIB_EMITTER_MEMORYORDER_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// What an operation does to what others see, in order of strictness.
enum class Effect { None, Reads, Writes };

/// The effect of `op` and everything in it; tapes are nobody else's.
Effect effectOf(mlir::Operation *op);

/// Whether the two, regions included, must stay in their order.
bool mustStayInOrder(mlir::Operation *a, mlir::Operation *b);

/// Whether both places may be in one object, or one in the other.
bool mayOverlap(mlir::Value a, mlir::Value b);

/// Whether both are one place, reached the same way.
bool isSameObjectPlace(mlir::Value a, mlir::Value b);

/// The argument, variable, constant table or loaded pointer that the place is
/// reached from.
mlir::Value rootOf(mlir::Value place);

/// Whether the C++ compiler, too, knows that nobody else has the memory there.
bool isOwnMemory(mlir::Value place);

/// Whether the element is found by its index alone, however many there are.
bool isIndexed(AccessOp op);

/// Whether the place is a shadow's.
bool isShadow(mlir::Value place);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_MEMORYORDER_H
