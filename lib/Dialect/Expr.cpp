//===- Expr.cpp - Formulas as C++ expressions -----------------------------===//
//
// Operators on Expr. They fold only what a person would fold while writing: 0
// and 1, short numbers (`3 - 1`), comparisons of numbers.
//
//===----------------------------------------------------------------------===//
#include "adgen/Dialect/AD.h"

#include "llvm/ADT/SmallString.h"
#include "llvm/ADT/StringExtras.h"

using namespace mlir;

namespace adgen {

//===----------------------------------------------------------------------===//
// Constants
//===----------------------------------------------------------------------===//

static bool isConstant(Expr e, double value) {
  auto constant = realConstant(e.value);
  if (!constant)
    return false;
  APFloat expected(value);
  bool inexact;
  expected.convert(constant->getSemantics(), APFloat::rmNearestTiesToEven,
                   &inexact);
  return constant->compare(expected) == APFloat::cmpEqual;
}

static Expr build(Expr like, Value value) { return like.with(value); }

static Expr realNumber(Expr like, const APFloat &value) {
  return build(like, ConstantOp::create(*like.builder, like.loc, like.real,
                                        FloatAttr::get(like.real, value),
                                        StringAttr(), TypeAttr()));
}

Expr Expr::inReal(Literal literal) const {
  if (literal.digits.empty())
    return with(createConstant(*builder, loc, real, literal.value));
  return realNumber(*this, APFloat(cast<FloatType>(real).getFloatSemantics(),
                                   literal.digits));
}

Expr Expr::like(Literal literal) const {
  bool isInteger =
      literal.digits.empty() && literal.value == double(int64_t(literal.value));
  if (isReal(type()) || !isInteger)
    return inReal(literal);
  return with(createConstant(*builder, loc, type(), literal.value));
}

/// Whether the value is a plain number, not a name that should survive.
static bool isPlain(Value value) {
  if (auto negated = value.getDefiningOp<NegOp>())
    return isPlain(negated.getX());
  if (auto cast = value.getDefiningOp<CastOp>())
    return isPlain(cast.getValue());
  auto constant = value.getDefiningOp<ConstantOp>();
  if (!constant)
    return false;
  auto spelling = constant.getSpelling();
  return !spelling || llvm::isDigit(spelling->front()) ||
         spelling->front() == '.' || spelling->front() == '-';
}

/// Whether a person would write the number down: 2, -0.75, not 0.33333333.
static bool isShort(const APFloat &value) {
  if (!value.isFinite())
    return false;
  llvm::SmallString<32> digits;
  value.toString(digits, /*FormatPrecision=*/5);
  return APFloat(value.getSemantics(), digits) == value;
}

/// Both operands as plain short numbers, if that is what they are.
static std::optional<std::pair<APFloat, APFloat>> shortNumbers(Expr a, Expr b) {
  auto x = knownReal(a.value), z = knownReal(b.value);
  if (!x || !z || !isPlain(a.value) || !isPlain(b.value) || !isShort(*x) ||
      !isShort(*z))
    return {};
  return std::pair(*x, *z);
}

/// The folded number; null if it is too long to be read.
static std::optional<Expr> folded(Expr like, const APFloat &value) {
  if (!isShort(value))
    return {};
  return realNumber(like, value);
}

/// Small whole numbers combined; null if they are not, or the result is not.
static std::optional<Expr> foldedInteger(Expr a, Expr b,
                                         int64_t (*combine)(int64_t, int64_t)) {
  constexpr unsigned maxBits = 16;
  auto x = intConstant(a.value), z = intConstant(b.value);
  if (!x || !z || !isPlain(a.value) || !isPlain(b.value) ||
      x->getActiveBits() > maxBits || z->getActiveBits() > maxBits)
    return {};
  int64_t value = combine(x->getZExtValue(), z->getZExtValue());
  if (value < 0 || value >= 1 << maxBits)
    return {};
  return a.with(createConstant(*a.builder, a.loc, a.type(), double(value)));
}

Expr Expr::inReal() const {
  if (isReal(type()))
    return *this;
  auto constant = intConstant(value);
  if (constant && isPlain(value) && constant->getActiveBits() < 32)
    return with(
        createConstant(*builder, loc, real, double(constant->getZExtValue())));
  return with(CastOp::create(*builder, loc, real, value, StringAttr()));
}

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

/// An integer that meets a real becomes real, as in C++.
static void convertOperands(Expr &a, Expr &b) {
  if (isReal(a.type()))
    b = b.inReal();
  else if (isReal(b.type()))
    a = a.inReal();
}

template <class Op> static Expr build(Expr a, Expr b) {
  return build(a, Op::create(*a.builder, a.loc, a.type(), a.value, b.value));
}

Expr operator-(Expr a) {
  if (auto constant = realConstant(a.value))
    if (isPlain(a.value))
      return realNumber(a, llvm::neg(*constant));
  if (auto neg = a.value.getDefiningOp<NegOp>())
    return build(a, neg.getX());
  return build(a, NegOp::create(*a.builder, a.loc, a.type(), a.value));
}

Expr operator+(Expr a, Expr b) {
  convertOperands(a, b);
  if (isConstant(a, 0))
    return b;
  if (isConstant(b, 0))
    return a;
  if (auto numbers = shortNumbers(a, b))
    if (auto sum = folded(a, numbers->first + numbers->second))
      return *sum;
  if (auto sum =
          foldedInteger(a, b, [](int64_t x, int64_t z) { return x + z; }))
    return *sum;
  return build<AddOp>(a, b);
}

Expr operator-(Expr a, Expr b) {
  convertOperands(a, b);
  if (isConstant(a, 0))
    return -b;
  if (isConstant(b, 0))
    return a;
  if (auto numbers = shortNumbers(a, b))
    if (auto difference = folded(a, numbers->first - numbers->second))
      return *difference;
  if (auto difference =
          foldedInteger(a, b, [](int64_t x, int64_t z) { return x - z; }))
    return *difference;
  return build<SubOp>(a, b);
}

/// `x * z` where x is a select between numbers: `(c ? 0 : 1) * z` is
/// `c ? 0 : z`, also where z is infinite.
static std::optional<Expr> distribute(Expr x, Expr z) {
  auto choice = x.value.getDefiningOp<SelectOp>();
  if (!choice)
    return {};
  Expr a = x.with(choice.getX()), b = x.with(choice.getZ());
  if (!isConstant(a, 0) && !isConstant(b, 0) &&
      !(realConstant(a.value) && realConstant(b.value)))
    return {};
  return build(x, SelectOp::create(*x.builder, x.loc, choice.getCondition(),
                                   (a * z).value, (b * z).value));
}

Expr operator*(Expr a, Expr b) {
  convertOperands(a, b);
  for (auto [x, z] : {std::pair(a, b), std::pair(b, a)}) {
    if (isConstant(x, 0) || isConstant(z, 1))
      return x;
    if (isConstant(x, -1))
      return -z;
    if (auto choice = distribute(x, z))
      return *choice;
  }
  if (auto numbers = shortNumbers(a, b))
    if (auto product = folded(a, numbers->first * numbers->second))
      return *product;
  if (auto product =
          foldedInteger(a, b, [](int64_t x, int64_t z) { return x * z; }))
    return *product;
  return build<MulOp>(a, b);
}

Expr operator/(Expr a, Expr b) {
  convertOperands(a, b);
  if (isConstant(b, 1) || isConstant(a, 0))
    return a;
  if (auto numbers = shortNumbers(a, b))
    if (auto quotient = folded(a, numbers->first / numbers->second))
      return *quotient;
  // 1 / z / z is a square, which takes no second division.
  Operation *op = a.value.getDefiningOp();
  auto negated = dyn_cast_if_present<NegOp>(op);
  Expr positive = negated ? a.with(negated.getX()) : a;
  auto reciprocal = positive.value.getDefiningOp<DivOp>();
  if (reciprocal && reciprocal.getZ() == b.value &&
      isConstant(positive.with(reciprocal.getX()), 1))
    return negated ? -(positive * positive) : positive * positive;
  return build<DivOp>(a, b);
}

//===----------------------------------------------------------------------===//
// Conditions
//===----------------------------------------------------------------------===//

static Condition decided(Expr like, bool value) {
  return {build(like, createConstant(*like.builder, like.loc,
                                     like.builder->getI1Type(), value))};
}

/// Whether the condition is the constant true or false.
static std::optional<bool> decision(Condition c) {
  if (auto constant = intConstant(c.value.value))
    return constant->getBoolValue();
  return {};
}

/// How two constants compare; nothing if one is not constant.
static std::optional<APFloat::cmpResult> compareConstants(Expr a, Expr b) {
  if (auto x = knownReal(a.value))
    if (auto z = knownReal(b.value))
      return x->compare(*z);
  auto x = intConstant(a.value), z = intConstant(b.value);
  if (!x || !z)
    return {};
  bool isSigned = cast<IntType>(a.type()).getIsSigned();
  if (*x == *z)
    return APFloat::cmpEqual;
  return (isSigned ? x->slt(*z) : x->ult(*z)) ? APFloat::cmpLessThan
                                              : APFloat::cmpGreaterThan;
}

static bool holds(Predicate predicate, APFloat::cmpResult result) {
  bool less = result == APFloat::cmpLessThan;
  bool equal = result == APFloat::cmpEqual;
  bool greater = result == APFloat::cmpGreaterThan;
  switch (predicate) {
  case Predicate::eq:
    return equal;
  case Predicate::ne:
    return !equal;
  case Predicate::lt:
    return less;
  case Predicate::le:
    return less || equal;
  case Predicate::gt:
    return greater;
  case Predicate::ge:
    return greater || equal;
  }
  llvm_unreachable("no such predicate");
}

static Condition compare(Predicate predicate, Expr a, Expr b) {
  convertOperands(a, b);
  if (auto result = compareConstants(a, b))
    return decided(a, holds(predicate, *result));
  // `x < x`; but `x == x` says something of NaN.
  if (a.value == b.value && !holds(predicate, APFloat::cmpEqual) &&
      predicate != Predicate::ne)
    return decided(a, false);
  return {build(a, CompareOp::create(*a.builder, a.loc, a.builder->getI1Type(),
                                     predicate, a.value, b.value))};
}
Condition operator<(Expr a, Expr b) { return compare(Predicate::lt, a, b); }
Condition operator<=(Expr a, Expr b) { return compare(Predicate::le, a, b); }
Condition operator>(Expr a, Expr b) { return compare(Predicate::gt, a, b); }
Condition operator>=(Expr a, Expr b) { return compare(Predicate::ge, a, b); }
Condition operator==(Expr a, Expr b) { return compare(Predicate::eq, a, b); }
Condition operator!=(Expr a, Expr b) { return compare(Predicate::ne, a, b); }

Condition isnan(Expr a) {
  if (auto constant = realConstant(a.value))
    return decided(a, constant->isNaN());
  return {build(a, TestOp::create(*a.builder, a.loc, a.builder->getI1Type(),
                                  "std::isnan", a.value))};
}

/// Whether both compare the same number with the same constant or number, and
/// what the first says makes the second false: `x == 0 && x > 0`.
static bool excludes(Condition a, Condition b) {
  auto first = a.value.value.getDefiningOp<CompareOp>();
  auto second = b.value.value.getDefiningOp<CompareOp>();
  if (!first || !second || first.getX() != second.getX() ||
      first.getPredicate() != Predicate::eq ||
      holds(second.getPredicate(), APFloat::cmpEqual))
    return false;
  auto x = knownReal(first.getZ()), z = knownReal(second.getZ());
  return first.getZ() == second.getZ() ||
         (x && z && x->compare(*z) == APFloat::cmpEqual);
}

static Condition logical(Condition a, Condition b, bool isAnd) {
  if (isAnd && excludes(a, b))
    return decided(a.value, false);
  if (auto decidedA = decision(a))
    return *decidedA == isAnd ? b : a;
  if (auto decidedB = decision(b))
    return *decidedB == isAnd ? a : b;
  // Both operands are pure; the front end's form of && and ||.
  OpBuilder &builder = *a.value.builder;
  Location loc = a.value.loc;
  Type type = builder.getI1Type();
  auto op = IfOp::create(builder, loc, TypeRange{type}, a.value.value,
                         ArrayAttr(), builder.getUnitAttr());
  OpBuilder::InsertionGuard guard(builder);
  for (bool onTrue : {true, false}) {
    Region &region = onTrue ? op.getThenRegion() : op.getElseRegion();
    builder.createBlock(&region);
    Value value = onTrue == isAnd ? b.value.value
                                  : createConstant(builder, loc, type, !isAnd);
    YieldOp::create(builder, loc, value);
  }
  return {build(a.value, op.getResult(0))};
}
Condition operator&&(Condition a, Condition b) { return logical(a, b, true); }
Condition operator||(Condition a, Condition b) { return logical(a, b, false); }
Condition operator!(Condition a) {
  if (auto constant = decision(a))
    return decided(a.value, !*constant);
  return {build(a.value, NotOp::create(*a.value.builder, a.value.loc,
                                       a.value.type(), a.value.value))};
}

Expr select(Condition c, Expr a, Expr b) {
  convertOperands(a, b);
  if (auto constant = decision(c))
    return *constant ? a : b;
  if (a.value == b.value)
    return a;
  return build(
      a, SelectOp::create(*a.builder, a.loc, c.value.value, a.value, b.value));
}

} // namespace adgen
