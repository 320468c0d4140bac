//===- InitialContents.h - What a function reads of its parameters --------===//
#ifndef ADGEN_LIB_TRANSFORMS_INITIALCONTENTS_H
#define ADGEN_LIB_TRANSFORMS_INITIALCONTENTS_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// Whether the function overwrites what parameter `i`, a reference, pointer or array,
/// refers to, on every path and before it reads it.
bool isOverwrittenFirst(mlir::func::FuncOp function, unsigned i);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_INITIALCONTENTS_H
