//===- BranchSizes.cpp - Sizes of what is made in front of a branch -------===//
//
//   if (n < 2)                   std::vector<double> d(n < 2 ? 0 : n - 1);
//     return c;              →   if (n < 2) …
//   std::vector<double> d(n - 1);
//
//===----------------------------------------------------------------------===//
#include "BranchSizes.h"

#include "adgen/Analysis/Shapes.h"

#include "mlir/IR/IRMapping.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace adgen;

bool adgen::isHarmlessSize(Value size, bool isClamped) {
  if (auto constant = intConstant(size))
    return isClamped || !constant->isNegative();
  Operation *op = size.getDefiningOp();
  if (auto query = dyn_cast_or_null<QueryOp>(op))
    return query.getText() == "{0}.size()";
  bool isSigned = cast<IntType>(size.getType()).getIsSigned();
  bool mayBeNegative = isSigned && isClamped;
  auto divisor = isa_and_present<DivOp>(op) ? intConstant(op->getOperand(1)) : std::nullopt;
  if (isa_and_present<CastOp, LetOp, AddOp, MulOp>(op) ||
      (divisor && divisor->isStrictlyPositive()) || (isa_and_present<SubOp>(op) && mayBeNegative))
    return llvm::all_of(op->getOperands(), [&](Value operand) {
      return isa<IntType>(operand.getType()) && isHarmlessSize(operand, mayBeNegative);
    });
  // What is computed in another way may be so in vain.
  bool isPlain = !op || isa<LoadOp, PlaybackOp>(op);
  return isPlain && (!isSigned || isClamped);
}

/// Whether the value is there in front of `branch`.
static bool isInFront(Value value, Operation *branch) {
  return !branch->isAncestor(value.getParentBlock()->getParentOp());
}

/// What computes the value, copied to where `b` inserts; null if there is more to it
/// than arithmetic.
static Value copyTo(OpBuilder &b, Value value, Operation *branch, IRMapping &copies) {
  if (isInFront(value, branch))
    return value;
  if (Value copy = copies.lookupOrNull(value))
    return copy;
  Operation *op = value.getDefiningOp();
  if (!op || op->getNumRegions() || op->getNumResults() != 1 ||
      !(isPure(op) || isa<QueryOp>(op)) || asksForWhatChangesIn(branch, op))
    return {};
  IRMapping operands;
  for (Value operand : op->getOperands()) {
    Value copy = copyTo(b, operand, branch, copies);
    if (!copy)
      return {};
    operands.map(operand, copy);
  }
  Value copy = b.clone(*op, operands)->getResult(0);
  copies.map(value, copy);
  return copy;
}

Value adgen::sizeIfTaken(Value size, Operation *branch, Region *taken) {
  auto choice = dyn_cast<IfOp>(branch);
  if (!choice)
    return {};
  OpBuilder b(branch);
  Location loc = size.getLoc();
  auto chosen = IfOp::create(b, loc, size.getType(), choice.getCondition(),
                             b.getArrayAttr(b.getUnitAttr()), b.getUnitAttr());
  bool isThen = taken == &choice.getThenRegion();
  b.createBlock(isThen ? &chosen.getThenRegion() : &chosen.getElseRegion());
  IRMapping copies;
  Value copy = copyTo(b, size, branch, copies);
  if (!copy) {
    chosen.erase();
    return {};
  }
  YieldOp::create(b, loc, copy);
  b.createBlock(isThen ? &chosen.getElseRegion() : &chosen.getThenRegion());
  YieldOp::create(b, loc, createConstant(b, loc, size.getType(), 0));
  return chosen.getResult(0);
}
