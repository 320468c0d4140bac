//===- CarriedPlaces.cpp - Places that branches and loops hand on ---------===//
//
// Whether a carried place is always the same follows it through all nested branches and
// loops at once: each of them alone hands on what another one does.
//
//===----------------------------------------------------------------------===//
#include "CarriedPlaces.h"

#include "adgen/Analysis/Slots.h"

using namespace mlir;
using namespace adgen;

namespace {
/// Where a value comes from, through branches and loops.
class Sources {
public:
  /// Returns false if there are several.
  bool follow(Value value);
  /// Null if all that was found is undefined.
  Value only() const { return found; }

private:
  bool followSlot(Operation *op, unsigned slot);

  llvm::DenseSet<std::pair<Operation *, unsigned>> seen;
  Value found;
};
} // namespace

bool Sources::followSlot(Operation *op, unsigned slot) {
  if (!seen.insert({op, slot}).second)
    return true;
  if (isLoop(op) && !follow(op->getOperand(leadingOperands(op) + slot)))
    return false;
  return llvm::all_of(op->getRegions(), [&](Region &region) {
    return follow(handedOn(region, slot));
  });
}

bool Sources::follow(Value value) {
  if (value.getDefiningOp<UndefOp>())
    return true;
  if (auto result = dyn_cast<OpResult>(value)) {
    if (hasSlots(result.getOwner()))
      return followSlot(result.getOwner(), result.getResultNumber());
  } else {
    auto argument = cast<BlockArgument>(value);
    Operation *parent = argument.getOwner()->getParentOp();
    if (hasSlots(parent))
      return argument.getArgNumber() >= leadingArguments(parent) &&
             followSlot(parent, argument.getArgNumber() - leadingArguments(parent));
  }
  if (found && found != value)
    return false;
  found = value;
  return true;
}

void adgen::resolveCarriedPlaces(Operation *root) {
  root->walk([&](Operation *op) {
    if (!hasSlots(op))
      return;
    for (OpResult result : op->getResults()) {
      Sources sources;
      if (!isa<PlaceType>(result.getType()) || !sources.follow(result))
        continue;
      Value place = sources.only();
      if (!place || op->isAncestor(place.getParentRegion()->getParentOp()))
        continue;
      result.replaceAllUsesWith(place);
      if (!isLoop(op))
        continue;
      for (Region &region : op->getRegions())
        region.getArgument(leadingArguments(op) + result.getResultNumber())
            .replaceAllUsesWith(place);
    }
  });
}
