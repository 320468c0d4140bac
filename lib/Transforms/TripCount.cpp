//===- TripCount.cpp - Code in front of a loop, and behind it -------------===//
//
// What moves out of a loop runs though the loop may have no trip.
//
//===----------------------------------------------------------------------===//
#include "TripCount.h"
#include "Reverse.h"

#include "adgen/Analysis/CountedLoop.h"

using namespace mlir;
using namespace adgen;

Value adgen::plusConstant(OpBuilder &b, Location loc, Value value,
                          int64_t constant) {
  if (constant == 0)
    return value;
  Type type = value.getType();
  if (auto known = intConstant(value))
    return createConstant(b, loc, type, known->getSExtValue() + constant);
  // `n` for `n - 1 + 1`.
  if (auto difference = value.getDefiningOp<SubOp>())
    if (auto known = intConstant(difference.getZ());
        known && known->getSignificantBits() < 32)
      return plusConstant(b, loc, difference.getX(),
                          constant - known->getSExtValue());
  if (auto sum = value.getDefiningOp<AddOp>())
    if (auto known = intConstant(sum.getZ());
        known && known->getSignificantBits() < 32)
      return plusConstant(b, loc, sum.getX(), constant + known->getSExtValue());
  Value size = createConstant(b, loc, type, std::abs(constant));
  return constant < 0 ? SubOp::create(b, loc, type, value, size).getResult()
                      : AddOp::create(b, loc, type, value, size).getResult();
}

Value adgen::createTrip(OpBuilder &b, Location loc, Value counter, Value lower,
                        int64_t step) {
  Type type = counter.getType();
  Value from = lower, to = counter;
  if (step < 0)
    std::swap(from, to);
  Value trip = to;
  auto zero = intConstant(from);
  if (!zero || !zero->isZero())
    trip = SubOp::create(b, loc, type, to, from);
  if (std::abs(step) == 1)
    return trip;
  return DivOp::create(b, loc, type, trip,
                       createConstant(b, loc, type, std::abs(step)));
}

SmallVector<ForOp> adgen::loopsOfDerivative(func::FuncOp function) {
  SmallVector<ForOp> loops;
  if (function->hasAttr("ad.derivative") && !function.isExternal())
    function.walk([&](ForOp loop) { loops.push_back(loop); });
  return loops;
}

/// What the value is at least, if it is a constant, the counter of a loop around that counts
/// up from one, or a constant more.
static std::optional<int64_t> leastOf(Value value) {
  if (auto constant = intConstant(value))
    return constant->getSignificantBits() < 32 ? std::optional(constant->getSExtValue())
                                               : std::nullopt;
  if (auto add = value.getDefiningOp<AddOp>()) {
    auto x = leastOf(add.getX()), z = leastOf(add.getZ());
    return x && z ? std::optional(*x + *z) : std::nullopt;
  }
  auto counter = dyn_cast<BlockArgument>(value);
  auto loop = counter ? dyn_cast<ForOp>(counter.getOwner()->getParentOp()) : ForOp();
  bool countsUp = loop && counter == loop.induction() && loop.getStep() > 0 &&
                  (loop.getPredicate() == Predicate::lt || loop.getPredicate() == Predicate::le);
  return countsUp ? leastOf(loop.getLower()) : std::nullopt;
}

bool adgen::hasTrips(ForOp loop) {
  // An upper bound that is a counter may be more than what it is at least.
  bool isUpward = loop.getPredicate() == Predicate::lt || loop.getPredicate() == Predicate::le;
  auto lower = intConstant(loop.getLower()), upper = intConstant(loop.getUpper());
  auto least = isUpward ? leastOf(loop.getUpper()) : std::nullopt;
  if (upper && upper->getSignificantBits() <= 62)
    least = upper->getSExtValue();
  if (!lower || !least || lower->getSignificantBits() > 62)
    return false;
  int64_t first = lower->getSExtValue(), last = *least;
  switch (loop.getPredicate()) {
  case Predicate::lt:
    return first < last;
  case Predicate::le:
    return first <= last;
  case Predicate::gt:
    return first > last;
  case Predicate::ge:
    return first >= last;
  default:
    return false;
  }
}

/// The condition that the loop has a trip: `n > 0` for `for (i = 0; i < n; …)`.
static Value createHasTrips(OpBuilder &b, ForOp loop) {
  Value lower = loop.getLower(), upper = loop.getUpper();
  if (intConstant(lower))
    return CompareOp::create(b, loop.getLoc(), b.getI1Type(),
                             mirrored(loop.getPredicate()), upper, lower);
  return CompareOp::create(b, loop.getLoc(), b.getI1Type(), loop.getPredicate(),
                           lower, upper);
}

Block *adgen::createIfTrips(OpBuilder &b, ForOp loop) {
  auto branch = IfOp::create(b, loop.getLoc(), TypeRange(),
                             createHasTrips(b, loop), {}, false);
  OpBuilder::InsertionGuard guard(b);
  for (Region &region : branch->getRegions()) {
    b.createBlock(&region);
    YieldOp::create(b, loop.getLoc(), ValueRange());
  }
  return branch.thenBlock();
}

bool adgen::isOutside(Value value, Operation *loop) {
  return !loop->isAncestor(value.getParentRegion()->getParentOp());
}

bool adgen::isPureOf(Value value, Operation *loop,
                     function_ref<bool(Value)> isKnown) {
  if (isOutside(value, loop) || (isKnown && isKnown(value)))
    return true;
  Operation *op = value.getDefiningOp();
  // A division may be undefined where the loop has no trip.
  bool mayFail = isa_and_present<DivOp, RemOp>(op) && !isCheap(op);
  return op && isPure(op) && op->getNumRegions() == 0 && !mayFail &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           return isPureOf(operand, loop, isKnown);
         });
}

Value adgen::computeOutside(Value value, Operation *loop, OpBuilder &b,
                            IRMapping &mapping) {
  if (Value known = mapping.lookupOrNull(value))
    return known;
  if (isOutside(value, loop))
    return value;
  Operation *op = value.getDefiningOp();
  // A name is the loop's own.
  if (auto let = dyn_cast<LetOp>(op))
    return computeOutside(let.getValue(), loop, b, mapping);
  for (Value operand : op->getOperands())
    mapping.map(operand, computeOutside(operand, loop, b, mapping));
  return b.clone(*op, mapping)->getResult(0);
}
