//===- ReadStored.cpp - What a trip computed and stored is read -----------===//
//
// A value that a trip has stored in memory, where nobody overwrites it, is read
// there by the reversed trip, which then need not compute it again, nor keep what
// that takes:
//
//   for (k < j) s -= A[i][k] * A[j][k];
//   A[i][j] = s / A[j][j];        reversed:  A_bar[j][j] -= A[i][j] / A[j][j] * …
//
// The derivative of many a function is one of its value: of exp, sqrt, tanh, of
// quotients (the rules of ADFunctions.td).
//
//===----------------------------------------------------------------------===//
#include "KeepLoads.h"
#include "Reverse.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/Slots.h"

using namespace mlir;
using namespace adgen;

/// Whether what the value is computed of in its trip has a loop, a call, a
/// transcendental function or a value that has to be kept.
static bool isExpensive(Value value, Operation *trip,
                        llvm::SmallDenseSet<Value> &seen) {
  Operation *op = value.getDefiningOp();
  if (!op || !trip->isProperAncestor(op) || !seen.insert(value).second)
    return false;
  if (op->getNumRegions() || isa<KeepOp, CallOp>(op))
    return true;
  if (isa<Differentiable>(op) && !isCheap(op))
    return true;
  return !isa<LoadOp>(op) && llvm::any_of(op->getOperands(), [&](Value operand) {
    return isExpensive(operand, trip, seen);
  });
}

/// Whether the stored value is worth reading, and still there when the trip is
/// reversed.
static bool isReadable(StoreOp store, AccessOrder &order) {
  Value value = store.getValue(), place = store.getPlace();
  Operation *trip = loopAround(store);
  Operation *op = value.getDefiningOp();
  if (!trip || !op || op->getBlock() != store->getBlock() ||
      !isReal(value.getType()) || isa<LoadOp, KeepOp, ConstantOp>(op))
    return false;
  llvm::SmallDenseSet<Value> seen;
  // Of an object of the trip's own the content is computed again.
  return isExpensive(value, trip, seen) &&
         scopeOf(place) < loopDepth(store) && !order.isOverwritten(store, place);
}

/// Lets the reversed trip read what is at `place` in place of `again`.
static void readInstead(Value again, Value place, Location loc) {
  Operation *behind = again.getDefiningOp();
  if (Operation *op = place.getDefiningOp();
      op && op->getBlock() == behind->getBlock() && behind->isBeforeInBlock(op))
    behind = op;
  OpBuilder b(behind);
  b.setInsertionPointAfter(behind);
  auto load = LoadOp::create(b, loc, place);
  load->setAttr(reloadMark, b.getUnitAttr());
  again.replaceUsesWithIf(load, [&](OpOperand &use) {
    Operation *user =
        behind->getBlock()->findAncestorOpInBlock(*use.getOwner());
    return user && load->isBeforeInBlock(user);
  });
}

void adgen::readStoredValues(func::FuncOp primal,
                             MutableArrayRef<LoopPair> loops) {
  SmallVector<StoreOp> stores;
  AccessOrder order(primal);
  primal.walk([&](StoreOp store) {
    if (isReadable(store, order))
      stores.push_back(store);
  });
  for (LoopPair &pair : loops) {
    // Without a forward loop of its own a trip has just computed it.
    if (!pair.trace.forward)
      continue;
    for (StoreOp store : stores) {
      Value again = pair.rerun.lookupOrNull(store.getValue());
      Value place = pair.rerun.lookupOrNull(store.getPlace());
      Operation *op = again ? again.getDefiningOp() : nullptr;
      if (op && place && loopAround(op) == pair.reverse)
        readInstead(again, place, store.getLoc());
    }
  }
}
