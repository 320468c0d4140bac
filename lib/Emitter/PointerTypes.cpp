//===- PointerTypes.cpp - Types of pointers that the user has not named ---===//
#include "PointerTypes.h"
#include "Declarators.h"
#include "PrepareForEmission.h"

#include "adgen/Dialect/AD.h"

using namespace mlir;
using namespace adgen;

bool PointerTypes::leadsToConst(Value place) const {
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
  if (constant.contains(place))
    return true;
  Operation *op = place.getDefiningOp();
  return isa_and_present<GlobalOp>(op) ||
         (isa_and_present<OffsetOp, ElementOp, MemberOp, LetOp, SelectOp>(op) &&
          llvm::any_of(op->getOperands(), [&](Value operand) { return leadsToConst(operand); }));
}

std::string PointerTypes::iteratorTo(Value place) const {
  if (!isa<PlaceType>(place.getType()))
    return "";
  if (LocalAttr local = localOf(place)) {
    StringRef type = local.getType().getValue();
    if (type.contains("iterator"))
      return type.str();
    if (type.contains('*') || type.contains('&'))
      return "";
  }
  if (auto known = iterators.find(place); known != iterators.end())
    return known->second;
  Operation *op = place.getDefiningOp();
  if (isa_and_present<OffsetOp, LetOp>(op))
    return iteratorTo(op->getOperand(0));
  auto access = dyn_cast_if_present<AccessOp>(op);
  auto container = access ? dyn_cast<ObjectType>(access.getBase().getType().getElement())
                          : ObjectType();
  bool isIterator = container && (access.getText() == "{0}.begin()" ||
                                  access.getText() == "{0}.end()");
  if (!isIterator)
    return "";
  return (container.getSpelling() + (leadsToConst(access.getBase()) ? "::const_iterator"
                                                                    : "::iterator"))
      .str();
}

PointerTypes::PointerTypes(func::FuncOp function, ArrayRef<RegionCopy> copies)
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
    for (auto [source, target] : flows) {
      if (leadsToConst(source))
        changed |= constant.insert(target).second;
      if (std::string type = iteratorTo(source); !type.empty())
        changed |= iterators.try_emplace(target, type).second;
    }
  }
}
