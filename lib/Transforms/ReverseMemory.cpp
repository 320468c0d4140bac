//===- ReverseMemory.cpp - Adjoints of what stays in memory ---------------===//
//
// Parameters that may be one object are read and written in memory, and so are
// their shadows, in the opposite order:
//
//     %v = ad.load %y          →   y_bar += v_bar
//     ad.store %v, %y          →   v_bar += y_bar; y_bar = 0
//
// A store's adjoint reads the shadow and zeroes it before anything is added, as
// source and target may be one object. Within a statement, what the shadows get
// waits until all that reads them is computed.
//
// A trip that is run again must not repeat what it did to memory, and must not
// read what is there by now: its stores and effects are removed, and what it
// loads or gets from a call with effects has to come from a tape. Refuses a value
// that no tape has, in loops nested in loops.
//
//===----------------------------------------------------------------------===//
#include "ReadVariables.h"
#include "Reverse.h"

#include "adgen/Support/Diagnostics.h"

using namespace mlir;
using namespace adgen;

Value AdjointBuilder::shadowOf(Value place) {
  auto argument = dyn_cast<BlockArgument>(place);
  if (!argument || !activity.isVaried(place))
    return {};
  for (BlockArgument shadow : derivative.getArguments()) {
    unsigned i = shadow.getArgNumber();
    auto of = derivative.getArgAttrOfType<IntegerAttr>(i, "ad.of");
    if (of && of.getInt() == argument.getArgNumber())
      return shadow;
  }
  return {};
}

bool AdjointBuilder::touchesShadows(Operation *op) {
  return op
      ->walk([&](Operation *inner) {
        Value place;
        if (auto load = dyn_cast<LoadOp>(inner))
          place = activity.isUseful(load.getValue()) ? load.getPlace() : Value();
        if (auto store = dyn_cast<StoreOp>(inner))
          place = store.getPlace();
        return place && shadowOf(place) ? WalkResult::interrupt()
                                        : WalkResult::advance();
      })
      .wasInterrupted();
}

bool AdjointBuilder::shadowMayVanish() {
  if (b.getInsertionBlock() != &derivative.front())
    return true;
  return derivative
      .walk([](StoreOp store) {
        auto constant = realConstant(store.getValue());
        return constant && constant->isZero() && isDerivativeOp(store)
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      })
      .wasInterrupted();
}

void AdjointBuilder::reverseLoad(LoadOp op, Adjoints &adjoints) {
  Value shadow = shadowOf(op.getPlace());
  if (!shadow)
    return;
  adjoints.memory.push_back({shadow, adjoints.lookup(op.getValue())});
}

void AdjointBuilder::reverseStore(StoreOp op, Adjoints &adjoints) {
  Value shadow = shadowOf(op.getPlace());
  if (!shadow)
    return;
  beginStatement(op.getLoc(), adjoints);
  flushMemory(adjoints);
  Value y_bar = LoadOp::create(b, *adjoints.loc, shadow);
  adjoints.memory.push_back({shadow, Value()});
  accumulate(op.getValue(), y_bar, adjoints);
}

static bool isContentOf(Value value, Value shadow) {
  auto load = value.getDefiningOp<LoadOp>();
  return load && load.getPlace() == shadow;
}

/// shadow = value, where null stands for zero, and nothing was written to the
/// shadow since `value` read it: `y_bar = y_bar` is nothing, `y_bar = y_bar + e`
/// adds e.
static void assign(OpBuilder &b, Location loc, Value shadow, Value value) {
  if (!value)
    value = createConstant(b, loc, cast<PlaceType>(shadow.getType()).getElement(),
                           0);
  if (isContentOf(value, shadow))
    return;
  if (auto sum = value.getDefiningOp<AddOp>())
    for (unsigned i : {0, 1})
      if (isContentOf(sum->getOperand(i), shadow)) {
        AccumulateOp::create(b, loc, sum->getOperand(1 - i), shadow);
        return;
      }
  StoreOp::create(b, loc, value, shadow);
}

void AdjointBuilder::flushMemory(Adjoints &adjoints) {
  auto pending = std::move(adjoints.memory);
  adjoints.memory.clear();
  llvm::DenseSet<Value> done;
  for (auto [shadow, contribution] : pending) {
    if (contribution || !done.insert(shadow).second)
      continue;
    // y_bar = 0; y_bar += e
    Value sum;
    for (auto &[other, term] : pending)
      if (other == shadow && term) {
        sum = sum ? (Expr(sum, b, *adjoints.loc) + Expr(term, b, *adjoints.loc))
                        .value
                  : term;
        term = Value();
      }
    assign(b, *adjoints.loc, shadow, sum);
  }
  for (auto [shadow, contribution] : pending)
    if (contribution)
      AccumulateOp::create(b, *adjoints.loc, contribution, shadow);
}

void AdjointBuilder::removeEffects(Block &block) {
  SmallVector<Operation *> effects;
  bool changesMemory = primal
                           .walk([](StoreOp) { return WalkResult::interrupt(); })
                           .wasInterrupted();
  block.walk([&](Operation *op) {
    auto call = dyn_cast<CallOp>(op);
    if (isa<StoreOp, StatementOp>(op))
      effects.push_back(op);
    else if ((isa<LoadOp>(op) && changesMemory) ||
             (call && call.getEffects()))
      op->setAttr(replayMark, UnitAttr::get(op->getContext()));
    // To be erased where a tape replaces its results.
    if (call)
      call.setEffects(false);
  });
  for (Operation *op : effects)
    op->erase();
}

LogicalResult AdjointBuilder::checkReplays() {
  WalkResult result = derivative.walk([&](Operation *op) {
    if (!op->hasAttr(replayMark))
      return WalkResult::advance();
    emitError(op->getLoc()) << formatMessage(
        isa<LoadOp>(op) ? Diag::ReplayedLoad : Diag::ReplayedEffect, {});
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}
