//===- PathActivity.cpp - Where a tangent may be exactly zero -------------===//
//
// A value may be constant where paths join and one of them brings a constant,
// or where it is computed from values all of which may be. The least fix point.
//
//===----------------------------------------------------------------------===//
#include "adgen/Analysis/PathActivity.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace adgen;

/// Whether the value is one of its sources rather than computed from all.
static bool isChoice(Value value) {
  Operation *op = value.getDefiningOp();
  return !op || isa<IfOp, SwitchOp, ForOp, WhileOp, SelectOp, MaxOp, MinOp>(op);
}

PathActivity::PathActivity(func::FuncOp function, const Activity &activity)
    : activity(activity) {
  llvm::MapVector<Value, SmallVector<Value, 2>> sources;
  forEachDerivativeFlow(function, [&](Value from, Value to) {
    if (activity.isVaried(to))
      sources[to].push_back(from);
  });
  auto mayBe = [&](Value value) { return mayBeConstant(value); };
  bool changed = true;
  while (changed) {
    changed = false;
    for (auto &[value, from] : sources)
      if (isChoice(value) ? llvm::any_of(from, mayBe)
                          : llvm::all_of(from, mayBe))
        changed |= constantByPath.insert(value).second;
  }
}
