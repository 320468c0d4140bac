//===- TrimTrips.cpp - Trips that do nothing are left out -----------------===//
//
// A loop over pairs has nothing to do in its first trip:
//
//   for (i = 0; i < n; ++i)            for (i = 1; i < n; ++i)
//     for (j = 0; j < i; ++j)     →      for (j = 0; j < i; ++j)
//       x_bar[j] += …;                     x_bar[j] += …;
//
// What comes in front of the inner loop, or behind it, then need not ask whether that has a
// trip. The user's loops stay as they are.
//
//===----------------------------------------------------------------------===//
#include "ReadVariables.h"
#include "TripCount.h"

#include "adgen/Analysis/Slots.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_TRIMTRIPS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

static std::optional<int64_t> smallConstant(Value value) {
  auto constant = intConstant(value);
  return constant && constant->getSignificantBits() < 32
             ? std::optional(constant->getSExtValue())
             : std::nullopt;
}

/// What the value is where `counter` is `at`, if that is all it depends on.
static std::optional<int64_t> valueAt(Value value, Value counter, int64_t at) {
  if (value == counter)
    return at;
  Operation *op = value.getDefiningOp();
  if (!isa_and_present<AddOp, SubOp>(op) || !cast<IntType>(value.getType()).getIsSigned())
    return smallConstant(value);
  auto x = valueAt(op->getOperand(0), counter, at), z = valueAt(op->getOperand(1), counter, at);
  if (!x || !z)
    return {};
  return isa<AddOp>(op) ? *x + *z : *x - *z;
}

/// Whether the loop has no trip where `counter` is `at`.
static bool isIdle(ForOp loop, Value counter, int64_t at) {
  auto lower = valueAt(loop.getLower(), counter, at), upper = valueAt(loop.getUpper(), counter, at);
  if (!lower || !upper)
    return false;
  switch (loop.getPredicate()) {
  case Predicate::lt:
    return *lower >= *upper;
  case Predicate::le:
    return *lower > *upper;
  case Predicate::gt:
    return *lower <= *upper;
  case Predicate::ge:
    return *lower < *upper;
  default:
    return false;
  }
}

/// Whether the trip of the loop at the counter `at` changes nothing: what it computes is for
/// inner loops that have no trip there.
static bool isIdleTrip(ForOp loop, int64_t at) {
  bool hasInner = false;
  for (Operation &op : loop.block()->without_terminator()) {
    if (auto inner = dyn_cast<ForOp>(op)) {
      if (!isIdle(inner, loop.induction(), at))
        return false;
      hasInner = true;
    } else if (op.getNumRegions() ||
               !(isMemoryEffectFree(&op) || isa<LoadOp, PlaybackOp, QueryOp>(op))) {
      return false;
    }
  }
  // What is carried on is what came in.
  auto isHandedOn = [&](unsigned slot) {
    Value value = handedOn(loop.getBody(), slot);
    while (auto inner = value.getDefiningOp<ForOp>())
      value = inner.getInits()[cast<OpResult>(value).getResultNumber()];
    return value == loop.block()->getArgument(1 + slot);
  };
  return hasInner && llvm::all_of(llvm::seq(loop.getNumResults()), isHandedOn);
}

static bool isOfDerivative(ForOp loop) {
  return loop
      .walk([](Operation *op) {
        return isDerivativeOp(op) ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

static void trim(ForOp loop) {
  auto first = smallConstant(loop.getLower());
  bool countsUp = int64_t(loop.getStep()) == 1 && (loop.getPredicate() == Predicate::lt ||
                                                   loop.getPredicate() == Predicate::le);
  if (!first || !countsUp || !isOfDerivative(loop))
    return;
  int64_t lower = *first;
  while (lower < *first + 2 && isIdleTrip(loop, lower))
    ++lower;
  if (lower == *first)
    return;
  OpBuilder b(loop);
  loop.getLowerMutable().assign(
      createConstant(b, loop.getLoc(), loop.getLower().getType(), lower));
}

namespace {
struct TrimTrips : adgen::impl::TrimTripsBase<TrimTrips> {
  void runOnOperation() override {
    for (ForOp loop : loopsOfDerivative(getOperation()))
      trim(loop);
  }
};
} // namespace
