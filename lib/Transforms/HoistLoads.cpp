//===- HoistLoads.cpp - What all trips read is read in front of the loop --===//
//
//   for (j) {                               const double x_i = x[i];
//     d = x[i] - x[j];                      for (j) {
//     …                                →      d = x_i - x[j];
//     x_bar[j] -= d_bar;                      …
//     x_bar_i += d_bar;                       x_bar[j] -= d_bar;
//   }                                         x_bar_i += d_bar;
//                                           }
//
// An object and its shadow are two, but a compiler cannot know that: after each store to
// the shadow it reads the object again. Done where it could not do so itself, in innermost
// loops with several such reads. The pairs of the Lennard-Jones energy: 0.8 of the time with
// GCC, 0.85 with Clang.
//
// Where the loop may have no trip the place may not exist.
//
//===----------------------------------------------------------------------===//
#include "FreshLocals.h"
#include "KeepLoads.h"
#include "LoopPlaces.h"
#include "ReadVariables.h"
#include "Reverse.h"
#include "TripCount.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_HOISTLOADS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

/// With fewer reads there is little to gain, with more there are not enough registers.
static constexpr size_t fewest = 2, most = 12;

/// Whether a compiler knows which accesses are to the object: a variable on the stack, or
/// what the user says that no other pointer leads to. That does not say where the elements
/// of a container are.
static bool isKnownApart(Value place) {
  for (Operation *op = place.getDefiningOp(); op && op->getNumOperands();
       op = op->getOperand(0).getDefiningOp())
    if (isa<AccessOp>(op))
      return false;
  SmallVector<Value> roots = rootsOf(place);
  if (roots.size() != 1 || !roots[0])
    return false;
  auto argument = dyn_cast<BlockArgument>(roots[0]);
  if (!argument)
    return bool(roots[0].getDefiningOp<VarOp>());
  auto function = cast<func::FuncOp>(argument.getOwner()->getParentOp());
  return bool(function.getArgAttr(argument.getArgNumber(), "ad.restrict"));
}

namespace {
/// The reads of one place in a loop, which all trips do.
struct Read {
  Value place;
  SmallVector<LoadOp> loads;
};
} // namespace

static SmallVector<Read> findReads(ForOp loop) {
  SmallVector<Read> reads;
  for (auto load : loop.block()->getOps<LoadOp>()) {
    Value place = load.getPlace();
    if (!isReal(load.getType()) || !isPureOf(place, loop) || isKnownApart(place))
      continue;
    auto *same = llvm::find_if(
        reads, [&](const Read &read) { return isSamePlace(read.place, place); });
    if (same == reads.end())
      reads.push_back({place, {load}});
    else
      same->loads.push_back(load);
  }
  return reads;
}

/// Whether the loop is an innermost one, and writes what a compiler cannot tell from what
/// it reads.
static bool hidesReads(ForOp loop) {
  bool writes = false;
  WalkResult walk = loop.walk([&](Operation *op) {
    Value place = writtenPlace(op);
    writes |= place && isReal(contentOf(place)) && isDerivativeOp(op) && !isKnownApart(place);
    return op != loop && isLoop(op) ? WalkResult::interrupt() : WalkResult::advance();
  });
  return writes && !walk.wasInterrupted();
}

static void hoistLoads(ForOp loop, FreshLocals &fresh) {
  if (!hidesReads(loop))
    return;
  SmallVector<Read> reads = findReads(loop);
  if (reads.size() < fewest || reads.size() > most)
    return;
  llvm::erase_if(reads, [&](const Read &read) {
    return !existsBeside(loop, read.place) || !isInvariant(read.loads.front(), loop);
  });
  if (reads.size() < fewest)
    return;
  // The reverse sweep reads the adjoints in the opposite order.
  auto adjoints = std::stable_partition(reads.begin(), reads.end(), [](const Read &read) {
    return !isDerivativeOp(read.loads.front());
  });
  std::reverse(adjoints, reads.end());
  OpBuilder b(loop);
  IRMapping mapping;
  for (const Read &read : reads) {
    LoadOp first = read.loads.front();
    Location loc = withoutQuote(first.getLoc());
    Value place = computeOutside(read.place, loop, b, mapping);
    Value value = LoadOp::create(b, loc, place);
    LocalAttr local = fresh.create(nameOfPlace(read.place, "t"), spelling(value.getType()));
    value = LetOp::create(b, loc, value, local);
    for (LoadOp load : read.loads) {
      load.replaceAllUsesWith(value);
      load.erase();
    }
  }
}

namespace {
struct HoistLoads : adgen::impl::HoistLoadsBase<HoistLoads> {
  void runOnOperation() override {
    FreshLocals fresh(getOperation());
    for (ForOp loop : loopsOfDerivative(getOperation()))
      hoistLoads(loop, fresh);
  }
};
} // namespace
