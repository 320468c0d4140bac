//===- SimplifyRegions.cpp - Clean up what regions carry ------------------===//
//
// Replaces results and carried values by what they are known to be, and leaves
// it to `eraseUnread` to drop what nobody reads then.
//
// Each argument of a loop and each result has a few *sources*, the values that
// can arrive there. If all are one value that exists outside of the operation,
// or equal constants, it is that. What a `while` hands on together with `go`
// arrives in the next region only when `go` is true, and in the results only
// when it is false, so that in `if (c) { found = true; go = false; }` the next
// trip's `found` is what it was before.
//
//===----------------------------------------------------------------------===//
#include "SimplifyRegions.h"
#include "SimplifyRegionsErase.h"

#include "adgen/Analysis/Slots.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace adgen;

namespace {

bool isConstant(Value value, bool expected) {
  auto constant = intConstant(value);
  return constant && constant->isOne() == expected;
}

bool isOutside(Value value, Operation *op) {
  return !op->isAncestor(value.getParentBlock()->getParentOp());
}

/// The value that all `sources` are: one from outside of `op`, a constant or
/// undefined; null if they may differ. An undefined source may be whatever the
/// others are.
Value commonValue(ArrayRef<Value> sources, Operation *op) {
  Value common;
  for (Value source : sources) {
    // Two names of the derivative's for one value.
    while (auto let = source.getDefiningOp<LetOp>()) {
      if (!let.getLocal().getGenerated() || isOutside(source, op))
        break;
      source = let.getValue();
    }
    if (source.getDefiningOp<UndefOp>() || source == common)
      continue;
    auto constant = source.getDefiningOp<ConstantOp>();
    if (!constant && !isOutside(source, op))
      return {};
    if (!common) {
      common = source;
      continue;
    }
    auto other = common.getDefiningOp<ConstantOp>();
    if (!constant || !other || constant.getValue() != other.getValue() ||
        source.getType() != common.getType())
      return {};
  }
  if (!common && !sources.empty())
    common = sources.front();
  return common && (isOutside(common, op) ||
                    isa<ConstantOp, UndefOp>(common.getDefiningOp()))
             ? common
             : Value();
}

/// A common value that can be used from before `op` on: a constant or undefined
/// value inside of `op` is made again in front of it.
Value usableOutside(Value common, Operation *op) {
  if (isOutside(common, op))
    return common;
  OpBuilder b(op);
  return b.clone(*common.getDefiningOp())->getResult(0);
}

/// Replaces the result by what all its sources are; returns whether it did.
bool replaceResult(Value result, ArrayRef<Value> sources, Operation *op) {
  if (result.use_empty())
    return false;
  Value common = commonValue(sources, op);
  if (!common)
    return false;
  result.replaceAllUsesWith(usableOutside(common, op));
  return true;
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

void inlineRegion(Operation *op, Region &region) {
  Block &block = region.front();
  Operation *terminator = block.getTerminator();
  op->replaceAllUsesWith(terminator->getOperands());
  terminator->erase();
  op->getBlock()->getOperations().splice(op->getIterator(),
                                         block.getOperations());
  op->erase();
}

bool simplifyResults(Operation *branch) {
  bool changed = false;
  for (OpResult result : branch->getResults()) {
    SmallVector<Value> sources;
    for (Region &region : branch->getRegions())
      sources.push_back(handedOn(region, result.getResultNumber()));
    changed |= replaceResult(result, sources, branch);
  }
  return changed;
}

/// Within its branches the condition is known.
bool replaceCondition(IfOp op) {
  bool changed = false;
  for (bool known : {true, false}) {
    Region &region = known ? op.getThenRegion() : op.getElseRegion();
    Value constant;
    for (OpOperand &use :
         llvm::make_early_inc_range(op.getCondition().getUses())) {
      if (!region.isAncestor(use.getOwner()->getParentRegion()))
        continue;
      OpBuilder b = OpBuilder::atBlockBegin(&region.front());
      if (!constant)
        constant = createConstant(b, op.getLoc(), b.getI1Type(), known);
      use.set(constant);
      changed = true;
    }
  }
  return changed;
}

/// `c ? true : false` is `c`, unless the branches have other results: then the
/// truth value stands beside what changes with it.
bool replaceTruthValues(IfOp op) {
  SmallVector<bool> equalsCondition;
  for (unsigned i = 0; i != op.getNumResults(); ++i) {
    Value onTrue = op.thenBlock()->getTerminator()->getOperand(i);
    Value onFalse = op.elseBlock()->getTerminator()->getOperand(i);
    if (!isConstant(onTrue, true) && !isConstant(onTrue, false))
      return false;
    bool value = isConstant(onTrue, true);
    if (!isConstant(onFalse, !value) || !onTrue.getType().isInteger(1))
      return false;
    equalsCondition.push_back(value);
  }
  bool changed = false;
  for (OpResult result : op.getResults()) {
    if (result.use_empty())
      continue;
    OpBuilder b(op);
    Value value = op.getCondition();
    if (!equalsCondition[result.getResultNumber()])
      value = NotOp::create(b, op.getLoc(), value);
    result.replaceAllUsesWith(value);
    changed = true;
  }
  return changed;
}

bool simplify(IfOp op) {
  Value condition = op.getCondition();
  auto negation = condition.getDefiningOp<NotOp>();
  if (auto constant = intConstant(negation ? negation.getX() : condition)) {
    bool isTrue = constant->isOne() != bool(negation);
    inlineRegion(op, isTrue ? op.getThenRegion() : op.getElseRegion());
    return true;
  }
  bool changed = replaceCondition(op);
  changed |= simplifyResults(op);
  changed |= replaceTruthValues(op);
  return changed;
}

bool simplify(SwitchOp op) {
  auto value = intConstant(op.getValue());
  if (!value)
    return simplifyResults(op);
  unsigned taken = op->getNumRegions() - 1;
  for (auto [k, labels] : llvm::enumerate(op.getCases()))
    for (Attribute label : cast<ArrayAttr>(labels))
      if (cast<IntegerAttr>(label).getValue() == *value)
        taken = k;
  inlineRegion(op, op->getRegion(taken));
  return true;
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

bool simplify(ForOp loop) {
  bool changed = false;
  Operation *yield = loop.block()->getTerminator();
  for (OpResult result : loop.getResults()) {
    unsigned i = result.getResultNumber();
    Value argument = loop.block()->getArgument(i + 1);
    SmallVector<Value> sources = {loop.getInits()[i]};
    if (yield->getOperand(i) != argument)
      sources.push_back(yield->getOperand(i));
    changed |= replaceResult(argument, sources, loop);
    changed |= replaceResult(result, sources, loop);
  }
  return changed;
}

/// What `value` can be when `go` has the given outcome. Looks into the branch
/// that computes both.
void collectSources(Value value, Value go, bool outcome,
                    SmallVectorImpl<Value> &sources) {
  if (isConstant(go, !outcome))
    return;
  if (auto negation = go.getDefiningOp<NotOp>())
    return collectSources(value, negation.getX(), !outcome, sources);
  Operation *branch = value.getDefiningOp();
  if (!isa_and_present<IfOp, SwitchOp>(branch)) {
    sources.push_back(value);
    return;
  }
  unsigned i = cast<OpResult>(value).getResultNumber();
  if (go.getDefiningOp() == branch) {
    unsigned k = cast<OpResult>(go).getResultNumber();
    for (Region &region : branch->getRegions()) {
      Operation *yield = region.front().getTerminator();
      collectSources(yield->getOperand(i), yield->getOperand(k), outcome,
                     sources);
    }
    return;
  }
  auto op = dyn_cast<IfOp>(branch);
  if (op && op.getCondition() == go) {
    Block *block = outcome ? op.thenBlock() : op.elseBlock();
    value = block->getTerminator()->getOperand(i);
  }
  sources.push_back(value);
}

/// One carried value of a `while`, and where its contents come from.
struct Slot {
  Slot(WhileOp loop, unsigned i) {
    init = loop.getInits()[i];
    result = loop.getResult(i);
    Block *blocks[] = {loop.headBlock(), loop.bodyBlock(), loop.stepBlock()};
    for (unsigned k = 0; k != 3; ++k) {
      arguments[k] = blocks[k]->getArgument(i);
      auto next = cast<NextOp>(blocks[k]->getTerminator());
      collectSources(next.getValues()[i], next.getGo(), true,
                     sources[(k + 1) % 3]);
      collectSources(next.getValues()[i], next.getGo(), false, resultSources);
    }
    sources[0].push_back(init);
  }

  /// Finds what the arguments are known to be: the same in all trips and
  /// regions, or by region.
  void findKnown(Operation *loop) {
    SmallVector<Value> all;
    for (auto &list : sources)
      for (Value source : list)
        if (!llvm::is_contained(arguments, source))
          all.push_back(source);
    Value invariant = commonValue(all, loop);
    for (unsigned k = 0; k != 3; ++k)
      known[k] = invariant ? invariant : commonValue(sources[k], loop);
    for (Value &source : resultSources)
      for (unsigned k = 0; k != 3; ++k)
        if (source == arguments[k] && known[k])
          source = known[k];
  }

  Value init, result;
  /// Of head, body and step.
  Value arguments[3];
  SmallVector<Value> sources[3];
  Value known[3];
  SmallVector<Value> resultSources;
};

/// Replaces a carried argument of a `while` by what it is known to be, except
/// where its block passes it on: a head that leaves its values alone stays one
/// that does.
bool replaceArgument(Value argument, Value known, Operation *loop) {
  auto next = cast<NextOp>(argument.getParentBlock()->getTerminator());
  unsigned i = cast<BlockArgument>(argument).getArgNumber();
  auto passesOn = [&](OpOperand &use) {
    return use.getOwner() == next && use.getOperandNumber() == i + 1;
  };
  if (!known || llvm::all_of(argument.getUses(), passesOn))
    return false;
  argument.replaceUsesWithIf(usableOutside(known, loop),
                             [&](OpOperand &use) { return !passesOn(use); });
  return true;
}

bool simplifySlots(WhileOp loop) {
  bool changed = false;
  for (unsigned i = 0; i != loop.getNumResults(); ++i) {
    Slot slot(loop, i);
    slot.findKnown(loop);
    for (unsigned k = 0; k != 3; ++k)
      changed |= replaceArgument(slot.arguments[k], slot.known[k], loop);
    changed |= replaceResult(slot.result, slot.resultSources, loop);
  }
  return changed;
}

bool isUnchanging(Block *block) {
  auto next = cast<NextOp>(block->getTerminator());
  return &block->front() == next &&
         llvm::equal(next.getValues(), block->getArguments());
}

/// A loop that makes at most one trip, such as `do … while (false)`: the blocks
/// of that trip take its place.
bool inlineSingleTrip(WhileOp loop) {
  auto goOf = [](Block *block) {
    return cast<NextOp>(block->getTerminator()).getGo();
  };
  SmallVector<Block *> trip = {loop.headBlock()};
  if (!isConstant(goOf(loop.headBlock()), false)) {
    Value body = goOf(loop.bodyBlock()), step = goOf(loop.stepBlock());
    if (!isConstant(goOf(loop.headBlock()), true))
      return false;
    trip.push_back(loop.bodyBlock());
    if (!isConstant(body, false)) {
      if (!isConstant(step, false) ||
          !(isConstant(body, true) || isUnchanging(loop.stepBlock())))
        return false;
      trip.push_back(loop.stepBlock());
    }
  }
  SmallVector<Value> values(loop.getInits());
  for (Block *block : trip) {
    for (auto [argument, value] :
         llvm::zip_equal(block->getArguments(), values))
      argument.replaceAllUsesWith(value);
    auto next = cast<NextOp>(block->getTerminator());
    values.assign(next.getValues().begin(), next.getValues().end());
    next.erase();
    loop->getBlock()->getOperations().splice(loop->getIterator(),
                                             block->getOperations());
  }
  loop.replaceAllUsesWith(values);
  loop.erase();
  return true;
}

bool simplify(WhileOp loop) {
  return inlineSingleTrip(loop) || simplifySlots(loop);
}

} // namespace

void adgen::simplifyRegions(Operation *root) {
  bool changed = true;
  while (changed) {
    changed = eraseUnread(root);
    root->walk([&](Operation *op) {
      changed |= llvm::TypeSwitch<Operation *, bool>(op)
                     .Case<IfOp, SwitchOp, ForOp, WhileOp>(
                         [](auto region) { return simplify(region); })
                     .Default(false);
    });
  }
}
