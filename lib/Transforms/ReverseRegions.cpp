//===- ReverseRegions.cpp - Adjoints of branches and loops ----------------===//
//
// A branch: the adjoints of outer values are carried through.
//
//   y = if c { sin(x) } else { x }
//   →  x_bar' = if c { x_bar + cos(x) * y_bar } else { x_bar + y_bar }
//
// A loop: its trips backwards. The forward loop records the carried values at
// the start of each trip; the reverse loop carries their adjoints, and those of
// every outer real that a trip uses.
//
//   x = for i (x) { x = r * x * (1 - x) }
//   →  x_tape[i] = x in the forward loop;
//      r_bar, x_bar = for i reversed (r_bar, x_bar) {
//        x = x_tape[i]
//        r_bar + x * (1 - x) * x_bar, r * (1 - 2 * x) * x_bar }
//
// A loop nested in another one is run (and recorded) again in the reversed
// trip, so tapes take memory for the trips of each level once.
//
//===----------------------------------------------------------------------===//
#include "Reverse.h"
#include "CountingForm.h"
#include "TripCount.h"

#include "adgen/Analysis/CountedLoop.h"
#include "adgen/Analysis/IndexForm.h"

using namespace mlir;
using namespace adgen;

/// The largest trip count for which a tape is an array on the stack.
static constexpr int64_t maxArrayTape = 1024;

static IntType makeInt(OpBuilder &b) {
  return IntType::get(b.getContext(), "int", 32, true, false);
}

static LocalAttr generated(OpBuilder &b, unsigned id, StringRef name,
                           StringRef type) {
  return LocalAttr::get(b.getContext(), id, b.getStringAttr(name),
                        b.getStringAttr(type), /*generated=*/true);
}

//===----------------------------------------------------------------------===//
// Forward sweep
//===----------------------------------------------------------------------===//

bool AdjointBuilder::isActiveLoop(Operation *op) {
  return isa<ForOp, WhileOp>(op) &&
         (llvm::any_of(op->getResults(),
                       [&](Value v) { return activity.isActive(v); }) ||
          touchesShadows(op));
}

/// Copies a block of the primal to the insertion point.
void AdjointBuilder::forward(Block &block, Level &level) {
  for (Operation &op : block.without_terminator()) {
    if (isActiveLoop(&op)) {
      if (auto loop = dyn_cast<ForOp>(op))
        forwardLoop(loop, level);
      else
        forwardLoop(cast<WhileOp>(op), level);
      continue;
    }
    if (!isa<IfOp, SwitchOp>(op)) {
      b.clone(op, level.values);
      continue;
    }
    Operation *copy = b.cloneWithoutRegions(op, level.values);
    OpBuilder::InsertionGuard guard(b);
    for (auto [from, to] : llvm::zip(op.getRegions(), copy->getRegions())) {
      b.createBlock(&to);
      forward(from.front(), level);
      b.clone(*from.front().getTerminator(), level.values);
    }
  }
}

/// At the start of a trip: keeps the carried values `args` on tapes, which are
/// allocated before the loop `op`.
void AdjointBuilder::recordCarried(Operation *op, ValueRange args, Value index,
                                   LoopTrace &trace) {
  for (auto [tape, arg] : llvm::zip(trace.tapes, args))
    if (tape)
      RecordOp::create(b, op->getLoc(), arg, tape, index);
}

/// The trip count if it is a constant, else nothing.
static std::optional<int64_t> constantTrips(Value lower, Value upper,
                                            int64_t step, Predicate predicate) {
  auto lo = intConstant(lower), hi = intConstant(upper);
  if (!lo || !hi || lo->getBitWidth() > 32 || hi->getBitWidth() > 32)
    return {};
  int64_t from = lo->getSExtValue(), to = hi->getSExtValue();
  if (predicate == Predicate::le)
    ++to;
  else if (predicate == Predicate::ge)
    --to;
  else if (predicate == Predicate::eq || predicate == Predicate::ne)
    return {};
  int64_t trips = step > 0 ? (to - from + step - 1) / step
                           : (from - to - step - 1) / -step;
  return std::max<int64_t>(trips, 0);
}

namespace {
/// How the tapes of a loop are sized and indexed.
struct TapePlan {
  Value size;
  bool clamp = false;
  /// Added to the counter to get the index, or nothing: index (counter -
  /// lower) / step.
  bool indexIsCounter = false;
};
} // namespace

/// Whether the value is not negative, and as small as where a loop outside starts: it
/// is the counter of such a loop, plus a constant.
static bool isOuterCounter(Value lower) {
  int64_t constant = 0;
  while (Operation *op = lower.getDefiningOp()) {
    auto known = isa<AddOp>(op) ? intConstant(op->getOperand(1)) : std::nullopt;
    if (!isa<LetOp>(op) && (!known || known->isNegative() || known->sgt(4)))
      return false;
    constant += known ? known->getSExtValue() : 0;
    lower = op->getOperand(0);
  }
  auto outer = dyn_cast<ForOp>(cast<BlockArgument>(lower).getOwner()->getParentOp());
  if (!outer || lower != outer.induction() || constant > 4)
    return false;
  auto first = intConstant(outer.getLower());
  return int64_t(outer.getStep()) > 0 && first && first->sge(0) && first->sle(4);
}

/// The tapes of a counted loop. Where the loop counts up from a small constant or an
/// outer counter, or down to a small constant, the counter is the index, and nothing
/// is computed that could overflow; any other loop's tapes grow.
static TapePlan planTapes(OpBuilder &b, ForOp loop, Value lower, Value upper) {
  TapePlan plan;
  Location loc = loop.getLoc();
  Predicate predicate = loop.getPredicate();
  auto isSmall = [](std::optional<APInt> constant) {
    return constant && constant->sge(0) && constant->sle(4);
  };
  bool isUp = loop.getStep() == 1 &&
              (isSmall(intConstant(lower)) || isOuterCounter(loop.getLower())) &&
              (predicate == Predicate::lt || predicate == Predicate::le);
  auto to = intConstant(upper);
  if (to && predicate == Predicate::gt)
    ++*to;
  bool isDown = int64_t(loop.getStep()) == -1 && isSmall(to) &&
                (predicate == Predicate::gt || predicate == Predicate::ge);
  plan.indexIsCounter = (isUp || isDown) && lower.getType() == upper.getType();
  if (!plan.indexIsCounter)
    return plan;
  if (isDown) {
    plan.size = plusConstant(b, loc, lower, 1);
    plan.clamp = cast<IntType>(lower.getType()).getIsSigned();
    if (auto first = intConstant(lower)) {
      plan.size = createConstant(
          b, loc, makeInt(b), std::max<int64_t>(first->getSExtValue() + 1, 0));
      plan.clamp = false;
    }
    return plan;
  }
  bool inclusive = predicate == Predicate::le;
  if (to && to->getActiveBits() < 32) {
    int64_t size = std::max<int64_t>(to->getSExtValue() + inclusive, 0);
    plan.size = createConstant(b, loc, makeInt(b), size);
    return plan;
  }
  plan.size = upper;
  if (inclusive)
    plan.size = AddOp::create(b, loc, upper.getType(), upper,
                              createConstant(b, loc, upper.getType(), 1));
  plan.clamp = cast<IntType>(upper.getType()).getIsSigned();
  return plan;
}

/// The number of the trip in which the counter of `loop` is `counter`.
static Value tripIndex(OpBuilder &b, ForOp loop, bool indexIsCounter,
                       Value counter) {
  if (indexIsCounter)
    return counter;
  return createTrip(b, loop.getLoc(), counter, loop.getLower(),
                    int64_t(loop.getStep()));
}

/// `element`s of the variable `local`; named after it.
static Value createTape(OpBuilder &b, Location loc, Type element, Value size,
                        bool clamp, LocalAttr local) {
  LocalAttr name = local ? tapeVariable(local)
                         : generated(b, ~1u, "tape", spelling(element));
  return TapeOp::create(b, loc, TapeType::get(b.getContext(), element), size,
                        name, clamp);
}

/// Moves what `values` knows of the inside of `op` to a mapping of its own: a copy
/// of all for each loop would have as much again as the function.
static IRMapping takeInside(Operation *op, IRMapping &values) {
  IRMapping taken;
  auto take = [&](Value primal) {
    Value copy = values.lookupOrNull(primal);
    if (!copy)
      return;
    taken.map(primal, copy);
    values.erase(primal);
  };
  op->walk([&](Operation *inner) {
    for (Region &region : inner->getRegions())
      llvm::for_each(region.getArguments(), take);
    if (inner != op)
      llvm::for_each(inner->getResults(), take);
  });
  return taken;
}

void AdjointBuilder::forwardLoop(ForOp op, Level &level) {
  LoopTrace &trace = level.loops[op];
  Value lower = level.values.lookupOrDefault(op.getLower());
  Value upper = level.values.lookupOrDefault(op.getUpper());
  TapePlan plan = planTapes(b, op, lower, upper);
  trace.tapeSize = plan.size;
  trace.clamp = plan.clamp;
  for (auto [i, result] : llvm::enumerate(op.getResults()))
    trace.tapes.push_back(createTape(b, op.getLoc(), result.getType(),
                                     plan.size, plan.clamp,
                                     getLocal(op.getLocalsAttr(), i)));
  auto copy = cast<ForOp>(b.cloneWithoutRegions(*op, level.values));
  trace.forward = copy;
  Block *body = b.createBlock(&copy.getBody());
  for (BlockArgument arg : op.block()->getArguments())
    level.values.map(arg, body->addArgument(arg.getType(), arg.getLoc()));
  trace.indexIsCounter = plan.indexIsCounter;
  Value index = tripIndex(b, copy, plan.indexIsCounter, copy.induction());
  trace.index = index;
  recordCarried(op, body->getArguments().drop_front(), index, trace);
  for (Operation &inner : *op.block())
    b.clone(inner, level.values);
  trace.values = takeInside(op, level.values);
  b.setInsertionPointAfter(copy);
}

/// The loop's copy counts its trips in one more carried value, the last.
void AdjointBuilder::forwardLoop(WhileOp op, Level &level) {
  LoopTrace &trace = level.loops[op];
  Location loc = op.getLoc();
  std::optional<int64_t> maximum;
  Type countType = IntType::get(b.getContext(), "long", 64, true, false);
  if (auto header = matchCountedHeader(op)) {
    maximum = constantTrips(header->lower, header->upper, header->step,
                            header->predicate);
    if (maximum)
      countType = makeInt(b);
  }
  Value size;
  if (maximum && *maximum <= maxArrayTape)
    size = createConstant(b, loc, makeInt(b), *maximum);
  trace.tapeSize = size;
  for (auto [i, result] : llvm::enumerate(op.getResults()))
    trace.tapes.push_back(createTape(b, loc, result.getType(), size, false,
                                     getLocal(op.getLocalsAttr(), i)));

  SmallVector<Value> inits;
  for (Value init : op.getInits())
    inits.push_back(level.values.lookupOrDefault(init));
  inits.push_back(createConstant(b, loc, countType, 0));
  SmallVector<Attribute> locals(op.getResults().size(), b.getUnitAttr());
  if (ArrayAttr names = op.getLocalsAttr())
    locals.assign(names.begin(), names.end());
  unsigned id = ~2u - 4 * generatedLocals++;
  locals.push_back(generated(b, id, "trips", maximum ? "int" : "long"));
  auto copy = WhileOp::create(b, loc, ValueRange(inits).getTypes(), inits,
                              op.getKindAttr(), b.getArrayAttr(locals));
  trace.forward = copy;
  for (auto [from, to] : llvm::zip(op->getRegions(), copy->getRegions())) {
    Block *body = b.createBlock(&to);
    for (BlockArgument arg : from.front().getArguments())
      level.values.map(arg, body->addArgument(arg.getType(), arg.getLoc()));
    Value count = body->addArgument(countType, loc);
    if (&from == &op.getBody()) {
      recordCarried(op, body->getArguments().drop_back(), count, trace);
      trace.index = count;
    }
    for (Operation &inner : from.front().without_terminator())
      b.clone(inner, level.values);
    auto next = cast<NextOp>(b.clone(*from.front().getTerminator(),
                                     level.values));
    if (&from == &op.getBody())
      count = AddOp::create(b, loc, countType, count,
                            createConstant(b, loc, countType, 1));
    next->moveAfter(&body->back());
    next.getValuesMutable().append(count);
  }
  trace.values = takeInside(op, level.values);
  b.setInsertionPointAfter(copy);
  for (auto [from, to] : llvm::zip(op.getResults(), copy.getResults()))
    level.values.map(from, to);
  trace.trips = copy.getResults().back();
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

void AdjointBuilder::reverseBranches(Operation *op, Level &level,
                                     Adjoints &adjoints) {
  if (llvm::none_of(op->getResults(),
                    [&](Value v) { return adjoints.lookup(v); }) &&
      !touchesShadows(op))
    return;
  flush(adjoints);
  Location loc = derivativeLoc(op->getLoc());

  // The branches' blocks first: what they change gives the results.
  SmallVector<Adjoints> branches;
  SmallVector<Block *> blocks;
  llvm::SetVector<Value> changed;
  for (Region &region : op->getRegions()) {
    Adjoints &inner = branches.emplace_back(&adjoints);
    blocks.push_back(new Block);
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToEnd(blocks.back());
    Operation *yield = region.front().getTerminator();
    beginStatement(yield->getLoc(), inner);
    for (auto [result, operand] :
         llvm::zip(op->getResults(), yield->getOperands()))
      if (Value y_bar = adjoints.lookup(result))
        accumulate(operand, y_bar, inner);
    backward(region.front(), level, inner);
    for (auto [primal, adjoint] : inner.changes()) {
      Value value = primal;
      if (!op->isAncestor(value.getParentRegion()->getParentOp()))
        changed.insert(value);
    }
  }

  SmallVector<Type> types;
  SmallVector<Attribute> locals;
  for (Value primal : changed) {
    types.push_back(primal.getType());
    LocalAttr local = adjointVariable(variableOf(primal));
    locals.push_back(local ? Attribute(local) : b.getUnitAttr());
  }
  for (auto [inner, block] : llvm::zip(branches, blocks)) {
    OpBuilder::InsertionGuard guard(b);
    b.setInsertionPointToEnd(block);
    SmallVector<Value> values;
    for (Value primal : changed)
      values.push_back(adjointOrZero(primal, inner, loc));
    YieldOp::create(b, loc, values);
  }
  Operation *reversed;
  Value selector = level.values.lookupOrDefault(op->getOperand(0));
  if (isa<IfOp>(op)) {
    reversed = IfOp::create(b, loc, types, selector, b.getArrayAttr(locals),
                            UnitAttr());
  } else {
    auto primal = cast<SwitchOp>(op);
    reversed = SwitchOp::create(b, loc, types, selector, primal.getCases(),
                                primal.getLabels(), b.getArrayAttr(locals),
                                op->getNumRegions());
  }
  for (auto [region, block] : llvm::zip(reversed->getRegions(), blocks))
    region.push_back(block);
  for (auto [primal, result] : llvm::zip(changed, reversed->getResults()))
    adjoints.set(primal, result);
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// The active reals from outside that the loop's regions use.
SmallVector<Value> AdjointBuilder::capturedReals(Operation *op) {
  llvm::SetVector<Value> captured;
  op->walk([&](Operation *inner) {
    if (inner == op)
      return;
    for (Value operand : inner->getOperands())
      if (isReal(operand.getType()) && activity.isActive(operand) &&
          !op->isAncestor(operand.getParentRegion()->getParentOp()))
        captured.insert(operand);
  });
  return captured.takeVector();
}

/// The value of a loop's induction variable, or of a pointer that walks, in trip `trip`.
static Value inductionValue(OpBuilder &b, Location loc, Value lower,
                            int64_t step, Value trip) {
  Type type = lower.getType();
  if (isa<PlaceType>(type)) {
    if (step != 1)
      trip = MulOp::create(b, loc, trip.getType(), trip,
                           createConstant(b, loc, trip.getType(), step));
    return OffsetOp::create(b, loc, lower, trip);
  }
  // `int i = 0` is a literal with a name.
  if (auto let = lower.getDefiningOp<LetOp>(); let && intConstant(let.getValue()))
    lower = let.getValue();
  if (trip.getType() != type)
    trip = CastOp::create(b, loc, type, trip, StringAttr());
  if (step == -1)
    return SubOp::create(b, loc, type, lower, trip);
  if (step != 1)
    trip = MulOp::create(b, loc, type, trip,
                         createConstant(b, loc, type, step));
  auto zero = intConstant(lower);
  if (zero && zero->isZero())
    return trip;
  return AddOp::create(b, loc, type, lower, trip);
}

/// What each trip adds to the integer, or to the pointer of a loop that is not counted,
/// that the loop carries in `slot`; 0 if that is no constant.
static int64_t constantIncrement(Operation *op, unsigned slot) {
  if (auto repeated = dyn_cast<WhileOp>(op))
    return amountPerTrip(repeated, slot).value_or(0);
  auto loop = cast<ForOp>(op);
  Value carried = loop.block()->getArgument(slot + 1);
  Value next = loop.block()->getTerminator()->getOperand(slot);
  auto type = dyn_cast<IntType>(carried.getType());
  if (!type || !type.getIsSigned())
    return 0;
  auto rest = (IndexForm::of(next) - IndexForm::of(carried)).constant();
  return rest.value_or(0);
}

void AdjointBuilder::reverseLoop(Operation *op, Level &level,
                                 Adjoints &adjoints) {
  if (llvm::none_of(op->getResults(),
                    [&](Value v) { return adjoints.lookup(v); }) &&
      !touchesShadows(op))
    return;
  flush(adjoints);
  Location loc = derivativeLoc(op->getLoc());
  LoopPair &pair = loopPairs.emplace_back();
  pair.trace = level.loops[op];
  // Inner pairs move it.
  const LoopTrace &trace = level.loops[op];
  unsigned pairIndex = loopPairs.size() - 1;
  auto counted = dyn_cast<ForOp>(op);
  Block &body = counted ? *counted.block() : *cast<WhileOp>(op).bodyBlock();
  ArrayRef<BlockArgument> carried =
      body.getArguments().drop_front(counted ? 1 : 0);

  // What the reversed loop carries: the adjoints of the active carried values,
  // then those of the outer values.
  SmallVector<unsigned> active;
  SmallVector<Value> inits;
  SmallVector<Attribute> locals;
  auto carry = [&](Value primal) {
    inits.push_back(adjointOrZero(primal, adjoints, loc));
    LocalAttr local = adjointVariable(variableOf(primal));
    locals.push_back(local ? Attribute(local) : b.getUnitAttr());
  };
  // A value may matter to later trips alone, and not after the loop.
  for (auto [i, result] : llvm::enumerate(op->getResults()))
    if (activity.isActive(result) || activity.isActive(carried[i])) {
      active.push_back(i);
      carry(result);
    }
  SmallVector<Value> captured = capturedReals(op);
  for (Value primal : captured)
    carry(primal);

  // The reversed loop and its counter.
  ForOp reversed;
  std::optional<CountedHeader> header;
  if (counted) {
    auto forward = cast<ForOp>(trace.forward);
    reversed = ForOp::create(
        b, loc, ValueRange(inits).getTypes(), forward.getLower(),
        forward.getUpper(), counted.getStep(), counted.getPredicate(), inits,
        counted.getCounter(), b.getArrayAttr(locals), /*reversed=*/true);
  } else {
    header = matchCountedHeader(cast<WhileOp>(op));
    auto type = cast<IntType>(trace.trips.getType());
    auto zero = header ? intConstant(header->lower) : std::nullopt;
    bool isTrip = header && header->step == 1 && zero && zero->isZero();
    LocalAttr local = isTrip ? getLocal(cast<WhileOp>(op).getLocalsAttr(),
                                        header->index)
                             : LocalAttr();
    StringRef spelling = type.getSpelling();
    LocalAttr counter = generated(b, ~3u - 4 * generatedLocals++,
                                  local ? local.getName().str() : "trip",
                                  spelling);
    reversed = ForOp::create(b, loc, ValueRange(inits).getTypes(),
                             createConstant(b, loc, type, 0), trace.trips, 1,
                             Predicate::lt, inits, counter,
                             b.getArrayAttr(locals), /*reversed=*/true);
  }

  OpBuilder::InsertionGuard guard(b);
  Block *block = b.createBlock(&reversed.getBody());
  Value counter =
      block->addArgument(reversed.getLower().getType(), op->getLoc());
  for (Value init : inits)
    block->addArgument(init.getType(), loc);

  // The trip's values: the counter, the recorded ones, and what follows.
  Level trip;
  trip.values = std::move(level.values);
  Value index = counter;
  if (counted) {
    trip.values.map(counted.induction(), counter);
    index = tripIndex(b, reversed, trace.indexIsCounter, counter);
  }
  ValueRange initials =
      counted ? counted.getInits() : cast<WhileOp>(op).getInits();
  for (auto [i, arg] : llvm::enumerate(carried)) {
    Value value;
    if (header && header->index == i)
      value = inductionValue(b, loc, trip.values.lookupOrDefault(header->lower),
                             header->step, counter);
    else if (int64_t increment = constantIncrement(op, i))
      value = inductionValue(
          b, loc, trip.values.lookupOrDefault(initials[i]), increment,
          tripIndex(b, reversed, /*indexIsCounter=*/false, counter));
    else
      value = PlaybackOp::create(b, loc, arg.getType(), trace.tapes[i], index,
                                 variableOf(arg));
    trip.values.map(arg, value);
  }
  forward(body, trip);
  removeEffects(*block);

  Adjoints inner;
  beginStatement(body.getTerminator()->getLoc(), inner);
  ValueRange carriedAdjoints = block->getArguments().drop_front();
  for (auto [primal, adjoint] :
       llvm::zip(captured, carriedAdjoints.drop_front(active.size())))
    inner.set(primal, adjoint);
  ValueRange nexts = body.getTerminator()->getOperands();
  if (!counted)
    nexts = nexts.drop_front();
  for (auto [i, adjoint] : llvm::zip(active, carriedAdjoints))
    accumulate(nexts[i], adjoint, inner);
  inner.dirty.clear();
  backward(body, trip, inner);

  SmallVector<Value> results;
  for (unsigned i : active)
    results.push_back(adjointOrZero(carried[i], inner, loc));
  for (Value primal : captured)
    results.push_back(inner.lookup(primal));
  YieldOp::create(b, loc, results);
  b.setInsertionPointAfter(reversed);

  loopPairs[pairIndex].reverse = reversed;
  loopPairs[pairIndex].rerun = takeInside(op, trip.values);
  level.values = std::move(trip.values);
  loopPairs[pairIndex].reverseIndex = index;
  ValueRange totals = reversed.getResults();
  for (auto [primal, total] :
       llvm::zip(captured, totals.drop_front(active.size())))
    adjoints.set(primal, total);
  adjoints.loc = loc;
  adjoints.stmt = getStmt(op->getLoc());
  for (auto [i, total] : llvm::zip(active, totals))
    accumulate(op->getOperand(i + (counted ? 2 : 0)), total, adjoints);
}
