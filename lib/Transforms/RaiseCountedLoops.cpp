//===- RaiseCountedLoops.cpp - Counted loops to ad.for --------------------===//
//
// A loop whose trips are known on entry becomes an `ad.for`:
//
//     ad.while "for" carry(%i0, %s) head { next %i < %n }    →
//         body { … } step { next true, %i + 1 }
//     ad.for i = %i0 lt %n step 1 carry(%s) { … }
//
// 1. Compare the counter itself: `i < n - 1` for `i + 1 < n`. Find the header that
//    counts (Analysis/CountedLoop).
// 2. Move the computation of its bound in front of the loop, where the head
//    runs first anyway; also if the loop has other exits and stays a `while`.
// 3. If nothing else leaves the loop and nobody reads the last value of the
//    induction variable: body and step become the body of an `ad.for`.
//
// Requires value form. Loops that it does not recognize stay, and are counted
// when they run.
//
//===----------------------------------------------------------------------===//
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

/// The comparison `i + move < n`, or of another predicate, as `i < n - move`. Signed
/// numbers near their ends overflow in either form; unsigned ones are less than
/// `n < move ? 0 : n - move`, where `i + move <= n` is `i + (move - 1) < n`. Null where
/// that is not the same.
static Value createIsolated(OpBuilder &b, Location loc, Predicate predicate,
                            Value counter, Value bound, APInt move) {
  auto type = cast<IntType>(bound.getType());
  auto compare = [&](Predicate by, Value with) {
    return CompareOp::create(b, loc, b.getI1Type(), by, counter, with);
  };
  if (type.getIsSigned())
    return compare(predicate, plusConstant(b, loc, bound, -move.getSExtValue()));
  if (predicate == Predicate::le && move.isStrictlyPositive())
    --move;
  else if (predicate != Predicate::lt)
    return {};
  if (move.isNegative())
    return {};
  if (move.isZero())
    return compare(Predicate::lt, bound);
  Value size = createConstant(b, loc, type, move.getSExtValue());
  Value isLess =
      CompareOp::create(b, loc, b.getI1Type(), Predicate::lt, bound, size);
  Value zero = createConstant(b, loc, type, 0);
  Value rest = SubOp::create(b, loc, type, bound, size);
  return compare(Predicate::lt, SelectOp::create(b, loc, isLess, zero, rest));
}

/// The counter of `i + c` and `i - c`, and what is added to it.
static std::pair<Value, APInt> counterOf(Value value, WhileOp loop) {
  Operation *op = value.getDefiningOp();
  if (!isa_and_nonnull<AddOp, SubOp>(op) || op->getBlock() != loop.headBlock() ||
      !isa<BlockArgument>(op->getOperand(0)) ||
      op->getOperand(0).getType() != value.getType())
    return {Value(), APInt()};
  auto amount = intConstant(op->getOperand(1));
  if (!amount || amount->isNegative() || amount->getSignificantBits() > 32)
    return {Value(), APInt()};
  return {op->getOperand(0), isa<AddOp>(op) ? *amount : -*amount};
}

/// Lets the header compare the counter where it compares the counter and a
/// constant; only if that is what makes it a header that counts.
static void isolateCounter(WhileOp loop) {
  auto head = cast<NextOp>(loop.headBlock()->getTerminator());
  auto compare = head.getGo().getDefiningOp<CompareOp>();
  if (!compare || !isa<IntType>(compare.getX().getType()))
    return;
  Predicate predicate = compare.getPredicate();
  Value bound = compare.getZ();
  auto [counter, move] = counterOf(compare.getX(), loop);
  if (!counter) {
    std::tie(counter, move) = counterOf(compare.getZ(), loop);
    bound = compare.getX();
    predicate = mirrored(predicate);
  }
  if (!counter)
    return;
  OpBuilder b(compare);
  Value isolated =
      createIsolated(b, compare.getLoc(), predicate, counter, bound, move);
  if (!isolated)
    return;
  head.getGoMutable().assign(isolated);
  if (!matchCountedHeader(loop))
    head.getGoMutable().assign(compare);
  else if (compare->use_empty())
    compare.erase();
}

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

  auto results = without(loop.getResults(), header.index);
  for (auto [old, result] : llvm::zip_equal(results, raised.getResults()))
    old.replaceAllUsesWith(result);
  loop.erase();
}

namespace {
struct RaiseCountedLoops
    : adgen::impl::RaiseCountedLoopsBase<RaiseCountedLoops> {
  void runOnOperation() override {
    getOperation().walk([](WhileOp loop) {
      isolateCounter(loop);
      std::optional<CountedHeader> header = matchCountedHeader(loop);
      if (!header)
        return;
      hoist(header->upper, loop);
      LocalAttr counter = getLocal(loop.getLocalsAttr(), header->index);
      if (counter && isCounted(loop) &&
          loop.getResult(header->index).use_empty())
        raise(loop, *header, counter);
    });
    simplifyRegions(getOperation());
  }
};
} // namespace
