//===- LiveValues.cpp - Which values somebody needs -----------------------===//
//
// Marks backwards from what is needed by itself: the function's return and, in
// memory form, variables and stores. A live operation needs its operands and that
// the operations around it run, which need their conditions and bounds; a live
// result of a branch or loop needs what its regions hand on for it.
//
//===----------------------------------------------------------------------===//
#include "adgen/Analysis/LiveValues.h"

#include "adgen/Analysis/Shapes.h"
#include "adgen/Analysis/Slots.h"

using namespace mlir;
using namespace adgen;

/// Whether the operation is needed by itself.
static bool isNeeded(Operation *op) {
  if (hasSlots(op) || isa<YieldOp, NextOp, TapeOp, RecordOp, PlaybackOp, LoadOp,
                          VarOp, QueryOp, KeepOp>(op) ||
      op->hasAttr("ad.repeated"))
    return false;
  return op->hasTrait<OpTrait::IsTerminator>() || !isMemoryEffectFree(op);
}

/// Whether every object that the place may be in is a variable of the function.
static bool isLocal(ArrayRef<Value> roots) {
  return llvm::all_of(
      roots, [](Value root) { return root && root.getDefiningOp<VarOp>(); });
}

/// Whether the operation changes more of its objects than what is at a place.
static bool changesShape(Operation *op) { return !writtenPlace(op); }

/// Whether the operation is needed by itself; if not, `objects` are the variables
/// of the function that it writes to, and nobody needs anything else that it does.
static bool isNeededByItself(Operation *op, SmallVectorImpl<Value> &objects) {
  if (!isNeeded(op))
    return false;
  auto call = dyn_cast<CallOp>(op);
  if (writtenPlace(op) || resizedPlace(op) || isa<SwapOp>(op) ||
      (call && !call.getEffects()))
    for (Value written : writtenPlaces(op))
      llvm::append_range(objects, rootsOf(written));
  // A call that only reads is nothing but its results.
  if (call && !call.getEffects() && objects.empty())
    return false;
  return objects.empty() || !isLocal(objects);
}

LiveValues::LiveValues(Operation *root) : root(root) {
  SmallVector<Operation *> needed;
  root->walk([&](Operation *op) {
    if (op == root)
      return;
    SmallVector<Value> objects;
    if (isNeededByItself(op, objects))
      return needed.push_back(op);
    for (Value object : objects)
      writers[object].push_back(op);
  });
  for (Operation *op : needed)
    mark(op);
  markAll();
}

LiveValues::LiveValues(Operation *root, ArrayRef<Value> neededValues,
                       ArrayRef<Operation *> neededOps)
    : root(root) {
  for (Operation *op : neededOps)
    mark(op);
  for (Value value : neededValues)
    mark(value);
  markAll();
}

void LiveValues::markAll() {
  while (!worklist.empty())
    visit(worklist.pop_back_val());
}

void LiveValues::mark(Value value) {
  if (values.insert(value).second)
    worklist.push_back(value);
}

void LiveValues::mark(Operation *op) {
  if (op == root || !operations.insert(op).second)
    return;
  mark(op->getParentOp());
  unsigned reads = hasSlots(op) ? leadingOperands(op) : op->getNumOperands();
  for (Value operand : op->getOperands().take_front(reads))
    mark(operand);
  for (Value operand : op->getOperands())
    if (isa<PlaceType>(operand.getType()) && !isPure(op) && !hasSlots(op) &&
        operand != writtenPlace(op))
      markContent(operand, /*isShape=*/isa<QueryOp>(op) || resizedPlace(op));
  if (auto loop = dyn_cast<WhileOp>(op))
    for (Region &region : loop->getRegions())
      mark(cast<NextOp>(region.front().getTerminator()).getGo());
  // A sum is computed of what its region yields.
  if (!hasSlots(op))
    for (Region &region : op->getRegions())
      for (Value yielded : region.front().getTerminator()->getOperands())
        mark(yielded);
  if (isa<TapeOp>(op))
    for (Operation *user : op->getUsers())
      if (isa<RecordOp>(user))
        mark(user);
}

void LiveValues::markContent(Value place, bool isShape) {
  if (writers.empty())
    return;
  auto markWriters = [&](Value object) {
    auto it = writers.find(object);
    if (it == writers.end() || objectsRead.contains(object) ||
        !(isShape ? shapesRead : objectsRead).insert(object).second)
      return;
    for (Operation *op : it->second)
      if (!isShape || changesShape(op))
        mark(op);
  };
  for (Value object : rootsOf(place)) {
    if (object) {
      markWriters(object);
      continue;
    }
    for (auto &[known, ops] : writers)
      markWriters(known);
  }
}

void LiveValues::update(Operation *top) {
  SmallVector<Value> results;
  for (Value result : top->getResults())
    if (isLive(result))
      results.push_back(result);
  top->walk([&](Operation *op) {
    operations.erase(op);
    for (Value result : op->getResults()) {
      values.erase(result);
      objectsRead.erase(result);
      shapesRead.erase(result);
    }
    for (Region &region : op->getRegions())
      for (Value argument : region.getArguments())
        values.erase(argument);
  });
  for (Value result : results)
    mark(result);
  top->walk([&](Operation *op) {
    if (auto record = dyn_cast<RecordOp>(op)) {
      if (isLive(record.getTape()))
        mark(op);
      return;
    }
    if (op == top)
      return;
    SmallVector<Value> objects;
    if (isNeededByItself(op, objects) ||
        llvm::any_of(objects, [&](Value object) {
          return objectsRead.contains(object) ||
                 (changesShape(op) && shapesRead.contains(object));
        }))
      mark(op);
  });
  markAll();
}

void LiveValues::visit(Value value) {
  if (auto result = dyn_cast<OpResult>(value)) {
    mark(result.getOwner());
    if (hasSlots(result.getOwner()))
      markSlot(result.getOwner(), result.getResultNumber());
    return;
  }
  auto argument = cast<BlockArgument>(value);
  Operation *parent = argument.getOwner()->getParentOp();
  if (!hasSlots(parent))
    return;
  mark(parent);
  unsigned leading = leadingArguments(parent);
  if (argument.getArgNumber() >= leading)
    markSlot(parent, argument.getArgNumber() - leading);
}

void LiveValues::markSlot(Operation *op, unsigned slot) {
  mark(Value(op->getResult(slot)));
  if (isLoop(op))
    mark(op->getOperand(leadingOperands(op) + slot));
  for (Region &region : op->getRegions())
    mark(handedOn(region, slot));
}
