//===- RegionResults.cpp - Results of branches and loops ------------------===//
//
// An operation's number of results is fixed; to change it is to make a new one
// around the old regions.
//
//===----------------------------------------------------------------------===//
#include "RegionResults.h"

#include "mlir/IR/Builders.h"

using namespace mlir;
using namespace adgen;

/// The variable of each result; a unit attribute where it has none.
static SmallVector<Attribute> localsOf(Operation *op) {
  Builder b(op->getContext());
  SmallVector<Attribute> locals(op->getNumResults(), b.getUnitAttr());
  if (auto named = op->getAttrOfType<ArrayAttr>("locals"))
    for (auto [local, name] : llvm::zip(locals, named))
      local = name;
  return locals;
}

/// A new operation with `op`'s regions, in front of it.
static Operation *rebuild(Operation *op, ValueRange operands, TypeRange types,
                          ArrayRef<Attribute> locals) {
  OpBuilder b(op);
  OperationState state(op->getLoc(), op->getName(), operands, types,
                       op->getAttrs());
  for (Region &region : op->getRegions())
    state.addRegion()->takeBody(region);
  Operation *rebuilt = b.create(state);
  if (llvm::all_of(locals,
                   [](Attribute local) { return isa<UnitAttr>(local); }))
    rebuilt->removeAttr("locals");
  else
    rebuilt->setAttr("locals", b.getArrayAttr(locals));
  return rebuilt;
}

Operation *adgen::addResults(Operation *op, ValueRange inits, TypeRange types,
                             ArrayRef<Attribute> newLocals) {
  SmallVector<Value> operands(op->getOperands());
  llvm::append_range(operands, inits);
  SmallVector<Type> allTypes(op->getResultTypes());
  llvm::append_range(allTypes, types);
  SmallVector<Attribute> locals = localsOf(op);
  for (Attribute local : newLocals)
    locals.push_back(local ? local : UnitAttr::get(op->getContext()));

  Operation *rebuilt = rebuild(op, operands, allTypes, locals);
  op->replaceAllUsesWith(rebuilt->getResults().take_front(op->getNumResults()));
  op->erase();
  return rebuilt;
}

Operation *adgen::dropResults(Operation *op, const llvm::BitVector &drop) {
  SmallVector<Type> types;
  SmallVector<Attribute> locals;
  SmallVector<Value> kept;
  for (auto [result, local] : llvm::zip_equal(op->getResults(), localsOf(op))) {
    if (drop[result.getResultNumber()])
      continue;
    kept.push_back(result);
    types.push_back(result.getType());
    locals.push_back(local);
  }
  Operation *rebuilt = rebuild(op, op->getOperands(), types, locals);
  for (auto [old, result] : llvm::zip_equal(kept, rebuilt->getResults()))
    old.replaceAllUsesWith(result);
  op->erase();
  return rebuilt;
}
