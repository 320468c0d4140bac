//===- ReuseSums.cpp - Adjoints that are the function's own sums ----------===//
//
// What every term of a sum depends on in the same way, as the shift of a
// softmax, has for its adjoint a multiple of the sum itself, which the forward
// sweep has added up.
//
//   double s = 0;                              double s = 0;
//   for (i) s += e_tape[i] = exp(x[i] - m);    for (i) s += e_tape[i] =
//   exp(x[i] - m); double m_bar = seed;                   → for (i) { for (i)
//     x_bar[i] += e_tape[i] * s_bar;             x_bar[i] += e_tape[i] * s_bar;
//     m_bar -= e_tape[i] * s_bar;
//   }                                          double m_bar = seed - s * s_bar;
//
// A sum of multiples is taken for the multiple of a sum, which rounds
// otherwise; the order of an adjoint's sum is nobody's (see SplitSums.cpp).
// Where `s` is not finite, or `s_bar` is not, neither is the derivative.
//
//===----------------------------------------------------------------------===//
#include "CarriedSums.h"
#include "ReadVariables.h"
#include "SimplifyRegionsErase.h"
#include "TripCount.h"

#include "adgen/Analysis/IndexForm.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Dialect/Expr.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_REUSESUMS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {

/// A loop, and one in front of it that has the same trips.
struct SameTrips {
  ForOp first, second;

  /// Whether `x` of a trip of the first loop is `z` of that trip of the second.
  bool areEqual(Value x, Value z);
  /// Whether `value`, of a trip of the first loop, is what `playback` reads.
  bool isRecorded(Value value, PlaybackOp playback);
};

/// `value` times what does not change in the loop.
struct Multiple {
  Value value;
  SmallVector<Value, 2> factors;
  bool isNegative = false;
};

} // namespace

bool SameTrips::isRecorded(Value value, PlaybackOp playback) {
  auto tape = playback.getTape().getDefiningOp<TapeOp>();
  if (!tape || !tape.getSize())
    return false;
  RecordOp record;
  for (Operation *user : tape->getUsers())
    if (auto other = dyn_cast<RecordOp>(user)) {
      if (record)
        return false;
      record = other;
    }
  return record && record->getBlock() == first.block() &&
         withoutLets(record.getValue()) == value &&
         areEqual(record.getIndex(), playback.getIndex());
}

bool SameTrips::areEqual(Value x, Value z) {
  x = withoutLets(x);
  z = withoutLets(z);
  if (x == first.induction())
    return z == second.induction();
  if (isOutside(x, first) || isOutside(z, second))
    return x == z || isSameExpression(x, z);
  if (auto playback = z.getDefiningOp<PlaybackOp>())
    return isRecorded(x, playback);
  Operation *op = x.getDefiningOp(), *other = z.getDefiningOp();
  return op && other && isPure(op) && op->getNumOperands() &&
         op->getNumRegions() == 0 && op->getName() == other->getName() &&
         x.getType() == z.getType() &&
         op->getAttrDictionary() == other->getAttrDictionary() &&
         llvm::equal(op->getOperands(), other->getOperands(),
                     [&](Value a, Value b) { return areEqual(a, b); });
}

static Multiple multipleIn(Value value, ForOp loop) {
  Multiple multiple{value, {}};
  while (true) {
    multiple.value = withoutLets(multiple.value);
    Operation *op = multiple.value.getDefiningOp();
    if (isa_and_present<NegOp>(op)) {
      multiple.isNegative = !multiple.isNegative;
      multiple.value = op->getOperand(0);
      continue;
    }
    if (!isa_and_present<MulOp>(op) || !loop->isAncestor(op))
      return multiple;
    Value x = op->getOperand(0), z = op->getOperand(1);
    if (isOutside(x, loop))
      std::swap(x, z);
    if (!isOutside(z, loop))
      return multiple;
    multiple.factors.push_back(z);
    multiple.value = x;
  }
}

/// The loops in front of `loop`, in its block, that have the same trips.
static SmallVector<ForOp> loopsLike(ForOp loop) {
  SmallVector<ForOp> same;
  for (Operation &op : *loop->getBlock()) {
    auto other = dyn_cast<ForOp>(op);
    if (other == loop)
      break;
    if (other && other.getNumResults() &&
        other.getPredicate() == loop.getPredicate() &&
        other.getStep() == loop.getStep() &&
        isSameExpression(other.getLower(), loop.getLower()) &&
        isSameExpression(other.getUpper(), loop.getUpper()))
      same.push_back(other);
  }
  return same;
}

/// What `sum` of `loop` adds up, if it is a multiple of what a loop in front of
/// it did.
static std::optional<Expr> totalOf(const CarriedSum &sum, ForOp loop,
                                   ArrayRef<ForOp> others, Expr formula) {
  auto [term, isNegative] = sum.terms.front();
  Multiple multiple = multipleIn(term, loop);
  for (ForOp other : others)
    for (unsigned i = 0; i != other.getNumResults(); ++i) {
      // What the sum was before would have to be taken away, which cancels.
      auto before = realConstant(withoutLets(other.getInits()[i]));
      CarriedSum own;
      if (!before || !before->isZero() || !findSum(other, i, own) ||
          own.terms.size() != 1 || own.terms.front().second ||
          own.terms.front().first.getType() != multiple.value.getType() ||
          !SameTrips{other, loop}.areEqual(own.terms.front().first,
                                           multiple.value))
        continue;
      Expr total = formula.with(other.getResult(i));
      for (Value factor : multiple.factors)
        total = total * total.with(factor);
      return isNegative != multiple.isNegative ? -total : total;
    }
  return std::nullopt;
}

/// Returns whether there was a sum to take; the loop's own is not read any more then.
static bool reuseSums(ForOp loop) {
  bool hasChanged = false;
  SmallVector<ForOp> others;
  OpBuilder b(loop->getContext());
  b.setInsertionPointAfter(loop);
  for (unsigned i = 0; i != loop.getNumResults(); ++i) {
    CarriedSum sum;
    Value result = loop.getResult(i);
    if (result.use_empty() || !findSum(loop, i, sum) || !isOfDerivative(sum, loop, i) ||
        sum.terms.size() != 1)
      continue;
    if (others.empty())
      others = loopsLike(loop);
    Location loc = withoutQuote(sum.additions.front()->getLoc());
    Expr before(loop.getInits()[i], b, loc);
    std::optional<Expr> total = totalOf(sum, loop, others, before);
    if (!total)
      continue;
    Value whole = (before + *total).value;
    bool isAdded = result.hasOneUse() && isa<AccumulateOp>(*result.user_begin());
    if (!isAdded)
      whole = LetOp::create(b, loc, whole, getLocal(*loop.getLocals(), i));
    result.replaceAllUsesWith(whole);
    hasChanged = true;
  }
  return hasChanged;
}

namespace {
struct ReuseSums : adgen::impl::ReuseSumsBase<ReuseSums> {
  void runOnOperation() override {
    bool hasChanged = false;
    for (ForOp loop : loopsOfDerivative(getOperation()))
      hasChanged |= reuseSums(loop);
    if (hasChanged)
      eraseUnread(getOperation());
  }
};
} // namespace
