//===- RepeatedPart.cpp - What need not run twice in joined sweeps --------===//
//
// A reversed branch or trip runs again what its reverse part needs. Where it stands
// right behind the forward one, that is there already: the same operation on the
// same values, with the same memory.
//
//===----------------------------------------------------------------------===//
#include "RepeatedPart.h"
#include "KeepLoads.h"
#include "ReadVariables.h"

#include "adgen/Analysis/Shapes.h"

using namespace mlir;
using namespace adgen;


/// Whether what the operation reads of memory stays as it is.
static bool isLoadedAgainAlike(Operation *op) {
  return !op->walk([](Operation *inner) {
               bool mayDiffer =
                   isa<CallOp>(inner)    ? !isMemoryEffectFree(inner)
                   : isa<QueryOp>(inner) ? isReshaped(inner->getOperand(0))
                                         : isa<LoadOp>(inner) &&
                                               !inner->hasAttr(reloadMark);
               return mayDiffer ? WalkResult::interrupt()
                                : WalkResult::advance();
             })
              .wasInterrupted();
}

Operation *RepeatedPart::match(Operation *op, Block::iterator from,
                               Block &first) {
  for (Operation &candidate : llvm::make_range(from, first.end())) {
    if (candidate.getName() != op->getName() ||
        candidate.getNumResults() != op->getNumResults())
      continue;
    // Two loads are one only if nothing is written after either.
    if (!isLoadedAgainAlike(op) || !isLoadedAgainAlike(&candidate))
      continue;
    IRMapping inner;
    auto isEquivalent = [&](Value x, Value z) {
      return success(values.lookupOrDefault(x) == z ||
                     inner.lookupOrNull(x) == z);
    };
    if (OperationEquivalence::isEquivalentTo(
            op, &candidate,
            [&](Value x, Value z) { return isEquivalent(x, z); },
            [&](Value x, Value z) { inner.map(x, z); },
            OperationEquivalence::IgnoreLocations |
                OperationEquivalence::IgnoreDiscardableAttrs))
      return &candidate;
  }
  return nullptr;
}

/// What the same trip recorded.
Value RepeatedPart::findRecorded(PlaybackOp playback, Block &first) {
  for (Operation *user : playback.getTape().getUsers()) {
    auto record = dyn_cast<RecordOp>(user);
    if (record && record->getBlock() == &first &&
        values.lookupOrDefault(playback.getIndex()) == record.getIndex())
      return record.getValue();
  }
  return {};
}

bool RepeatedPart::find(Block &first, Block &again) {
  Block::iterator from = first.begin();
  for (Operation &op : again.without_terminator()) {
    if (auto playback = dyn_cast<PlaybackOp>(op))
      if (Value recorded = findRecorded(playback, first)) {
        repeated.insert(&op);
        values.map(playback.getValue(), recorded);
        continue;
      }
    if (isDerivativeOp(&op) || isa<RecordOp, PlaybackOp>(op))
      continue;
    // Effects come in one order; what has none may be found anywhere.
    bool isOrdered = !isPure(&op) && !isa<LoadOp>(op);
    Operation *found = match(&op, isOrdered ? from : first.begin(), first);
    if (found) {
      repeated.insert(&op);
      for (auto [result, other] :
           llvm::zip_equal(op.getResults(), found->getResults()))
        values.map(result, other);
      if (isOrdered)
        from = std::next(found->getIterator());
      continue;
    }
    bool changesMatched = false;
    op.walk([&](Operation *inner) {
      for (Value place : writtenPlaces(inner))
        if (VarOp object = localObject(place))
          changesMatched |= contains(object);
    });
    if (changesMatched)
      return false;
  }
  return true;
}

void RepeatedPart::leaveOut(Block &first, Block &again) {
  if (!find(first, again))
    return;
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(again)))
    if (contains(&op)) {
      for (Value result : op.getResults())
        result.replaceAllUsesWith(values.lookup(result));
      op.erase();
    }
}
