//===- TrimFrames.h - What frames hold ------------------------------------===//
#ifndef ADGEN_LIB_TRANSFORMS_TRIMFRAMES_H
#define ADGEN_LIB_TRANSFORMS_TRIMFRAMES_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// Drops members of frames that no reverse sweep reads, and frames without
/// members: what leaves one is then a call of the primal. Returns whether it
/// did.
bool trimFrames(mlir::ModuleOp module);

/// Moves what fills a frame into the branches that compute its members.
void sinkFrames(mlir::ModuleOp module);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_TRIMFRAMES_H
