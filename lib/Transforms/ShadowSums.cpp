//===- ShadowSums.cpp - What a statement does to shadows ------------------===//
//
// A statement's contributions to shadows in memory, and the zeros that its stores leave,
// are written together: `y_bar = 0; y_bar += e` is `y_bar = e`.
//
//===----------------------------------------------------------------------===//
#include "Reverse.h"

#include "adgen/Analysis/Memory.h"

using namespace mlir;
using namespace adgen;

/// Whether `value` was read from the shadow, and is there still where `b` is.
static bool isContentOf(Value value, Value shadow, OpBuilder &b) {
  auto load = value.getDefiningOp<LoadOp>();
  if (!load || !isSamePlace(load.getPlace(), shadow) ||
      load->getBlock() != b.getInsertionBlock())
    return false;
  for (Operation &op : llvm::make_range(std::next(load->getIterator()),
                                        b.getInsertionPoint()))
    if (mayBeWrittenIn(&op, shadow))
      return false;
  return true;
}

/// shadow = value, where null stands for zero: `y_bar = y_bar` is nothing,
/// `y_bar = y_bar + e` adds e.
static void assign(OpBuilder &b, Location loc, Value shadow, Value value) {
  if (!value)
    value = createConstant(b, loc, cast<PlaceType>(shadow.getType()).getElement(),
                           0);
  if (isContentOf(value, shadow, b))
    return;
  if (auto sum = value.getDefiningOp<AddOp>())
    for (unsigned i : {0, 1})
      if (isContentOf(sum->getOperand(i), shadow, b)) {
        AccumulateOp::create(b, loc, sum->getOperand(1 - i), shadow);
        return;
      }
  StoreOp::create(b, loc, value, shadow);
}

void AdjointBuilder::flushMemory(Adjoints &adjoints) {
  auto pending = std::move(adjoints.memory);
  adjoints.memory.clear();
  SmallVector<Value> done;
  for (auto [shadow, contribution] : pending) {
    auto isThis = [&, shadow = shadow](Value other) {
      return isSamePlace(other, shadow);
    };
    if (contribution || llvm::any_of(done, isThis))
      continue;
    done.push_back(shadow);
    // y_bar = 0; y_bar += e
    Value sum;
    for (auto &[other, term] : pending)
      if (term && isSamePlace(other, shadow)) {
        sum = sum ? (Expr(sum, b, *adjoints.loc) + Expr(term, b, *adjoints.loc))
                        .value
                  : term;
        term = Value();
      }
    assign(b, *adjoints.loc, shadow, sum);
    noteStoreToShadow(sum);
  }
  for (auto [shadow, contribution] : pending)
    if (contribution)
      AccumulateOp::create(b, *adjoints.loc, contribution, shadow);
}
