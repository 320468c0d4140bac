//===- Shapes.h - What changes the shape of containers --------------------===//
#ifndef ADGEN_ANALYSIS_SHAPES_H
#define ADGEN_ANALYSIS_SHAPES_H

#include "adgen/Analysis/Memory.h"

namespace adgen {

/// Whether the value is the place of a `std::vector`.
bool isVector(mlir::Value value);

/// The container that an `ad.resize`, `ad.push` or `ad.pop` changes; null for
/// another operation.
mlir::Value resizedPlace(mlir::Operation *op);

/// Whether the operation itself may change how many elements there are in the
/// container at `place`, or which: not those within its elements.
bool mayReshape(mlir::Operation *op, mlir::Value place);

/// Whether the operation itself may give the container other elements, or move
/// them.
bool mayMoveElements(mlir::Operation *op, mlir::Value place);

/// Whether something within `op` may reshape the container.
bool mayBeReshapedIn(mlir::Operation *op, mlir::Value place);

/// Whether the operation asks a container for its size, or for where its elements are,
/// and something within `around` may change that.
bool asksForWhatChangesIn(mlir::Operation *around, mlir::Operation *op);

/// Whether the operation itself may do so to an object that is there before
/// `loop`, and from trip to trip.
bool isReshapedOutside(mlir::Operation *op, mlir::Operation *loop);

/// Whether something in the function may do so: then the object has the shape of
/// its construction no longer, and its shadow is made with the final one.
bool isReshaped(mlir::Value place);

/// The number without names and conversions.
mlir::Value withoutConversions(mlir::Value number);

/// The object whose size the number is; null if it is something else.
mlir::Value sizedAs(mlir::Value number);

/// Whether a place denotes the same element however the containers on its way
/// have grown: it is found by indices and members alone, from the object itself. A
/// reference of the user's, which stays where it was bound, is another way unless
/// `throughNames`.
bool isFoundByIndex(mlir::Value place, bool throughNames = false);

/// Whether the call, of a container, denotes something else once that has changed:
/// an iterator, a pointer, a view.
bool isFixedAtCall(AccessOp access);

} // namespace adgen

#endif // ADGEN_ANALYSIS_SHAPES_H
