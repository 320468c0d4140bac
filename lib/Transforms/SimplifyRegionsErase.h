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

/// `op` without the results whose bit in `drop` is set, and without their
/// `locals`; `op` is erased. Its operands and regions must fit already.
mlir::Operation *dropResults(mlir::Operation *op, const llvm::BitVector &drop);

} // namespace adgen

#endif // ADGEN_TRANSFORMS_SIMPLIFYREGIONSERASE_H
