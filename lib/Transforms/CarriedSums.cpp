//===- CarriedSums.cpp - What the trips of a loop add up ------------------===//
#include "CarriedSums.h"
#include "ReadVariables.h"

using namespace mlir;
using namespace adgen;

bool adgen::findSum(ForOp loop, unsigned index, CarriedSum &sum) {
  Value total = loop.block()->getArgument(index + 1);
  if (!isReal(total.getType()))
    return false;
  // From sum to sum.
  while (total.hasOneUse()) {
    OpOperand &use = *total.use_begin();
    Operation *op = use.getOwner();
    if (isa<YieldOp>(op) && op->getParentOp() == loop)
      return use.getOperandNumber() == index && !sum.terms.empty();
    if (op->getBlock() != loop.block())
      return false;
    if (isa<AddOp>(op))
      sum.terms.push_back({op->getOperand(1 - use.getOperandNumber()), false});
    else if (isa<SubOp>(op) && use.getOperandNumber() == 0)
      sum.terms.push_back({op->getOperand(1), true});
    else if (!isa<LetOp>(op))
      return false;
    sum.additions.push_back(op);
    total = op->getResult(0);
  }
  return false;
}

bool adgen::isOfDerivative(const CarriedSum &sum, ForOp loop, unsigned index) {
  LocalAttr local = getLocal(loop.getLocals().value_or(ArrayAttr()), index);
  return local && local.getGenerated() &&
         llvm::all_of(sum.additions, isDerivativeOp);
}
