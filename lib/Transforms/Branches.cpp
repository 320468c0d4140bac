//===- Branches.cpp - Rebuilding an `ad.if` or `ad.switch` ----------------===//
#include "Branches.h"
#include "RegionResults.h"
#include "Reverse.h"

using namespace mlir;
using namespace adgen;

Operation *
adgen::appendResults(Operation *branch, TypeRange types,
                     ArrayRef<LocalAttr> locals,
                     function_ref<Value(Region &, unsigned)> yielded) {
  for (Region &region : branch->getRegions()) {
    auto yield = cast<YieldOp>(region.front().getTerminator());
    SmallVector<Value> values;
    for (unsigned i = 0; i < types.size(); ++i)
      values.push_back(yielded(region, i));
    yield.getValuesMutable().append(values);
  }
  SmallVector<Attribute> names(locals.begin(), locals.end());
  return addResults(branch, {}, types, names);
}

Value adgen::handOutOfBranch(Value value) {
  Operation *branch = value.getParentBlock()->getParentOp();
  assert((isa<IfOp, SwitchOp>(branch)) && "values leave branches only");
  auto yielded = value.getParentBlock()->getTerminator()->getOperands();
  for (auto [operand, result] : llvm::zip(yielded, branch->getResults()))
    if (operand == value)
      return result;
  Operation *extended = appendResults(
      branch, value.getType(), variableOf(value),
      [&](Region &region, unsigned) -> Value {
        if (value.getParentRegion() == &region)
          return value;
        OpBuilder b(region.front().getTerminator());
        if (isa<FrameType, PlaceType>(value.getType()))
          return UndefOp::create(b, value.getLoc(), value.getType());
        return createConstant(b, value.getLoc(), value.getType(), 0);
      });
  return extended->getResults().back();
}
