//===- SplitSums.cpp - Adjoints are added up in no particular order -------===//
//
// The adjoint of a row that is added to another is a sum over both rows. Added up
// in order each term waits for the one before it, though the primal's loop was
// vectorized. The order of an adjoint's sum is nobody's: as several partial sums it is
// vectorized too, and so is what else the loop did.
//
//   double a_bar = 0;                      for (j) b_bar[j] += a * c_bar[j];
//   for (j) {                              double a_bar = sum_over(
//     b_bar[j] += a * c_bar[j];        →       0, n, [&](int j) {
//     a_bar += b[j] * c_bar[j];                  return b[j] * c_bar[j];
//   }                                          });
//
// Done where the terms are sums and products of elements that lie side by side, and
// nothing is left in the loop that keeps a compiler from vectorizing it. Never for the
// user's own sums, whose order is the user's. Measured with GCC on products of rows
// of 60 to 2000 numbers: three to six times as fast.
//
// Loop distribution, see Kennedy & Allen, Optimizing Compilers for Modern
// Architectures (2001), chapter 6; partial sums, chapter 5.
//
//===----------------------------------------------------------------------===//
#include "CarriedSums.h"
#include "LoopSlices.h"
#include "ReadVariables.h"
#include "RegionResults.h"
#include "TripCount.h"

#include "adgen/Analysis/IndexForm.h"
#include "adgen/Analysis/PrivateArrays.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Dialect/Expr.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_SPLITSUMS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

/// How many operations a term may take.
static constexpr unsigned cheap = 8;
/// How many operations may be computed both for a sum and for something else.
static constexpr unsigned repeated = 3;
/// Below, a loop is over before partial sums pay.
static constexpr int64_t fewTrips = 16;

namespace {
/// A sum that may get a place of its own.
struct Sum : CarriedSum {
  LoopSlices::Slice slice;
  /// Added up behind the loop, where the total is read; else ahead of it.
  bool isBehind = false;
};

/// The sums of one loop; all that it carries.
class Sums {
public:
  explicit Sums(ForOp loop) : loop(loop), slices(loop) {}

  bool areWorthSplitting();
  void split();

private:
  bool mayVectorize(const Sum &sum);
  bool mayVectorizeRest();
  unsigned countRepeated();
  bool isContiguous(Value place);
  bool isContiguous(Value index, bool mayStep, bool &steps);
  bool isQuotedInRest(Location loc);
  Value create(const Sum &sum, Location loc, OpBuilder &b);

  ForOp loop;
  LoopSlices slices;
  SmallVector<Sum> sums;
  llvm::SmallPtrSet<Operation *, 16> rest;
};
} // namespace

//===----------------------------------------------------------------------===//
// Which sums
//===----------------------------------------------------------------------===//

/// Whether the array there has fewer elements than are worth it. Compilers warn that
/// a block of partial sums would leave it.
static bool isSmall(Value place) {
  Type content = cast<PlaceType>(place.getType()).getElement();
  if (auto array = dyn_cast<ArrayType>(content))
    return array.getSize() < fewTrips;
  auto object = dyn_cast<ObjectType>(content);
  auto size = object ? sizeOfStdArray(object.getSpelling()) : std::nullopt;
  return size && *size < fewTrips;
}

/// Whether an index is the same in all trips, or (`steps`) one more in each.
bool Sums::isContiguous(Value index, bool mayStep, bool &steps) {
  IndexForm form = IndexForm::of(index);
  for (const Symbol &symbol : form.symbols())
    if (symbol.value != loop.induction() && !isOutside(symbol.value, loop))
      return false;
  auto factor = form.factorOf({loop.induction()});
  auto step = factor ? factor->constant() : std::nullopt;
  steps = step == 1;
  return step == 0 || (steps && mayStep);
}

/// Whether the place is the same in all trips, or the next one in each.
bool Sums::isContiguous(Value place) {
  bool mayStep = true;
  for (Operation *op = place.getDefiningOp(); op && loop->isAncestor(op);
       op = op->getOperand(0).getDefiningOp()) {
    if (!isa<OffsetOp, ElementOp, AccessOp, MemberOp, LetOp>(op))
      return false;
    for (Value index : llvm::drop_begin(op->getOperands())) {
      bool steps = false;
      if (!isContiguous(index, mayStep, steps) ||
          (steps && isSmall(op->getOperand(0))))
        return false;
      mayStep &= !steps;
    }
    // Members of neighbours are not neighbours; nor are elements of rows.
    mayStep &= isa<OffsetOp, LetOp>(op);
  }
  return true;
}

bool Sums::mayVectorize(const Sum &sum) {
  bool dependsOnTrip = false;
  for (Operation *op : sum.slice) {
    bool steps = false;
    if (auto load = dyn_cast<LoadOp>(op);
        load && !isContiguous(load.getPlace()))
      return false;
    if (auto playback = dyn_cast<PlaybackOp>(op);
        playback && !isContiguous(playback.getIndex(), true, steps))
      return false;
    dependsOnTrip |= llvm::is_contained(op->getOperands(), loop.induction());
  }
  return dependsOnTrip && countArithmetic(sum.slice) <= cheap;
}

/// Collects what is left in the loop when the sums are gone.
bool Sums::mayVectorizeRest() {
  SmallVector<Operation *> open;
  for (Operation &op : loop.block()->without_terminator())
    if (isa<StoreOp, AccumulateOp>(op))
      open.push_back(&op);
  while (!open.empty()) {
    Operation *op = open.pop_back_val();
    if (!rest.insert(op).second)
      continue;
    if (isa<AccumulateOp>(op) && slices.meetAcrossTrips(op, op))
      return false;
    if (!isa<LoadOp, StoreOp, AccumulateOp, LetOp, CastOp, ConstantOp, AddOp,
             SubOp, MulOp, DivOp, NegOp, OffsetOp, ElementOp, MemberOp, AccessOp,
             PlaybackOp>(op))
      return false;
    for (Value operand : op->getOperands()) {
      if (isa<BlockArgument>(operand) && operand != loop.induction() &&
          !isOutside(operand, loop))
        return false;
      if (Operation *inner = operand.getDefiningOp();
          inner && loop->isAncestor(inner))
        open.push_back(inner);
    }
  }
  return true;
}

/// How many operations would be computed in several places.
unsigned Sums::countRepeated() {
  LoopSlices::Slice seen, twice;
  seen.insert(rest.begin(), rest.end());
  for (const Sum &sum : sums)
    for (Operation *op : sum.slice)
      if (!seen.insert(op))
        twice.insert(op);
  return llvm::count_if(twice, [](Operation *op) {
    return isReal(op->getResult(0).getType()) &&
           isa<AddOp, SubOp, MulOp, NegOp>(op);
  });
}

bool Sums::areWorthSplitting() {
  Value lower = loop.getLower(), upper = loop.getUpper();
  bool isUp = loop.getStep() == 1 && (loop.getPredicate() == Predicate::lt ||
                                      loop.getPredicate() == Predicate::le);
  auto first = intConstant(lower), last = intConstant(upper);
  int64_t from = first && first->getSignificantBits() < 62
                     ? first->getSExtValue()
                     : 0;
  bool isShort = last && last->getSignificantBits() < 62 &&
                 last->getSExtValue() - from < fewTrips;
  if (!loop.getNumResults() || !slices.isPlain() || !isUp || isShort ||
      lower.getType() != loop.induction().getType() ||
      upper.getType() != lower.getType())
    return false;
  for (unsigned i = 0; i < loop.getNumResults(); ++i) {
    Sum &sum = sums.emplace_back();
    if (!findSum(loop, i, sum) || !isOfDerivative(sum, loop, i))
      return false;
    for (auto [term, isNegative] : sum.terms)
      if (!slices.addSlice(term, sum.slice))
        return false;
    sum.isBehind = slices.mayRunBehind(sum.slice);
    if (!mayVectorize(sum) ||
        (!sum.isBehind && !slices.mayRunAhead(sum.slice)))
      return false;
  }
  return mayVectorizeRest() && countRepeated() <= repeated;
}

//===----------------------------------------------------------------------===//
// Splitting
//===----------------------------------------------------------------------===//

/// What the trips add up to; less what the carried value was before.
Value Sums::create(const Sum &sum, Location loc, OpBuilder &b) {
  Value upper = loop.getUpper();
  if (loop.getPredicate() == Predicate::le)
    upper = plusConstant(b, loc, upper, 1);
  auto apart = SumOp::create(b, loc, sum.terms.front().first.getType(),
                             loop.getLower(), upper, loop.getCounter());
  OpBuilder inner(b);
  Block *body = inner.createBlock(&apart.getBody());
  IRMapping mapping;
  mapping.map(loop.induction(),
              body->addArgument(loop.induction().getType(), loc));
  slices.copy(sum.slice, {}, inner, mapping);
  // All with one sign: it is the sum's.
  bool areNegative = llvm::all_of(
      sum.terms, [](const auto &term) { return term.second; });
  Value total;
  for (auto [term, isNegative] : sum.terms) {
    Expr copy(mapping.lookupOrDefault(term), inner, loc);
    Expr own = isNegative && !areNegative ? -copy : copy;
    total = total ? (own.with(total) + own).value : own.value;
  }
  YieldOp::create(inner, loc, total);
  // The terms are printed as one expression, without variables.
  body->walk([](Operation *op) {
    if (auto let = dyn_cast<LetOp>(op)) {
      let.replaceAllUsesWith(let.getValue());
      let.erase();
    } else if (auto playback = dyn_cast<PlaybackOp>(op)) {
      playback.removeLocalAttr();
    }
  });
  Expr whole(apart.getSum(), b, loc);
  return areNegative ? (-whole).value : whole.value;
}

static bool isOfOneStatement(Location x, Location z) {
  StmtAttr a = getStmt(x), b = getStmt(z);
  return a && b && a.getId() == b.getId();
}

bool Sums::isQuotedInRest(Location loc) {
  return llvm::any_of(rest, [&](Operation *op) {
    return isOfOneStatement(op->getLoc(), loc);
  });
}

void Sums::split() {
  OpBuilder ahead(loop), behind(loop->getContext());
  behind.setInsertionPointAfter(loop);
  for (auto [i, sum] : llvm::enumerate(sums)) {
    OpBuilder &b = sum.isBehind ? behind : ahead;
    // The statement is quoted once, where it comes first.
    Location loc = sum.additions.front()->getLoc();
    if (sum.isBehind && isQuotedInRest(loc))
      loc = withoutQuote(loc);
    Expr before(loop.getInits()[i], b, loc);
    Value total = (before + before.with(create(sum, loc, b))).value;
    // What is only added to something needs no name.
    Value result = loop.getResult(i);
    bool isAdded =
        result.hasOneUse() && isa<AccumulateOp>(*result.user_begin());
    if (!isAdded)
      total = LetOp::create(b, loc, total, getLocal(*loop.getLocals(), i));
    result.replaceAllUsesWith(total);
  }
  for (const Sum &sum : sums)
    for (Operation *op : rest)
      if (!sum.isBehind &&
          isOfOneStatement(op->getLoc(), sum.additions.front()->getLoc()))
        op->setLoc(withoutQuote(op->getLoc()));
  // The loop without them.
  Operation *yield = loop.block()->getTerminator();
  yield->setOperands({});
  SmallVector<Operation *> gone;
  for (Operation &op : loop.block()->without_terminator())
    if (!rest.contains(&op))
      gone.push_back(&op);
  for (Operation *op : llvm::reverse(gone))
    op->erase();
  loop.block()->eraseArguments(1, sums.size());
  loop.getInitsMutable().clear();
  if (rest.empty())
    loop.erase();
  else
    dropResults(loop, llvm::BitVector(sums.size(), true));
}

namespace {
struct SplitSums : adgen::impl::SplitSumsBase<SplitSums> {
  void runOnOperation() override {
    for (ForOp loop : loopsOfDerivative(getOperation()))
      if (Sums sums(loop); sums.areWorthSplitting())
        sums.split();
  }
};
} // namespace
