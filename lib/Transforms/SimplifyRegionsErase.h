//===- SimplifyRegionsErase.h - Erase what nobody reads -------------------===//
#ifndef ADGEN_TRANSFORMS_SIMPLIFYREGIONSERASE_H
#define ADGEN_TRANSFORMS_SIMPLIFYREGIONSERASE_H

#include "mlir/IR/Operation.h"

namespace adgen {

/// Erases the operations of `root` that neither have an effect nor contribute
/// to one, tapes that are never played back, and the results and carried values
/// of regions that nobody reads (also those that a loop computes only for
/// itself). Returns whether there was any.
bool eraseUnread(mlir::Operation *root);

} // namespace adgen

#endif // ADGEN_TRANSFORMS_SIMPLIFYREGIONSERASE_H
