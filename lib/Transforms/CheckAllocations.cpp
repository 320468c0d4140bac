//===- CheckAllocations.cpp - Arrays that outlive their block -------------===//
//
//   for (…) {
//     double *w = new double[n];
//     …
//     p = w;                       the next trip reads what p points to
//   }
//
// An array from `new[]` ends with the block that its pointer is declared in. So no
// pointer to it may be handed out of that block, or stored in what is there before.
//
// And, behind all passes: no local is accessed where its scope has ended.
//
//===----------------------------------------------------------------------===//
#include "CheckReshapes.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Support/Diagnostics.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace adgen;

/// All pointers to the array, and to elements of it.
static llvm::SetVector<Value> pointersTo(VarOp array) {
  llvm::SetVector<Value> pointers;
  pointers.insert(array.getPlace());
  for (size_t i = 0; i != pointers.size(); ++i)
    for (OpOperand &use : pointers[i].getUses()) {
      Operation *user = use.getOwner();
      if (user->hasTrait<OpTrait::IsTerminator>())
        pointers.insert_range(llvm::make_filter_range(
            user->getParentOp()->getResults(),
            [](Value result) { return isa<PlaceType>(result.getType()); }));
      SmallVector<Value> led(user->getResults());
      for (Region &region : user->getRegions())
        llvm::append_range(led, region.getArguments());
      for (Value pointer : led)
        if (isa<PlaceType>(pointer.getType()))
          pointers.insert(pointer);
    }
  return pointers;
}

/// Whether a pointer to the array is there when its block has ended.
static bool outlivesBlock(VarOp array) {
  Region *block = array->getParentRegion();
  if (isa<func::FuncOp>(block->getParentOp()))
    return false;
  auto isOutside = [&](Value place) {
    return llvm::any_of(rootsOf(place), [&](Value root) {
      return !root || !block->isAncestor(root.getParentRegion());
    });
  };
  for (Value pointer : pointersTo(array))
    for (OpOperand &use : pointer.getUses()) {
      Operation *user = use.getOwner();
      auto store = dyn_cast<StoreOp>(user);
      if ((user->hasTrait<OpTrait::IsTerminator>() && user->getParentRegion() == block) ||
          (store && store.getValue() == pointer && isOutside(store.getPlace())))
        return true;
    }
  return false;
}

bool adgen::mayHaveEnded(Value place, Operation *user) {
  return llvm::any_of(rootsOf(place), [&](Value root) {
    return root && root.getDefiningOp<VarOp>() &&
           !root.getParentBlock()->findAncestorOpInBlock(*user);
  });
}

LogicalResult adgen::checkScopes(func::FuncOp derivative) {
  bool isFailed = false;
  derivative.walk([&](Operation *op) {
    if (!isa<LoadOp, StoreOp, AccumulateOp, SwapOp, CallOp, QueryOp>(op))
      return;
    bool hasEnded = llvm::any_of(op->getOperands(), [&](Value operand) {
      return isa<PlaceType>(operand.getType()) && mayHaveEnded(operand, op);
    });
    if (hasEnded)
      emitError(op->getLoc()) << formatMessage(Diag::UnknownShadow, {});
    isFailed |= hasEnded;
  });
  return failure(isFailed);
}

LogicalResult adgen::checkAllocations(func::FuncOp function) {
  bool isFailed = false;
  function.walk([&](VarOp array) {
    if (!array->hasAttr("allocated") || !outlivesBlock(array))
      return;
    emitError(array.getLoc()) << formatMessage(Diag::Allocation, {"new"});
    isFailed = true;
  });
  return failure(isFailed);
}
