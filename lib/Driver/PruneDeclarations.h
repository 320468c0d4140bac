//===- PruneDeclarations.h - Copies that the derivatives do not use -------===//
#ifndef ADGEN_LIB_DRIVER_PRUNEDECLARATIONS_H
#define ADGEN_LIB_DRIVER_PRUNEDECLARATIONS_H

#include "mlir/IR/BuiltinOps.h"

namespace adgen {

/// Removes from `ad.declarations` what no derivative of `module` mentions any
/// more, directly or through what it mentions: a constant that only the primal
/// needs would be an unused variable. Fails if what is left has something that
/// must not be copied.
mlir::LogicalResult pruneDeclarations(mlir::ModuleOp module);

} // namespace adgen

#endif // ADGEN_LIB_DRIVER_PRUNEDECLARATIONS_H
