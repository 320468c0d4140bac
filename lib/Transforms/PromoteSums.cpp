//===- PromoteSums.cpp - Sums into one place are added up in a local ------===//
//
// A sum that a loop adds to one place stays in a register until the loop is over.
// In memory every trip would wait for the trip before it, and a compiler that cannot
// tell what else the place may be cannot vectorize the loop.
//
//   for (j) x_bar[i] += a[j] * t;      double x_bar_i = 0;
//                                  →   for (j) x_bar_i += a[j] * t;
//                                      x_bar[i] += x_bar_i;
//
// The place need not exist if the loop has no trip (`x` may be empty): then it is
// touched only if there was one, unless the trip of the outer loop touches it anyway.
//
// Scalar replacement, see Kennedy & Allen, Optimizing Compilers for Modern
// Architectures (2001), chapter 8.
//
//===----------------------------------------------------------------------===//
#include "FreshLocals.h"
#include "LoopPlaces.h"
#include "ReadVariables.h"
#include "RegionResults.h"
#include "Reverse.h"
#include "TripCount.h"
#include "TripOrder.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

#include "mlir/IR/IRMapping.h"

namespace adgen {
#define GEN_PASS_DEF_PROMOTESUMS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Which sums
//===----------------------------------------------------------------------===//

/// Whether `op` may use or change what is at `place` other than by adding to it.
static bool mayUse(Operation *op, Value place) {
  if (op->getNumRegions() || isa<AccumulateOp>(op) || isMemoryEffectFree(op) ||
      isa<TapeOp, RecordOp, PlaybackOp, QueryOp>(op))
    return false;
  if (isa<LoadOp, StoreOp>(op))
    return mayOverlap(accessedPlace(op), place, When::SameTrip);
  // A new object is none that is there already.
  if (isa<VarOp>(op) && op->getNumOperands() == 0)
    return false;
  bool isPlain = isa<VarOp, CallOp, StatementOp, SwapOp>(op);
  return !isPlain || llvm::any_of(op->getOperands(), [&](Value operand) {
    return isa<PlaceType>(operand.getType()) && mayReach(operand, place);
  });
}

static bool mayPromote(AccumulateOp sum, ForOp loop) {
  Value place = sum.getPlace();
  // A number of the function's own is in a register as it is.
  if (place.getDefiningOp<VarOp>() || !isPureOf(place, loop))
    return false;
  return !loop
              .walk([&](Operation *op) {
                return mayUse(op, place) ? WalkResult::interrupt()
                                         : WalkResult::advance();
              })
              .wasInterrupted();
}

//===----------------------------------------------------------------------===//
// Promotion
//===----------------------------------------------------------------------===//

namespace {
/// What a loop adds to one place.
struct Sum {
  Value place;
  Location loc;
  SmallVector<AccumulateOp> terms;
};
} // namespace

/// The sums directly in the body: what a branch of it adds is added conditionally.
static SmallVector<Sum> findSums(ForOp loop) {
  SmallVector<Sum> sums;
  for (auto term : loop.block()->getOps<AccumulateOp>()) {
    auto same = llvm::find_if(sums, [&](const Sum &sum) {
      return isSamePlace(sum.place, term.getPlace());
    });
    if (same != sums.end())
      same->terms.push_back(term);
    else if (mayPromote(term, loop))
      sums.push_back({term.getPlace(), term.getLoc(), {term}});
  }
  return sums;
}

/// `total`, the content of `local`, after the term, which goes.
static Value addTerm(Value total, AccumulateOp term, LocalAttr local) {
  OpBuilder b(term);
  Expr before(total, b, term.getLoc());
  auto negated = term.getValue().getDefiningOp<NegOp>();
  total = negated ? (before - before.with(negated.getX())).value
                  : (before + before.with(term.getValue())).value;
  total = LetOp::create(b, term.getLoc(), total, local);
  term.erase();
  if (negated && negated->use_empty())
    negated->erase();
  return total;
}

/// `left`: what the sums of inner loops are added to.
static void promote(ForOp loop, FreshLocals &fresh, llvm::DenseSet<Operation *> &left) {
  SmallVector<Sum> sums = findSums(loop);
  if (sums.empty())
    return;
  // In the order in which the function reads the places, which the reverse sweep turns
  // round. What an inner loop leaves is in that order.
  if (llvm::none_of(sums, [&](const Sum &sum) { return left.contains(sum.terms.front()); }))
    std::reverse(sums.begin(), sums.end());
  OpBuilder b(loop);
  Operation *yield = loop.block()->getTerminator();
  unsigned first = loop.getNumResults();
  SmallVector<Value> zeros;
  SmallVector<Attribute> locals;
  for (Sum &sum : sums) {
    Type type = sum.terms.front().getValue().getType();
    zeros.push_back(createConstant(b, sum.loc, type, 0));
    LocalAttr local = fresh.create(nameOfPlace(sum.place, "sum"), spelling(type));
    locals.push_back(local);
    Value total = loop.block()->addArgument(type, sum.loc);
    for (AccumulateOp term : sum.terms) {
      left.erase(term);
      total = addTerm(total, term, local);
    }
    yield->insertOperands(yield->getNumOperands(), total);
  }
  loop = cast<ForOp>(
      addResults(loop, zeros, ValueRange(zeros).getTypes(), locals));

  b.setInsertionPointAfter(loop);
  OpBuilder guarded = b;
  bool isGuarded = false;
  for (auto [sum, total] :
       llvm::zip(sums, loop.getResults().drop_front(first))) {
    bool exists = existsBeside(loop, sum.place);
    if (!exists && !isGuarded) {
      guarded.setInsertionPointToStart(createIfTrips(b, loop));
      isGuarded = true;
    }
    OpBuilder &to = exists ? b : guarded;
    IRMapping mapping;
    Value place = computeOutside(sum.place, loop, to, mapping);
    left.insert(AccumulateOp::create(to, withoutQuote(sum.loc), total, place));
  }
}

namespace {
struct PromoteSums : adgen::impl::PromoteSumsBase<PromoteSums> {
  void runOnOperation() override {
    // Inner loops first: what they add up is a sum of the loop around.
    SmallVector<ForOp> loops = loopsOfDerivative(getOperation());
    FreshLocals fresh(getOperation());
    llvm::DenseSet<Operation *> left;
    for (ForOp loop : loops)
      promote(loop, fresh, left);
  }
};
} // namespace
