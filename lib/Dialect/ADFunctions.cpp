//===- ADFunctions.cpp - The rules' code, from the table ------------------===//
//
// Compiles what TableGen makes of ADFunctions.td and ADOps.td: the operations,
// their partial derivatives, and the look-up of a row by its C++ name.
//
//===----------------------------------------------------------------------===//
#include "adgen/Dialect/AD.h"

using namespace mlir;

namespace adgen {

/// The functions that the formulas of the table call.
namespace formula {

static const Expr *findReal() { return nullptr; }
template <class... Rest>
const Expr *findReal(const Expr &e, const Rest &...rest) {
  return isReal(e.type()) ? &e : findReal(rest...);
}
template <class First, class... Rest>
const Expr *findReal(const First &, const Rest &...rest) {
  return findReal(rest...);
}

template <class Op, class... Args> Expr apply(Args... args) {
  Expr sample = *findReal(args...);
  Value operands[] = {sample.like(args).value...};
  return {Op::create(*sample.builder, sample.loc, TypeRange{sample.type()},
                     ValueRange(operands))
              ->getResult(0),
          *sample.builder, sample.loc};
}

#include "adgen/Dialect/ADFormulas.h.inc"

} // namespace formula

using namespace formula;

template <class Op>
static Value build(OpBuilder &b, Location loc, ValueRange operands) {
  Type type;
  for (Value v : operands)
    if (isReal(v.getType()))
      type = v.getType();
  return Op::create(b, loc, TypeRange{type}, operands)->getResult(0);
}

const FunctionRow *lookupFunction(StringRef name, unsigned arity) {
  static const FunctionRow rows[] = {
#include "adgen/Dialect/ADLookup.h.inc"
  };
  for (const FunctionRow &row : rows)
    if (row.name == name && row.kinds.size() == arity)
      return &row;
  return nullptr;
}

} // namespace adgen

#define GET_OP_CLASSES
#include "adgen/Dialect/ADOps.cpp.inc"
