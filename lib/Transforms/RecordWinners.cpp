//===- RecordWinners.cpp - Which trip a selection takes its value from ----===//
//
// A loop that selects one of many values, as a maximum does, hands on the derivative
// of the one that it took last. To know the trip is enough to reverse the loop:
// nothing of it is kept, and no trip is run again but that one.
//
//   double m = x[0];                     int winner = 0;
//   for (i = 1; i < n; ++i)          →   for (i = 1; i < n; ++i)
//     m = std::max(m, x[i]);               if (m < x[i]) { m = x[i]; winner = i; }
//                                        reversed: x_bar[winner] += m_bar
//
// The loop's result gets, as an `ad.same`, the derivative of the value as it is
// computed again behind the loop, for the winner. Where no trip may win, that is a
// branch, whose other side is the initial value.
//
// Requires value form, as it is about to be reversed.
//
//===----------------------------------------------------------------------===//
#include "Branches.h"
#include "FreshLocals.h"
#include "ReadVariables.h"
#include "RegionResults.h"
#include "Reverse.h"
#include "TripCount.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/Slots.h"

#include "mlir/Transforms/RegionUtils.h"

using namespace mlir;
using namespace adgen;

namespace {
/// A carried value that becomes `candidate` in some trips, and stays otherwise.
class Selection {
public:
  Selection(ForOp loop, unsigned slot)
      : loop(loop), slot(slot), carried(loop.block()->getArgument(slot + 1)) {}

  bool match();
  /// Returns the loop as it is now.
  ForOp recordWinner(FreshLocals &fresh);

private:
  bool matchBranch(IfOp branch, unsigned result);
  bool isOnlyCompared(Value value);
  bool isRepeatable(Value value);
  bool isPlain(Operation *op);
  bool staysUntilLoop(LoadOp load);
  bool chooseStart();
  Value winnerIn(OpBuilder &b, Value winner, LocalAttr local);
  Value candidateFor(OpBuilder &b, Value winner);

  ForOp loop;
  unsigned slot;
  Value carried, candidate;
  /// What selects: a maximum, a minimum or a branch.
  Operation *chooser = nullptr;
  /// Of a branch the region that takes the candidate.
  unsigned taking = 0;
  /// Where the winner starts from, which no trip is, and whether the initial value is
  /// what the candidate would be there.
  Value bound;
  std::optional<int64_t> start;
  bool isSeamless = false;
};
} // namespace

//===----------------------------------------------------------------------===//
// Matching
//===----------------------------------------------------------------------===//

/// Whether nothing but comparisons, and the chooser, reads the value.
bool Selection::isOnlyCompared(Value value) {
  return llvm::all_of(value.getUsers(), [&](Operation *user) {
    if (auto let = dyn_cast<LetOp>(user))
      return isOnlyCompared(let);
    return user == chooser || isa<CompareOp>(user) ||
           (isa<YieldOp>(user) && (user->getParentOp() == chooser ||
                                   user == loop.block()->getTerminator()));
  });
}

/// The operands of an operation, and what its regions read from outside.
static SetVector<Value> valuesReadBy(Operation *op) {
  SetVector<Value> values(op->operand_begin(), op->operand_end());
  getUsedValuesDefinedAbove(op->getRegions(), values);
  return values;
}

/// Whether behind the loop the value can be computed as in one of its trips.
bool Selection::isRepeatable(Value value) {
  if (isOutside(value, loop) || value == loop.induction())
    return true;
  Operation *op = value.getDefiningOp();
  return op && loop->isProperAncestor(op) && isPlain(op) &&
         llvm::all_of(valuesReadBy(op),
                      [&](Value operand) { return isRepeatable(operand); });
}

/// Whether the operation can run again behind the loop: it changes nothing, and all
/// that it reads from memory is still there.
bool Selection::isPlain(Operation *op) {
  auto load = dyn_cast<LoadOp>(op);
  if (isa<ForOp, IfOp>(op))
    return llvm::all_of(op->getRegions(), [&](Region &region) {
      return llvm::all_of(region.getOps(),
                          [&](Operation &inner) { return isPlain(&inner); });
    });
  return op->getNumRegions() == 0 && !isa<CallOp>(op) &&
         (load ? !mayBeWrittenIn(loop, load.getPlace())
               : isPure(op) || isa<YieldOp>(op));
}

bool Selection::matchBranch(IfOp branch, unsigned result) {
  for (Region &region : branch->getRegions()) {
    Value value = handedOn(region, result);
    if (withoutLets(value) == carried)
      continue;
    if (candidate)
      return false;
    candidate = value;
    taking = region.getRegionNumber();
  }
  return bool(candidate);
}

/// Whether `place` is what `like` is where `counter` is the number `at`.
static bool isElementAt(Value place, Value like, Value counter, int64_t at) {
  if (place == like)
    return true;
  Operation *x = place.getDefiningOp(), *z = like.getDefiningOp();
  if (!x || !z || x->getName() != z->getName() ||
      !isa<OffsetOp, ElementOp, MemberOp, AccessOp>(x) ||
      x->getNumOperands() != z->getNumOperands() ||
      !x->getName().compareOpProperties(x->getPropertiesStorage(),
                                        z->getPropertiesStorage()) ||
      !isElementAt(x->getOperand(0), z->getOperand(0), counter, at))
    return false;
  return llvm::all_of(
      llvm::zip(llvm::drop_begin(x->getOperands()),
                llvm::drop_begin(z->getOperands())),
      [&](auto pair) {
        auto [index, other] = pair;
        if (!isa<IntType>(index.getType()) || !isa<IntType>(other.getType()))
          return false;
        IndexForm form = IndexForm::of(other).substitute({counter}, at);
        return (IndexForm::of(index) - form).constant() == 0;
      });
}

bool Selection::match() {
  Value next = handedOn(loop.getBody(), slot);
  if (!isReal(carried.getType()) || next == carried)
    return false;
  Value chosen = withoutLets(next);
  chooser = chosen.getDefiningOp();
  if (!chooser || chooser->getBlock() != loop.block())
    return false;
  if (isa<MaxOp, MinOp>(chooser)) {
    for (unsigned i : {0, 1})
      if (withoutLets(chooser->getOperand(i)) == carried)
        candidate = chooser->getOperand(1 - i);
  } else if (auto branch = dyn_cast<IfOp>(chooser)) {
    if (!matchBranch(branch, cast<OpResult>(chosen).getResultNumber()))
      return false;
  }
  return candidate && isOnlyCompared(carried) && isOnlyCompared(chosen) &&
         isRepeatable(candidate) && chooseStart();
}

/// Whether what was loaded in front of the loop is at the place until behind it.
bool Selection::staysUntilLoop(LoadOp load) {
  if (load->getBlock() != loop->getBlock())
    return false;
  for (Operation *op = load->getNextNode(); op != loop; op = op->getNextNode())
    if (mayBeWrittenIn(op, load.getPlace()))
      return false;
  return !mayBeWrittenIn(loop, load.getPlace());
}

/// Chooses what the winner is before there is one.
bool Selection::chooseStart() {
  auto type = cast<IntType>(loop.getLower().getType());
  auto lower = intConstant(loop.getLower());
  int64_t step = int64_t(loop.getStep());
  if (lower && lower->getSignificantBits() < 32) {
    int64_t first = lower->getSExtValue();
    // x[0], and x[i] for i = 0: that of the first trip or the one before it.
    Value initial = withoutLets(loop.getInits()[slot]);
    auto load = initial.getDefiningOp<LoadOp>();
    auto like = withoutLets(candidate).getDefiningOp<LoadOp>();
    if (load && like && staysUntilLoop(load))
      for (int64_t at : {first - step, first})
        if (at >= 0 && isElementAt(load.getPlace(), like.getPlace(),
                                   loop.induction(), at)) {
          start = at;
          isSeamless = true;
          return true;
        }
    if (type.getIsSigned() && step > 0 && !lower->isNegative()) {
      start = -1;
      return true;
    }
  }
  if (step > 0 && loop.getPredicate() == Predicate::lt) {
    bound = loop.getUpper();
    return true;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Rewriting
//===----------------------------------------------------------------------===//

/// Makes the chooser a branch that hands on the winner as well, after the trip.
Value Selection::winnerIn(OpBuilder &b, Value winner, LocalAttr local) {
  if (auto branch = dyn_cast<IfOp>(chooser)) {
    Operation *extended = appendResults(
        branch, winner.getType(), local, [&](Region &region, unsigned) {
          return region.getRegionNumber() == taking ? loop.induction() : winner;
        });
    return extended->getResults().back();
  }
  b.setInsertionPoint(chooser);
  Location loc = chooser->getLoc();
  Value x = chooser->getOperand(0), z = chooser->getOperand(1);
  bool isFirst = withoutLets(x) == carried;
  // std::max(x, z) is x < z ? z : x, std::min(x, z) is z < x ? z : x.
  Value condition =
      isa<MaxOp>(chooser)
          ? CompareOp::create(b, loc, b.getI1Type(), Predicate::lt, x, z)
          : CompareOp::create(b, loc, b.getI1Type(), Predicate::lt, z, x);
  if (!isFirst)
    condition = NotOp::create(b, loc, condition);
  LocalAttr selected;
  for (Operation *user : chooser->getUsers())
    if (auto let = dyn_cast<LetOp>(user))
      selected = let.getLocal();
  SmallVector<Type> types = {carried.getType(), winner.getType()};
  SmallVector<Attribute> locals = {
      selected ? Attribute(selected) : b.getUnitAttr(), local};
  auto branch = IfOp::create(b, loc, types, condition, b.getArrayAttr(locals),
                             UnitAttr());
  OpBuilder inner(b);
  inner.createBlock(&branch.getThenRegion());
  YieldOp::create(inner, loc, ValueRange{candidate, loop.induction()});
  inner.createBlock(&branch.getElseRegion());
  YieldOp::create(inner, loc, ValueRange{carried, winner});
  chooser->getResult(0).replaceAllUsesWith(branch.getResult(0));
  chooser->erase();
  return branch.getResult(1);
}

/// The candidate of the trip `winner`.
Value Selection::candidateFor(OpBuilder &b, Value winner) {
  IRMapping known;
  known.map(loop.induction(), winner);
  auto repeat = [&](auto &repeat, Value value) -> Value {
    if (known.contains(value))
      return known.lookup(value);
    if (isOutside(value, loop))
      return value;
    Operation *op = value.getDefiningOp();
    // Its variable is the trip's own.
    if (auto let = dyn_cast<LetOp>(op))
      return repeat(repeat, let.getValue());
    for (Value operand : valuesReadBy(op))
      known.map(operand, repeat(repeat, operand));
    Operation *copy = b.clone(*op, known);
    return copy->getResult(cast<OpResult>(value).getResultNumber());
  };
  return repeat(repeat, candidate);
}

ForOp Selection::recordWinner(FreshLocals &fresh) {
  OpBuilder b(loop);
  Location loc = chooser->getLoc();
  Type type = loop.getLower().getType();
  LocalAttr local = fresh.create("winner", loop.getCounter().getType());
  Value first = start ? createConstant(b, loc, type, *start) : bound;
  Value winner = loop.block()->addArgument(type, loc);
  Value next = winnerIn(b, winner, local);
  Operation *yield = loop.block()->getTerminator();
  yield->insertOperands(yield->getNumOperands(), next);
  Value initial = loop.getInits()[slot];
  loop = cast<ForOp>(addResults(loop, first, type, Attribute(local)));

  Value selected = loop.getResult(slot), last = loop.getResults().back();
  b.setInsertionPointAfter(loop);
  Value again;
  if (isSeamless) {
    again = candidateFor(b, last);
  } else {
    Value none = start ? createConstant(b, loc, type, 0) : bound;
    Value found = CompareOp::create(b, loc, b.getI1Type(),
                                    start ? Predicate::ge : Predicate::lt, last,
                                    none);
    auto branch = IfOp::create(b, loc, selected.getType(), found, ArrayAttr(),
                               UnitAttr());
    OpBuilder inner(b);
    inner.createBlock(&branch.getThenRegion());
    YieldOp::create(inner, loc, candidateFor(inner, last));
    inner.createBlock(&branch.getElseRegion());
    YieldOp::create(inner, loc, initial);
    again = branch.getResult(0);
  }
  auto same = SameOp::create(b, loc, selected, again);
  selected.replaceUsesWithIf(same, [&](OpOperand &use) {
    return use.getOwner() != same && !loop->isAncestor(use.getOwner());
  });
  return loop;
}

void adgen::recordWinners(func::FuncOp function, const Activity &activity) {
  SmallVector<ForOp> loops;
  function.walk([&](ForOp loop) { loops.push_back(loop); });
  FreshLocals fresh(function);
  for (ForOp loop : loops)
    for (unsigned slot = 0; slot < loop.getNumResults(); ++slot) {
      Selection selection(loop, slot);
      if (!activity.isActive(loop.getResult(slot)) || !selection.match())
        continue;
      loop = selection.recordWinner(fresh);
    }
}

llvm::DenseMap<Value, Value> adgen::resolveSames(func::FuncOp derivative) {
  llvm::DenseMap<Value, Value> replaced;
  SmallVector<SameOp> sames;
  derivative.walk([&](SameOp same) { sames.push_back(same); });
  for (SameOp same : sames) {
    Value value = same.getValue();
    for (auto &[old, now] : replaced)
      if (now == same.getResult())
        now = value;
    replaced[same.getResult()] = value;
    same.replaceAllUsesWith(value);
  }
  for (SameOp same : sames)
    same.erase();
  return replaced;
}
