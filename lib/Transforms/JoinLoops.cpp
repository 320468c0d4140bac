//===- JoinLoops.cpp - Reversed loops in their forward loops --------------===//
//
// Part of the fusion of sweeps: where the order of a reversed loop's trips is
// free, it does not need a loop of its own.
//
//===----------------------------------------------------------------------===//
#include "JoinLoops.h"
#include "ReadVariables.h"
#include "RepeatedPart.h"
#include "TripOrder.h"

#include "adgen/Analysis/Shapes.h"
#include "adgen/Dialect/MoveOps.h"
#include "adgen/Support/Diagnostics.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/DenseSet.h"

using namespace mlir;
using namespace adgen;

static bool hasSameTrips(ForOp x, ForOp z) {
  return x.getLower() == z.getLower() && x.getUpper() == z.getUpper() &&
         x.getStep() == z.getStep() && x.getPredicate() == z.getPredicate();
}

/// Whether `op` (in `first`'s block, behind it) depends on `first`.
static bool dependsOn(Operation *op, Operation *first,
                      llvm::DenseSet<Operation *> &dependent) {
  bool depends = false;
  op->walk([&](Operation *inner) {
    for (Value operand : inner->getOperands()) {
      Operation *def = operand.getDefiningOp();
      depends |= def && (def == first || dependent.contains(def));
    }
  });
  return depends;
}

/// Whether `op`, between a forward and a reversed loop, may run before some
/// forward loop: derivative code reads and writes shadows alone, and the shape of
/// what they are made after.
static bool mayMoveAhead(Operation *op) {
  return isPure(op) || isa<TapeOp, VarOp>(op) ||
         (isDerivativeOp(op) && accessedPlace(op));
}

/// Whether it may run before `first`.
static bool mayMoveAhead(Operation *op, Operation *first) {
  if (isa<VarOp>(op))
    return llvm::none_of(op->getOperands(), [&](Value operand) {
      return isa<PlaceType>(operand.getType()) &&
             mayBeReshapedIn(first, operand);
    });
  return mayMoveAhead(op);
}

//===----------------------------------------------------------------------===//
// The order of what touches memory
//===----------------------------------------------------------------------===//

namespace {
/// What an operation, with all that is in it, does to memory that is there from
/// before.
struct Accesses {
  explicit Accesses(Operation *op);

  SmallVector<Operation *> ops;
  /// Something else than loads, stores and sums.
  bool isUnknown = false;
};
} // namespace

Accesses::Accesses(Operation *op) {
  op->walk([&](Operation *inner) {
    if (Value place = accessedPlace(inner)) {
      VarOp object = localObject(place);
      if (!object || object == op || !op->isAncestor(object))
        ops.push_back(inner);
    } else if (isa<RecordOp, PlaybackOp>(inner)) {
      ops.push_back(inner);
    } else if (!inner->getNumRegions() && !isMemoryEffectFree(inner) &&
               !isa<TapeOp, VarOp, QueryOp>(inner)) {
      isUnknown = true;
    }
  });
}

static SmallVector<Operation *> accessesOf(ArrayRef<Operation *> ops) {
  SmallVector<Operation *> found;
  for (Operation *op : ops)
    llvm::append_range(found, Accesses(op).ops);
  return found;
}

static Value tapeOf(Operation *op) {
  if (auto record = dyn_cast<RecordOp>(op))
    return record.getTape();
  auto playback = dyn_cast<PlaybackOp>(op);
  return playback ? playback.getTape() : Value();
}

/// Whether two accesses may have to stay in their order, by `mayTouch` of places.
static bool mayDepend(Operation *x, Operation *z,
                      function_ref<bool(Value, Value)> mayTouch) {
  if (!isOrdered(x, z))
    return false;
  if (tapeOf(x) || tapeOf(z))
    return tapeOf(x) == tapeOf(z);
  return mayTouch(accessedPlace(x), accessedPlace(z));
}

/// Whether `moving` may run before `staying` in place of after it.
static bool mayPass(const Accesses &staying, const Accesses &moving) {
  auto isIdle = [](const Accesses &a) { return a.ops.empty() && !a.isUnknown; };
  if (staying.isUnknown || moving.isUnknown)
    return isIdle(staying) || isIdle(moving);
  return llvm::none_of(moving.ops, [&](Operation *x) {
    return llvm::any_of(staying.ops, [&](Operation *z) {
      return mayDepend(x, z, mayAlias);
    });
  });
}

/// Whether, in a loop whose trips do what `first` and then what `later` are in it, no
/// trip's later part needs to follow another trip's first part. A tape is no obstacle:
/// what a reversed trip plays back the same trip has recorded.
static bool areTripsFree(ForOp loop, ArrayRef<Operation *> first,
                         ArrayRef<Operation *> later) {
  auto isOwn = [&](Operation *op) {
    VarOp object = tapeOf(op) ? VarOp() : localObject(accessedPlace(op));
    return tapeOf(op) || (object && loop->isAncestor(object));
  };
  return llvm::none_of(later, [&](Operation *x) {
    return !isOwn(x) && llvm::any_of(first, [&](Operation *z) {
             return !isOwn(z) &&
                    mayDepend(x, z, [&](Value place, Value other) {
                      return mayOverlap(place, other, When::LaterTrip, loop);
                    });
           });
  });
}

//===----------------------------------------------------------------------===//
// Two loops
//===----------------------------------------------------------------------===//

/// Whether all that `between` and `reverse` do may come before what depends on `first`,
/// and `between` before `first` itself.
static bool keepsOrder(ForOp first, ForOp reverse,
                       const llvm::DenseSet<Operation *> &dependent,
                       ArrayRef<Operation *> between) {
  Accesses firstAccesses(first), reverseAccesses(reverse);
  if (firstAccesses.isUnknown || reverseAccesses.isUnknown)
    return false;
  SmallVector<Accesses> moving;
  for (Operation *op : between) {
    moving.emplace_back(op);
    if (!mayPass(firstAccesses, moving.back()))
      return false;
  }
  moving.push_back(reverseAccesses);
  // What stays behind before each of what moves.
  SmallVector<Accesses> staying;
  size_t next = 0;
  for (Operation *op = first->getNextNode();; op = op->getNextNode()) {
    if (op != reverse && dependent.contains(op)) {
      staying.emplace_back(op);
      continue;
    }
    for (const Accesses &accesses : staying)
      if (!mayPass(accesses, moving[next]))
        return false;
    if (op == reverse)
      return true;
    ++next;
  }
}

/// Joins `reverse` into the forward loop `first`, if it needs nothing of it.
/// Returns the loop that does both.
static ForOp joinLoops(ForOp first, ForOp reverse) {
  llvm::DenseSet<Operation *> dependent;
  SmallVector<Operation *> between;
  for (Operation *op = first->getNextNode(); op != reverse;
       op = op->getNextNode()) {
    if (dependsOn(op, first, dependent))
      dependent.insert(op);
    else if (!mayMoveAhead(op, first))
      return {};
    else
      between.push_back(op);
  }
  if (dependsOn(reverse, first, dependent))
    return {};
  IRMapping known;
  known.map(reverse.induction(), first.induction());
  RepeatedPart repeated(known);
  if (!repeated.find(*first.block(), *reverse.block()))
    return {};
  if (!keepsOrder(first, reverse, dependent, between))
    return {};

  OpBuilder b(first);
  SmallVector<Value> inits(first.getInits());
  llvm::append_range(inits, reverse.getInits());
  SmallVector<Attribute> locals;
  for (ForOp loop : {first, reverse})
    for (unsigned i = 0; i < loop.getNumResults(); ++i) {
      LocalAttr local = getLocal(loop.getLocalsAttr(), i);
      locals.push_back(local ? Attribute(local) : b.getUnitAttr());
    }
  auto joined = ForOp::create(
      b, first.getLoc(), ValueRange(inits).getTypes(), first.getLower(),
      first.getUpper(), first.getStep(), first.getPredicate(), inits,
      first.getCounter(), b.getArrayAttr(locals), /*reversed=*/false);
  Block *body = b.createBlock(&joined.getBody());
  Value counter = body->addArgument(first.getLower().getType(), first.getLoc());
  SmallVector<Value> nexts;
  SmallVector<Operation *> copies[2];
  IRMapping mapping;
  for (ForOp loop : {first, reverse}) {
    mapping.map(loop.induction(), counter);
    for (BlockArgument arg : loop.block()->getArguments().drop_front())
      mapping.map(arg, body->addArgument(arg.getType(), arg.getLoc()));
    for (Operation &op : loop.block()->without_terminator()) {
      if (!repeated.contains(&op)) {
        copies[loop == reverse].push_back(b.clone(op, mapping));
        continue;
      }
      for (Value result : op.getResults())
        mapping.map(result, mapping.lookup(repeated.values.lookup(result)));
    }
    for (Value next : loop.block()->getTerminator()->getOperands())
      nexts.push_back(mapping.lookupOrDefault(next));
  }
  YieldOp::create(b, first.getLoc(), nexts);
  if (!areTripsFree(joined, accessesOf(copies[0]), accessesOf(copies[1]))) {
    joined.erase();
    return {};
  }
  for (Operation *op : between)
    moveInFrontOf(op, joined);
  ValueRange results = joined.getResults();
  reverse.replaceAllUsesWith(results.drop_front(first.getNumResults()));
  first.replaceAllUsesWith(results.take_front(first.getNumResults()));
  reverse.erase();
  first.erase();
  emitRemark(joined.getLoc()) << formatMessage(Diag::FusedRemark);
  return joined;
}

static bool isForwardLoop(Operation *op) {
  auto loop = dyn_cast<ForOp>(op);
  return loop && !isDerivativeOp(loop) && !loop.getReversed();
}

namespace {
/// Joins the loops of a block.
class LoopJoiner {
public:
  void run(Block &block);

private:
  ForOp joinIntoNearest(ForOp reverse);
  ForOp join(ForOp forward, ForOp reverse);

  /// The forward loops so far that have results, in their order.
  std::vector<ForOp> loopsWithResults;
};
} // namespace

static bool isBefore(ForOp loop, Operation *op) {
  return loop->isBeforeInBlock(op);
}

ForOp LoopJoiner::join(ForOp forward, ForOp reverse) {
  if (!hasSameTrips(forward, reverse))
    return {};
  auto at = llvm::lower_bound(loopsWithResults, forward, isBefore);
  bool isListed = at != loopsWithResults.end() && *at == forward;
  ForOp joined = joinLoops(forward, reverse);
  if (joined && isListed)
    *at = joined;
  else if (joined && joined.getNumResults())
    loopsWithResults.insert(at, joined);
  return joined;
}

/// Joins `reverse` into the nearest loop before it that it can be joined into.
/// Of the loops behind which an operation stands that may not move ahead, only
/// those matter that it may depend on: those with results.
ForOp LoopJoiner::joinIntoNearest(ForOp reverse) {
  Operation *op = reverse->getPrevNode();
  for (; op; op = op->getPrevNode()) {
    if (isForwardLoop(op))
      if (ForOp joined = join(cast<ForOp>(op), reverse))
        return joined;
    if (!mayMoveAhead(op))
      break;
  }
  if (!op)
    return {};
  auto end = llvm::lower_bound(loopsWithResults, op, isBefore);
  for (auto at = end; at != loopsWithResults.begin();)
    if (ForOp joined = join(*--at, reverse))
      return joined;
  return {};
}

void LoopJoiner::run(Block &block) {
  // What has not found any.
  std::vector<ForOp> open;
  for (Operation *op = &block.front(), *next; op; op = next) {
    next = op->getNextNode();
    if (isForwardLoop(op) && op->getNumResults())
      loopsWithResults.push_back(cast<ForOp>(op));
    auto reverse = dyn_cast<ForOp>(op);
    if (!reverse || !isDerivativeOp(reverse) || reverse.getReversed() ||
        !isOrderFree(reverse))
      continue;
    open.push_back(reverse);
    for (size_t i = open.size() - 1; i < open.size();) {
      ForOp joined = joinIntoNearest(open[i]);
      if (!joined) {
        ++i;
        continue;
      }
      // Those behind it may find one now.
      open.erase(open.begin() + i);
      i = llvm::lower_bound(open, joined, isBefore) - open.begin();
    }
  }
}

void adgen::joinLoops(Block &block) { LoopJoiner().run(block); }
