//===- SkipLeavingTrips.cpp - The trip that leaves is reversed on its own -===//
//
// The last trip of a loop that is left from its body is a trip as well, of which only a
// part is reversed. That part comes in front of the reversed loop, a branch for each exit;
// mostly there is none:
//
//   while (true) {                              while (true) {
//     x_tape.push_back(x);                        x_tape.push_back(x);
//     left = f(x) < eps;                          if (f(x) < eps)
//     if (!left)                                    break;
//       x = g(x);                           →     x = g(x);
//     ++trips;                                    ++trips;
//     if (left)                                 }
//       break;
//   }
//   for (trip = trips - 1; …)                   for (trip = trips - 1; …)
//     if (!(trip == trips - 1 && left))           …
//       …
//
// Requires the decisions of ExitDecisions.
//
//===----------------------------------------------------------------------===//
#include "ReadVariables.h"
#include "SimplifyRegions.h"
#include "TripCount.h"

#include "adgen/Analysis/Slots.h"
#include "adgen/Dialect/Expr.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_SKIPLEAVINGTRIPS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {
/// A condition by which the forward loop is left, in the reversed trip:
/// `trip == trips - 1 && left`, or `trip != trips - 1 || stayed`.
struct Exit {
  /// Its value in the reversed trip.
  IfOp decision;
  /// The forward loop's result that says whether it was left here, and its value then.
  OpResult left;
  bool outcome = false;
};

/// A condition, or the opposite of one, of which the outcome may be known.
struct Truth {
  explicit Truth(Value value) : value(value) {
    while (auto negation = this->value.getDefiningOp<NotOp>()) {
      isNegated = !isNegated;
      this->value = negation.getX();
    }
    if (auto constant = intConstant(this->value))
      decide(!constant->isZero());
  }
  /// `outcome`: of `value`.
  void decide(bool outcome) { known = outcome != isNegated; }
  /// The same of what `value` is on some path.
  Truth within(Value yielded) const {
    Truth inside(yielded);
    inside.isNegated ^= isNegated;
    if (inside.known)
      inside.known = *inside.known != isNegated;
    return inside;
  }

  Value value;
  bool isNegated = false;
  std::optional<bool> known;
};

/// A loop of the reverse sweep whose trips are those of a loop that counts its trips.
class ReversedTrips {
public:
  explicit ReversedTrips(ForOp reversed) : reversed(reversed) {}

  bool match();
  void reverseLastAhead();

private:
  bool matchCount();
  void findExits();
  bool isHandedOn(unsigned slot);
  bool leavesByExits();
  const Exit *exitOf(Value condition) const;
  unsigned countRepeated(Block &block, const Exit &taken) const;
  void clone(OpBuilder &b, Block &block, IRMapping &values) const;
  void readLastValues(Block &block, const Exit &taken);
  Value findAnyExit();
  SmallVector<Value> createAhead(OpBuilder &b, unsigned first, bool isLeft,
                                 ArrayRef<Value> inits);

  ForOp reversed;
  WhileOp forward;
  unsigned tripsSlot = 0;
  SmallVector<Exit> exits;
  /// What the exits' decisions are computed of.
  DenseSet<Operation *> decisions;
};
} // namespace

/// How many statements may be written twice, for the trip that leaves at an exit.
constexpr unsigned mostRepeated = 4;

static bool isConstant(Value value, int64_t wanted) {
  auto constant = intConstant(value);
  return constant && constant->getZExtValue() == uint64_t(wanted);
}

/// `carried + 1` in the body, for each trip.
bool ReversedTrips::matchCount() {
  auto trips = dyn_cast<OpResult>(reversed.getUpper());
  forward = trips ? dyn_cast<WhileOp>(trips.getOwner()) : WhileOp();
  if (!forward || reversed.getPredicate() != Predicate::lt ||
      reversed.getStep() != 1 || !isConstant(reversed.getLower(), 0))
    return false;
  tripsSlot = trips.getResultNumber();
  auto valueIn = [&](Block *block) { return nextOf(block).getValues()[tripsSlot]; };
  auto argumentIn = [&](Block *block) { return block->getArgument(tripsSlot); };
  auto count = valueIn(forward.bodyBlock()).getDefiningOp<AddOp>();
  return count && count.getX() == argumentIn(forward.bodyBlock()) &&
         isConstant(count.getZ(), 1) &&
         valueIn(forward.headBlock()) == argumentIn(forward.headBlock()) &&
         valueIn(forward.stepBlock()) == argumentIn(forward.stepBlock());
}

//===----------------------------------------------------------------------===//
// Exits
//===----------------------------------------------------------------------===//

void ReversedTrips::findExits() {
  auto isLastTrip = [&](SubOp last) {
    return last && last.getX() == reversed.getUpper() && isConstant(last.getZ(), 1);
  };
  reversed.getBody().walk([&](IfOp choice) {
    auto compare = choice.getCondition().getDefiningOp<CompareOp>();
    if (!compare || choice.getNumResults() != 1 ||
        compare.getX() != reversed.induction())
      return;
    auto last = compare.getZ().getDefiningOp<SubOp>();
    bool isLast = compare.getPredicate() == Predicate::eq;
    if ((!isLast && compare.getPredicate() != Predicate::ne) || !isLastTrip(last))
      return;
    auto yielded = [&](bool ifLast) {
      Block *block = isLast == ifLast ? choice.thenBlock() : choice.elseBlock();
      return block->getTerminator()->getOperand(0);
    };
    Operation *around = choice->getParentOp();
    while (isa<IfOp>(around))
      around = around->getParentOp();
    auto usual = intConstant(yielded(false));
    auto left = dyn_cast<OpResult>(yielded(true));
    if (around != reversed || !usual || !left || left.getOwner() != forward)
      return;
    exits.push_back({choice, left, usual->isZero()});
    for (Operation *op : {choice.getOperation(), compare.getOperation(), last.getOperation()})
      decisions.insert(op);
  });
}

/// Whether `holds` of the outcomes of these conditions in every case: the branches that
/// yield them are gone through, and what else they depend on may be true or false.
static bool holdsInAllCases(SmallVector<Truth> truths,
                            function_ref<bool(ArrayRef<Truth>)> holds) {
  Value split;
  IfOp branch;
  for (const Truth &truth : truths) {
    if (truth.known)
      continue;
    auto found = truth.value.getDefiningOp<IfOp>();
    if (found && (!branch || found->isAncestor(branch)))
      branch = found;
    split = truth.value;
  }
  if (!split)
    return holds(truths);
  std::optional<Truth> condition;
  if (branch)
    condition.emplace(branch.getCondition());
  for (bool outcome : {true, false}) {
    if (condition && condition->known && *condition->known != outcome)
      continue;
    SmallVector<Truth> cases;
    for (const Truth &truth : truths) {
      Truth next = truth;
      if (truth.known) {
      } else if (branch && truth.value.getDefiningOp() == branch) {
        Block *block = outcome ? branch.thenBlock() : branch.elseBlock();
        next = truth.within(block->getTerminator()->getOperand(
            cast<OpResult>(truth.value).getResultNumber()));
      } else if (condition && truth.value == condition->value) {
        next.decide(outcome != condition->isNegated);
      } else if (!branch && truth.value == split) {
        next.decide(outcome);
      }
      cases.push_back(next);
    }
    if (!holdsInAllCases(cases, holds))
      return false;
  }
  return true;
}

/// Whether what the forward loop's body hands on is the loop's result.
bool ReversedTrips::isHandedOn(unsigned slot) {
  return llvm::all_of(ArrayRef<Block *>{forward.headBlock(), forward.stepBlock()},
                      [&](Block *block) {
                        return nextOf(block).getValues()[slot] == block->getArgument(slot);
                      });
}

/// Whether the forward loop's body leaves it exactly by these exits, by one at a time, and
/// it is not left before the first trip.
bool ReversedTrips::leavesByExits() {
  constexpr unsigned most = 8;
  if (exits.size() > most)
    return false;
  NextOp body = nextOf(forward.bodyBlock());
  SmallVector<Truth> truths = {Truth(body.getGo())};
  for (const Exit &exit : exits) {
    unsigned slot = exit.left.getResultNumber();
    if (!isConstant(forward.getInits()[slot], !exit.outcome) || !isHandedOn(slot))
      return false;
    truths.push_back(Truth(body.getValues()[slot]));
  }
  return holdsInAllCases(truths, [&](ArrayRef<Truth> known) {
    unsigned taken = 0;
    for (auto [exit, truth] : llvm::zip(exits, known.drop_front()))
      taken += *truth.known == exit.outcome;
    return taken == !*known.front().known;
  });
}

/// The exit that the condition of a reversed branch is about; null if there is none.
const Exit *ReversedTrips::exitOf(Value condition) const {
  Value decision = Truth(condition).value;
  const auto *found = llvm::find_if(exits, [&](const Exit &exit) {
    return decision.getDefiningOp() == exit.decision;
  });
  return found == exits.end() ? nullptr : found;
}

/// How many statements of the block come both in whole trips and in the one that leaves at
/// this exit.
unsigned ReversedTrips::countRepeated(Block &block, const Exit &taken) const {
  unsigned count = 0;
  for (Operation &op : block.without_terminator()) {
    auto branch = dyn_cast<IfOp>(op);
    if (const Exit *exit = branch ? exitOf(branch.getCondition()) : nullptr) {
      bool stays = exit->outcome == Truth(branch.getCondition()).isNegated;
      if (exit != &taken)
        count += countRepeated(branch->getRegion(stays ? 0 : 1).front(), taken);
      continue;
    }
    if (isa<ForOp, WhileOp>(op))
      return mostRepeated + 1;
    if (isa<LetOp>(op) || (!isPure(&op) && !isa<PlaybackOp, LoadOp, IfOp, SwitchOp>(op)))
      ++count;
    for (Region &region : op.getRegions())
      count += countRepeated(region.front(), taken);
  }
  return count;
}

bool ReversedTrips::match() {
  if (!matchCount())
    return false;
  findExits();
  if (exits.empty() || !leavesByExits())
    return false;
  for (const Exit &exit : exits)
    if (countRepeated(*reversed.block(), exit) > mostRepeated)
      return false;
  // Nobody else counts the trip.
  return llvm::all_of(reversed.getUpper().getUsers(), [&](Operation *user) {
    return user == reversed || decisions.contains(user);
  });
}

//===----------------------------------------------------------------------===//
// The trip that leaves
//===----------------------------------------------------------------------===//

/// Clones arithmetic of the derivative's without what is zero: nothing comes in from
/// what the trip has not done.
static void cloneFolded(OpBuilder &b, Operation &op, IRMapping &values) {
  auto operand = [&](unsigned i) {
    return Expr(values.lookupOrDefault(op.getOperand(i)), b, op.getLoc());
  };
  auto isZero = [](Value value) {
    auto constant = value.getDefiningOp<ConstantOp>();
    auto real = constant ? dyn_cast<FloatAttr>(constant.getValue()) : FloatAttr();
    return real && real.getValue().isZero();
  };
  Value folded;
  if (!isDerivativeOp(&op) || op.getNumResults() != 1 ||
      !isReal(op.getResult(0).getType())) {
  } else if (isa<AddOp>(op)) {
    folded = (operand(0) + operand(1)).value;
  } else if (isa<SubOp>(op)) {
    folded = (operand(0) - operand(1)).value;
  } else if (isa<MulOp>(op)) {
    folded = (operand(0) * operand(1)).value;
  } else if (isa<NegOp, DivOp>(op) && isZero(operand(0).value)) {
    folded = operand(0).value;
  } else if (isa<GuardOp>(op) && isZero(operand(0).value)) {
    folded = createConstant(b, op.getLoc(), op.getResult(0).getType(), 0);
  }
  if (folded)
    values.map(op.getResult(0), folded);
  else
    b.clone(op, values);
}

/// Clones what a trip does in which the exits are decided.
void ReversedTrips::clone(OpBuilder &b, Block &block, IRMapping &values) const {
  for (Operation &op : block.without_terminator()) {
    if (decisions.contains(&op))
      continue;
    auto known = [&](unsigned i) {
      return intConstant(values.lookupOrDefault(op.getOperand(i)));
    };
    auto branch = dyn_cast<IfOp>(op);
    if (branch && known(0)) {
      Block &chosen = branch->getRegion(known(0)->isZero() ? 1 : 0).front();
      clone(b, chosen, values);
      for (auto [result, value] :
           llvm::zip(branch.getResults(), chosen.getTerminator()->getOperands()))
        values.map(result, values.lookupOrDefault(value));
    } else if (isa<NotOp>(op) && known(0)) {
      values.map(op.getResult(0), createConstant(b, op.getLoc(), b.getI1Type(),
                                                 known(0)->isZero()));
    } else if (branch) {
      auto copy = cast<IfOp>(b.cloneWithoutRegions(op, values));
      for (auto [from, to] : llvm::zip(op.getRegions(), copy->getRegions())) {
        OpBuilder::InsertionGuard guard(b);
        b.createBlock(&to);
        clone(b, from.front(), values);
        b.clone(*from.front().getTerminator(), values);
      }
    } else {
      cloneFolded(b, op, values);
    }
  }
}

/// Whether a trip that leaves at an exit hands on `wanted`: `value` is what it hands on,
/// `exit` whether it leaves there, and `outcome` how that is said.
static bool handsOnLeaving(Value value, const Truth &exit, bool outcome, Value wanted) {
  if (value == wanted || (exit.known && *exit.known != outcome))
    return true;
  auto branch = value.getDefiningOp<IfOp>();
  if (!branch)
    return false;
  Truth condition(branch.getCondition());
  for (bool side : {true, false}) {
    auto yielded = [&](Value result) {
      Block *block = side ? branch.thenBlock() : branch.elseBlock();
      return block->getTerminator()->getOperand(
          cast<OpResult>(result).getResultNumber());
    };
    Truth inside = exit;
    if (exit.value.getDefiningOp() == branch)
      inside = exit.within(yielded(exit.value));
    else if (exit.value == condition.value)
      inside.decide(side != condition.isNegated);
    if (!handsOnLeaving(yielded(value), inside, outcome, wanted))
      return false;
  }
  return true;
}

/// What the trip that leaves has recorded at its start, and leaves as it is, is what the loop
/// results in.
void ReversedTrips::readLastValues(Block &block, const Exit &taken) {
  Block *body = forward.bodyBlock();
  ValueRange next = nextOf(body).getValues();
  Truth exit(next[taken.left.getResultNumber()]);
  auto lastValue = [&](PlaybackOp playback) -> Value {
    for (Operation *user : playback.getTape().getUsers()) {
      auto record = dyn_cast<RecordOp>(user);
      auto start = record ? dyn_cast<BlockArgument>(record.getValue()) : BlockArgument();
      if (start && start.getOwner() == body && record->getBlock() == body &&
          record.getIndex() == body->getArgument(tripsSlot) &&
          handsOnLeaving(next[start.getArgNumber()], exit, taken.outcome, start))
        return forward.getResult(start.getArgNumber());
    }
    return {};
  };
  block.walk([&](PlaybackOp playback) {
    Value last = playback.getIndex() == reversed.getUpper() ? lastValue(playback) : Value();
    if (!last)
      return;
    playback.getValue().replaceAllUsesWith(last);
    playback.erase();
  });
}

/// Whether the block only reads, and hands on these values.
static bool doesNothing(Block &block, ValueRange values) {
  for (Operation &op : block.without_terminator())
    if (!isPure(&op) && !isa<PlaybackOp, LoadOp>(op))
      return false;
  return llvm::equal(block.getTerminator()->getOperands(), values,
                     [](Value yielded, Value value) {
                       return withoutLets(yielded) == withoutLets(value);
                     });
}

/// A result of the forward loop that says whether it was left at any exit, as `returned`
/// does; null if there is none.
Value ReversedTrips::findAnyExit() {
  NextOp body = nextOf(forward.bodyBlock());
  for (OpResult result : forward->getResults()) {
    unsigned slot = result.getResultNumber();
    if (!result.getType().isInteger(1) || !isConstant(forward.getInits()[slot], 0) ||
        !isHandedOn(slot))
      continue;
    if (holdsInAllCases({Truth(body.getGo()), Truth(body.getValues()[slot])},
                        [](ArrayRef<Truth> known) {
                          return *known[0].known != *known[1].known;
                        }))
      return result;
  }
  return {};
}

/// Where the loop was left at an exit, from the one at this position on, the reverse of
/// that trip comes first. `isLeft`: it was left at one of them; `inits`: what the reversed
/// loop would start from. Returns what it does start from.
SmallVector<Value> ReversedTrips::createAhead(OpBuilder &b, unsigned first, bool isLeft,
                                              ArrayRef<Value> inits) {
  if (first == exits.size())
    return llvm::to_vector(inits);
  Location loc = reversed.getLoc();
  const Exit &taken = exits[first];
  Value condition = taken.left;
  bool outcome = taken.outcome;
  if (isLeft && first + 1 == exits.size()) {
    condition = createConstant(b, loc, b.getI1Type(), 1);
    outcome = true;
  }
  auto ahead = IfOp::create(b, loc, ValueRange(inits).getTypes(), condition,
                            reversed.getLocalsAttr(), UnitAttr());
  Block *runs = b.createBlock(&ahead->getRegion(outcome ? 0 : 1));
  IRMapping values;
  values.map(reversed.induction(), reversed.getUpper());
  values.map(reversed.block()->getArguments().drop_front(), inits);
  for (const Exit &exit : exits)
    values.map(exit.decision->getResult(0),
               createConstant(b, loc, b.getI1Type(),
                              (&exit == &taken) == exit.outcome));
  clone(b, *reversed.block(), values);
  SmallVector<Value> results;
  for (Value value : reversed.block()->getTerminator()->getOperands())
    results.push_back(values.lookupOrDefault(value));
  YieldOp::create(b, loc, results);
  readLastValues(*runs, taken);
  if (!isLeft && doesNothing(*runs, inits)) {
    b.setInsertionPointAfter(ahead);
    ahead.erase();
    return createAhead(b, first + 1, isLeft, inits);
  }
  b.createBlock(&ahead->getRegion(outcome ? 1 : 0));
  YieldOp::create(b, loc, createAhead(b, first + 1, isLeft, inits));
  b.setInsertionPointAfter(ahead);
  return SmallVector<Value>(ahead.getResults());
}

/// The value where a branch is not known, computed again with `b` if it is in there by what
/// only computes; else null.
static Value outsideOf(OpBuilder &b, Value value, IfOp branch) {
  Operation *op = value.getDefiningOp();
  if (!op || !branch->isProperAncestor(op))
    return value;
  if (!isPure(op) || op->getNumRegions() || op->getNumResults() != 1)
    return {};
  IRMapping operands;
  for (Value operand : op->getOperands()) {
    Value outside = outsideOf(b, operand, branch);
    if (!outside)
      return {};
    operands.map(operand, outside);
  }
  return b.clone(*op, operands)->getResult(0);
}

/// What the values are where the condition has this outcome, of those that a branch on it
/// has chosen: the adjoint of what is returned is the seed where the loop was left.
static SmallVector<Value> known(OpBuilder &b, ArrayRef<Value> values, Value condition,
                                bool outcome) {
  return llvm::map_to_vector(values, [&](Value value) {
    auto branch = value.getDefiningOp<IfOp>();
    if (!branch || branch.getCondition() != condition)
      return value;
    Block *block = outcome ? branch.thenBlock() : branch.elseBlock();
    Value chosen = outsideOf(
        b,
        block->getTerminator()->getOperand(cast<OpResult>(value).getResultNumber()),
        branch);
    return chosen ? chosen : value;
  });
}

/// In whole trips the loop is not left.
static void decide(IfOp decision, bool outcome) {
  OpBuilder b(decision);
  auto constant = [&](bool value) {
    return createConstant(b, decision.getLoc(), b.getI1Type(), value);
  };
  for (Operation *user : llvm::make_early_inc_range(decision->getUsers()))
    if (auto negation = dyn_cast<NotOp>(user))
      negation.getResult().replaceAllUsesWith(constant(!outcome));
  decision.getResult(0).replaceAllUsesWith(constant(outcome));
}

void ReversedTrips::reverseLastAhead() {
  OpBuilder b(reversed);
  Value left = exits.size() > 1 ? findAnyExit() : Value();
  SmallVector<Value> inits(reversed.getInits());
  if (left) {
    Location loc = reversed.getLoc();
    auto ahead = IfOp::create(b, loc, ValueRange(inits).getTypes(), left,
                              reversed.getLocalsAttr(), UnitAttr());
    b.createBlock(&ahead->getRegion(0));
    YieldOp::create(b, loc, createAhead(b, 0, /*isLeft=*/true, known(b, inits, left, true)));
    b.createBlock(&ahead->getRegion(1));
    YieldOp::create(b, loc, known(b, inits, left, false));
    inits = ahead.getResults();
  } else {
    inits = createAhead(b, 0, /*isLeft=*/false, inits);
  }
  reversed.getInitsMutable().assign(inits);
  auto next = [&](Block *block) -> OpOperand & {
    return nextOf(block).getValuesMutable()[tripsSlot];
  };
  Block *body = forward.bodyBlock(), *step = forward.stepBlock();
  next(body).set(body->getArgument(tripsSlot));
  b.setInsertionPoint(step->getTerminator());
  next(step).set(
      plusConstant(b, forward.getLoc(), step->getArgument(tripsSlot), 1));
  for (const Exit &exit : exits)
    decide(exit.decision, !exit.outcome);
}

namespace {
struct SkipLeavingTrips
    : adgen::impl::SkipLeavingTripsBase<SkipLeavingTrips> {
  void runOnOperation() override {
    bool hasChanged = false;
    for (ForOp loop : loopsOfDerivative(getOperation()))
      if (ReversedTrips trips(loop); trips.match()) {
        trips.reverseLastAhead();
        hasChanged = true;
      }
    if (hasChanged)
      simplifyRegions(getOperation());
  }
};
} // namespace
