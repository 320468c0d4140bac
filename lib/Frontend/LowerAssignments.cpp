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

mlir::LogicalResult FunctionLowering::store(Value value, Glvalue target,
                                            const clang::Expr &e) {
  Location loc = at(e.getExprLoc());
  if (target.place) {
    StoreOp::create(builder, loc, value, target.place);
    return mlir::success();
  }
  if (!target.choice)
    return refuse(Diag::ConditionalTarget, e.getExprLoc(), {},
                  e.getSourceRange());
  const Choice &choice = *target.choice;
  IfOp branch =
      IfOp::create(builder, at(choice.loc), mlir::TypeRange(), choice.condition,
                   mlir::ArrayAttr(), /*expression=*/false);
  mlir::OpBuilder::InsertionGuard guard(builder);
  for (auto [region, chosen] :
       {std::pair(&branch.getThenRegion(), choice.yes),
        std::pair(&branch.getElseRegion(), choice.no)}) {
    builder.createBlock(region);
    if (failed(store(value, chosen, e)))
      return mlir::failure();
    yield();
  }
  return mlir::success();
}

Glvalue FunctionLowering::lowerAssignment(const BinaryOperator &e) {
  Value value = lowerValue(e.getRHS());
  Glvalue target = value ? lowerGlvalue(e.getLHS()) : Glvalue();
  if (!target || failed(store(value, target, e)))
    return {};
  return target;
}

Glvalue
FunctionLowering::lowerCompoundAssignment(const CompoundAssignOperator &e) {
  if (e.getType()->isPointerType()) {
    Value count = lowerIndex(*e.getRHS());
    return count ? stepPointer(*e.getLHS(), count,
                               e.getOpcode() == BO_SubAssign, e)
                 : Glvalue();
  }
  mlir::Type type = lowerType(e.getComputationLHSType(), e.getOperatorLoc());
  mlir::Type resultType =
      lowerType(e.getComputationResultType(), e.getOperatorLoc());
  if (!type || !resultType)
    return {};
  Value z = lowerValue(e.getRHS());
  Glvalue target = z ? lowerGlvalue(e.getLHS()) : Glvalue();
  if (!target)
    return {};
  Location loc = at(e.getOperatorLoc());
  Value old = load(target, e.getOperatorLoc());
  auto opcode = BinaryOperator::getOpForCompoundAssignment(e.getOpcode());
  Value result = createBinary(opcode, convert(old, type, loc), z, loc);
  if (!result || result.getType() != resultType) {
    (void)refuseExpression(e);
    return {};
  }
  if (failed(store(convert(result, old.getType(), loc), target, e)))
    return {};
  return target;
}

Glvalue FunctionLowering::lowerIncrement(const UnaryOperator &e) {
  if (e.getType()->isPointerType()) {
    Value one = adgen::createConstant(builder, at(e.getOperatorLoc()),
                                      mapType(ast.IntTy), 1);
    Value before;
    Glvalue variable =
        stepPointer(*e.getSubExpr(), one, e.isDecrementOp(), e, &before);
    return e.isPrefix() || !variable ? variable : Glvalue{{}, before};
  }
  Glvalue target = lowerGlvalue(e.getSubExpr());
  if (!target)
    return {};
  Location loc = at(e.getOperatorLoc());
  Value old = load(target, e.getOperatorLoc());
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
  if (failed(store(convert(result, old.getType(), loc), target, e)))
    return {};
  return e.isPrefix() ? target : Glvalue{{}, old};
}
