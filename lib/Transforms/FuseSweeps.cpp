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
#include "ReadVariables.h"
#include "RepeatedPart.h"
#include "SimplifyRegions.h"
#include "TripOrder.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Support/Diagnostics.h"
#include "adgen/Transforms/Passes.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/DenseSet.h"

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

static void sinkIntoBranches(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block))) {
    if (!isDerivativeOp(&op) || op.getNumRegions() ||
        !isMemoryEffectFree(&op) ||
        op.hasTrait<OpTrait::IsTerminator>())
      continue;
    if (Region *reader = onlyReader(&op))
      op.moveBefore(&reader->front(), reader->front().begin());
  }
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

/// Whether everything between the two can do without `first`'s results and
/// tapes, and may come before it.
static bool mayJoin(Operation *first, Operation *later) {
  if (hasEffects(first))
    for (Operation *op = first->getNextNode(); op != later;
         op = op->getNextNode())
      if (hasEffects(op))
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

/// Moves what `first` does to the start of `later`'s branches.
static void join(Operation *first, Operation *later) {
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
}

static bool joinBranches(Block &block) {
  for (Operation &later : block) {
    if (!isBranch(&later) || later.hasAttr("expression"))
      continue;
    for (Operation *first = later.getPrevNode(); first;
         first = first->getPrevNode())
      if (isBranch(first) && isSameBranch(first, &later) &&
          mayJoin(first, &later)) {
        join(first, &later);
        return true;
      }
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Tails
//===----------------------------------------------------------------------===//

namespace {
/// What follows a branch at the end of a block.
class Tail {
public:
  explicit Tail(Operation *branch) : branch(branch) {}

  /// Whether it may move into the branches, and vanishes from one of them.
  bool isWorthMoving();
  void move();

private:
  bool fold(Operation *op, IRMapping &known, OpBuilder *b);
  unsigned remaining(Region &region);
  SmallVector<Operation *> operations();

  Operation *branch;
};
} // namespace

SmallVector<Operation *> Tail::operations() {
  SmallVector<Operation *> ops;
  for (Operation *op = branch->getNextNode(); op; op = op->getNextNode())
    if (!op->hasTrait<OpTrait::IsTerminator>())
      ops.push_back(op);
  return ops;
}

static bool isZeroConstant(Value value) {
  auto constant = realConstant(value);
  return constant && constant->isZero() && !constant->isNegative();
}

/// Whether `value` is an adjoint or the seed, not a value of the primal.
static bool isAdjoint(Value value) {
  if (Operation *op = value.getDefiningOp())
    return isDerivativeOp(op);
  auto argument = cast<BlockArgument>(value);
  Operation *parent = argument.getOwner()->getParentOp();
  if (auto function = dyn_cast<func::FuncOp>(parent))
    return bool(function.getArgAttr(argument.getArgNumber(), "ad.role"));
  return isDerivativeOp(parent);
}

/// Whether the sweep starts from the constant 1, which is folded into products:
/// then an adjoint need not show that it is one.
static bool hasConstantSeed(Operation *op) {
  auto function = op->getParentOfType<func::FuncOp>();
  auto kind = function->getAttrOfType<StringAttr>("ad.derivative");
  return kind && kind.getValue() == "value-and-partials";
}

/// Whether all that the operation does to memory is to add, and it reads no
/// shadow.
static bool onlyAdds(Operation *op) {
  return !op->walk([](Operation *inner) {
               bool isFine = inner->getNumRegions() ||
                             isa<AccumulateOp, TapeOp, RecordOp, PlaybackOp>(
                                 inner) ||
                             isMemoryEffectFree(inner) ||
                             (isa<LoadOp>(inner) && !isDerivativeOp(inner));
               return isFine ? WalkResult::advance() : WalkResult::interrupt();
             })
              .wasInterrupted();
}

namespace {
/// What is zero within a branch or loop of the reverse sweep, where some of the values
/// that it reads are zero: products with them, and sums of such products.
class ZeroAdjoints {
public:
  ZeroAdjoints(Operation *top, const IRMapping &known) : top(top), known(known) {}

  /// Whether all results are zero and nothing but zero is added to memory.
  bool hold();

private:
  bool isZero(Value value);
  bool computesZero(Operation *op, unsigned result);
  bool yieldsZero(Operation *op, unsigned result);

  Operation *top;
  const IRMapping &known;
  /// What loops carry, as long as it is assumed to be zero.
  llvm::DenseSet<Value> assumed;
  bool isRefuted = false;
};
} // namespace

bool ZeroAdjoints::yieldsZero(Operation *op, unsigned result) {
  return llvm::all_of(op->getRegions(), [&](Region &region) {
    return isZero(region.front().getTerminator()->getOperand(result));
  });
}

bool ZeroAdjoints::computesZero(Operation *op, unsigned result) {
  auto zero = [&](unsigned i) { return isZero(op->getOperand(i)); };
  if (isa<MulOp, GuardOp>(op))
    return zero(0) || zero(1);
  if (isa<DivOp, NegOp, LetOp, CastOp>(op))
    return zero(0);
  if (isa<AddOp, SubOp>(op))
    return zero(0) && zero(1);
  if (isa<SelectOp>(op))
    return zero(1) && zero(2);
  if (isa<IfOp, SwitchOp>(op))
    return yieldsZero(op, result);
  if (auto loop = dyn_cast<ForOp>(op)) {
    assumed.insert(loop.block()->getArgument(result + 1));
    bool holds = isZero(loop.getInits()[result]) && yieldsZero(op, result);
    isRefuted |= !holds;
    return holds;
  }
  return false;
}

bool ZeroAdjoints::isZero(Value value) {
  if (!isReal(value.getType()))
    return false;
  if (!top->isAncestor(value.getParentRegion()->getParentOp()) ||
      value.getDefiningOp<ConstantOp>())
    return isZeroConstant(known.lookupOrDefault(value));
  auto result = dyn_cast<OpResult>(value);
  return result ? computesZero(result.getOwner(), result.getResultNumber())
                : assumed.contains(value);
}

bool ZeroAdjoints::hold() {
  for (OpResult result : top->getResults())
    if (!isReal(result.getType()) ||
        !computesZero(top, result.getResultNumber()))
      return false;
  bool addsZero = true;
  top->walk([&](AccumulateOp op) { addsZero &= isZero(op.getValue()); });
  // An assumption that turned out wrong may have served before.
  return addsZero && !isRefuted;
}

/// Whether what the branch, loop or call of the reverse sweep computes and adds is zero,
/// as the adjoints are that it reads.
static bool readsOnlyZero(Operation *op, const IRMapping &known) {
  if (!isDerivativeOp(op) || !onlyAdds(op))
    return false;
  if (isa<CallOp>(op))
    return llvm::any_of(op->getOperands(), isAdjoint) &&
           llvm::all_of(op->getOperands(), [&](Value operand) {
             // A constant may be a seed, where the sweep starts from 1.
             bool isPrimal = !isAdjoint(operand) && !operand.getDefiningOp<ConstantOp>();
             return !isReal(operand.getType()) || isPrimal ||
                    isZeroConstant(known.lookupOrDefault(operand));
           });
  return isa<IfOp, SwitchOp, ForOp>(op) && !hasConstantSeed(op) &&
         ZeroAdjoints(op, known).hold();
}

/// Maps the results of `op` to what they are in a branch, of whose values
/// `known` knows, if that needs no operation; else clones `op` with `b`, or
/// returns false without one.
bool Tail::fold(Operation *op, IRMapping &known, OpBuilder *b) {
  auto operand = [&](unsigned i) {
    return known.lookupOrDefault(op->getOperand(i));
  };
  auto zero = [&](unsigned i) { return isZeroConstant(operand(i)); };
  Value value;
  if (isa<AccumulateOp>(op) && zero(0))
    return true;
  if (op->getNumRegions() || isa<CallOp>(op)) {
    if (readsOnlyZero(op, known)) {
      OpBuilder builder(branch);
      for (Value result : op->getResults())
        known.map(result, createConstant(builder, op->getLoc(),
                                         result.getType(), 0));
      return true;
    }
  } else if (isDerivativeOp(op)) {
    if (isa<MulOp>(op) && (zero(0) || zero(1)))
      value = zero(0) ? operand(0) : operand(1);
    else if (isa<DivOp, NegOp, LetOp, GuardOp>(op) && zero(0))
      value = operand(0);
    else if (isa<AddOp>(op) && (zero(0) || zero(1)))
      value = zero(0) ? operand(1) : operand(0);
    else if (isa<SubOp>(op) && zero(1))
      value = operand(0);
    else if (isa<SelectOp>(op) && zero(1) && zero(2))
      value = operand(1);
    else if (isa<CastOp>(op) && zero(0) && b)
      value = createConstant(*b, op->getLoc(), op->getResult(0).getType(), 0);
    else if (isa<CastOp>(op) && zero(0))
      value = operand(0);
    else if (isa<LetOp>(op) && b == nullptr)
      value = operand(0);
  }
  if (!value) {
    if (b)
      b->clone(*op, known);
    return false;
  }
  known.map(op->getResult(0), value);
  return true;
}

/// How many operations of the tail the branch that ends in `region` keeps.
unsigned Tail::remaining(Region &region) {
  IRMapping known;
  for (auto [result, value] :
       llvm::zip(branch->getResults(),
                 region.front().getTerminator()->getOperands()))
    known.map(result, value);
  unsigned count = 0;
  llvm::DenseSet<Value> depends(branch->result_begin(), branch->result_end());
  for (Operation *op : operations()) {
    bool dependent = false;
    op->walk([&](Operation *inner) {
      dependent |= llvm::any_of(inner->getOperands(), [&](Value v) {
        return depends.contains(v);
      });
    });
    // Code that does not depend on the branch moves along if it is needed.
    if (!dependent && !op->getNumRegions())
      continue;
    depends.insert(op->result_begin(), op->result_end());
    if (!fold(op, known, nullptr))
      ++count;
  }
  return count;
}

bool Tail::isWorthMoving() {
  SmallVector<Operation *> ops = operations();
  if (ops.empty() || branch->hasAttr("expression"))
    return false;
  bool usesBranch = false, hasRegions = false;
  for (Operation *op : ops) {
    bool movable = op->getNumRegions()
                       ? isDerivativeOp(op) && isa<IfOp, SwitchOp, ForOp>(op)
                       : isPure(op) || isa<CallOp, LoadOp, StoreOp, AccumulateOp>(op);
    if (!movable)
      return false;
    hasRegions |= op->getNumRegions() != 0;
    op->walk([&](Operation *inner) {
      usesBranch |= llvm::any_of(inner->getOperands(), [&](Value v) {
        return v.getDefiningOp() == branch;
      });
    });
  }
  unsigned vanishing = llvm::count_if(branch->getRegions(), [&](Region &region) {
    return remaining(region) == 0;
  });
  // Loops are not repeated in several branches.
  return usesBranch && vanishing > 0 &&
         (!hasRegions || vanishing + 1 >= branch->getNumRegions());
}

void Tail::move() {
  Operation *terminator = branch->getBlock()->getTerminator();
  SmallVector<Operation *> ops = operations();
  SmallVector<IRMapping> known(branch->getNumRegions());
  for (Region &region : branch->getRegions()) {
    IRMapping &mapping = known[region.getRegionNumber()];
    Operation *yield = region.front().getTerminator();
    for (auto [result, value] :
         llvm::zip(branch->getResults(), yield->getOperands()))
      mapping.map(result, value);
    OpBuilder b(yield);
    for (Operation *op : ops)
      fold(op, mapping, &b);
  }
  SmallVector<LocalAttr> locals;
  for (Value value : terminator->getOperands()) {
    auto let = value.getDefiningOp<LetOp>();
    locals.push_back(let ? let.getLocal() : LocalAttr());
  }
  unsigned offset = branch->getNumResults();
  Operation *extended = appendResults(
      branch, terminator->getOperandTypes(), locals,
      [&](Region &region, unsigned i) {
        return known[region.getRegionNumber()].lookupOrDefault(
            terminator->getOperand(i));
      });
  terminator->setOperands(extended->getResults().drop_front(offset));
  for (Operation *op : llvm::reverse(ops))
    op->erase();
}

/// Moves the tail of one of the block's last branches into it, if that pays.
static bool moveTail(Block &block) {
  for (Operation &op : llvm::reverse(block.without_terminator())) {
    if (op.getNumRegions() == 0)
      continue;
    if (isBranch(&op) && Tail(&op).isWorthMoving()) {
      Tail(&op).move();
      return true;
    }
    if (!isDerivativeOp(&op))
      return false;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

static void fuse(Block &block) {
  sinkIntoBranches(block);
  while (joinBranches(block))
    sinkIntoBranches(block);
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
