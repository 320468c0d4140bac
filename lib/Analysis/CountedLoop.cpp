//===- CountedLoop.cpp - Loops with a counting header ---------------------===//
#include "adgen/Analysis/CountedLoop.h"

using namespace mlir;
using namespace adgen;

static Predicate swapped(Predicate predicate) {
  switch (predicate) {
  case Predicate::lt:
    return Predicate::gt;
  case Predicate::le:
    return Predicate::ge;
  case Predicate::gt:
    return Predicate::lt;
  case Predicate::ge:
    return Predicate::le;
  default:
    return predicate;
  }
}

static Value withoutLets(Value value) {
  while (auto let = value.getDefiningOp<LetOp>())
    value = let.getValue();
  return value;
}

/// The constant that `next` adds to `argument`; 0 if it is anything else.
static int64_t constantStep(Value next, Value argument) {
  next = withoutLets(next);
  Operation *op = next.getDefiningOp();
  if (!op || !isa<AddOp, SubOp>(op))
    return 0;
  Value x = op->getOperand(0), z = op->getOperand(1);
  if (isa<AddOp>(op) && z == argument)
    std::swap(x, z);
  auto constant = intConstant(z);
  if (x != argument || !constant || constant->getSignificantBits() > 62)
    return 0;
  int64_t step = constant->getSExtValue();
  return isa<AddOp>(op) ? step : -step;
}

std::optional<CountedHeader> adgen::matchCountedHeader(WhileOp loop) {
  auto head = cast<NextOp>(loop.headBlock()->getTerminator());
  auto step = cast<NextOp>(loop.stepBlock()->getTerminator());
  auto body = cast<NextOp>(loop.bodyBlock()->getTerminator());
  auto compare = head.getGo().getDefiningOp<CompareOp>();
  auto stepGoes = intConstant(step.getGo());
  if (!compare || !stepGoes || stepGoes->isZero() ||
      !isa<IntType>(compare.getX().getType()))
    return {};
  for (auto [value, argument] :
       llvm::zip(head.getValues(), loop.headBlock()->getArguments()))
    if (value != argument)
      return {};

  Value counter = compare.getX(), bound = compare.getZ();
  Predicate predicate = compare.getPredicate();
  if (!isa<BlockArgument>(counter) ||
      counter.getParentBlock() != loop.headBlock()) {
    std::swap(counter, bound);
    predicate = swapped(predicate);
  }
  auto argument = dyn_cast<BlockArgument>(counter);
  if (!argument || argument.getOwner() != loop.headBlock())
    return {};
  // A literal bound stands in the head; any other comes from outside.
  Operation *boundOp = bound.getDefiningOp();
  bool literal = boundOp && isa<ConstantOp>(boundOp);
  if (loop->isAncestor(bound.getParentRegion()->getParentOp())) {
    if (!literal)
      return {};
    boundOp->moveBefore(loop);
  }

  unsigned index = argument.getArgNumber();
  if (body.getValues()[index] != loop.bodyBlock()->getArgument(index))
    return {};
  int64_t by = constantStep(step.getValues()[index],
                            loop.stepBlock()->getArgument(index));
  bool up = predicate == Predicate::lt || predicate == Predicate::le;
  bool down = predicate == Predicate::gt || predicate == Predicate::ge;
  if (by == 0 || (up && by < 0) || (down && by > 0) ||
      predicate == Predicate::eq || predicate == Predicate::ne)
    return {};
  return CountedHeader{index, loop.getInits()[index], bound, by, predicate};
}
