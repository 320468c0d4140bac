//===- KeepBranchValues.cpp - What the reverse sweep gets of a branch -----===//
//
// The reverse sweep has the same branches as the forward sweep, but C++ scopes end
// with a branch. A value from inside that is cheap is computed again, in the branch
// that mirrors its own; any other is handed out of the branch as a result. A tape is
// allocated before the branch, and the shape of an object is asked where it ends.
//
//===----------------------------------------------------------------------===//
#include "BranchSizes.h"
#include "Branches.h"
#include "CheckReshapes.h"
#include "ReadVariables.h"
#include "Reverse.h"

#include "adgen/Analysis/Shapes.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Support/Diagnostics.h"

using namespace mlir;
using namespace adgen;

/// More operations than this are not computed a second time.
static constexpr unsigned maxRecomputed = 8;

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
  void askInScope(func::FuncOp derivative);
  Value provide(Value value, Operation *user);
  bool isCheapAt(Value value, Operation *user, unsigned &budget,
                 bool isOperand = false);
  Value recompute(Value value, Block *block, Operation *user);
  Value handOut(Value value, Operation *user);
  void hoistTape(TapeOp tape, Operation *user);
  void letGrow(TapeOp tape);

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

/// The shape of an object that lives in a branch of the forward sweep is asked where
/// that ends, with the shape that it has for the reverse sweep.
void BranchValues::askInScope(func::FuncOp derivative) {
  SmallVector<QueryOp> outside;
  derivative.walk([&](QueryOp query) {
    if (!isVisible(query.getBase(), query) && query.getArgs().empty())
      outside.push_back(query);
  });
  // A vector that is made with the size of one asks for it.
  derivative.walk([&](VarOp shadow) {
    if (shadow.getInit() != StringRef("({0}.size())") ||
        isVisible(shadow.getArgs()[0], shadow))
      return;
    OpBuilder b(shadow);
    auto type = IntType::get(b.getContext(), "unsigned long", 64, false, false);
    auto size = QueryOp::create(b, shadow.getLoc(), type, "{0}.size()",
                                shadow.getArgs()[0], ValueRange());
    outside.push_back(size);
    shadow.getArgsMutable().assign(size.getResult());
    shadow.setInit("({0})");
    shadow.setZeroInit("({0})");
  });
  for (QueryOp query : outside) {
    OpBuilder b(query.getBase().getParentBlock()->getTerminator());
    query.replaceAllUsesWith(b.clone(*query)->getResult(0));
    query.erase();
  }
}

LogicalResult BranchValues::legalize(func::FuncOp derivative) {
  SmallVector<OpOperand *> uses;
  shareComputations(derivative);
  // A variable is handed out under its name; not one that needs the value itself
  // from elsewhere, or that there is on some of its ways alone.
  derivative.walk([&](LetOp let) {
    if (isUsersVariable(let) &&
        let->getBlock() == let.getValue().getParentBlock() &&
        !let.getValue().getDefiningOp<ConstantOp>())
      let.getValue().replaceUsesWithIf(let, [&](OpOperand &use) {
        return !isVisible(let.getValue(), use.getOwner());
      });
  });
  askInScope(derivative);
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

/// The block around that of the operation that it is nested in; null at the end.
static Block *blockAround(Block *block) {
  Operation *op = block->getParentOp();
  return op ? op->getBlock() : nullptr;
}

/// The innermost block that holds both.
static Block *commonBlock(Value value, Operation *user) {
  auto depthOf = [](Block *block) {
    unsigned depth = 0;
    while ((block = blockAround(block)))
      ++depth;
    return depth;
  };
  Block *x = value.getParentBlock(), *z = user->getBlock();
  unsigned depth = depthOf(x), other = depthOf(z);
  for (; depth > other; --depth)
    x = blockAround(x);
  for (; other > depth; --other)
    z = blockAround(z);
  while (x != z) {
    x = blockAround(x);
    z = blockAround(z);
  }
  return x;
}

static bool isInBranch(Block *block) {
  return isa<IfOp, SwitchOp>(block->getParentOp());
}

/// How many branches there are around the block, up to that of `outer`.
static unsigned branchDepth(Block *block, Block *outer) {
  unsigned depth = 0;
  for (; block != outer; block = blockAround(block))
    depth += isInBranch(block);
  return depth;
}

/// The block around the user that mirrors the one of the value: what the value is
/// computed of may be there in no other branch.
static Block *mirrorBlock(Value value, Operation *user) {
  Block *common = commonBlock(value, user);
  unsigned depth = branchDepth(value.getParentBlock(), common);
  Block *block = user->getBlock();
  for (unsigned own = branchDepth(block, common);
       own > depth || (blockAround(block) != common && !isInBranch(block));
       block = blockAround(block))
    own -= isInBranch(block);
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
  return recompute(value, mirrorBlock(value, user), user);
}

/// Whether the operation asks for a size that an object has from its beginning to its end,
/// and that may be asked for anywhere.
static bool asksForLastingSize(Operation *op) {
  auto query = dyn_cast<QueryOp>(op);
  if (!query || query.getText() != "{0}.size()" || isReshaped(query->getOperand(0)))
    return false;
  Value object = query->getOperand(0);
  if (object.getDefiningOp())
    return isa<VarOp>(object.getDefiningOp());
  // A pointer may be null.
  auto argument = cast<BlockArgument>(object);
  auto function = dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp());
  auto local = function ? function.getArgAttrOfType<LocalAttr>(argument.getArgNumber(),
                                                               "ad.local")
                        : LocalAttr();
  return local && !local.getType().getValue().contains('*');
}

bool BranchValues::isCheapAt(Value value, Operation *user, unsigned &budget,
                             bool isOperand) {
  if (isVisible(value, user))
    return true;
  if (isa<PlaceType>(value.getType()) && mayHaveEnded(value, user))
    return false;
  // Few variables stand for many expressions.
  if (isOperand && isUsersVariable(value))
    return true;
  Operation *op = value.getDefiningOp();
  if (!op || !(isCheap(op) || asksForLastingSize(op)) || decidesOnReals(op) || budget == 0)
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
  // The object ends with its branch. So may what a pointer points to; the sweeps may still
  // be joined, and whether it does is checked behind all passes.
  if (value.getDefiningOp<VarOp>()) {
    emitError(value.getLoc()) << formatMessage(Diag::UnknownShadow, {});
    isFailed = true;
    return value;
  }
  Value inner = value;
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : value.getUses())
    if (!isVisible(value, use.getOwner()))
      uses.push_back(&use);
  while (!isVisible(value, user))
    value = handOutOfBranch(value);
  // One result serves every use that sees it.
  for (OpOperand *use : uses)
    if (use->get() == inner && isVisible(value, use->getOwner()))
      use->set(value);
  return value;
}

/// Lets a tape grow at its end: its elements are then numbered from 0, whatever
/// value the counter that is their index starts from.
void BranchValues::letGrow(TapeOp tape) {
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
    if (first && first->isZero())
      continue;
    Value lower = provide(loop.getLower(), user);
    OpBuilder b(user);
    index.set(
        SubOp::create(b, user->getLoc(), counter.getType(), counter, lower));
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
  if (!op || !(isCheap(op) || asksForLastingSize(op)) ||
      isa<LoadOp, PlaybackOp>(op) || budget == 0 || asksForWhatChangesIn(branch, op))
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
    auto guard = [&] {
      Value guarded = tape->getParentOp() == branch
                          ? sizeIfTaken(size, branch, tape->getParentRegion())
                          : Value();
      if (guarded)
        tape.getSizeMutable().assign(guarded);
      return bool(guarded);
    };
    if (!isHarmlessSize(size, tape.getClamp()) && guard()) {
      // What the branch checks first is not computed in vain.
    } else if (isKnownAt(size, branch, budget)) {
      tape.getSizeMutable().assign(computeAt(size, branch, b, copies));
    } else if (mayGrow(tape)) {
      letGrow(tape);
    } else if (!guard()) {
      emitError(tape.getLoc()) << formatMessage(Diag::BranchTape, {});
      isFailed = true;
    }
  }
  tape->moveBefore(branch);
}

LogicalResult adgen::keepBranchValues(func::FuncOp derivative) {
  return BranchValues().legalize(derivative);
}
