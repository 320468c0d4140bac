//===- OrderedOps.h - Operations in the order of their block --------------===//
#ifndef ADGEN_LIB_TRANSFORMS_ORDEREDOPS_H
#define ADGEN_LIB_TRANSFORMS_ORDEREDOPS_H

#include "mlir/IR/Operation.h"

#include <set>

namespace adgen {

struct IsBeforeInBlock {
  bool operator()(mlir::Operation *x, mlir::Operation *z) const {
    return x->isBeforeInBlock(z);
  }
};

/// Operations of one block, in its order.
using OrderedOps = std::set<mlir::Operation *, IsBeforeInBlock>;

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_ORDEREDOPS_H
