//===- MoveTails.cpp - What follows a branch moves into it ----------------===//
//
// In a branch that leaves early the adjoints are zero, and so is most of what follows:
//
//   y = if c { x } else { f(x) }          if c { x_bar = seed }
//   … = if c { 0 } else { … * seed }  →   else { … * seed … }
//
// What is computed of zero alone, and added to memory, is folded.
//
//===----------------------------------------------------------------------===//
#include "MoveTails.h"

#include "Branches.h"
#include "OrderedOps.h"
#include "ReadVariables.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/DenseSet.h"

using namespace mlir;
using namespace adgen;

static bool isBranch(Operation *op) { return isa<IfOp, SwitchOp>(op); }

namespace {
/// What follows a branch at the end of a block.
class Tail {
public:
  explicit Tail(Operation *branch) : branch(branch) {}

  /// Whether it vanishes from one of the branches; `nested` are the branches and
  /// loops in it, the last one first.
  bool isWorthMoving(ArrayRef<Operation *> nested);
  void move();

private:
  bool fold(Operation *op, IRMapping &known, OpBuilder *b);
  bool vanishes(Region &region, ArrayRef<Operation *> nested);
  void addReaders(Operation *op, OrderedOps &readers);
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

/// Adds what reads the operation's results, directly or within.
void Tail::addReaders(Operation *op, OrderedOps &readers) {
  for (Operation *user : op->getUsers())
    if (Operation *reader = op->getBlock()->findAncestorOpInBlock(*user);
        reader && !reader->hasTrait<OpTrait::IsTerminator>())
      readers.insert(reader);
}

/// Whether nothing of the tail that depends on the branch, or is one or a loop,
/// remains where it ends in `region`. Other code moves along if it is needed.
bool Tail::vanishes(Region &region, ArrayRef<Operation *> nested) {
  IRMapping known;
  for (auto [result, value] :
       llvm::zip(branch->getResults(),
                 region.front().getTerminator()->getOperands()))
    known.map(result, value);
  OrderedOps readers;
  addReaders(branch, readers);
  while (!readers.empty() || !nested.empty()) {
    Operation *op = readers.empty() ? nested.back() : *readers.begin();
    if (!nested.empty() && nested.back()->isBeforeInBlock(op))
      op = nested.back();
    if (!fold(op, known, nullptr))
      return false;
    readers.erase(op);
    if (!nested.empty() && nested.back() == op)
      nested = nested.drop_back();
    addReaders(op, readers);
  }
  return true;
}

bool Tail::isWorthMoving(ArrayRef<Operation *> nested) {
  OrderedOps readers;
  addReaders(branch, readers);
  if (readers.empty() || branch->hasAttr("expression"))
    return false;
  unsigned vanishing = llvm::count_if(branch->getRegions(), [&](Region &region) {
    return vanishes(region, nested);
  });
  // Loops are not repeated in several branches.
  return vanishing > 0 &&
         (nested.empty() || vanishing + 1 >= branch->getNumRegions());
}

/// Whether the operation may move into branches.
static bool isMovable(Operation *op) {
  if (op->getNumRegions())
    return isDerivativeOp(op) && isa<IfOp, SwitchOp, ForOp>(op);
  return isPure(op) || isa<CallOp, LoadOp, StoreOp, AccumulateOp>(op);
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

void adgen::moveTail(Block &block) {
  SmallVector<Operation *> nested;
  for (Operation &op : llvm::reverse(block.without_terminator())) {
    if (isBranch(&op) && Tail(&op).isWorthMoving(nested))
      return Tail(&op).move();
    if (!isMovable(&op))
      return;
    if (op.getNumRegions())
      nested.push_back(&op);
  }
}
