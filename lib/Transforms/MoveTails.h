//===- MoveTails.h - What follows a branch moves into it ------------------===//
#ifndef ADGEN_LIB_TRANSFORMS_MOVETAILS_H
#define ADGEN_LIB_TRANSFORMS_MOVETAILS_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// Moves what follows one of the block's last branches into it, if nothing of that
/// remains in one of its regions.
void moveTail(mlir::Block &block);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_MOVETAILS_H
