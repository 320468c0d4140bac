//===- Branches.cpp - Rebuilding an `ad.if` or `ad.switch` ----------------===//
#include "Branches.h"

using namespace mlir;
using namespace adgen;

Operation *
adgen::appendResults(Operation *branch, TypeRange types,
                     ArrayRef<LocalAttr> locals,
                     function_ref<Value(Region &, unsigned)> yielded) {
  OpBuilder b(branch);
  SmallVector<Attribute> names(branch->getNumResults(), b.getUnitAttr());
  if (auto known = branch->getAttrOfType<ArrayAttr>("locals"))
    names.assign(known.begin(), known.end());
  for (LocalAttr local : locals)
    names.push_back(local ? Attribute(local) : b.getUnitAttr());

  OperationState state(branch->getLoc(), branch->getName());
  state.addTypes(branch->getResultTypes());
  state.addTypes(types);
  state.addOperands(branch->getOperands());
  state.addAttributes(branch->getAttrs());
  for (Region &region : branch->getRegions())
    state.addRegion()->takeBody(region);
  Operation *extended = b.create(state);
  extended->setAttr("locals", b.getArrayAttr(names));
  for (Region &region : extended->getRegions()) {
    auto yield = cast<YieldOp>(region.front().getTerminator());
    SmallVector<Value> values;
    for (unsigned i = 0; i < types.size(); ++i)
      values.push_back(yielded(region, i));
    yield.getValuesMutable().append(values);
  }
  for (auto [from, to] :
       llvm::zip(branch->getResults(), extended->getResults()))
    from.replaceAllUsesWith(to);
  branch->erase();
  return extended;
}
