//===- LowerDecisions.cpp - Conditions that the arguments decide ----------===//
//
// Whether a pointer is null is often known where a call is lowered. A branch that is never
// taken is not lowered: it may use what the pointer does not point to.
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"

using namespace clang;
using namespace adgen;
using mlir::Location;
using mlir::Value;

Value FunctionLowering::createDecided(bool value, mlir::Location loc) {
  Value constant = createBool(value, loc);
  decided.insert(constant);
  return constant;
}

std::optional<bool> FunctionLowering::takeDecision(Value condition) {
  std::optional<llvm::APInt> value = intConstant(condition);
  if (!value || !decided.erase(condition))
    return {};
  condition.getDefiningOp()->erase();
  return !value->isZero();
}

Value FunctionLowering::lowerLogical(const BinaryOperator &e) {
  Value x = lowerValue(e.getLHS());
  if (!x)
    return {};
  Location loc = at(e.getOperatorLoc());
  bool isAnd = e.getOpcode() == BO_LAnd;
  if (std::optional<bool> isTrue = takeDecision(x))
    return *isTrue == isAnd ? lowerValue(e.getRHS())
                            : createDecided(*isTrue, loc);
  IfOp branch = IfOp::create(builder, loc, builder.getI1Type(), x,
                             mlir::ArrayAttr(), /*expression=*/true);
  Value z;
  auto lowerOther = [&] {
    z = lowerValue(e.getRHS());
    if (!z)
      return mlir::failure();
    yield(z);
    return mlir::success();
  };
  auto decide = [&] {
    yield(createBool(!isAnd, loc));
    return mlir::success();
  };
  mlir::Region &other = isAnd ? branch.getThenRegion() : branch.getElseRegion();
  mlir::Region &otherwise =
      isAnd ? branch.getElseRegion() : branch.getThenRegion();
  if (failed(lowerRegion(other, lowerOther, [] {})) ||
      failed(lowerRegion(otherwise, decide, [] {})))
    return {};
  // `x || !p` where p is null is true whatever x is, and `x && !p` is x.
  if (decided.erase(z) && !e.getRHS()->HasSideEffects(ast)) {
    bool isTrue = !intConstant(z)->isZero();
    branch.erase();
    return isTrue == isAnd ? x : createDecided(isTrue, loc);
  }
  return branch.getResult(0);
}
