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
// 2. Branches: see KeepBranchValues.
//
//===----------------------------------------------------------------------===//
#include "Branches.h"
#include "KeepLoads.h"
#include "ReadVariables.h"
#include "Reverse.h"

#include "adgen/Analysis/LiveValues.h"
#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/Slots.h"

using namespace mlir;
using namespace adgen;

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
      value = handOutOfBranch(value);
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

namespace {
/// What the forward loop computed of each value that a reversed trip computes again; also
/// after branches and loops have been replaced by ones with more results.
class FirstRun {
public:
  /// `results`: all that the function computes. What has been erased is not one.
  FirstRun(LoopPair &pair, const DenseSet<Value> &results) {
    SmallVector<Value> values;
    for (auto [primal, again] : pair.rerun.getValueMap())
      if (Value first = pair.trace.values.lookupOrNull(primal);
          results.contains(first)) {
        positions[again] = values.size();
        values.push_back(first);
      }
    // An operation in no block: its operands are replaced as those of all others.
    OperationState state(pair.reverse.getLoc(),
                         UnrealizedConversionCastOp::getOperationName());
    state.addOperands(values);
    holder = Operation::create(state);
  }
  FirstRun(FirstRun &&other)
      : holder(std::exchange(other.holder, nullptr)),
        positions(std::move(other.positions)) {}
  ~FirstRun() {
    if (holder)
      holder->destroy();
  }

  /// Null if it did not.
  Value lookup(Value again) const {
    auto found = positions.find(again);
    return found == positions.end() ? Value() : holder->getOperand(found->second);
  }

private:
  Operation *holder;
  DenseMap<Value, unsigned> positions;
};
} // namespace

/// `live` stays right but for what is within the nests of the pair's loops.
/// Returns whether anything has changed there.
static bool tapeExpensiveValues(LoopPair &pair, const FirstRun &firstRun,
                                LiveValues &live, bool sparingly,
                                unsigned &count) {
  bool runs = runsAnyway(pair, live);
  SmallVector<OpResult> kept;
  pair.reverse->walk([&](Operation *op) {
    bool isReplayed = op->hasAttr(replayMark);
    bool isWanted = isReplayed || (!sparingly && isExpensive(op, live)) ||
                    decidesOnReals(op);
    if (isWanted && isa<CompareOp, TestOp>(op) && !isReplayed) {
      Value first = firstRun.lookup(op->getResult(0));
      isWanted = first && (isExitDecision(pair, first) ||
                           !isDecisionReproduced(first.getDefiningOp(), op));
    }
    // Of a nested loop's trips there is more than one value.
    if (!isWanted || !(runs || isReplayed) || loopAround(op) != pair.reverse)
      return;
    for (OpResult again : op->getResults()) {
      auto first = dyn_cast_if_present<OpResult>(firstRun.lookup(again));
      if (live.isLive(again) && first &&
          loopAround(first.getOwner()) == pair.trace.forward)
        kept.push_back(again);
    }
  });
  if (kept.empty())
    return false;
  SmallVector<unsigned> liveResults;
  for (OpResult result : outermostLoop(pair.trace.forward)->getResults())
    if (live.isLive(result))
      liveResults.push_back(result.getResultNumber());
  SmallVector<Value> replacements;
  for (OpResult again : kept)
    replacements.push_back(
        tapeValue(pair, cast<OpResult>(firstRun.lookup(again)), again, count));
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
  DenseSet<Value> results;
  derivative.walk([&](Operation *op) { results.insert_range(op->getResults()); });
  std::vector<FirstRun> firstRuns;
  for (LoopPair &pair : loops)
    firstRuns.emplace_back(pair, results);
  for (auto [pair, firstRun] : llvm::zip(loops, firstRuns)) {
    if (!pair.trace.forward)
      continue;
    for (Operation *loop : {pair.trace.forward, pair.reverse.getOperation()})
      if (Operation *nest = outermostLoop(loop); changed.erase(nest))
        live.update(nest);
    if (!tapeExpensiveValues(pair, firstRun, live, sparingly, count))
      continue;
    changed.insert(outermostLoop(pair.trace.forward));
    changed.insert(outermostLoop(pair.reverse));
  }
}

LogicalResult adgen::keepValues(func::FuncOp derivative,
                                MutableArrayRef<LoopPair> loops,
                                bool sparingly) {
  tapeExpensiveValues(derivative, loops, sparingly);
  return keepBranchValues(derivative);
}
