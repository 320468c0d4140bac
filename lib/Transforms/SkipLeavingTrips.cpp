//===- SkipLeavingTrips.cpp - The trip that leaves is reversed on its own -===//
//
// The last trip of a loop that is left from its body is a trip as well, of which only a
// part is reversed. That part comes in front of the reversed loop; mostly there is none:
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
/// A loop of the reverse sweep whose trips are those of a loop that counts its trips.
class ReversedTrips {
public:
  explicit ReversedTrips(ForOp reversed) : reversed(reversed) {}

  bool match();
  void reverseLastAhead();

private:
  bool matchCount();
  bool matchBody();
  bool matchDecision(Value condition);
  bool leavesWith(Value left, bool outcome);
  bool handsOnAll();
  void moveAhead();

  ForOp reversed;
  WhileOp forward;
  unsigned tripsSlot = 0;
  IfOp branch;
  /// The condition's outcome in the trip that leaves.
  bool leavingOutcome = false;
  /// The loop's result that says whether it was left, and its value then.
  Value left;
  bool leftOutcome = false;
  /// What computes the condition.
  SmallVector<Operation *> decision;
};
} // namespace

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

/// Whether the forward loop's body leaves it exactly if `left`, a result of the loop,
/// has this outcome.
bool ReversedTrips::leavesWith(Value left, bool outcome) {
  auto result = dyn_cast<OpResult>(left);
  if (!result || result.getOwner() != forward)
    return false;
  // Nor is it left before the first trip.
  if (!isConstant(forward.getInits()[result.getResultNumber()], !outcome))
    return false;
  NextOp body = nextOf(forward.bodyBlock());
  Value condition = body.getValues()[result.getResultNumber()];
  Value go = body.getGo();
  if (auto negation = go.getDefiningOp<NotOp>();
      negation && negation.getX() == condition)
    return outcome;
  if (go == condition)
    return !outcome;
  auto branch = go.getDefiningOp<IfOp>();
  if (!branch)
    return false;
  unsigned i = cast<OpResult>(go).getResultNumber();
  // `returned = true; go = false;`
  if (condition.getDefiningOp() == branch) {
    unsigned k = cast<OpResult>(condition).getResultNumber();
    return llvm::all_of(branch->getRegions(), [&](Region &region) {
      Operation *yield = region.front().getTerminator();
      auto value = intConstant(yield->getOperand(k));
      return value && isConstant(yield->getOperand(i),
                                 value->isZero() == outcome);
    });
  }
  if (branch.getCondition() != condition)
    return false;
  Value ifTrue = branch.thenBlock()->getTerminator()->getOperand(i);
  Value ifFalse = branch.elseBlock()->getTerminator()->getOperand(i);
  return isConstant(outcome ? ifTrue : ifFalse, 0) &&
         isConstant(outcome ? ifFalse : ifTrue, 1);
}

/// `trip == trips - 1 && left`, or `trip != trips - 1 || stays`.
bool ReversedTrips::matchDecision(Value condition) {
  bool isNegated = false;
  while (auto negation = condition.getDefiningOp<NotOp>()) {
    isNegated = !isNegated;
    decision.push_back(negation);
    condition = negation.getX();
  }
  auto choice = condition.getDefiningOp<IfOp>();
  auto compare =
      choice ? choice.getCondition().getDefiningOp<CompareOp>() : CompareOp();
  if (!compare || choice.getNumResults() != 1 ||
      compare.getX() != reversed.induction())
    return false;
  bool isLast = compare.getPredicate() == Predicate::eq;
  auto last = compare.getZ().getDefiningOp<SubOp>();
  if ((!isLast && compare.getPredicate() != Predicate::ne) || !last ||
      last.getX() != reversed.getUpper() || !isConstant(last.getZ(), 1))
    return false;
  Value inLast = (isLast ? choice.thenBlock() : choice.elseBlock())
                     ->getTerminator()
                     ->getOperand(0);
  Value before = (isLast ? choice.elseBlock() : choice.thenBlock())
                     ->getTerminator()
                     ->getOperand(0);
  auto usual = intConstant(before);
  if (!usual)
    return false;
  leftOutcome = usual->isZero();
  left = inLast;
  if (!leavesWith(left, leftOutcome))
    return false;
  leavingOutcome = leftOutcome != isNegated;
  decision.append({choice, compare, last});
  return true;
}

/// Whether the leaving trip has no effects and hands on what the loop carries.
bool ReversedTrips::handsOnAll() {
  Region &region = branch->getRegion(leavingOutcome ? 0 : 1);
  for (Operation &op : region.front().without_terminator())
    if (!isPure(&op))
      return false;
  Operation *yield = region.front().getTerminator();
  Operation *next = reversed.block()->getTerminator();
  for (auto [slot, value] : llvm::enumerate(next->getOperands())) {
    Value carried = reversed.block()->getArgument(slot + 1);
    if (value == carried)
      continue;
    auto result = dyn_cast<OpResult>(value);
    if (!result || result.getOwner() != branch ||
        withoutLets(yield->getOperand(result.getResultNumber())) != carried)
      return false;
  }
  return true;
}

/// Whether the body is one branch on the decision, and what only reads.
bool ReversedTrips::matchBody() {
  for (Operation &op : reversed.block()->without_terminator()) {
    auto found = dyn_cast<IfOp>(op);
    if (found && !found->hasAttr("expression") &&
        !llvm::is_contained(decision, found.getOperation())) {
      if (branch || !matchDecision(found.getCondition()))
        return false;
      branch = found;
    } else if (!isPure(&op) && !isa<PlaybackOp, LoadOp>(op) && !found) {
      return false;
    }
  }
  return bool(branch);
}

bool ReversedTrips::match() {
  if (!matchCount() || !matchBody())
    return false;
  // Nobody else counts the trip.
  return llvm::all_of(reversed.getUpper().getUsers(), [&](Operation *user) {
    return user == reversed || llvm::is_contained(decision, user);
  });
}

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

/// Where the loop was left, the reverse of that trip comes first.
void ReversedTrips::moveAhead() {
  OpBuilder b(reversed);
  Location loc = branch.getLoc();
  ValueRange inits = reversed.getInits();
  auto ahead = IfOp::create(b, loc, inits.getTypes(), left,
                            reversed.getLocalsAttr(), UnitAttr());
  Block *runs = b.createBlock(&ahead->getRegion(leftOutcome ? 0 : 1));
  IRMapping values;
  values.map(reversed.induction(), reversed.getUpper());
  values.map(reversed.block()->getArguments().drop_front(), inits);
  for (Operation &op : reversed.block()->without_terminator()) {
    if (llvm::is_contained(decision, &op))
      continue;
    if (&op != branch) {
      cloneFolded(b, op, values);
      continue;
    }
    Block &leaving = branch->getRegion(leavingOutcome ? 0 : 1).front();
    for (Operation &inner : leaving.without_terminator())
      cloneFolded(b, inner, values);
    for (auto [result, value] :
         llvm::zip(branch.getResults(), leaving.getTerminator()->getOperands()))
      values.map(result, values.lookupOrDefault(value));
  }
  SmallVector<Value> results;
  for (Value value : reversed.block()->getTerminator()->getOperands())
    results.push_back(values.lookupOrDefault(value));
  b.setInsertionPointToEnd(runs);
  YieldOp::create(b, loc, results);
  b.createBlock(&ahead->getRegion(leftOutcome ? 1 : 0));
  YieldOp::create(b, loc, inits);
  reversed.getInitsMutable().assign(ahead.getResults());
}

void ReversedTrips::reverseLastAhead() {
  if (!handsOnAll())
    moveAhead();
  auto next = [&](Block *block) -> OpOperand & {
    return nextOf(block).getValuesMutable()[tripsSlot];
  };
  Block *body = forward.bodyBlock(), *step = forward.stepBlock();
  Location loc = forward.getLoc();
  next(body).set(body->getArgument(tripsSlot));
  OpBuilder b(step->getTerminator());
  next(step).set(plusConstant(b, loc, step->getArgument(tripsSlot), 1));
  b.setInsertionPoint(branch);
  branch.getConditionMutable().assign(
      createConstant(b, loc, b.getI1Type(), leavingOutcome ? 0 : 1));
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
