//===- CountingForm.cpp - Loops as Analysis/CountedLoop knows them --------===//
//
// There are many ways to count. These become the one that is recognized:
//
//   while (i < n) { …; ++i; }      for (; i < n; ++i) …
//   while (n--) …                  for (; n != 0; --n) …, where n is n - 1
//   for (; i + 1 < n; ++i)         for (; i < n - 1; ++i)
//   for (; p != x + n; ++p)        for (i = 0; i < n; ++i), where p walks as well
//   for (; it != v.end(); ++it)    for (i = 0; i < v.size(); ++i)
//   while (p + 1 < end) { …; ++p; }    for (i = 0; i < end - p - 1; ++i)
//
// What walks is left to `ad-index-walks`.
//
//===----------------------------------------------------------------------===//
#include "CountingForm.h"
#include "FreshLocals.h"
#include "ReadVariables.h"
#include "RegionResults.h"
#include "TripCount.h"

#include "adgen/Analysis/CountedLoop.h"
#include "adgen/Analysis/Slots.h"

using namespace mlir;
using namespace adgen;

static bool isTrue(Value value) {
  auto constant = intConstant(value);
  return constant && !constant->isZero();
}

std::optional<MovedArgument> adgen::matchMovedArgument(Value value) {
  int64_t amount = 0;
  while (!isa<BlockArgument>(value)) {
    Operation *op = value.getDefiningOp();
    if (auto let = dyn_cast<LetOp>(op)) {
      value = let.getValue();
      continue;
    }
    if (!isa<AddOp, SubOp, OffsetOp>(op) || isReal(value.getType()))
      return {};
    Value moved = op->getOperand(0), size = op->getOperand(1);
    if (isa<AddOp>(op) && intConstant(moved))
      std::swap(moved, size);
    auto constant = intConstant(size);
    if (!constant || constant->getSignificantBits() > 32)
      return {};
    int64_t one = constant->getSExtValue();
    amount += isa<SubOp>(op) ? -one : one;
    value = moved;
  }
  if (!isa<IntType, PlaceType>(value.getType()) || std::abs(amount) > INT32_MAX)
    return {};
  return MovedArgument{cast<BlockArgument>(value), amount};
}

/// The integer or pointer plus a constant, as the variable that it belongs to.
static Value createMoved(OpBuilder &b, Location loc, Value value, int64_t amount,
                         LocalAttr local) {
  Value moved;
  if (isa<PlaceType>(value.getType())) {
    auto type = IntType::get(b.getContext(), "int", 32, true, false);
    moved = OffsetOp::create(b, loc, value, createConstant(b, loc, type, amount));
  } else {
    moved = plusConstant(b, loc, value, amount);
  }
  return local ? Value(LetOp::create(b, loc, moved, local)) : moved;
}

namespace {
/// What a body does with a carried value on its way to the step and out of the loop.
struct Paths {
  /// What it adds where it goes on, the same everywhere; nothing before any is seen.
  std::optional<int64_t> added;
  /// Whether nothing is added where it leaves the loop.
  bool leavesUnchanged = true;
};
} // namespace

/// Follows `value` and `go` through branches. Returns false where something else than a
/// constant may be added.
static bool followPaths(Value value, Value go, BlockArgument argument,
                        Paths &paths) {
  Value named = withoutLets(value);
  auto branch = go.getDefiningOp<IfOp>();
  if (!branch)
    branch = named.getDefiningOp<IfOp>();
  if (branch)
    return llvm::all_of(branch->getRegions(), [&](Region &region) {
      Operation *yield = region.front().getTerminator();
      auto inside = [&](Value outer, Value otherwise) {
        auto result = dyn_cast<OpResult>(outer);
        return result && result.getOwner() == branch
                   ? yield->getOperand(result.getResultNumber())
                   : otherwise;
      };
      return followPaths(inside(named, value), inside(go, go), argument, paths);
    });
  auto moved = matchMovedArgument(value);
  if (!moved || moved->carried != argument)
    return false;
  auto goes = intConstant(go);
  if (!goes || goes->isZero())
    paths.leavesUnchanged &= moved->amount == 0;
  if (goes && goes->isZero())
    return true;
  bool isSame = !paths.added || *paths.added == moved->amount;
  paths.added = moved->amount;
  return isSame;
}

std::optional<int64_t> adgen::amountPerTrip(WhileOp loop, unsigned slot) {
  auto next = [&](Block *block) { return nextOf(block).getValues()[slot]; };
  Block *body = loop.bodyBlock(), *step = loop.stepBlock();
  auto atStep = matchMovedArgument(next(step));
  Paths paths;
  if (next(loop.headBlock()) != loop.headBlock()->getArgument(slot) || !atStep ||
      atStep->carried != step->getArgument(slot) ||
      !followPaths(next(body), nextOf(body).getGo(), body->getArgument(slot),
                   paths) ||
      !paths.added)
    return {};
  return *paths.added + atStep->amount;
}

//===----------------------------------------------------------------------===//
// Where the carried value changes
//===----------------------------------------------------------------------===//

namespace {
/// One carried value of a loop, which its head compares.
class Counter {
public:
  Counter(WhileOp loop, unsigned slot)
      : loop(loop), slot(slot), local(getLocal(loop.getLocalsAttr(), slot)) {}

  bool moveOutOfHead();
  bool moveIntoStep();
  /// What the step adds; 0 if something else changes the value.
  int64_t step();

private:
  BlockArgument in(Block *block) { return block->getArgument(slot); }
  Value next(Block *block) { return nextOf(block).getValues()[slot]; }
  void setNext(Block *block, Value value) {
    nextOf(block).getValuesMutable()[slot].set(value);
  }
  bool staysIn(Block *block) { return next(block) == in(block); }
  /// Whether the loop's result is what the head handed on, if anybody reads it.
  bool leavesFromHead() {
    return isTrue(nextOf(loop.bodyBlock()).getGo()) ||
           loop.getResult(slot).use_empty();
  }

  WhileOp loop;
  unsigned slot;
  LocalAttr local;
};
} // namespace

/// `while (n--)`: what is carried is the value after the head. A signed one starts with
/// it; of an unsigned one, which might wrap, the body and who comes after the loop
/// subtract themselves.
bool Counter::moveOutOfHead() {
  if (staysIn(loop.headBlock()))
    return true;
  BlockArgument atHead = in(loop.headBlock());
  auto moved = matchMovedArgument(next(loop.headBlock()));
  if (!moved || moved->carried != atHead)
    return false;
  auto type = dyn_cast<IntType>(atHead.getType());
  bool isSigned = type && type.getIsSigned();
  if (!isSigned && !leavesFromHead())
    return false;
  OpBuilder b(loop->getContext());
  Location loc = loop.getLoc();
  auto replace = [&](Value value, int64_t amount, LocalAttr name) {
    Value now = createMoved(b, loc, value, amount, name);
    llvm::SmallPtrSet<Operation *, 2> own = {now.getDefiningOp()};
    if (auto let = now.getDefiningOp<LetOp>())
      own.insert(let.getValue().getDefiningOp());
    value.replaceAllUsesExcept(now, own);
  };
  if (isSigned) {
    b.setInsertionPoint(loop);
    OpOperand &init = loop.getInitsMutable()[slot];
    init.set(createMoved(b, loc, init.get(), moved->amount, {}));
    b.setInsertionPointToStart(loop.headBlock());
    replace(atHead, -moved->amount, {});
    b.setInsertionPoint(loop.stepBlock()->getTerminator());
    setNext(loop.stepBlock(), createMoved(b, loc, next(loop.stepBlock()),
                                          moved->amount, local));
    loop.setKind("for");
  } else {
    b.setInsertionPointToStart(loop.bodyBlock());
    replace(in(loop.bodyBlock()), moved->amount, local);
    b.setInsertionPointAfter(loop);
    if (!loop.getResult(slot).use_empty())
      replace(loop.getResult(slot), moved->amount, local);
  }
  setNext(loop.headBlock(), atHead);
  return true;
}

/// `++i` in the body, or in all of its branches that go on.
bool Counter::moveIntoStep() {
  if (staysIn(loop.bodyBlock()))
    return true;
  Paths paths;
  auto added = matchMovedArgument(next(loop.stepBlock()));
  if (!followPaths(next(loop.bodyBlock()), nextOf(loop.bodyBlock()).getGo(),
                   in(loop.bodyBlock()), paths) ||
      !paths.added || !added || added->carried != in(loop.stepBlock()) ||
      (!paths.leavesUnchanged && !loop.getResult(slot).use_empty()))
    return false;
  setNext(loop.bodyBlock(), in(loop.bodyBlock()));
  OpBuilder b(loop.stepBlock()->getTerminator());
  setNext(loop.stepBlock(),
          createMoved(b, loop.getLoc(), in(loop.stepBlock()),
                      added->amount + *paths.added, local));
  loop.setKind("for");
  return true;
}

int64_t Counter::step() {
  if (!staysIn(loop.headBlock()) || !staysIn(loop.bodyBlock()) ||
      !isTrue(nextOf(loop.stepBlock()).getGo()))
    return 0;
  auto moved = matchMovedArgument(next(loop.stepBlock()));
  return moved && moved->carried == in(loop.stepBlock()) ? moved->amount : 0;
}

//===----------------------------------------------------------------------===//
// What the head compares
//===----------------------------------------------------------------------===//

namespace {
/// `counter predicate bound`, of integers or pointers.
struct HeadTest {
  Predicate predicate;
  Value counter, bound;
  MovedArgument moved;
};
} // namespace

/// The comparison of a carried value, which comes first then.
static std::optional<HeadTest> findCondition(WhileOp loop) {
  auto compare = nextOf(loop.headBlock()).getGo().getDefiningOp<CompareOp>();
  if (!compare)
    return {};
  for (bool isMirrored : {false, true}) {
    Value counter = isMirrored ? compare.getZ() : compare.getX();
    Value bound = isMirrored ? compare.getX() : compare.getZ();
    auto moved = matchMovedArgument(counter);
    if (moved && moved->carried.getOwner() == loop.headBlock() &&
        isInvariantInHead(bound, loop))
      return HeadTest{isMirrored ? mirrored(compare.getPredicate())
                                  : compare.getPredicate(),
                       counter, bound, *moved};
  }
  return {};
}

/// Lets the head compare where it tests an integer: `n != 0` for `n`.
static void compareTested(WhileOp loop) {
  NextOp head = nextOf(loop.headBlock());
  auto cast = head.getGo().getDefiningOp<CastOp>();
  if (!cast || !isa<IntType>(cast.getValue().getType()))
    return;
  OpBuilder b(cast);
  Value zero =
      createConstant(b, cast.getLoc(), cast.getValue().getType(), 0);
  Value compare = CompareOp::create(b, cast.getLoc(), b.getI1Type(),
                                    Predicate::ne, cast.getValue(), zero);
  head.getGoMutable().assign(compare);
}

/// The comparison `i + move < n`, or of another predicate, as `i < n - move`. Signed
/// numbers near their ends overflow in either form; unsigned ones are less than
/// `n < move ? 0 : n - move`, where `i + move <= n` is `i + (move - 1) < n`; `i > -1` is
/// `i >= 0`. Null where that is not the same.
static Value createIsolated(OpBuilder &b, Location loc, Predicate predicate,
                            Value counter, Value bound, int64_t move) {
  auto type = cast<IntType>(bound.getType());
  auto compare = [&](Predicate by, Value with) {
    return CompareOp::create(b, loc, b.getI1Type(), by, counter, with);
  };
  if (type.getIsSigned() || move == 0) {
    Value isolated = plusConstant(b, loc, bound, -move);
    auto constant = intConstant(isolated);
    if (predicate == Predicate::gt && constant && constant->isAllOnes())
      return compare(Predicate::ge, plusConstant(b, loc, isolated, 1));
    return compare(predicate, isolated);
  }
  if (predicate == Predicate::le && move > 0)
    --move;
  else if (predicate != Predicate::lt)
    return {};
  if (move < 0)
    return {};
  if (move == 0)
    return compare(Predicate::lt, bound);
  Value size = createConstant(b, loc, type, move);
  Value isLess =
      CompareOp::create(b, loc, b.getI1Type(), Predicate::lt, bound, size);
  Value zero = createConstant(b, loc, type, 0);
  Value rest = SubOp::create(b, loc, type, bound, size);
  return compare(Predicate::lt, SelectOp::create(b, loc, isLess, zero, rest));
}

/// Lets the head compare the counter where it compares the counter and a constant.
static void isolateCounter(WhileOp loop, HeadTest condition, int64_t step) {
  bool isSigned = cast<IntType>(condition.counter.getType()).getIsSigned();
  // `i != -1` downwards is `i >= 0`.
  if (condition.predicate == Predicate::ne && isSigned && step == -1) {
    condition.predicate = Predicate::ge;
    --condition.moved.amount;
  } else if (condition.counter == condition.moved.carried) {
    return;
  }
  NextOp head = nextOf(loop.headBlock());
  OpBuilder b(head);
  Value isolated = createIsolated(
      b, head.getGo().getLoc(), condition.predicate, condition.moved.carried,
      condition.bound, condition.moved.amount);
  if (isolated)
    head.getGoMutable().assign(isolated);
}

//===----------------------------------------------------------------------===//
// Walks
//===----------------------------------------------------------------------===//

namespace {
/// A place as a number of elements behind another one; no number is none.
struct Position {
  Value base, number;
};

/// What a walk counts: it is at `base + i` for i from `lower` on.
struct Walk {
  Value lower, upper;
  StringRef type;
};
} // namespace

static bool isText(Value place, StringRef text) {
  auto access = place.getDefiningOp<AccessOp>();
  return access && access.getText() == text && access->getNumOperands() == 1;
}

static Position findPosition(Value place) {
  place = withoutLets(place);
  if (auto offset = place.getDefiningOp<OffsetOp>())
    return {withoutLets(offset.getBase()), offset.getIndex()};
  return {place, Value()};
}

static bool isSameBase(Value x, Value z) {
  return x == z || (isText(x, "{0}.begin()") && isText(z, "{0}.begin()") &&
                    x.getDefiningOp()->getOperand(0) ==
                        z.getDefiningOp()->getOperand(0));
}

/// The bounds of a walk from `first` to `last`, computed where `b` is.
static Walk countWalk(OpBuilder &b, Location loc, Value first, Value last) {
  Position start = findPosition(first), end = findPosition(last);
  // All of a container.
  if (isText(start.base, "{0}.begin()") && !start.number &&
      isText(end.base, "{0}.end()") && !end.number) {
    Value container = end.base.getDefiningOp()->getOperand(0);
    if (container == start.base.getDefiningOp()->getOperand(0)) {
      auto type = IntType::get(b.getContext(), "unsigned long", 64, false, false);
      Value size = QueryOp::create(b, loc, type, "{0}.size()", container,
                                   ValueRange());
      return {createConstant(b, loc, type, 0), size, "std::size_t"};
    }
  }
  if (isSameBase(start.base, end.base) && (start.number || end.number)) {
    auto type = cast<IntType>((end.number ? end.number : start.number).getType());
    auto numberOf = [&](Value number) -> Value {
      if (!number)
        return createConstant(b, loc, type, 0);
      if (auto constant = intConstant(number);
          constant && (type.getIsSigned() || !constant->isNegative()))
        return createConstant(b, loc, type, constant->getSExtValue());
      return number;
    };
    Value lower = numberOf(start.number), upper = numberOf(end.number);
    if (lower.getType() == upper.getType())
      return {lower, upper,
              type.getSpelling() == "unsigned long" ? "std::size_t"
                                                    : type.getSpelling()};
  }
  auto type = IntType::get(b.getContext(), "long", 64, true, false);
  return {createConstant(b, loc, type, 0),
          DistanceOp::create(b, loc, type, last, first), "long"};
}

/// Gives a loop whose head compares a pointer a counter, and lets it compare that.
static WhileOp addCounter(WhileOp loop, const HeadTest &condition, int64_t step,
                          FreshLocals &fresh) {
  bool up = step > 0;
  Predicate predicate = condition.predicate;
  if (predicate == Predicate::ne && std::abs(step) == 1)
    predicate = up ? Predicate::lt : Predicate::gt;
  bool bounds = up ? predicate == Predicate::lt || predicate == Predicate::le
                   : predicate == Predicate::gt || predicate == Predicate::ge;
  int64_t ahead = condition.moved.amount;
  if (!bounds || (ahead != 0 && (predicate != Predicate::lt || ahead < 0)))
    return loop;
  unsigned slot = condition.moved.carried.getArgNumber();
  NextOp head = nextOf(loop.headBlock());
  Location loc = head.getGo().getLoc();
  OpBuilder b(head);
  // What the head computes of invariant values may move in front of the loop.
  IRMapping mapping;
  b.setInsertionPoint(loop);
  Value last = computeOutside(condition.bound, loop, b, mapping);
  Walk walk = countWalk(b, loc, loop.getInits()[slot], last);
  Type type = walk.lower.getType();
  LocalAttr local = fresh.create("i", walk.type);
  for (Region &region : loop->getRegions()) {
    Value counter = region.addArgument(type, loc);
    Block *block = &region.front();
    b.setInsertionPoint(block->getTerminator());
    Value next = counter;
    if (block == loop.stepBlock())
      next = createMoved(b, loc, counter, step, local);
    if (block == loop.headBlock()) {
      // `p + 1 < end` is `i < n - 1`.
      Value goes = createIsolated(b, loc, predicate, counter, walk.upper,
                                  condition.moved.amount);
      head.getGoMutable().assign(goes);
    }
    block->getTerminator()->insertOperands(block->getTerminator()->getNumOperands(),
                                           next);
  }
  return cast<WhileOp>(addResults(loop, walk.lower, type, Attribute(local)));
}

WhileOp adgen::bringIntoCountingForm(WhileOp loop, FreshLocals &fresh) {
  NextOp head = nextOf(loop.headBlock());
  Value before = head.getGo();
  auto restore = [&] { head.getGoMutable().assign(before); };
  compareTested(loop);
  auto condition = findCondition(loop);
  if (!condition) {
    restore();
    return loop;
  }
  Counter counter(loop, condition->moved.carried.getArgNumber());
  if (!counter.moveOutOfHead() || !counter.moveIntoStep() ||
      counter.step() == 0) {
    restore();
    return loop;
  }
  condition = findCondition(loop);
  if (isa<PlaceType>(condition->counter.getType()))
    return addCounter(loop, *condition, counter.step(), fresh);
  isolateCounter(loop, *condition, counter.step());
  if (!matchCountedHeader(loop))
    restore();
  return loop;
}
