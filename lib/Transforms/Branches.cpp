//===- Branches.cpp - Rebuilding an `ad.if` or `ad.switch` ----------------===//
#include "Branches.h"
#include "RegionResults.h"

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
