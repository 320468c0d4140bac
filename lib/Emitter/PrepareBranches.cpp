//===- PrepareBranches.cpp - Branches as the emitter wants them -----------===//
//
//     x_bar[i] += c ? e : 0;            if (c) {
//     m_bar = c ? 0 : m_bar;        →     x_bar[i] += e;
//                                         m_bar = 0;
//                                       }
//
//     if (c) t = e; else t = 0;     →   if (c)
//     x_bar[i] += t;                      x_bar[i] += e;
//
//     const double e = x * x;           if (c) {
//     if (c)                        →     const double e = x * x;
//       y = e + 1 / e;                    y = e + 1 / e;
//                                       }
//
// Results of an `if` that are always equal become one.
//
//===----------------------------------------------------------------------===//
#include "MemoryOrder.h"
#include "PrepareForEmission.h"

#include "adgen/Analysis/Slots.h"
#include "adgen/Dialect/MoveOps.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Results
//===----------------------------------------------------------------------===//

/// Whether both are one value, or equal constants.
static bool isOne(Value a, Value b) {
  auto x = a.getDefiningOp<ConstantOp>(), z = b.getDefiningOp<ConstantOp>();
  return a == b || (x && z && x->getAttrDictionary() == z->getAttrDictionary() &&
                    a.getType() == b.getType());
}

/// Results of an `if` that are always equal become one, unless both are
/// variables: the others have no reader any more.
static void mergeResults(IfOp op) {
  for (OpResult a : op->getResults())
    for (OpResult b : op->getResults()) {
      unsigned i = a.getResultNumber(), j = b.getResultNumber();
      bool isEqual = i < j && !getLocal(op.getLocalsAttr(), j);
      for (Block *block : {op.thenBlock(), op.elseBlock()}) {
        Operation *end = block->getTerminator();
        isEqual = isEqual && isOne(end->getOperand(i), end->getOperand(j));
      }
      if (isEqual)
        b.replaceAllUsesWith(a);
    }
}

/// `op` without the results that nobody reads.
static void dropResults(IfOp op) {
  SmallVector<Value> kept;
  SmallVector<Attribute> locals;
  OpBuilder b(op);
  OperationState state(op.getLoc(), IfOp::getOperationName(), op->getOperands(),
                       TypeRange(), op->getAttrs());
  for (unsigned i = op.getNumResults(); i-- > 0;) {
    OpResult result = op->getResult(i);
    if (!result.use_empty())
      continue;
    for (Block *block : {op.thenBlock(), op.elseBlock()})
      block->getTerminator()->eraseOperand(i);
  }
  for (OpResult result : op->getResults()) {
    if (result.use_empty())
      continue;
    kept.push_back(result);
    state.addTypes(result.getType());
    if (auto all = op.getLocals())
      locals.push_back((*all)[result.getResultNumber()]);
  }
  if (kept.size() == op.getNumResults())
    return;
  for (Region &region : op->getRegions())
    state.addRegion()->takeBody(region);
  auto narrower = cast<IfOp>(b.create(state));
  if (op.getLocals())
    narrower.setLocalsAttr(b.getArrayAttr(locals));
  for (auto [old, now] : llvm::zip(kept, narrower.getResults()))
    old.replaceAllUsesWith(now);
  op.erase();
}

void adgen::simplifyResults(func::FuncOp func) {
  SmallVector<IfOp> ops;
  func.walk([&](IfOp op) { ops.push_back(op); });
  llvm::for_each(ops, mergeResults);
  // Results that nobody has ever read are told by their names.
  for (IfOp op : ops)
    if (!op.getLocals() && op.getNumResults() > 1)
      dropResults(op);
}

//===----------------------------------------------------------------------===//
// What is only added if something holds
//===----------------------------------------------------------------------===//

static bool isZero(Value v) {
  auto constant = realConstant(v);
  return constant && constant->isZero();
}

/// Whether both are computed in the same way of the same.
static bool isSameValue(Value a, Value b) {
  Operation *x = a.getDefiningOp(), *z = b.getDefiningOp();
  return a == b ||
         (x && z && x != z && isMemoryEffectFree(x) &&
          OperationEquivalence::isEquivalentTo(
              x, z, OperationEquivalence::IgnoreLocations));
}

/// Whether `v` is there before `op` already.
static bool isBefore(Value v, Operation *op) {
  Operation *own = v.getDefiningOp();
  Operation *ancestor = own ? op->getBlock()->findAncestorOpInBlock(*own)
                            : nullptr;
  return !ancestor || ancestor->isBeforeInBlock(op);
}

/// The branch on `condition` before `op` that it may join; null if there is
/// none, or something in between must come before `op`.
static IfOp branchBefore(Operation *op, Value condition) {
  for (Operation *other = op->getPrevNode(); other;
       other = other->getPrevNode()) {
    auto branch = dyn_cast<IfOp>(other);
    if (branch && isSameValue(branch.getCondition(), condition) &&
        !branch.getExpression() &&
        llvm::all_of(op->getOperands(), [&](Value operand) {
          return isBefore(operand, branch);
        }))
      return branch;
    if (mustStayInOrder(op, other))
      return {};
  }
  return {};
}

static IfOp createBranch(Operation *at, Value condition) {
  OpBuilder b(at);
  OperationState state(at->getLoc(), IfOp::getOperationName());
  state.addOperands(condition);
  for (unsigned i = 0; i < 2; ++i) {
    Region *region = state.addRegion();
    b.createBlock(region);
    YieldOp::create(b, at->getLoc(), ValueRange());
  }
  b.setInsertionPoint(at);
  return cast<IfOp>(b.create(state));
}

/// `x_bar += c ? e : 0;` is `if (c) x_bar += e;`. Returns that branch.
static IfOp branchOnSelect(AccumulateOp op) {
  auto select = op.getValue().getDefiningOp<SelectOp>();
  if (!select || isZero(select.getX()) == isZero(select.getZ()))
    return {};
  bool isElse = isZero(select.getX());
  op.getValueMutable().set(isElse ? select.getZ() : select.getX());
  IfOp branch = branchBefore(op, select.getCondition());
  if (!branch)
    branch = createBranch(op, select.getCondition());
  Block *block = isElse ? branch.elseBlock() : branch.thenBlock();
  op->moveBefore(block->getTerminator());
  return branch;
}

/// `branch` with one more result, which is `x` or `z`.
static IfOp addResult(IfOp branch, Value x, Value z) {
  OpBuilder b(branch);
  branch.thenBlock()->getTerminator()->insertOperands(branch.getNumResults(), x);
  branch.elseBlock()->getTerminator()->insertOperands(branch.getNumResults(), z);
  OperationState state(branch.getLoc(), IfOp::getOperationName(),
                       branch->getOperands(), branch->getResultTypes(),
                       branch->getAttrs());
  state.addTypes(x.getType());
  for (Region &region : branch->getRegions())
    state.addRegion()->takeBody(region);
  auto wider = cast<IfOp>(b.create(state));
  if (auto old = wider.getLocals()) {
    SmallVector<Attribute> locals(old->begin(), old->end());
    locals.push_back(b.getUnitAttr());
    wider.setLocalsAttr(b.getArrayAttr(locals));
  }
  branch.replaceAllUsesWith(wider.getResults().drop_back());
  branch.erase();
  return wider;
}

/// `m_bar = c ? 0 : m_bar;` belongs to the branch on c.
static IfOp joinBranch(IfOp branch, SelectOp op) {
  auto isAfter = [&](Operation *user) {
    Operation *own = op->getBlock()->findAncestorOpInBlock(*user);
    return own && branch->isBeforeInBlock(own);
  };
  // An assignment of it can wait.
  SmallVector<Operation *> lets;
  bool comesBefore = llvm::all_of(op->getUsers(), [&](Operation *user) {
    bool isLet = isa<LetOp>(user) && !isAfter(user) &&
                 user->getBlock() == op->getBlock() &&
                 llvm::all_of(user->getUsers(), isAfter);
    if (isLet)
      lets.push_back(user);
    return isLet || isAfter(user);
  });
  if (!isReal(op.getType()) || isZero(op.getX()) == isZero(op.getZ()) ||
      op->use_empty() || !comesBefore || !isBefore(op.getX(), branch) ||
      !isBefore(op.getZ(), branch))
    return branch;
  IfOp wider = addResult(branch, op.getX(), op.getZ());
  op.replaceAllUsesWith(wider->getResults().back());
  for (Operation *let : lets)
    moveBehind(let, wider);
  op.erase();
  return wider;
}

/// Lets the branches add what `op` adds, if that is the result of an `if`
/// right before it: what only one of them computes, that one adds.
static void sinkIntoBranches(AccumulateOp op) {
  auto branch = op.getValue().getDefiningOp<IfOp>();
  if (!branch || !op.getValue().hasOneUse() || branch.getExpression() ||
      branch->getBlock() != op->getBlock())
    return;
  unsigned index = cast<OpResult>(op.getValue()).getResultNumber();
  LocalAttr local = getLocal(branch.getLocalsAttr(), index);
  if (local && !local.getGenerated())
    return;
  // What one of them leaves as it was, and the other changes, is added behind both.
  bool isKept = false, isZeroed = false;
  for (Region &region : branch->getRegions()) {
    Value value = handedOn(region, index);
    isZeroed |= isZero(value);
    isKept |= local && localOf(value) == local && !region.isAncestor(value.getParentRegion());
  }
  if (isKept && !isZeroed)
    return;
  for (Operation *other = op->getPrevNode(); other != branch;
       other = other->getPrevNode())
    if (mustStayInOrder(op, other))
      return;
  // The place must be known before.
  SmallVector<Operation *> needed;
  for (Value place = op.getPlace(); !isBefore(place, branch);
       place = place.getDefiningOp()->getOperand(0)) {
    Operation *own = place.getDefiningOp();
    if (!isa<OffsetOp, ElementOp, MemberOp, AccessOp>(own) ||
        mustStayInOrder(own, branch) ||
        !llvm::all_of(llvm::drop_begin(own->getOperands()), [&](Value index) {
          return isBefore(index, branch);
        }))
      return;
    needed.push_back(own);
  }
  for (Operation *own : llvm::reverse(needed))
    moveInFrontOf(own, branch);
  SmallVector<AccumulateOp> sunk;
  for (Block *block : {branch.thenBlock(), branch.elseBlock()}) {
    Operation *end = block->getTerminator();
    Value value = end->getOperand(index);
    if (isZero(value))
      continue;
    Operation *own = value.getDefiningOp();
    StmtAttr stmt = own ? getStmt(own->getLoc()) : StmtAttr();
    OpBuilder b(end);
    bool isNear = stmt && stmt.getDerivative();
    sunk.push_back(AccumulateOp::create(b, isNear ? own->getLoc() : op.getLoc(),
                                        value, op.getPlace()));
  }
  op.erase();
  dropResults(branch);
  llvm::for_each(sunk, sinkIntoBranches);
}

void adgen::branchOnSelects(func::FuncOp func) {
  SmallVector<AccumulateOp> accumulates;
  func.walk([&](AccumulateOp op) { accumulates.push_back(op); });
  llvm::for_each(accumulates, sinkIntoBranches);
  accumulates.clear();
  func.walk([&](AccumulateOp op) { accumulates.push_back(op); });
  llvm::SetVector<Operation *> branches;
  for (AccumulateOp op : accumulates)
    if (IfOp branch = branchOnSelect(op))
      branches.insert(branch);
  for (Operation *op : branches) {
    auto branch = cast<IfOp>(op);
    SmallVector<SelectOp> selects;
    for (auto select : branch->getBlock()->getOps<SelectOp>())
      if (isSameValue(select.getCondition(), branch.getCondition()))
        selects.push_back(select);
    for (SelectOp select : selects)
      branch = joinBranch(branch, select);
  }
}

//===----------------------------------------------------------------------===//
// What only one branch reads
//===----------------------------------------------------------------------===//

namespace {

/// Sinks the computations of a function. Branches may be nested as deep as an
/// `else if` chain is long, and what is read at the bottom sinks from the top: regions
/// have numbers, by which the one that has a reader is found without a walk upwards.
class ComputationSinker {
public:
  explicit ComputationSinker(Block &block) { number(block); }
  void run(Block &block);

private:
  struct Span {
    unsigned first, last;
  };
  void number(Block &block);
  Region *onlyReader(Operation *op, ArrayRef<Region *> inner);

  /// The numbers of the regions within each, its own first.
  llvm::DenseMap<Region *, Span> spans;
  unsigned count = 0;
};

} // namespace

void ComputationSinker::number(Block &block) {
  for (Operation &op : block)
    for (Region &region : op.getRegions()) {
      unsigned first = count++;
      for (Block &inner : region)
        number(inner);
      spans[&region] = {first, count};
    }
}

/// The region of an `if` in the block of `op` that has all that reads it; null
/// if there is none. `inner` are the regions of the block's operations, in order.
Region *ComputationSinker::onlyReader(Operation *op, ArrayRef<Region *> inner) {
  Region *only = nullptr;
  for (Operation *user : op->getUsers()) {
    auto reader = spans.find(user->getParentRegion());
    if (user->getBlock() == op->getBlock() || reader == spans.end())
      return nullptr;
    auto after = llvm::upper_bound(
        inner, reader->second.first, [&](unsigned number, Region *region) {
          return number < spans.find(region)->second.first;
        });
    if (after == inner.begin())
      return nullptr;
    Region *region = *std::prev(after);
    auto branch = dyn_cast<IfOp>(region->getParentOp());
    if (reader->second.first >= spans.find(region)->second.last || !branch ||
        isExpression(branch) || (only && only != region))
      return nullptr;
    only = region;
  }
  return only;
}

/// Whether nothing between `load` and `branch` changes what it reads.
static bool mayWaitFor(LoadOp load, Operation *branch) {
  for (Operation *op = load->getNextNode(); op != branch;
       op = op->getNextNode())
    if (mustStayInOrder(load, op))
      return false;
  return true;
}

void ComputationSinker::run(Block &block) {
  SmallVector<Region *> inner;
  for (Operation &op : block)
    for (Region &region : op.getRegions())
      inner.push_back(&region);
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(block))) {
    bool isSunk = isComputation(&op) && !isa<LetOp, IfOp, CallOp>(op) &&
                  (isPure(&op) || isa<LoadOp>(op));
    Region *region = isSunk ? onlyReader(&op, inner) : nullptr;
    if (!region || (isa<LoadOp>(op) &&
                    !mayWaitFor(cast<LoadOp>(op), region->getParentOp())))
      continue;
    op.moveBefore(&region->front(), region->front().begin());
  }
  for (Region *region : inner)
    for (Block &nested : *region)
      run(nested);
}

/// What is computed before an `if` and read in one of its branches alone is
/// computed there.
void adgen::sinkComputations(Block &block) {
  ComputationSinker(block).run(block);
}
