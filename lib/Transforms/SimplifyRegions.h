//===- SimplifyRegions.h - Clean up what regions carry --------------------===//
//
// The clean-up that every pass which changes results or carried values of
// regions calls at its end.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_TRANSFORMS_SIMPLIFYREGIONS_H
#define ADGEN_TRANSFORMS_SIMPLIFYREGIONS_H

#include "mlir/IR/Operation.h"

namespace adgen {

/// Brings the regions of `root` (value form) to a fix point of:
/// - an `if` or `switch` on a constant is replaced by the branch taken;
/// - a result that every branch yields alike, and a value that a loop carries
///   unchanged, is replaced by that value;
/// - results that nobody reads and carried values that only feed themselves
///   are dropped;
/// - operations without uses and effects are erased, with their regions, and a
///   tape that nobody plays back is, with its records.
///
/// Loops are taken to end. Locations and `locals` of what stays are kept.
void simplifyRegions(mlir::Operation *root);

} // namespace adgen

#endif // ADGEN_TRANSFORMS_SIMPLIFYREGIONS_H
