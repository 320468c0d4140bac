//===- CarriedPlaces.h - Places that branches and loops hand on -----------===//
#ifndef ADGEN_LIB_TRANSFORMS_CARRIEDPLACES_H
#define ADGEN_LIB_TRANSFORMS_CARRIEDPLACES_H

#include "mlir/IR/Operation.h"

namespace adgen {

/// Replaces each place that a branch or loop hands on, and that can be one place only
/// (the object of several `return`s), by that place. What is undefined may be any.
void resolveCarriedPlaces(mlir::Operation *root);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_CARRIEDPLACES_H
