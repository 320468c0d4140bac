//===- IndexWalks.cpp - Pointers that walk become indices -----------------===//
//
// A pointer that every trip of a counted loop moves on by the same distance is where it
// started plus a multiple of the counter:
//
//   for (i = 0; i < n; ++i)        for (i = 0; i < n; ++i)
//     s += *x++ * *y++;        →     s += x[i] * y[i];
//
// Then the analyses of memory see which elements a trip touches, and nothing has to
// be kept to walk back. Behind the loop the pointer is where the number of trips says.
//
// Requires value form and counted loops.
//
//===----------------------------------------------------------------------===//
#include "CountingForm.h"
#include "ReadVariables.h"
#include "SimplifyRegions.h"
#include "TripCount.h"

#include "adgen/Analysis/CountedLoop.h"
#include "adgen/Analysis/IndexForm.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_INDEXWALKS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {
/// What a trip adds to a pointer: `count` elements, and `amount` more.
struct Stride {
  Value count;
  int64_t amount = 0;
};

/// A pointer that a counted loop carries.
class IndexedWalk {
public:
  IndexedWalk(Operation *loop, unsigned slot) : loop(loop), slot(slot) {}

  bool match();
  void rewrite();

private:
  bool matchHeader();
  bool matchStride(Value next, BlockArgument argument);
  Value tripsUntilEnd(OpBuilder &b);
  Value distanceAt(OpBuilder &b, Value counter, Operation *user);
  Value placeAt(OpBuilder &b, Value distance);
  void replaceUses(BlockArgument pointer, Value counter);

  Operation *loop;
  unsigned slot;
  Value lower, upper, init;
  Predicate predicate = Predicate::lt;
  int64_t step = 1;
  /// Of an `ad.while` the carried value that counts.
  unsigned counterSlot = 0;
  Stride stride;
};
} // namespace

//===----------------------------------------------------------------------===//
// Matching
//===----------------------------------------------------------------------===//

bool IndexedWalk::matchHeader() {
  if (auto counted = dyn_cast<ForOp>(loop)) {
    lower = counted.getLower();
    upper = counted.getUpper();
    predicate = counted.getPredicate();
    step = int64_t(counted.getStep());
    init = counted.getInits()[slot];
    return true;
  }
  auto header = matchCountedHeader(cast<WhileOp>(loop));
  if (!header)
    return false;
  lower = header->lower;
  upper = header->upper;
  predicate = header->predicate;
  step = header->step;
  counterSlot = header->index;
  init = cast<WhileOp>(loop).getInits()[slot];
  return true;
}

/// Whether `next` is the pointer plus a distance that is the same in all trips.
bool IndexedWalk::matchStride(Value next, BlockArgument argument) {
  stride = {};
  for (Value value = withoutLets(next); value != argument;) {
    auto offset = value.getDefiningOp<OffsetOp>();
    if (!offset)
      return false;
    if (auto constant = intConstant(offset.getIndex())) {
      if (constant->getSignificantBits() > 31)
        return false;
      stride.amount += constant->getSExtValue();
    } else if (!stride.count && isPureOf(offset.getIndex(), loop)) {
      stride.count = offset.getIndex();
    } else {
      return false;
    }
    value = withoutLets(offset.getBase());
  }
  return stride.count || stride.amount != 0;
}

bool IndexedWalk::match() {
  if (!isa<PlaceType>(loop->getResult(slot).getType()) || !matchHeader())
    return false;
  if (auto counted = dyn_cast<ForOp>(loop)) {
    Block *block = counted.block();
    return matchStride(block->getTerminator()->getOperand(slot),
                       block->getArgument(slot + 1)) &&
           (loop->getResult(slot).use_empty() || std::abs(step) == 1);
  }
  auto repeated = cast<WhileOp>(loop);
  auto valueOf = [&](Block *block) { return nextOf(block).getValues()[slot]; };
  auto argumentOf = [&](Block *block) { return block->getArgument(slot); };
  auto leaves = [&](Block *block) {
    auto go = intConstant(nextOf(block).getGo());
    return !go || go->isZero();
  };
  Block *head = repeated.headBlock(), *body = repeated.bodyBlock(),
        *stepBlock = repeated.stepBlock();
  if (valueOf(head) != argumentOf(head) || leaves(stepBlock))
    return false;
  // The body or the step moves on; who leaves from the body would be in between.
  if (valueOf(body) == argumentOf(body))
    return matchStride(valueOf(stepBlock), argumentOf(stepBlock));
  return valueOf(stepBlock) == argumentOf(stepBlock) &&
         (!leaves(body) || loop->getResult(slot).use_empty()) &&
         matchStride(valueOf(body), argumentOf(body));
}

//===----------------------------------------------------------------------===//
// Rewriting
//===----------------------------------------------------------------------===//

/// `0 < n ? n : 0`.
static Value createClamped(OpBuilder &b, Location loc, Value count) {
  auto type = cast<IntType>(count.getType());
  if (!type.getIsSigned())
    return count;
  if (auto constant = intConstant(count))
    return constant->isNegative() ? createConstant(b, loc, type, 0) : count;
  Value zero = createConstant(b, loc, type, 0);
  Value isPositive =
      CompareOp::create(b, loc, b.getI1Type(), Predicate::lt, zero, count);
  return SelectOp::create(b, loc, isPositive, count, zero);
}

/// Within the loop that it bounds, `0 < n ? n : 0` is n.
static Value withoutClamp(Value count, Operation *user) {
  auto select = count.getDefiningOp<SelectOp>();
  auto compare = select ? select.getCondition().getDefiningOp<CompareOp>()
                        : CompareOp();
  if (!compare || compare.getPredicate() != Predicate::lt ||
      compare.getZ() != select.getX() || compare.getX() != select.getZ())
    return count;
  auto zero = intConstant(select.getZ());
  if (!zero || !zero->isZero())
    return count;
  for (Operation *op = user->getParentOp(); op; op = op->getParentOp())
    if (auto outer = dyn_cast<ForOp>(op)) {
      auto first = intConstant(outer.getLower());
      if (first && first->isZero() && outer.getPredicate() == Predicate::lt &&
          isSameExpression(outer.getUpper(), select.getX()))
        return select.getX();
    }
  return count;
}

/// The integer as a `long`, so that a multiple of it does not overflow; an unsigned one
/// by a cast that is spelled, as its negative would wrap.
static Value widened(OpBuilder &b, Value value) {
  auto type = IntType::get(b.getContext(), "long", 64, true, false);
  if (auto constant = intConstant(value))
    return createConstant(b, value.getLoc(), type, constant->getSExtValue());
  if (value.getType() == type)
    return value;
  bool isSigned = cast<IntType>(value.getType()).getIsSigned();
  return CastOp::create(b, value.getLoc(), type, value,
                        isSigned ? StringAttr() : b.getStringAttr("long"));
}

/// How far the pointer is from its start after so many trips; a new number of `long`
/// unless the trips are the elements.
static Value multiply(OpBuilder &b, Location loc, Value trips, Stride stride,
                      Operation *user) {
  if (!stride.count && stride.amount == 1)
    return trips;
  Value wide = widened(b, trips);
  Value each;
  if (stride.count) {
    Value count = user ? withoutClamp(stride.count, user) : stride.count;
    each = stride.amount ? plusConstant(b, loc, widened(b, count), stride.amount)
                         : widened(b, count);
  } else if (stride.amount == -1) {
    return NegOp::create(b, loc, wide.getType(), wide);
  } else {
    each = createConstant(b, loc, wide.getType(), stride.amount);
  }
  return MulOp::create(b, loc, wide.getType(), wide, each);
}

Value IndexedWalk::distanceAt(OpBuilder &b, Value counter, Operation *user) {
  Location loc = loop->getLoc();
  // What counts in the same steps needs no number of trips.
  if (!stride.count && stride.amount == step) {
    auto first = intConstant(lower);
    return first ? plusConstant(b, loc, counter, -first->getSExtValue())
                 : SubOp::create(b, loc, counter.getType(), counter, lower);
  }
  return multiply(b, loc, createTrip(b, loc, counter, lower, step), stride, user);
}

/// The start plus the distance; `x + i` for `x + m + (i - m)`. A name that stands for a
/// parameter, or for the begin of a container, goes.
Value IndexedWalk::placeAt(OpBuilder &b, Value distance) {
  Location loc = loop->getLoc();
  Value start = withoutLets(init);
  if (isa<BlockArgument>(start) || start.getDefiningOp<AccessOp>())
    init = start;
  auto constant = intConstant(distance);
  if (constant && constant->isZero())
    return init;
  if (auto offset = start.getDefiningOp<OffsetOp>()) {
    auto difference = distance.getDefiningOp<SubOp>();
    if (difference && difference.getZ() == offset.getIndex())
      return OffsetOp::create(b, loc, offset.getBase(), difference.getX());
    auto first = intConstant(offset.getIndex());
    if (first && first->getSignificantBits() < 32)
      return OffsetOp::create(
          b, loc, offset.getBase(),
          plusConstant(b, loc, distance, first->getSExtValue()));
  }
  return OffsetOp::create(b, loc, init, distance);
}

/// Lets each user compute the place; a variable for it would be one more name.
void IndexedWalk::replaceUses(BlockArgument pointer, Value counter) {
  SmallVector<OpOperand *> uses;
  SmallVector<Value> names = {pointer};
  for (unsigned i = 0; i != names.size(); ++i)
    for (OpOperand &use : names[i].getUses())
      if (auto let = dyn_cast<LetOp>(use.getOwner()))
        names.push_back(let);
      else
        uses.push_back(&use);
  for (OpOperand *use : uses) {
    Operation *user = use->getOwner();
    OpBuilder b(user);
    Value place = placeAt(b, distanceAt(b, counter, user));
    // `*++x`: one place, not a name for each step.
    auto moved = dyn_cast<OffsetOp>(user);
    if (!moved || use->getOperandNumber() != 0) {
      use->set(place);
      continue;
    }
    use->set(place);
    SmallVector<LetOp> lets;
    for (Operation *next : moved->getUsers())
      if (auto let = dyn_cast<LetOp>(next))
        lets.push_back(let);
    for (LetOp let : lets)
      let.replaceAllUsesWith(moved.getResult());
  }
}

Value IndexedWalk::tripsUntilEnd(OpBuilder &b) {
  Location loc = loop->getLoc();
  auto first = intConstant(lower);
  Value distance;
  if (step > 0)
    distance = first ? plusConstant(b, loc, upper, -first->getSExtValue())
                     : SubOp::create(b, loc, upper.getType(), upper, lower);
  else
    distance = SubOp::create(b, loc, upper.getType(), lower, upper);
  if (predicate == Predicate::le || predicate == Predicate::ge)
    distance = plusConstant(b, loc, distance, 1);
  return createClamped(b, loc, distance);
}

void IndexedWalk::rewrite() {
  OpBuilder b(loop);
  if (stride.count) {
    IRMapping mapping;
    stride.count = computeOutside(stride.count, loop, b, mapping);
  }
  Location loc = loop->getLoc();
  Value result = loop->getResult(slot);
  if (auto counted = dyn_cast<ForOp>(loop)) {
    if (!result.use_empty()) {
      b.setInsertionPointAfter(loop);
      Value distance = multiply(b, loc, tripsUntilEnd(b), stride, nullptr);
      result.replaceAllUsesWith(placeAt(b, distance));
    }
    BlockArgument pointer = counted.block()->getArgument(slot + 1);
    replaceUses(pointer, counted.induction());
    counted.block()->getTerminator()->setOperand(slot, pointer);
    return;
  }
  if (!result.use_empty()) {
    b.setInsertionPointAfter(loop);
    result.replaceAllUsesWith(
        placeAt(b, distanceAt(b, loop->getResult(counterSlot), nullptr)));
  }
  for (Region &region : loop->getRegions()) {
    BlockArgument pointer = region.getArgument(slot);
    OpOperand &next = nextOf(&region.front()).getValuesMutable()[slot];
    replaceUses(pointer, region.getArgument(counterSlot));
    next.set(pointer);
  }
}

namespace {
struct IndexWalks : adgen::impl::IndexWalksBase<IndexWalks> {
  void runOnOperation() override {
    // Inner loops first: where they end is how far a trip of the outer one walks.
    SmallVector<Operation *> loops;
    getOperation().walk([&](Operation *op) {
      if (isa<ForOp, WhileOp>(op))
        loops.push_back(op);
    });
    for (Operation *loop : loops)
      for (unsigned slot = 0; slot != loop->getNumResults(); ++slot)
        if (IndexedWalk walk(loop, slot); walk.match())
          walk.rewrite();
    simplifyRegions(getOperation());
  }
};
} // namespace
