//===- SimplifyRegionsErase.cpp - Erase what nobody reads -----------------===//
//
// Erases what Analysis/LiveValues does not mark. An operation may be live while
// some of its results are not: these are dropped, with what the regions hand on
// for them and, in loops, their initial values and arguments.
//
//===----------------------------------------------------------------------===//
#include "SimplifyRegionsErase.h"
#include "RegionResults.h"

#include "adgen/Analysis/LiveValues.h"
#include "adgen/Analysis/Slots.h"

using namespace mlir;
using namespace adgen;

namespace {

llvm::BitVector deadSlots(Operation *op, const LiveValues &live) {
  llvm::BitVector dead(op->getNumResults());
  for (OpResult result : op->getResults())
    if (!live.isLive(result))
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
  LiveValues live(root);
  SmallVector<Operation *> dead;
  SmallVector<std::pair<Operation *, llvm::BitVector>> narrowed;
  root->walk<WalkOrder::PreOrder>([&](Operation *op) {
    if (op == root || isa<YieldOp, NextOp>(op))
      return WalkResult::advance();
    if (!live.isLive(op)) {
      dead.push_back(op);
      return WalkResult::skip();
    }
    if (hasSlots(op))
      if (llvm::BitVector slots = deadSlots(op, live); slots.any())
        narrowed.push_back({op, slots});
    return WalkResult::advance();
  });

  // Cut every use of what is dead first, then erase in any order.
  for (auto &[op, slots] : narrowed) {
    if (isLoop(op))
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
    if (isLoop(op))
      for (Region &region : op->getRegions())
        region.front().eraseArguments(shifted(slots, leadingArguments(op)));
  for (auto &[op, slots] : narrowed)
    dropResults(op, slots);
  return !dead.empty() || !narrowed.empty();
}
