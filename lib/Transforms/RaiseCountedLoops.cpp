//===- RaiseCountedLoops.cpp - Counted loops to ad.for --------------------===//
//
// A loop whose trips are known on entry becomes an `ad.for`:
//
//     ad.while "for" carry(%i0, %s) head { next %i < %n }    →
//         body { … } step { next true, %i + 1 }
//     ad.for i = %i0 lt %n step 1 carry(%s) { … }
//
// 1. Let the step count and the head compare the counter (CountingForm). Find the
//    header that counts (Analysis/CountedLoop).
// 2. Move the computation of its bound in front of the loop, where the head
//    runs first anyway; also if the loop has other exits and stays a `while`.
// 3. If nothing else leaves the loop: body and step become the body of an `ad.for`,
//    and the last value of the induction variable follows from its bounds.
//
// Requires value form. Loops that it does not recognize stay, and are counted
// when they run.
//
//===----------------------------------------------------------------------===//
#include "CountingForm.h"
#include "FreshLocals.h"
#include "SimplifyRegions.h"
#include "TripCount.h"
#include "adgen/Analysis/CountedLoop.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_RAISECOUNTEDLOOPS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

/// Moves the computation of an invariant value out of the loop's head.
static void hoist(Value value, WhileOp loop) {
  Operation *op = value.getDefiningOp();
  if (!op || op->getBlock() != loop.headBlock())
    return;
  for (Value operand : op->getOperands())
    hoist(operand, loop);
  op->moveBefore(loop);
}

/// The first value of the loop's own variable; its declaration is the header.
static Value withoutLet(Value value, LocalAttr local) {
  while (auto let = value.getDefiningOp<LetOp>()) {
    if (let.getLocal() != local)
      break;
    value = let.getValue();
  }
  return value;
}

template <class Range> static auto without(Range &&range, unsigned index) {
  SmallVector<std::decay_t<decltype(*range.begin())>> kept(range.begin(),
                                                           range.end());
  kept.erase(kept.begin() + index);
  return kept;
}

/// Moves the block's operations behind those of `to`, its arguments replaced,
/// and returns what it hands on.
static SmallVector<Value> append(Block *block, ArrayRef<Value> values,
                                 Block *to) {
  for (auto [argument, value] : llvm::zip_equal(block->getArguments(), values))
    argument.replaceAllUsesWith(value);
  auto next = cast<NextOp>(block->getTerminator());
  SmallVector<Value> handedOn(next.getValues());
  next.erase();
  to->getOperations().splice(to->end(), block->getOperations());
  return handedOn;
}

/// The counter's value behind the loop: `std::max(lower, n)` for `i < n` in steps of one.
/// Null for other steps.
static Value createFinal(OpBuilder &b, Location loc, const CountedHeader &header) {
  bool isInclusive = header.predicate == Predicate::le ||
                     header.predicate == Predicate::ge;
  if (std::abs(header.step) != 1)
    return {};
  Value end = plusConstant(b, loc, header.upper, isInclusive ? header.step : 0);
  Value hasTrips = CompareOp::create(
      b, loc, b.getI1Type(), header.predicate, header.lower, header.upper);
  return SelectOp::create(b, loc, hasTrips, end, header.lower);
}

static void raise(WhileOp loop, const CountedHeader &header,
                  LocalAttr counter) {
  OpBuilder b(loop);
  ArrayAttr locals = loop.getLocalsAttr();
  if (locals)
    locals = b.getArrayAttr(without(locals.getValue(), header.index));
  auto raised = ForOp::create(
      b, loop.getLoc(), without(loop.getResultTypes(), header.index),
      withoutLet(header.lower, counter), header.upper,
      b.getI64IntegerAttr(header.step),
      PredicateAttr::get(b.getContext(), header.predicate),
      without(loop.getInits(), header.index), counter, locals,
      /*reversed=*/UnitAttr());

  Block *body = b.createBlock(&raised.getBody());
  Location loc = loop.getLoc();
  SmallVector<Value> values;
  Value induction = body->addArgument(header.lower.getType(), loc);
  for (unsigned i = 0; i != loop.getNumResults(); ++i)
    values.push_back(i == header.index
                         ? induction
                         : body->addArgument(loop.getResult(i).getType(), loc));
  values = append(loop.bodyBlock(), values, body);
  values = append(loop.stepBlock(), values, body);
  b.setInsertionPointToEnd(body);
  YieldOp::create(b, loc, without(values, header.index));

  b.setInsertionPointAfter(raised);
  if (Value last = loop.getResult(header.index); !last.use_empty())
    last.replaceAllUsesWith(createFinal(b, loc, header));
  auto results = without(loop.getResults(), header.index);
  for (auto [old, result] : llvm::zip_equal(results, raised.getResults()))
    old.replaceAllUsesWith(result);
  loop.erase();
}

namespace {
struct RaiseCountedLoops
    : adgen::impl::RaiseCountedLoopsBase<RaiseCountedLoops> {
  void runOnOperation() override {
    FreshLocals fresh(getOperation());
    SmallVector<WhileOp> loops;
    getOperation().walk([&](WhileOp loop) { loops.push_back(loop); });
    for (WhileOp loop : loops) {
      loop = bringIntoCountingForm(loop, fresh);
      std::optional<CountedHeader> header = matchCountedHeader(loop);
      if (!header)
        continue;
      hoist(header->upper, loop);
      LocalAttr counter = getLocal(loop.getLocalsAttr(), header->index);
      if (counter && isCounted(loop) &&
          (loop.getResult(header->index).use_empty() ||
           std::abs(header->step) == 1))
        raise(loop, *header, counter);
    }
    simplifyRegions(getOperation());
  }
};
} // namespace
