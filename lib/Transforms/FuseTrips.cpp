//===- FuseTrips.cpp - Each trip's reverse part behind its forward part ---===//
//
// Where nothing but what the trips of a loop store is left of a forward loop, and
// the order of the reversed trips is free, the reversed loop does both:
//
//   for i { y[i] = tanh(x[i]) }                   for i { y[i] = tanh(x[i])
//   for i reversed { x_bar[i] += … y_bar[i] }  →          x_bar[i] += … y_bar[i] }
//
// A reversed trip runs its forward part again anyway, so that it is enough to let
// it store, in the original order, and to drop the forward loop. What it reads is
// then what the forward trip read: nothing is taped. Requires what AdjointBuilder
// has built, before anything is removed.
//
// 1. Results of the forward loop are not needed, nor is anything that it recorded
//    of what it carries.
// 2. Trips add to adjoints only (TripOrder).
// 3. What stands between the loops does not read what the forward loop stores, nor
//    change what it reads.
//
//===----------------------------------------------------------------------===//
#include "KeepLoads.h"
#include "ReadVariables.h"
#include "Reverse.h"
#include "TripOrder.h"

#include "adgen/Analysis/Shapes.h"
#include "adgen/Support/Diagnostics.h"

using namespace mlir;
using namespace adgen;

namespace {
class TripFuser {
public:
  TripFuser(func::FuncOp derivative, LoopPair &pair)
      : derivative(derivative), forward(cast<ForOp>(pair.trace.forward)),
        reverse(pair.reverse), pair(pair) {}

  bool mayFuse();
  void fuse();

private:
  bool hasOnlyStores();
  bool isSkipped();
  bool isNeeded(const LiveValues &live);

  func::FuncOp derivative;
  ForOp forward, reverse;
  LoopPair &pair;
};
} // namespace

/// Whether the loop stores, and has no other effects.
bool TripFuser::hasOnlyStores() {
  bool stores = false;
  bool isPlain = !forward
                      .walk([&](Operation *op) {
                        auto call = dyn_cast<CallOp>(op);
                        stores |= writtenPlace(op) != Value();
                        return isa<StatementOp, SwapOp>(op) ||
                                       isReshapedOutside(op, forward) ||
                                       (call && !isMemoryEffectFree(call))
                                   ? WalkResult::interrupt()
                                   : WalkResult::advance();
                      })
                      .wasInterrupted();
  return stores && isPlain;
}

/// Whether what stands between the loops may run before the forward loop.
bool TripFuser::isSkipped() {
  SmallVector<Value> written, read;
  forward.walk([&](Operation *op) {
    if (Value place = writtenPlace(op))
      written.push_back(place);
    for (Value operand : op->getOperands())
      if (isa<PlaceType>(operand.getType()) && operand != writtenPlace(op) &&
          !isPure(op))
        read.push_back(operand);
  });
  auto changesWhatIsRead = [&](Operation *op) {
    return llvm::any_of(writtenPlaces(op), [&](Value place) {
      return llvm::any_of(read, [&](Value other) { return mayAlias(place, other); });
    });
  };
  for (Operation *op = forward->getNextNode(); op != reverse;
       op = op->getNextNode()) {
    WalkResult result = op->walk([&](Operation *inner) {
      if (changesWhatIsRead(inner))
        return WalkResult::interrupt();
      if (isDerivativeOp(inner) || isPure(inner) || inner->getNumRegions())
        return WalkResult::advance();
      for (Value operand : inner->getOperands())
        if (isa<PlaceType>(operand.getType()) &&
            llvm::any_of(written, [&](Value place) {
              return mayAlias(place, operand);
            }))
          return WalkResult::interrupt();
      return WalkResult::advance();
    });
    if (result.wasInterrupted())
      return false;
  }
  return true;
}

/// Whether somebody needs the forward loop for its results.
bool TripFuser::isNeeded(const LiveValues &live) {
  for (Value result : forward.getResults())
    if (live.isLive(result))
      return true;
  for (Value tape : pair.trace.tapes)
    for (Operation *user : tape.getUsers())
      if (isa<PlaybackOp>(user) && live.isLive(user))
        return true;
  return false;
}

bool TripFuser::mayFuse() {
  if (forward->getBlock() != reverse->getBlock() || !hasOnlyStores() ||
      !isSkipped())
    return false;
  // Of what is stored in reversed trips, that in this loop is done.
  SmallVector<Operation *> stores;
  derivative.walk([&](Operation *op) {
    if (op->hasAttr(repeatedMark) && reverse->isProperAncestor(op) &&
        isFirstRunWithout(op, reverse)) {
      op->removeAttr(repeatedMark);
      stores.push_back(op);
    }
  });
  LiveValues live(derivative);
  if (!isNeeded(live) && isOrderFree(reverse, &live))
    return true;
  for (Operation *op : stores)
    op->setAttr(repeatedMark, UnitAttr::get(op->getContext()));
  return false;
}

void TripFuser::fuse() {
  OpBuilder b(forward);
  for (Value result : forward.getResults())
    result.replaceAllUsesWith(
        UndefOp::create(b, forward.getLoc(), result.getType()));
  forward.erase();
  pair.trace.forward = nullptr;
  reverse.setReversed(false);
  emitRemark(reverse.getLoc()) << formatMessage(Diag::FusedRemark);
}

void adgen::fuseTrips(func::FuncOp derivative,
                      MutableArrayRef<LoopPair> loops) {
  for (LoopPair &pair : loops) {
    if (!isa_and_present<ForOp>(pair.trace.forward))
      continue;
    TripFuser fuser(derivative, pair);
    if (fuser.mayFuse())
      fuser.fuse();
  }
}
