//===- FuseSweeps.cpp - Forward and reverse sweep together ----------------===//
//
// Where nothing stands between a branch or loop of the forward sweep and its
// reversal, one does for both.
//
//   p = if c { cutoff / r } else { 0 }        if c { p = cutoff / r
//   p_bar = 2 * p * seed                  →          p_bar = 2 * p * seed
//   r_bar = if c { -p / r * p_bar } …                r_bar = -p / r * p_bar }
//
// 1. Derivative code that one branch alone reads moves into it.
// 2. A branch and a later one on the same condition are joined, unless what
//    stands between reads the first one's results.
// 3. What follows the last branch moves into it if nothing of it remains in one
//    of the branches: each early exit has its own short reverse.
// 4. A reversed loop whose trips only add to what they carry runs in the
//    original order (GCC vectorizes only that), and is joined with its forward
//    loop if it needs none of its results.
//
// Requires value form without side effects but those of tapes.
//
//===----------------------------------------------------------------------===//
#include "Branches.h"
#include "JoinLoops.h"
#include "MoveTails.h"
#include "OrderedOps.h"
#include "ReadVariables.h"
#include "RepeatedPart.h"
#include "SimplifyRegions.h"
#include "TripOrder.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Support/Diagnostics.h"
#include "adgen/Transforms/Passes.h"

#include "mlir/IR/IRMapping.h"

namespace adgen {
#define GEN_PASS_DEF_FUSESWEEPS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

static bool isBranch(Operation *op) { return isa<IfOp, SwitchOp>(op); }

//===----------------------------------------------------------------------===//
// Sinking
//===----------------------------------------------------------------------===//

/// The region of a branch in `op`'s block that holds all uses of `op`.
static Region *onlyReader(Operation *op) {
  Region *reader = nullptr;
  for (Operation *user : op->getUsers()) {
    Operation *ancestor = op->getBlock()->findAncestorOpInBlock(*user);
    if (!ancestor || ancestor == user || !isBranch(ancestor))
      return nullptr;
    Region *region = user->getParentRegion();
    while (region->getParentOp() != ancestor)
      region = region->getParentOp()->getParentRegion();
    if (reader && region != reader)
      return nullptr;
    reader = region;
  }
  return reader;
}

/// Returns whether the operation moved.
static bool sinkIntoBranch(Operation *op) {
  if (!isDerivativeOp(op) || op->getNumRegions() || !isMemoryEffectFree(op) ||
      op->hasTrait<OpTrait::IsTerminator>())
    return false;
  Region *reader = onlyReader(op);
  if (reader)
    op->moveBefore(&reader->front(), reader->front().begin());
  return reader;
}

static void sinkIntoBranches(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block)))
    sinkIntoBranch(&op);
}

/// Adds the operations of `block` that `op`, or something in it, reads.
static void addSources(Operation *op, Block &block, OrderedOps &sources) {
  op->walk([&](Operation *inner) {
    for (Value operand : inner->getOperands())
      if (Operation *source = operand.getDefiningOp();
          source && source->getBlock() == &block)
        sources.insert(source);
  });
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

/// Whether `later` takes the same branch as `first`.
static bool isSameBranch(Operation *first, Operation *later) {
  if (first->getName() != later->getName() ||
      first->getOperand(0) != later->getOperand(0))
    return false;
  if (auto x = dyn_cast<SwitchOp>(first))
    return x.getCases() == cast<SwitchOp>(later).getCases();
  return true;
}

/// Whether `op` does something that others may see, other than to tapes.
static bool hasEffects(Operation *op) {
  return op
      ->walk([](Operation *inner) {
        bool isQuiet = inner->getNumRegions() || isMemoryEffectFree(inner) ||
                       isa<TapeOp, RecordOp, PlaybackOp>(inner);
        return isQuiet ? WalkResult::advance() : WalkResult::interrupt();
      })
      .wasInterrupted();
}

namespace {
/// Joins the branches of a block that decide on the same.
class BranchJoiner {
public:
  explicit BranchJoiner(Block &block) : block(block) {}
  void run();

private:
  Operation *joinEarlier(Operation *later);
  bool mayJoin(Operation *first, Operation *later);
  bool hasEffectsBetween(Operation *first, Operation *later);
  Operation *join(Operation *first, Operation *later);

  Block &block;
  /// The operations of the block that have effects, once somebody asked.
  std::optional<OrderedOps> effects;
};
} // namespace

/// Whether `first` and something between the two has effects.
bool BranchJoiner::hasEffectsBetween(Operation *first, Operation *later) {
  if (!effects) {
    effects.emplace();
    for (Operation &op : block)
      if (hasEffects(&op))
        effects->insert(effects->end(), &op);
  }
  auto found = effects->find(first);
  return found != effects->end() && ++found != effects->end() &&
         (*found)->isBeforeInBlock(later);
}

/// Whether everything between the two can do without `first`'s results and
/// tapes, and may come before it.
bool BranchJoiner::mayJoin(Operation *first, Operation *later) {
  if (hasEffectsBetween(first, later))
    return false;
  auto isServed = [&](Operation *user) {
    Operation *ancestor = first->getBlock()->findAncestorOpInBlock(*user);
    // What is outside comes after both.
    return !ancestor || ancestor == later || !ancestor->isBeforeInBlock(later);
  };
  for (Operation *user : first->getUsers())
    if (!isServed(user))
      return false;
  bool served = true;
  first->walk([&](RecordOp record) {
    for (Operation *user : record.getTape().getUsers())
      if (isa<PlaybackOp>(user) && !first->isAncestor(user))
        served &= isServed(user);
  });
  return served;
}

/// Moves what `first` does to the start of `later`'s branches; returns what does both.
static Operation *moveInto(Operation *first, Operation *later) {
  for (auto [from, to] : llvm::zip(first->getRegions(), later->getRegions())) {
    Operation *yield = from.front().getTerminator();
    for (auto [result, value] :
         llvm::zip(first->getResults(), yield->getOperands()))
      result.replaceUsesWithIf(value, [&, region = &to](OpOperand &use) {
        return region->isAncestor(use.getOwner()->getParentRegion());
      });
    RepeatedPart(IRMapping()).leaveOut(from.front(), to.front());
    Block &target = to.front();
    Block::iterator start = target.begin();
    for (Operation &op :
         llvm::make_early_inc_range(from.front().without_terminator()))
      op.moveBefore(&target, start);
  }
  // Results that are read behind the branches.
  SmallVector<Type> types;
  SmallVector<LocalAttr> locals;
  SmallVector<unsigned> indices;
  ArrayAttr names = first->getAttrOfType<ArrayAttr>("locals");
  for (OpResult result : first->getResults())
    if (!result.use_empty()) {
      types.push_back(result.getType());
      locals.push_back(getLocal(names, result.getResultNumber()));
      indices.push_back(result.getResultNumber());
    }
  unsigned offset = later->getNumResults();
  if (!indices.empty())
    later = appendResults(
        later, types, locals, [&](Region &region, unsigned i) {
          Region &from = first->getRegion(region.getRegionNumber());
          return from.front().getTerminator()->getOperand(indices[i]);
        });
  for (auto [i, index] : llvm::enumerate(indices))
    first->getResult(index).replaceAllUsesWith(later->getResult(offset + i));
  first->erase();
  return later;
}

Operation *BranchJoiner::join(Operation *first, Operation *later) {
  OrderedOps sources;
  addSources(first, block, sources);
  addSources(later, block, sources);
  sources.erase(first);
  bool haveEffects = effects && effects->erase(first) + effects->erase(later);
  Operation *joined = moveInto(first, later);
  if (haveEffects)
    effects->insert(joined);
  // What both have read has one reader now.
  while (!sources.empty()) {
    Operation *op = *sources.rbegin();
    sources.erase(op);
    if (sinkIntoBranch(op))
      addSources(op, block, sources);
  }
  return joined;
}

/// Joins the nearest branch with `later` that may be; returns what does both.
Operation *BranchJoiner::joinEarlier(Operation *later) {
  SmallVector<Operation *> earlier;
  for (Operation *user : later->getOperand(0).getUsers())
    if (user->getBlock() == &block && isBranch(user) &&
        user->isBeforeInBlock(later) && isSameBranch(user, later))
      earlier.push_back(user);
  llvm::sort(earlier, [](Operation *x, Operation *z) {
    return z->isBeforeInBlock(x);
  });
  auto *first = llvm::find_if(
      earlier, [&](Operation *op) { return mayJoin(op, later); });
  return first == earlier.end() ? nullptr : join(*first, later);
}

void BranchJoiner::run() {
  for (bool changed = true; changed;) {
    changed = false;
    for (Operation *op = &block.front(); op; op = op->getNextNode()) {
      if (!isBranch(op) || op->hasAttr("expression"))
        continue;
      while (Operation *joined = joinEarlier(op)) {
        op = joined;
        changed = true;
      }
    }
  }
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

static void fuse(Block &block) {
  sinkIntoBranches(block);
  BranchJoiner(block).run();
  joinLoops(block);
  moveTail(block);
  for (Operation &op : block)
    for (Region &region : op.getRegions())
      for (Block &inner : region)
        fuse(inner);
}

namespace {
struct FuseSweeps : adgen::impl::FuseSweepsBase<FuseSweeps> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (!function->hasAttr("ad.derivative") || function.isExternal())
      return;
    function.walk([](ForOp loop) {
      if (loop.getReversed() && isOrderFree(loop))
        loop.setReversed(false);
    });
    fuse(function.front());
    simplifyRegions(function);
  }
};
} // namespace
