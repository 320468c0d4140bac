//===- TripOrder.cpp - Loops whose trips may run in any order -------------===//
//
// Trips of a reversed loop come in the opposite order, unless none needs what
// another one did: each only adds to the adjoints that it carries, and to shadows
// that no other trip reads or overwrites.
//
//===----------------------------------------------------------------------===//
#include "TripOrder.h"
#include "ReadVariables.h"

#include "adgen/Analysis/Shapes.h"

using namespace mlir;
using namespace adgen;

/// The uses of a value, of those that somebody needs if that is known.
static unsigned countUses(Value value, const LiveValues *live) {
  return llvm::count_if(value.getUses(), [&](OpOperand &use) {
    Operation *op = use.getOwner();
    return !live || live->isLive(op) || isa<YieldOp>(op);
  });
}

/// Whether `value` is `start` plus terms that do not depend on it; counts the
/// uses of `start` on the way.
static bool isAccumulation(Value value, Value start, unsigned &uses,
                           const LiveValues *live) {
  if (value == start) {
    ++uses;
    return true;
  }
  Operation *op = value.getDefiningOp();
  if (!op || countUses(value, live) != 1)
    return false;
  if (isa<LetOp>(op))
    return isAccumulation(op->getOperand(0), start, uses, live);
  if (isa<SubOp>(op))
    return isAccumulation(op->getOperand(0), start, uses, live);
  if (isa<AddOp>(op))
    return isAccumulation(op->getOperand(0), start, uses, live) ||
           isAccumulation(op->getOperand(1), start, uses, live);
  unsigned index = cast<OpResult>(value).getResultNumber();
  if (isa<IfOp, SwitchOp>(op))
    return llvm::all_of(op->getRegions(), [&](Region &region) {
      return isAccumulation(region.front().getTerminator()->getOperand(index),
                            start, uses, live);
    });
  if (auto loop = dyn_cast<ForOp>(op)) {
    Value carried = loop.block()->getArgument(index + 1);
    unsigned inner = 0;
    return isAccumulation(loop.getInits()[index], start, uses, live) &&
           isAccumulation(loop.block()->getTerminator()->getOperand(index),
                          carried, inner, live) &&
           inner == countUses(carried, live);
  }
  return false;
}

Value adgen::accessedPlace(Operation *op) {
  if (auto load = dyn_cast<LoadOp>(op))
    return load.getPlace();
  return writtenPlace(op);
}

bool adgen::isOrdered(Operation *x, Operation *z) {
  auto isRead = [](Operation *op) { return isa<LoadOp, PlaybackOp>(op); };
  bool areReads = isRead(x) && isRead(z);
  return !areReads && !(isa<AccumulateOp>(x) && isa<AccumulateOp>(z));
}

/// Whether the place is certainly in no shadow.
static bool isPrimal(Value place) {
  while (Operation *op = place.getDefiningOp()) {
    if (isa<VarOp, GlobalOp>(op))
      return true;
    if (!isa<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp, LoadOp>(op))
      return false;
    place = op->getOperand(0);
  }
  auto argument = cast<BlockArgument>(place);
  auto function =
      dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp());
  return function && !function.getArgAttr(argument.getArgNumber(), "ad.of");
}

/// Whether no trip reads or overwrites in memory what another one changes, other
/// than by adding to it. Of a primal that runs in its own order only the shadows
/// matter.
static bool hasIndependentTrips(ForOp loop, const LiveValues *live) {
  SmallVector<Operation *> accesses;
  bool isKnown = true;
  loop.walk([&](Operation *op) {
    if (live && !live->isLive(op))
      return;
    isKnown &= !isa<StatementOp, SwapOp>(op) && !isReshapedOutside(op, loop) &&
               !(isa<CallOp>(op) && !isPure(op) && !isMemoryEffectFree(op));
    Value place = accessedPlace(op);
    VarOp object = place ? localObject(place) : VarOp();
    if (live && place && isPrimal(place))
      return;
    if (place && !(object && loop->isAncestor(object)))
      accesses.push_back(op);
  });
  if (!isKnown)
    return false;
  for (Operation *x : accesses)
    for (Operation *z : accesses)
      if (isOrdered(x, z) && mayOverlap(accessedPlace(x), accessedPlace(z),
                                        When::LaterTrip, loop))
        return false;
  return true;
}

bool adgen::isOrderFree(ForOp loop, const LiveValues *live) {
  bool local = hasIndependentTrips(loop, live);
  loop.walk([&](PlaybackOp playback) {
    auto tape = playback.getTape().getDefiningOp<TapeOp>();
    // A frame's tape is complete.
    if (tape && (!live || live->isLive(playback.getOperation())))
      local &= loop->isAncestor(tape) || tape.getSize();
  });
  loop.walk([&](RecordOp record) {
    if (!live || live->isLive(record.getOperation()))
      local &= loop->isAncestor(record.getTape().getDefiningOp());
  });
  if (!local)
    return false;
  Block *body = loop.block();
  for (auto [argument, next] :
       llvm::zip(body->getArguments().drop_front(),
                 body->getTerminator()->getOperands())) {
    unsigned uses = 0;
    if (live && !live->isLive(Value(argument)))
      continue;
    if (!isAccumulation(next, argument, uses, live) ||
        uses != countUses(argument, live))
      return false;
  }
  return true;
}
