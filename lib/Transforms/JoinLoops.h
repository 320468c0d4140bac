//===- JoinLoops.h - Reversed loops in their forward loops ----------------===//
#ifndef ADGEN_LIB_TRANSFORMS_JOINLOOPS_H
#define ADGEN_LIB_TRANSFORMS_JOINLOOPS_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// Joins loops of derivative code in the block with loops before them of the
/// same trips, if the order of their trips is free and they need no results.
void joinLoops(mlir::Block &block);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_JOINLOOPS_H
