//===- SplitObjects.h - Local objects become their members ----------------===//
#ifndef ADGEN_LIB_TRANSFORMS_SPLITOBJECTS_H
#define ADGEN_LIB_TRANSFORMS_SPLITOBJECTS_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// Replaces local objects of which only members are used by a variable for each
/// member. Returns whether there were any: these can be promoted.
bool splitObjects(mlir::func::FuncOp function);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_SPLITOBJECTS_H
