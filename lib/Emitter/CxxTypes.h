//===- CxxTypes.h - C++'s conversions between scalar types ----------------===//
#ifndef ADGEN_LIB_EMITTER_CXXTYPES_H
#define ADGEN_LIB_EMITTER_CXXTYPES_H

#include "adgen/Dialect/AD.h"

#include <string>

namespace adgen {

/// The canonical spelling (`double`, `unsigned int`).
std::string typeText(mlir::Type type);

/// Whether it is no scalar: a pointer, an array or an object of a class.
inline bool isMemory(mlir::Type type) {
  return llvm::isa<PlaceType, ArrayType, ObjectType>(type);
}

mlir::Type intType(mlir::MLIRContext *context);

/// The type of `+x`; null if unsure (enumerations).
mlir::Type promote(mlir::Type type);

/// The type of `x + z`, `x < z`'s operands or `c ? x : z` by the usual
/// arithmetic conversions; null if unsure.
mlir::Type usualConversion(mlir::Type x, mlir::Type z);

/// A constant as a literal of exactly its type (`2.0`, `0.5f`, `3u`), not
/// always a primary expression.
std::string literalText(mlir::Attribute value, mlir::Type type);

/// The integer that a real constant equals, if it fits an `int`.
std::optional<int64_t> integerValue(mlir::Attribute value);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_CXXTYPES_H
