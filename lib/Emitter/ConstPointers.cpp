//===- ConstPointers.cpp - Pointers that may lead to what is const --------===//
#include "ConstPointers.h"
#include "Declarators.h"
#include "PrepareForEmission.h"

#include "adgen/Dialect/AD.h"

using namespace mlir;
using namespace adgen;

bool ConstPointers::lead(Value place) const {
  if (!isa<PlaceType>(place.getType()))
    return false;
  if (auto argument = dyn_cast<BlockArgument>(place);
      argument && argument.getOwner()->getParentOp() == function) {
    func::FuncOp owner = function;
    auto type = owner.getArgAttrOfType<StringAttr>(argument.getArgNumber(), "ad.type");
    return type && isConstTarget(type.getValue());
  }
  if (LocalAttr local = localOf(place)) {
    StringRef type = local.getType().getValue();
    if (type.contains('*') || type.contains('&'))
      return isConstTarget(type);
  }
  if (found.contains(place))
    return true;
  Operation *op = place.getDefiningOp();
  return isa_and_present<GlobalOp>(op) ||
         (isa_and_present<OffsetOp, ElementOp, MemberOp, LetOp, SelectOp>(op) &&
          llvm::any_of(op->getOperands(), [&](Value operand) { return lead(operand); }));
}

ConstPointers::ConstPointers(func::FuncOp function, ArrayRef<RegionCopy> copies)
    : function(function) {
  SmallVector<std::pair<Value, Value>> flows;
  for (const RegionCopy &copy : copies)
    if (isa<PlaceType>(copy.target.getType()))
      flows.push_back({copy.source, copy.target});
  // What a loop carries and what it results in is one variable.
  function.walk([&](Operation *op) {
    if (!isLoop(op))
      return;
    unsigned skipped = isa<ForOp>(op) ? 1 : 0;
    for (OpResult result : op->getResults())
      if (isa<PlaceType>(result.getType()))
        for (Region &region : op->getRegions()) {
          Value carried = region.getArgument(skipped + result.getResultNumber());
          flows.push_back({carried, result});
          flows.push_back({result, carried});
        }
  });
  bool changed = true;
  while (changed) {
    changed = false;
    for (auto [source, target] : flows)
      if (lead(source))
        changed |= found.insert(target).second;
  }
}
