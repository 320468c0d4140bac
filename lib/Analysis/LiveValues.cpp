//===- LiveValues.cpp - Which values somebody needs -----------------------===//
//
// Marks backwards from what is needed by itself: the function's return and, in
// memory form, variables and stores. A live operation needs its operands and that
// the operations around it run, which need their conditions and bounds; a live
// result of a branch or loop needs what its regions hand on for it.
//
//===----------------------------------------------------------------------===//
#include "adgen/Analysis/LiveValues.h"

#include "adgen/Analysis/Slots.h"

using namespace mlir;
using namespace adgen;

/// Whether the operation is needed by itself.
static bool isNeeded(Operation *op) {
  if (hasSlots(op) ||
      isa<YieldOp, NextOp, TapeOp, RecordOp, PlaybackOp, LoadOp>(op))
    return false;
  return op->hasTrait<OpTrait::IsTerminator>() || !isMemoryEffectFree(op);
}

LiveValues::LiveValues(Operation *root) : root(root) {
  root->walk([&](Operation *op) {
    if (op != root && isNeeded(op))
      mark(op);
  });
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
  if (auto loop = dyn_cast<WhileOp>(op))
    for (Region &region : loop->getRegions())
      mark(cast<NextOp>(region.front().getTerminator()).getGo());
  if (isa<TapeOp>(op))
    for (Operation *user : op->getUsers())
      if (isa<RecordOp>(user))
        mark(user);
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
