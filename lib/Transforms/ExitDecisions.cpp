//===- ExitDecisions.cpp - Which exit a loop took -------------------------===//
//
// A condition under which a loop is left has one known outcome in every trip
// but the last, so one bool a loop is kept of it, not one a trip.
//
//   for (…) { …; left = c; if (left) break; … }
//   reversed: c is  trip == trips - 1 && left
//
//===----------------------------------------------------------------------===//
#include "Branches.h"
#include "RegionResults.h"
#include "Reverse.h"

using namespace mlir;
using namespace adgen;

static bool isConstant(Value value, bool wanted) {
  auto constant = intConstant(value);
  return constant && constant->isZero() != wanted;
}

/// Whether the loop's body goes on, on the paths that come to `block`, in branches of
/// the body; null if that is not what the branches yield.
static Value goIn(Block *block, WhileOp loop) {
  if (block == loop.bodyBlock())
    return cast<NextOp>(block->getTerminator()).getGo();
  auto branch = dyn_cast<IfOp>(block->getParentOp());
  Value go = branch ? goIn(branch->getBlock(), loop) : Value();
  if (!go || go.getDefiningOp() != branch)
    return {};
  return block->getTerminator()->getOperand(cast<OpResult>(go).getResultNumber());
}

/// The outcome of `condition` with which `loop` always stays in its body, if it comes
/// to the condition at all; none if the condition does not decide that.
static std::optional<bool> outcomeThatStays(WhileOp loop, Value condition) {
  Value go = goIn(condition.getParentBlock(), loop);
  if (!go)
    return {};
  if (go == condition)
    return true;
  if (auto negation = go.getDefiningOp<NotOp>())
    return negation.getX() == condition ? std::optional(false) : std::nullopt;
  auto branch = go.getDefiningOp<IfOp>();
  if (!branch || branch.getCondition() != condition)
    return {};
  unsigned i = cast<OpResult>(go).getResultNumber();
  bool thenLeaves = isConstant(branch.thenBlock()->getTerminator()->getOperand(i), false);
  bool elseLeaves = isConstant(branch.elseBlock()->getTerminator()->getOperand(i), false);
  if (thenLeaves == elseLeaves)
    return {};
  return elseLeaves;
}

/// Whether `value` is `condition`, or `condition ? true : false`.
static bool isCopy(Value value, Value condition) {
  if (value == condition)
    return true;
  auto branch = value.getDefiningOp<IfOp>();
  if (!branch || branch.getCondition() != condition)
    return false;
  unsigned i = cast<OpResult>(value).getResultNumber();
  auto yields = [&](Block *block, bool constant) {
    return isConstant(block->getTerminator()->getOperand(i), constant);
  };
  return yields(branch.thenBlock(), true) && yields(branch.elseBlock(), false);
}

/// The position of a carried value that holds `condition` after each trip.
static std::optional<unsigned> carriedCopy(WhileOp loop, Value condition) {
  auto head = cast<NextOp>(loop.headBlock()->getTerminator());
  auto body = cast<NextOp>(loop.bodyBlock()->getTerminator());
  for (unsigned i = 0; i < loop.getNumResults(); ++i)
    if (isCopy(body.getValues()[i], condition) &&
        head.getValues()[i] == loop.headBlock()->getArgument(i))
      return i;
  return {};
}

/// Lets the loop carry `condition` from its body to its result, which is `before`
/// if there is no trip. The loop is replaced; `pair` refers to the new one.
static unsigned carry(LoopPair &pair, Value condition, bool before, LocalAttr local) {
  auto loop = cast<WhileOp>(pair.trace.forward);
  unsigned tripsIndex = cast<OpResult>(pair.trace.trips).getResultNumber();
  OpBuilder b(loop);
  Location loc = condition.getLoc();
  Value init = createConstant(b, loc, b.getI1Type(), before);
  for (Region &region : loop->getRegions()) {
    Value argument = region.front().addArgument(b.getI1Type(), loc);
    Value value = &region == &loop.getBody() ? condition : argument;
    cast<NextOp>(region.front().getTerminator())
        .getValuesMutable()
        .append(value);
  }
  Operation *extended =
      addResults(loop, init, b.getI1Type(), {Attribute(local)});
  pair.trace.forward = extended;
  pair.trace.trips = extended->getResult(tripsIndex);
  return extended->getNumResults() - 1;
}

/// Whether the condition leaves the loop: `!condition`, or a result of the branch on it;
/// `stays` is its outcome that does not.
static Value leavingIn(Value condition, WhileOp loop, bool stays) {
  Value go = goIn(condition.getParentBlock(), loop);
  if (auto branch = go.getDefiningOp<IfOp>()) {
    Operation *extended = appendResults(
        branch, condition.getType(), LocalAttr(), [&](Region &region, unsigned) {
          OpBuilder b(region.front().getTerminator());
          bool outcome = &region == &branch->getRegion(0);
          return createConstant(b, condition.getLoc(), b.getI1Type(), outcome != stays);
        });
    return extended->getResults().back();
  }
  if (!stays)
    return condition;
  OpBuilder b(condition.getContext());
  b.setInsertionPointAfterValue(condition);
  return NotOp::create(b, condition.getLoc(), condition);
}

bool adgen::isExitDecision(LoopPair &pair, Value condition) {
  auto loop = dyn_cast_if_present<WhileOp>(pair.trace.forward);
  return loop && outcomeThatStays(loop, condition);
}

Value adgen::exitDecision(LoopPair &pair, Value condition, OpBuilder &b,
                          unsigned id) {
  auto loop = dyn_cast<WhileOp>(pair.trace.forward);
  if (!loop)
    return {};
  std::optional<bool> usual = outcomeThatStays(loop, condition);
  if (!usual)
    return {};
  // Where the trip does not come to a condition in a branch, that does not leave.
  bool isNested = condition.getParentBlock() != loop.bodyBlock();
  bool isNegated = isNested && *usual;
  if (isNested) {
    condition = leavingIn(condition, loop, *usual);
    usual = false;
  }
  while (condition.getParentBlock() != loop.bodyBlock())
    condition = handOutOfBranch(condition);
  std::optional<unsigned> index = carriedCopy(loop, condition);
  if (!index)
    index = carry(pair, condition, *usual,
                  LocalAttr::get(b.getContext(), id,
                                 b.getStringAttr(*usual ? "stayed" : "left"),
                                 b.getStringAttr("bool"), /*generated=*/true));
  Location loc = condition.getLoc();
  Type type = pair.reverseIndex.getType();
  Value last = SubOp::create(b, loc, type, pair.trace.trips,
                             createConstant(b, loc, type, 1));
  Value isUsual = CompareOp::create(
      b, loc, b.getI1Type(), *usual ? Predicate::ne : Predicate::eq,
      pair.reverseIndex, last);
  // trip == trips - 1 && left, or trip != trips - 1 || left.
  auto decision = IfOp::create(b, loc, TypeRange{b.getI1Type()}, isUsual,
                               ArrayAttr(), b.getUnitAttr());
  OpBuilder::InsertionGuard guard(b);
  for (bool onTrue : {true, false}) {
    b.createBlock(onTrue ? &decision.getThenRegion()
                         : &decision.getElseRegion());
    Value value = onTrue == *usual
                      ? createConstant(b, loc, b.getI1Type(), *usual)
                      : pair.trace.forward->getResult(*index);
    YieldOp::create(b, loc, value);
  }
  if (!isNegated)
    return decision.getResult(0);
  b.setInsertionPointAfter(decision);
  return NotOp::create(b, loc, decision.getResult(0));
}
