//===- JoinGuards.h - Guarded terms of one condition are one --------------===//
#ifndef ADGEN_LIB_TRANSFORMS_JOINGUARDS_H
#define ADGEN_LIB_TRANSFORMS_JOINGUARDS_H

#include "adgen/Dialect/AD.h"

namespace adgen {

/// Adds up, within each sum of derivative code, what is guarded by one adjoint or
/// tangent: guard(t, a) + guard(t, b) becomes guard(t, a + b), whose terms then meet.
void joinGuards(mlir::func::FuncOp function);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_JOINGUARDS_H
