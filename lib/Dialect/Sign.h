//===- Sign.h - Values that cannot be zero --------------------------------===//
#ifndef ADGEN_LIB_DIALECT_SIGN_H
#define ADGEN_LIB_DIALECT_SIGN_H

#include "mlir/IR/Value.h"

namespace adgen {

/// Whether the real `value` is greater than zero (or NaN), and not so small that its
/// square would be zero, whatever the inputs are: `1 + x * x`, `std::cosh(x)`. Looks at
/// the expression, not at branches.
bool isPositive(mlir::Value value);

} // namespace adgen

#endif // ADGEN_LIB_DIALECT_SIGN_H
