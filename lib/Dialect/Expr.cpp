//===- Expr.cpp - Formulas as C++ expressions -----------------------------===//
//
// Operators on Expr. They fold only what a reader would fold: 0 and 1.
//
//===----------------------------------------------------------------------===//
#include "adgen/Dialect/AD.h"

using namespace mlir;

namespace adgen {

static bool isConstant(Expr e, double value) {
  auto constant = realConstant(e.value);
  return constant && constant->convertToDouble() == value;
}

static Expr build(Expr like, Value value) {
  return {value, *like.builder, like.loc};
}

template <class Op> static Expr build(Expr a, Expr b) {
  return build(a, Op::create(*a.builder, a.loc, a.type(), a.value, b.value));
}

Expr Expr::like(Literal literal) const {
  if (literal.digits.empty())
    return {createConstant(*builder, loc, type(), literal.value), *builder,
            loc};
  auto real = cast<FloatType>(type());
  APFloat value(real.getFloatSemantics(), literal.digits);
  return {ConstantOp::create(*builder, loc, type(), FloatAttr::get(real, value),
                             StringAttr(), TypeAttr()),
          *builder, loc};
}

Expr operator-(Expr a) {
  if (auto constant = realConstant(a.value))
    return build(a, ConstantOp::create(
                        *a.builder, a.loc, a.type(),
                        FloatAttr::get(a.type(), llvm::neg(*constant)),
                        StringAttr(), TypeAttr()));
  if (auto neg = a.value.getDefiningOp<NegOp>())
    return build(a, neg.getX());
  return build(a, NegOp::create(*a.builder, a.loc, a.type(), a.value));
}

Expr operator+(Expr a, Expr b) {
  if (isConstant(a, 0))
    return b;
  if (isConstant(b, 0))
    return a;
  return build<AddOp>(a, b);
}

Expr operator-(Expr a, Expr b) {
  if (isConstant(a, 0))
    return -b;
  if (isConstant(b, 0))
    return a;
  return build<SubOp>(a, b);
}

Expr operator*(Expr a, Expr b) {
  for (auto [x, z] : {std::pair(a, b), std::pair(b, a)}) {
    if (isConstant(x, 0) || isConstant(z, 1))
      return x;
    if (isConstant(x, -1))
      return -z;
    // (c ? 0 : 1) * z is c ? 0 : z, also where z is infinite.
    if (auto s = x.value.getDefiningOp<SelectOp>())
      if (realConstant(s.getX()) && realConstant(s.getZ()))
        return build(x, SelectOp::create(*x.builder, x.loc, s.getCondition(),
                                         (build(x, s.getX()) * z).value,
                                         (build(x, s.getZ()) * z).value));
  }
  return build<MulOp>(a, b);
}

Expr operator/(Expr a, Expr b) {
  if (isConstant(b, 1))
    return a;
  return build<DivOp>(a, b);
}

static Condition compare(Predicate predicate, Expr a, Expr b) {
  return {build(a, CompareOp::create(*a.builder, a.loc, a.builder->getI1Type(),
                                     predicate, a.value, b.value)),
          a};
}
Condition operator<(Expr a, Expr b) { return compare(Predicate::lt, a, b); }
Condition operator<=(Expr a, Expr b) { return compare(Predicate::le, a, b); }
Condition operator>(Expr a, Expr b) { return compare(Predicate::gt, a, b); }
Condition operator>=(Expr a, Expr b) { return compare(Predicate::ge, a, b); }
Condition operator==(Expr a, Expr b) { return compare(Predicate::eq, a, b); }
Condition operator!=(Expr a, Expr b) { return compare(Predicate::ne, a, b); }

static Condition logical(Condition a, Condition b, bool isAnd) {
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
  return {build(a.value, op.getResult(0)), a.sample};
}
Condition operator&&(Condition a, Condition b) { return logical(a, b, true); }
Condition operator||(Condition a, Condition b) { return logical(a, b, false); }
Condition operator!(Condition a) {
  return {build(a.value, NotOp::create(*a.value.builder, a.value.loc,
                                       a.value.type(), a.value.value)),
          a.sample};
}

Expr select(Condition c, Expr a, Expr b) {
  if (a.value == b.value)
    return a;
  return build(a, SelectOp::create(*a.builder, a.loc, c.value.value, a.value,
                                   b.value));
}

} // namespace adgen
