//===- SimplifyRegionsErase.cpp - Erase what nobody reads -----------------===//
//
// Mark and sweep. What has an effect is live (the function's return, in memory
// form also loads and stores); so is what live operations read. A result of a
// region is a *slot*: with it live are the values that the regions hand on for
// it, in loops also its initial value; conditions and bounds live with the
// operation. A record is live if its tape is, a tape if a live playback reads
// it. Because marking is optimistic, values that only feed themselves around a
// loop stay unmarked.
//
//===----------------------------------------------------------------------===//
#include "SimplifyRegionsErase.h"
#include "RegionResults.h"

#include "adgen/Dialect/AD.h"
#include "llvm/ADT/DenseSet.h"

using namespace mlir;
using namespace adgen;

namespace {

/// Operations whose results are slots.
bool hasSlots(Operation *op) { return isa<IfOp, SwitchOp, ForOp, WhileOp>(op); }

/// The operands before the inits or the handed on values: a loop's bounds, the
/// `go` of an `ad.next`.
unsigned leadingOperands(Operation *op) {
  if (isa<ForOp>(op))
    return 2;
  return isa<IfOp, SwitchOp, NextOp>(op) ? 1 : 0;
}

/// The arguments of a region before the carried ones.
unsigned leadingArguments(Operation *op) { return isa<ForOp>(op) ? 1 : 0; }

class Marker {
public:
  explicit Marker(Operation *root) : root(root) {
    root->walk([&](Operation *op) {
      if (op != root && isAnchor(op))
        mark(op);
    });
    while (!work.empty())
      visit(work.pop_back_val());
  }

  bool isLive(Value value) const { return values.contains(value); }
  bool isLive(Operation *op) const { return operations.contains(op); }

private:
  /// Whether the operation is live by itself.
  static bool isAnchor(Operation *op) {
    if (hasSlots(op) || isa<YieldOp, NextOp, TapeOp, RecordOp, PlaybackOp>(op))
      return false;
    return op->hasTrait<OpTrait::IsTerminator>() || !isMemoryEffectFree(op);
  }

  void mark(Value value) {
    if (values.insert(value).second)
      work.push_back(value);
  }
  void mark(Operation *op);
  void visit(Value value);
  void markSlot(Operation *op, unsigned slot);

  Operation *root;
  llvm::DenseSet<Value> values;
  llvm::DenseSet<Operation *> operations;
  SmallVector<Value> work;
};

void Marker::mark(Operation *op) {
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

void Marker::visit(Value value) {
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

void Marker::markSlot(Operation *op, unsigned slot) {
  mark(Value(op->getResult(slot)));
  if (isa<ForOp, WhileOp>(op))
    mark(op->getOperand(leadingOperands(op) + slot));
  for (Region &region : op->getRegions()) {
    Operation *terminator = region.front().getTerminator();
    mark(terminator->getOperand(leadingOperands(terminator) + slot));
  }
}

llvm::BitVector deadSlots(Operation *op, const Marker &marker) {
  llvm::BitVector dead(op->getNumResults());
  for (OpResult result : op->getResults())
    if (!marker.isLive(result))
      dead.set(result.getResultNumber());
  return dead;
}

llvm::BitVector shifted(const llvm::BitVector &slots, unsigned by) {
  llvm::BitVector all(by + slots.size());
  for (unsigned slot : slots.set_bits())
    all.set(by + slot);
  return all;
}

} // namespace

bool adgen::eraseUnread(Operation *root) {
  Marker marker(root);
  SmallVector<Operation *> dead;
  SmallVector<std::pair<Operation *, llvm::BitVector>> narrowed;
  root->walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (op == root || isa<YieldOp, NextOp>(op))
      return WalkResult::advance();
    if (!marker.isLive(op)) {
      dead.push_back(op);
      return WalkResult::skip();
    }
    if (hasSlots(op))
      if (llvm::BitVector slots = deadSlots(op, marker); slots.any())
        narrowed.push_back({op, slots});
    return WalkResult::advance();
  });

  // Cut every use of what is dead first, then erase in any order.
  for (auto &[op, slots] : narrowed) {
    if (isa<ForOp, WhileOp>(op))
      op->eraseOperands(shifted(slots, leadingOperands(op)));
    for (Region &region : op->getRegions()) {
      Operation *terminator = region.front().getTerminator();
      terminator->eraseOperands(shifted(slots, leadingOperands(terminator)));
    }
  }
  for (Operation *op : dead)
    op->dropAllReferences();
  for (Operation *op : dead) {
    op->dropAllUses();
    op->erase();
  }
  for (auto &[op, slots] : narrowed)
    if (isa<ForOp, WhileOp>(op))
      for (Region &region : op->getRegions())
        region.front().eraseArguments(shifted(slots, leadingArguments(op)));
  for (auto &[op, slots] : narrowed)
    dropResults(op, slots);
  return !dead.empty() || !narrowed.empty();
}
