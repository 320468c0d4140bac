//===- ADFunctions.cpp - The rules' code, from the table ------------------===//
//
// Compiles what TableGen makes of ADFunctions.td and ADOps.td: the operations,
// their partial derivatives, and the look-up of a row by its C++ name.
//
//===----------------------------------------------------------------------===//
#include "Sign.h"

#include "adgen/Dialect/AD.h"

using namespace mlir;

namespace adgen {

/// The functions that the formulas of the table call.
namespace formula {

template <class... Rest> const Expr *findExpr(const Expr &e, const Rest &...) {
  return &e;
}
template <class First, class... Rest>
const Expr *findExpr(const First &, const Rest &...rest) {
  return findExpr(rest...);
}

/// An argument of a call as an operand: a real where `kind` is 'r'.
static Value operand(const Expr &, char kind, Expr argument) {
  return kind == 'r' ? argument.inReal().value : argument.value;
}
static Value operand(const Expr &sample, char kind, Literal argument) {
  if (kind == 'r')
    return sample.inReal(argument).value;
  Type type = IntType::get(sample.builder->getContext(), "unsigned int", 32,
                           /*isSigned=*/false, /*isEnum=*/false);
  return createConstant(*sample.builder, sample.loc, type, argument.value);
}

template <class Op> Expr create(Expr sample, ValueRange operands) {
  return sample.with(
      Op::create(*sample.builder, sample.loc, TypeRange{sample.real}, operands)
          ->getResult(0));
}

/// What a person would write in place of the call; nothing if the call itself.
template <class Op> std::optional<Expr> shorter(Expr, ValueRange) { return {}; }
template <>
std::optional<Expr> shorter<PowOp>(Expr sample, ValueRange operands) {
  auto known = realConstant(operands[1]);
  if (!known)
    return {};
  bool isInexact;
  known->convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                 &isInexact);
  double exponent = known->convertToDouble();
  Expr x = sample.with(operands[0]), one = sample.inReal(1);
  if (exponent < 0) {
    Expr opposite = sample.inReal(-exponent);
    if (auto power = shorter<PowOp>(sample, {x.value, opposite.value}))
      return one / *power;
    return {};
  }
  if (exponent == 0)
    return one;
  if (exponent == 0.5)
    return create<SqrtOp>(sample, operands[0]);
  if (exponent == 1)
    return x;
  if (exponent == 2)
    return x * x;
  return {};
}
template <>
std::optional<Expr> shorter<FabsOp>(Expr sample, ValueRange operands) {
  auto constant = realConstant(operands[0]);
  if (!constant)
    return {};
  Expr x = sample.with(operands[0]);
  return constant->isNegative() ? -x : x;
}

template <class Op, class... Args> Expr apply(const char *kinds, Args... args) {
  Expr sample = *findExpr(args...);
  Value operands[] = {operand(sample, *kinds++, args)...};
  if (auto expression = shorter<Op>(sample, operands))
    return *expression;
  return create<Op>(sample, operands);
}

#include "adgen/Dialect/ADFormulas.h.inc"

} // namespace formula

using namespace formula;

/// `pow(x, exponent)` by x, and what is like it near 0: bounded for exponents
/// from 1, infinite at the finite value 0 between 0 and 1, at a pole below 0.
static Singularity powerSingularity(Value exponent) {
  auto constant = knownReal(exponent);
  if (!constant || constant->isNaN())
    return Singularity::Finite;
  APFloat one(constant->getSemantics(), 1);
  if (constant->isZero() || *constant >= one)
    return Singularity::None;
  return constant->isNegative() ? Singularity::Pole : Singularity::Finite;
}

/// A root is infinitely steep at zero, where it is finite.
static Singularity rootSingularity(Value x) {
  return isPositive(x) ? Singularity::None : Singularity::Finite;
}

/// What is divided by `z`, where it is not infinite itself.
static Singularity zeroPole(Value z) {
  return isPositive(z) ? Singularity::None : Singularity::Pole;
}

/// A quotient by its divisor.
static Singularity divisorSingularity(Value x, Value z) {
  return realConstant(x) ? zeroPole(z) : Singularity::Pole;
}

/// An associated Legendre function is as (1 - x^2)^(m/2) near its ends.
static Singularity legendreSingularity(Value m) {
  auto constant = intConstant(m);
  return constant && *constant != 1 ? Singularity::None : Singularity::Finite;
}

/// `pow(base, z)` by z: an exponential for a positive base.
static Singularity exponentialSingularity(Value base) {
  auto constant = knownReal(base);
  bool isPositive =
      constant && constant->isFiniteNonZero() && !constant->isNegative();
  return isPositive ? Singularity::Pole : Singularity::Finite;
}

template <class Op>
static Value build(OpBuilder &b, Location loc, ValueRange operands) {
  auto real =
      llvm::find_if(operands, [](Value v) { return isReal(v.getType()); });
  return Op::create(b, loc, TypeRange{(*real).getType()}, operands)
      ->getResult(0);
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
