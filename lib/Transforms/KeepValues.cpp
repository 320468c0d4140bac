//===- KeepValues.cpp - What the reverse sweep gets of the forward sweep --===//
//
// 1. Loops: a reversed trip runs its forward part again from the values that
//    were recorded at its start. What is expensive there (a transcendental
//    function) or must not be decided twice (a comparison of computed reals:
//    contraction may make the second evaluation differ) is recorded itself, if
//    the forward loop runs anyway.
//
//      for (k) { if (x * y + z > 1) … }     for (k) { c_tape[k] = x * y + z > 1; … }
//      reversed: if (x * y + z > 1) …   →   reversed: if (c_tape[k]) …
//
//    Decisions on what nothing can contract and nothing overwrites (`x[i] > 0`) are
//    taken again.
//
// 2. Branches: the reverse sweep has the same branches as the forward sweep,
//    but C++ scopes end with a branch. A value from inside that is cheap is
//    computed again; any other is handed out of the branch as a result. A tape
//    is allocated before the branch.
//
//===----------------------------------------------------------------------===//
#include "Branches.h"
#include "KeepLoads.h"
#include "ReadVariables.h"
#include "Reverse.h"

#include "adgen/Analysis/LiveValues.h"
#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Support/Diagnostics.h"

using namespace mlir;
using namespace adgen;

/// More operations than this are not computed a second time.
static constexpr unsigned maxRecomputed = 8;

bool adgen::isCheap(Operation *op) {
  if (isa<LoadOp>(op))
    return op->hasAttr(reloadMark);
  if (isa<OffsetOp, ElementOp, MemberOp, AccessOp, GlobalOp>(op))
    return true;
  if (isa<ConstantOp, UndefOp, LetOp, SelectOp, GuardOp, NotOp, CompareOp,
          PlaybackOp, AndOp, OrOp, XorOp, ComplementOp, AddOp, SubOp, MulOp,
          NegOp, FabsOp, AbsOp, CopysignOp, MaxOp, MinOp>(op))
    return true;
  // Of integers, these may be undefined where the branch is not taken.
  if (isa<DivOp, RemOp>(op) && !isReal(op->getResult(0).getType())) {
    auto divisor = intConstant(op->getOperand(1));
    return divisor && !divisor->isZero() && !divisor->isAllOnes();
  }
  if (isa<CastOp>(op))
    return !isReal(op->getOperand(0).getType()) ||
           isReal(op->getResult(0).getType());
  return isa<DivOp>(op) && isReal(op->getResult(0).getType());
}

/// Whether the loop has nothing to do but to compute its results.
static bool hasOnlyResults(Operation *loop, const LiveValues &live) {
  return !loop->walk([&](Operation *op) {
                bool hasEffect = !writtenPlaces(op).empty() || isa<RecordOp>(op);
                return hasEffect && live.isLive(op) ? WalkResult::interrupt()
                                                    : WalkResult::advance();
              })
              .wasInterrupted();
}

/// Whether a tape is better than to run the operation again.
static bool isExpensive(Operation *op, const LiveValues &live) {
  if (isLoop(op))
    return hasOnlyResults(op, live);
  if (auto call = dyn_cast<CallOp>(op))
    return !isCheapCall(call) && !passesMemory(call);
  return isa<Differentiable>(op) && !isCheap(op) &&
         !isa<DivOp, SqrtOp, FloorOp>(op);
}

/// Whether the operation's value is a sum with a product among its terms, which may be
/// contracted to a fused operation.
static bool isContractible(Operation *op) {
  if (!isa<AddOp, SubOp>(op) || !isReal(op->getResult(0).getType()))
    return false;
  return llvm::any_of(op->getOperands(), [](Value operand) {
    Value term = withoutLets(operand);
    while (auto negative = term.getDefiningOp<NegOp>())
      term = withoutLets(negative.getOperand());
    return term.getDefiningOp<MulOp>() != nullptr;
  });
}

/// Whether `again` surely gives the value of `first`, the same computation in the
/// forward sweep, and needs nothing that is kept for it.
static bool isReproduced(Value first, Value again) {
  if (first == again)
    return true;
  Operation *op = again.getDefiningOp(), *original = first.getDefiningOp();
  // A counter.
  if (!op || !original)
    return !op && !original && !isReal(again.getType());
  if (op->getName() != original->getName() ||
      op->getNumOperands() != original->getNumOperands() || !isCheap(op) ||
      isa<PlaybackOp, SelectOp>(op) || isContractible(op))
    return false;
  return llvm::all_of(
      llvm::zip(original->getOperands(), op->getOperands()), [](auto operands) {
        auto [x, z] = operands;
        return isReproduced(x, z);
      });
}

/// Whether a second evaluation surely takes the same decision.
static bool isDecisionReproduced(Operation *first, Operation *again) {
  return isa<CompareOp, TestOp>(again) && first &&
         llvm::all_of(llvm::zip(first->getOperands(), again->getOperands()),
                      [](auto operands) {
                        auto [x, z] = operands;
                        return isReproduced(x, z);
                      });
}

bool adgen::decidesOnReals(Operation *op) {
  return isa<CompareOp, TestOp, CastOp>(op) && !isReal(op->getResult(0).getType()) &&
         llvm::any_of(op->getOperands(), [](Value v) {
           return isReal(v.getType()) && v.getDefiningOp() &&
                  !isa<ConstantOp, PlaybackOp>(v.getDefiningOp());
         });
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

/// What an intermediate value's tape is called after.
static std::string intermediateName(OpResult value) {
  if (auto load = dyn_cast<LoadOp>(value.getOwner()))
    if (LocalAttr local = variableOf(load.getPlace()))
      return local.getName().str();
  auto call = dyn_cast<CallOp>(value.getOwner());
  func::FuncOp callee = call ? calleeOf(call) : func::FuncOp();
  if (!callee)
    return isa<CompareOp>(value.getOwner())
               ? "decision"
               : value.getOwner()->getName().stripDialect().str();
  unsigned i = value.getResultNumber();
  std::string name = callee->getAttrOfType<StringAttr>("ad.base").str();
  auto member = callee.getResultAttrOfType<StringAttr>(i, "ad.member");
  return i == 0 || !member ? name : name + "_" + member.str();
}

/// The variable or, for an intermediate value, a name for its tape.
static LocalAttr tapeName(OpBuilder &b, OpResult value, unsigned &count) {
  for (Operation *user : value.getUsers())
    if (auto let = dyn_cast<LetOp>(user))
      return tapeVariable(let.getLocal());
  if (LocalAttr local = isLoop(value.getOwner()) ? variableOf(value) : LocalAttr())
    return tapeVariable(local);
  return LocalAttr::get(b.getContext(), ~1000u - count++,
                        b.getStringAttr(intermediateName(value) + "_tape"),
                        b.getStringAttr(spelling(value.getType())),
                        /*generated=*/true);
}

/// The result of the branch operation around `value` that is this value where it
/// is computed; a new one is zero elsewhere.
static Value addResult(Value value) {
  Operation *branch = value.getParentBlock()->getParentOp();
  assert((isa<IfOp, SwitchOp>(branch)) && "values leave branches only");
  auto handedOn = value.getParentBlock()->getTerminator()->getOperands();
  for (auto [operand, result] : llvm::zip(handedOn, branch->getResults()))
    if (operand == value)
      return result;
  Operation *extended = appendResults(
      branch, value.getType(), variableOf(value),
      [&](Region &region, unsigned) -> Value {
        if (value.getParentRegion() == &region)
          return value;
        OpBuilder b(region.front().getTerminator());
        if (isa<FrameType, PlaceType>(value.getType()))
          return UndefOp::create(b, value.getLoc(), value.getType());
        return createConstant(b, value.getLoc(), value.getType(), 0);
      });
  return extended->getResults().back();
}

/// Records `kept` in the forward loop and plays it back in place of `again`.
static Value tapeValue(LoopPair &pair, OpResult kept, OpResult again,
                      unsigned &count) {
  OpBuilder b(again.getOwner());
  if (kept.getType().isInteger(1))
    if (Value decision = exitDecision(pair, kept, b, ~1000u - count)) {
      ++count;
      again.replaceAllUsesWith(decision);
      return decision;
    }
  b.setInsertionPoint(pair.trace.forward);
  Location loc = kept.getLoc();
  Type type = kept.getType();
  Value size = pair.trace.tapeSize;
  bool clamp = pair.trace.clamp;
  Value tape = TapeOp::create(b, loc, TapeType::get(b.getContext(), type), size,
                              tapeName(b, kept, count), clamp);
  // A growing tape gets one element a trip, whatever branches the trip takes.
  Value value = kept;
  if (!size)
    while (!isa<ForOp, WhileOp>(value.getParentBlock()->getParentOp()))
      value = addResult(value);
  b.setInsertionPointAfterValue(value);
  RecordOp::create(b, loc, value, tape, pair.trace.index);
  b.setInsertionPoint(again.getOwner());
  LocalAttr local = isLoop(kept.getOwner()) ? variableOf(kept) : LocalAttr();
  Value played =
      PlaybackOp::create(b, loc, type, tape, pair.reverseIndex, local);
  again.replaceAllUsesWith(played);
  return played;
}

/// Whether the forward loop runs for more than the values of this reversal.
static bool runsAnyway(LoopPair &pair, const LiveValues &live) {
  return llvm::any_of(pair.trace.forward->getResults(),
                      [&](Value v) { return v != pair.trace.trips && live.isLive(v); }) ||
         (pair.trace.trips && live.isLive(pair.trace.trips)) ||
         live.isLive(pair.trace.forward) ||
         llvm::any_of(pair.trace.tapes, [&](Value tape) {
           return tape && live.isLive(tape);
         });
}

static Operation *outermostLoop(Operation *op) {
  while (Operation *outer = loopAround(op))
    op = outer;
  return op;
}

/// `live` stays right but for what is within the nests of the pair's loops.
/// Returns whether anything has changed there.
static bool tapeExpensiveValues(LoopPair &pair, LiveValues &live,
                                bool sparingly, unsigned &count) {
  bool runs = runsAnyway(pair, live);
  DenseMap<Value, Value> firstRun;
  for (auto [primal, again] : pair.rerun.getValueMap())
    if (Value first = pair.trace.values.lookupOrNull(primal))
      firstRun[again] = first;
  auto firstOf = [&](Value again) {
    Value first = firstRun.lookup(again);
    return first ? first.getDefiningOp() : nullptr;
  };
  SmallVector<std::pair<OpResult, OpResult>> kept;
  pair.reverse->walk([&](Operation *op) {
    bool isReplayed = op->hasAttr(replayMark);
    bool isDecision =
        decidesOnReals(op) &&
        !isDecisionReproduced(firstOf(op->getResult(0)), op);
    bool isWanted =
        isReplayed || (!sparingly && isExpensive(op, live)) || isDecision;
    // Of a nested loop's trips there is more than one value.
    if (!isWanted || !(runs || isReplayed) || loopAround(op) != pair.reverse)
      return;
    for (OpResult again : op->getResults()) {
      auto first = dyn_cast_if_present<OpResult>(firstRun.lookup(again));
      if (live.isLive(again) && first &&
          loopAround(first.getOwner()) == pair.trace.forward)
        kept.push_back({first, again});
    }
  });
  if (kept.empty())
    return false;
  SmallVector<unsigned> liveResults;
  for (OpResult result : outermostLoop(pair.trace.forward)->getResults())
    if (live.isLive(result))
      liveResults.push_back(result.getResultNumber());
  SmallVector<Value> replacements;
  for (auto [first, again] : kept)
    replacements.push_back(tapeValue(pair, first, again, count));
  // The loop may be a new one, with more results.
  Operation *nest = outermostLoop(pair.trace.forward);
  for (unsigned i : liveResults)
    live.add(nest->getResult(i));
  for (Value value : replacements)
    live.add(value);
  return true;
}

/// What a trip is run again for is computed of the same values as in the first
/// run: to keep it changes nothing of what is needed from outside of the loops.
static void tapeExpensiveValues(func::FuncOp derivative,
                                MutableArrayRef<LoopPair> loops,
                                bool sparingly) {
  unsigned count = 0;
  LiveValues live(derivative);
  llvm::SmallPtrSet<Operation *, 8> changed;
  for (LoopPair &pair : loops) {
    if (!pair.trace.forward)
      continue;
    for (Operation *loop : {pair.trace.forward, pair.reverse.getOperation()})
      if (Operation *nest = outermostLoop(loop); changed.erase(nest))
        live.update(nest);
    if (!tapeExpensiveValues(pair, live, sparingly, count))
      continue;
    changed.insert(outermostLoop(pair.trace.forward));
    changed.insert(outermostLoop(pair.reverse));
  }
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

/// Whether the value is that of a variable of the user's.
static bool isUsersVariable(Value value) {
  auto let = value.getDefiningOp<LetOp>();
  return let && !let.getLocal().getGenerated() && !isDerivativeOp(let);
}

namespace {
/// Makes uses of values from branches of the forward sweep valid.
class BranchValues {
public:
  /// Fails after an error.
  LogicalResult legalize(func::FuncOp derivative);

private:
  static bool isVisible(Value value, Operation *user) {
    return value.getParentBlock()->findAncestorOpInBlock(*user);
  }
  void shareComputations(func::FuncOp derivative);
  Value provide(Value value, Operation *user);
  bool isCheapAt(Value value, Operation *user, unsigned &budget,
                 bool isOperand = false);
  Value recompute(Value value, Block *block, Operation *user);
  Value handOut(Value value, Operation *user);
  void hoistTape(TapeOp tape, Operation *user);

  bool isFailed = false;
  DenseMap<std::pair<Value, Block *>, Value> recomputed;
  /// The last operation put at the start of a block.
  DenseMap<Block *, Operation *> last;
};
} // namespace

/// The operation beside the definition of an operand of `op` that computes the
/// same.
static Operation *findSame(Operation *op) {
  for (Value operand : op->getOperands())
    for (Operation *user : operand.getUsers())
      if (user != op && user->getBlock() == operand.getParentBlock() &&
          user->getName() == op->getName() &&
          llvm::equal(user->getOperands(), op->getOperands()))
        return user;
  return nullptr;
}

/// What is expensive and was computed in the branch of the forward sweep is not
/// computed again: a formula refers to it as to any other value.
void BranchValues::shareComputations(func::FuncOp derivative) {
  SmallVector<Operation *> expensive;
  derivative.walk([&](Operation *op) {
    if (isa<Differentiable>(op) && !isCheap(op) &&
        llvm::any_of(op->getOperands(),
                     [&](Value v) { return !isVisible(v, op); }))
      expensive.push_back(op);
  });
  for (Operation *op : expensive)
    if (Operation *same = findSame(op)) {
      op->getResult(0).replaceAllUsesWith(same->getResult(0));
      op->erase();
    }
}

LogicalResult BranchValues::legalize(func::FuncOp derivative) {
  SmallVector<OpOperand *> uses;
  shareComputations(derivative);
  // A variable is handed out under its name; not one that needs the value itself
  // from elsewhere.
  derivative.walk([&](LetOp let) {
    if (isUsersVariable(let) && isVisible(let.getValue(), let) &&
        !let.getValue().getDefiningOp<ConstantOp>())
      let.getValue().replaceUsesWithIf(let, [&](OpOperand &use) {
        return !isVisible(let.getValue(), use.getOwner());
      });
  });
  derivative.walk([&](Operation *op) {
    for (OpOperand &operand : op->getOpOperands())
      if (!isVisible(operand.get(), op))
        uses.push_back(&operand);
  });
  for (OpOperand *use : uses)
    if (!isVisible(use->get(), use->getOwner()))
      use->set(provide(use->get(), use->getOwner()));
  return failure(isFailed);
}

/// The innermost block that holds both.
static Block *commonBlock(Value value, Operation *user) {
  Block *block = value.getParentBlock();
  while (!block->findAncestorOpInBlock(*user))
    block = block->getParentOp()->getBlock();
  return block;
}

Value BranchValues::provide(Value value, Operation *user) {
  if (isVisible(value, user))
    return value;
  if (auto tape = value.getDefiningOp<TapeOp>()) {
    hoistTape(tape, user);
    return value;
  }
  unsigned budget = maxRecomputed;
  if (!isCheapAt(value, user, budget))
    return handOut(value, user);
  // At the start of the branch that mirrors the value's.
  Operation *mirror =
      commonBlock(value, user)->findAncestorOpInBlock(*user);
  Block *block = user->getBlock();
  while (block->getParentOp() != mirror)
    block = block->getParentOp()->getBlock();
  return recompute(value, block, user);
}

bool BranchValues::isCheapAt(Value value, Operation *user, unsigned &budget,
                             bool isOperand) {
  if (isVisible(value, user))
    return true;
  // Few variables stand for many expressions.
  if (isOperand && isUsersVariable(value))
    return true;
  Operation *op = value.getDefiningOp();
  if (!op || !isCheap(op) || decidesOnReals(op) || budget == 0)
    return false;
  if (!isa<LetOp, ConstantOp>(op))
    --budget;
  return llvm::all_of(op->getOperands(), [&](Value operand) {
    return isCheapAt(operand, user, budget, /*isOperand=*/true);
  });
}

Value BranchValues::recompute(Value value, Block *block, Operation *user) {
  if (isVisible(value, user))
    return value;
  if (value.getDefiningOp<TapeOp>())
    return provide(value, user);
  if (Value copy = recomputed.lookup({value, block}))
    return copy;
  Operation *op = value.getDefiningOp();
  // To hand out an operand rebuilds its branch: the others are found as operands.
  OpBuilder b(block, block->begin());
  Operation *clone = b.clone(*op);
  for (OpOperand &use : clone->getOpOperands()) {
    Value operand = use.get();
    Value there = isUsersVariable(operand) ? provide(operand, clone)
                                           : recompute(operand, block, clone);
    use.set(there);
  }
  if (Operation *after = last.lookup(block))
    clone->moveAfter(after);
  last[block] = clone;
  return recomputed[{value, block}] = clone->getResult(0);
}

Value BranchValues::handOut(Value value, Operation *user) {
  Value inner = value;
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : value.getUses())
    if (!isVisible(value, use.getOwner()))
      uses.push_back(&use);
  while (!isVisible(value, user))
    value = addResult(value);
  // One result serves every use that sees it.
  for (OpOperand *use : uses)
    if (use->get() == inner && isVisible(value, use->getOwner()))
      use->set(value);
  return value;
}

/// Lets a tape grow at its end: its elements are then numbered from 0, whatever
/// value the counter that is their index starts from.
static void letGrow(TapeOp tape) {
  tape.getSizeMutable().clear();
  for (Operation *user : tape->getUsers()) {
    OpOperand &index = isa<RecordOp>(user)
                           ? cast<RecordOp>(user).getIndexMutable()
                           : cast<PlaybackOp>(user).getIndexMutable();
    auto counter = dyn_cast<BlockArgument>(index.get());
    auto loop = counter ? dyn_cast<ForOp>(counter.getOwner()->getParentOp())
                        : ForOp();
    if (!loop || counter != loop.induction())
      continue;
    auto first = intConstant(loop.getLower());
    assert(first && "a counter is an index only where it starts from a constant");
    if (first->isZero())
      continue;
    OpBuilder b(user);
    index.set(SubOp::create(b, user->getLoc(), counter.getType(), counter,
                            createConstant(b, user->getLoc(), counter.getType(),
                                           first->getSExtValue())));
  }
}

/// Whether the value exists in front of `branch`.
static bool existsAt(Value value, Operation *branch) {
  Operation *op = value.getDefiningOp();
  Operation *ancestor = value.getParentBlock()->findAncestorOpInBlock(*branch);
  return ancestor && (!op || op->isBeforeInBlock(ancestor));
}

/// Whether the value can be had in front of `branch`, for what costs nothing.
static bool isKnownAt(Value value, Operation *branch, unsigned &budget) {
  if (existsAt(value, branch))
    return true;
  Operation *op = value.getDefiningOp();
  if (!op || !isCheap(op) || isa<LoadOp, PlaybackOp>(op) || budget == 0)
    return false;
  --budget;
  return llvm::all_of(op->getOperands(), [&](Value operand) {
    return isKnownAt(operand, branch, budget);
  });
}

static Value computeAt(Value value, Operation *branch, OpBuilder &b,
                       IRMapping &copies) {
  if (existsAt(value, branch))
    return value;
  if (Value copy = copies.lookupOrNull(value))
    return copy;
  Operation *op = value.getDefiningOp();
  IRMapping operands;
  for (Value operand : op->getOperands())
    operands.map(operand, computeAt(operand, branch, b, copies));
  Value copy = b.clone(*op, operands)->getResult(0);
  copies.map(value, copy);
  return copy;
}

/// Whether each trip of one loop adds an element, in the order of its counter.
static bool mayGrow(TapeOp tape) {
  return llvm::all_of(tape->getUsers(), [&](Operation *user) {
    auto record = dyn_cast<RecordOp>(user);
    if (!record)
      return true;
    auto loop = dyn_cast<ForOp>(record->getParentOp());
    return loop && record.getIndex() == loop.induction() &&
           loop.getStep() == 1 && !loop.getReversed() &&
           loopAround(loop) == loopAround(tape);
  });
}

void BranchValues::hoistTape(TapeOp tape, Operation *user) {
  Operation *branch =
      commonBlock(tape, user)->findAncestorOpInBlock(*tape);
  if (Value size = tape.getSize()) {
    OpBuilder b(branch);
    IRMapping copies;
    unsigned budget = maxRecomputed;
    if (isKnownAt(size, branch, budget)) {
      tape.getSizeMutable().assign(computeAt(size, branch, b, copies));
    } else if (mayGrow(tape)) {
      letGrow(tape);
    } else {
      emitError(tape.getLoc()) << formatMessage(Diag::BranchTape, {});
      isFailed = true;
    }
  }
  tape->moveBefore(branch);
}

LogicalResult adgen::keepValues(func::FuncOp derivative,
                                MutableArrayRef<LoopPair> loops,
                                bool sparingly) {
  tapeExpensiveValues(derivative, loops, sparingly);
  return BranchValues().legalize(derivative);
}
