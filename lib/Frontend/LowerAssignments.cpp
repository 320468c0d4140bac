//===- LowerAssignments.cpp - What changes a variable ---------------------===//
//
// The right operand comes first, as C++17 says. A compound assignment computes
// in the type of the computation and converts the result: `f *= d` multiplies
// doubles also where `f` is a float.
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"

using namespace clang;
using namespace adgen;
using mlir::Location;
using mlir::Value;

Value FunctionLowering::lowerPlace(const clang::Expr *e) {
  Glvalue target = lowerGlvalue(e);
  if (target && !target.place)
    (void)refuse(Diag::ConditionalTarget, e->getExprLoc(), {},
                 e->getSourceRange());
  return target.place;
}

Glvalue FunctionLowering::lowerAssignment(const BinaryOperator &e) {
  Value value = lowerValue(e.getRHS());
  Value place = value ? lowerPlace(e.getLHS()) : Value();
  if (!place)
    return {};
  StoreOp::create(builder, at(e.getOperatorLoc()), value, place);
  return {place, {}};
}

Glvalue
FunctionLowering::lowerCompoundAssignment(const CompoundAssignOperator &e) {
  mlir::Type type = lowerType(e.getComputationLHSType(), e.getOperatorLoc());
  mlir::Type resultType =
      lowerType(e.getComputationResultType(), e.getOperatorLoc());
  if (!type || !resultType)
    return {};
  Value z = lowerValue(e.getRHS());
  Value place = z ? lowerPlace(e.getLHS()) : Value();
  if (!place)
    return {};
  Location loc = at(e.getOperatorLoc());
  Value old = LoadOp::create(builder, loc, place);
  auto opcode = BinaryOperator::getOpForCompoundAssignment(e.getOpcode());
  Value result = createBinary(opcode, convert(old, type, loc), z, loc);
  if (!result || result.getType() != resultType) {
    (void)refuseExpression(e);
    return {};
  }
  StoreOp::create(builder, loc, convert(result, old.getType(), loc), place);
  return {place, {}};
}

Glvalue FunctionLowering::lowerIncrement(const UnaryOperator &e) {
  Value place = lowerPlace(e.getSubExpr());
  if (!place)
    return {};
  Location loc = at(e.getOperatorLoc());
  Value old = LoadOp::create(builder, loc, place);
  // A narrow integer is promoted first, as in `x = x + 1`.
  mlir::Type type = old.getType();
  if (!isReal(type)) {
    QualType promoted = e.getSubExpr()->getType();
    if (ast.isPromotableIntegerType(promoted))
      promoted = ast.getPromotedIntegerType(promoted);
    type = lowerType(promoted, e.getOperatorLoc());
    if (!type || !isa<IntType>(type))
      return {};
  }
  Value one = adgen::createConstant(builder, loc, type, 1);
  Value result = createBinary(e.isIncrementOp() ? BO_Add : BO_Sub,
                              convert(old, type, loc), one, loc);
  StoreOp::create(builder, loc, convert(result, old.getType(), loc), place);
  return e.isPrefix() ? Glvalue{place, {}} : Glvalue{{}, old};
}
