//===- LoopSlices.cpp - Parts of a loop that get a loop of their own ------===//
//
// What loop distribution asks (Kennedy & Allen, Optimizing Compilers for Modern
// Architectures, 2001, chapter 6): a part may run ahead of the rest if nothing that
// it reads is written in an earlier trip, or earlier in the same one, and if nothing
// else sees what it writes.
//
//===----------------------------------------------------------------------===//
#include "LoopSlices.h"
#include "TripCount.h"
#include "TripOrder.h"

#include "adgen/Analysis/Memory.h"

using namespace mlir;
using namespace adgen;

LoopSlices::LoopSlices(ForOp loop) : loop(loop) {
  for (Operation &op : loop.block()->without_terminator()) {
    if (isa<LoadOp, StoreOp, AccumulateOp>(op))
      accesses.push_back(&op);
    else if (op.getNumRegions() ||
             (!isMemoryEffectFree(&op) && !isa<PlaybackOp, QueryOp>(op)))
      plain = false;
  }
}

bool LoopSlices::meetAcrossTrips(Operation *x, Operation *z) const {
  Value a = accessedPlace(x), b = accessedPlace(z);
  return places.mayOverlap(a, b, When::LaterTrip, loop) ||
         places.mayOverlap(b, a, When::LaterTrip, loop);
}

bool LoopSlices::addSlice(Value value, Slice &slice) const {
  Operation *op = value.getDefiningOp();
  if (!op)
    // A carried value is another one in each trip.
    return value == loop.induction() || isOutside(value, loop);
  if (!loop->isAncestor(op) || slice.contains(op))
    return true;
  auto playback = dyn_cast<PlaybackOp>(op);
  auto tape = playback ? playback.getTape().getDefiningOp<TapeOp>() : TapeOp();
  bool isCheap =
      isa<LoadOp, LetOp, CastOp, ConstantOp, AddOp, SubOp, MulOp, NegOp,
          OffsetOp, ElementOp, MemberOp, AccessOp>(op) ||
      (tape && tape.getSize() && !loop->isAncestor(tape));
  if (!isCheap || !llvm::all_of(op->getOperands(), [&](Value operand) {
        return addSlice(operand, slice);
      }))
    return false;
  slice.insert(op);
  return true;
}

bool LoopSlices::meet(Operation *x, Operation *z) const {
  return meetAcrossTrips(x, z) ||
         places.mayOverlap(accessedPlace(x), accessedPlace(z));
}

bool LoopSlices::mayRunBehind(const Slice &slice) const {
  return llvm::all_of(slice, [&](Operation *load) {
    return !isa<LoadOp>(load) || llvm::none_of(accesses, [&](Operation *other) {
      return !isa<LoadOp>(other) && meet(load, other);
    });
  });
}

bool LoopSlices::mayRunAhead(const Slice &slice, AccumulateOp term) const {
  for (Operation *other : accesses) {
    if (term && !isa<AccumulateOp>(other) && meet(term, other))
      return false;
    if (isa<LoadOp>(other))
      continue;
    // What is overwritten in the same trip, behind the load, is there still.
    for (Operation *load : slice)
      if (isa<LoadOp>(load) &&
          (meetAcrossTrips(load, other) ||
           (other->isBeforeInBlock(load) && meet(load, other))))
        return false;
  }
  return true;
}

void LoopSlices::copy(const Slice &slice, ArrayRef<AccumulateOp> more,
                      OpBuilder &b, IRMapping &mapping) const {
  for (Operation &op : loop.block()->without_terminator())
    if (slice.contains(&op) || llvm::is_contained(more, &op))
      b.clone(op, mapping);
}

unsigned adgen::countArithmetic(const LoopSlices::Slice &slice, bool withLoads) {
  return llvm::count_if(slice, [&](Operation *op) {
    return isReal(op->getResult(0).getType()) && !isa<LetOp, ConstantOp>(op) &&
           (withLoads || !isa<LoadOp>(op));
  });
}
