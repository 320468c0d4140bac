//===- InterchangeLoops.cpp - The loop along rows becomes the innermost ---===//
//
// A sum over a few neighbours, or down a column, has a loop of its own for each element.
// Its trips wait for each other, and a compiler keeps their order. Seen from the other
// side, each term is added to all elements of a row, which wait for nothing:
//
//   for (x) {                              for (x) out[x] = 0;
//     s = 0;                               for (a)
//     t = out_bar[x]; out_bar[x] = 0;        for (x) {
//     for (a) {                                out[x] += k[a] * v[x + a];
//       s += k[a] * v[x + a];          →       v_bar[x + a] += k[a] * out_bar[x];
//       v_bar[x + a] += k[a] * t;              k_bar[a] += v[x + a] * out_bar[x];
//       k_bar[a] += v[x + a] * t;            }
//     }                                    for (x) out_bar[x] = 0;
//     out[x] = s;
//   }
//
// Each element is the sum of the same terms in the same order. Done where the inner
// loops are the same for all elements, where nothing that they read is written, and where
// all that they touch lies side by side for neighbouring elements (or is one for
// all). A convolution with its adjoint: 2.5 times as fast.
//
// Loop interchange and scalar expansion, see Allen & Kennedy, Optimizing Compilers
// for Modern Architectures (2001), chapter 5.
//
//===----------------------------------------------------------------------===//
#include "LoopSlices.h"
#include "TripCount.h"
#include "TripOrder.h"

#include "adgen/Analysis/IndexForm.h"
#include "adgen/Analysis/Memory.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_INTERCHANGELOOPS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

/// How many operations on reals may be done again for each trip of the inner loops.
static constexpr unsigned cheap = 2;
/// How many elements there must be, where that is known.
static constexpr int64_t shortest = 8;

namespace {
class Interchange {
public:
  explicit Interchange(ForOp loop) : loop(loop) {}

  bool find();
  void interchange();

private:
  bool findNest();
  bool findParts();
  bool findTotal();
  bool isSameForAll(Value value);
  bool mayReorder();
  bool isWorthIt();
  bool needs(Value value, LoopSlices::Slice &slice);
  /// How far apart neighbouring elements' places are, in elements; nothing if that is
  /// unknown.
  std::optional<int64_t> strideOf(Value place, Value counter);

  ForOp innermost() { return nest.back(); }
  /// A loop with the header of another one; the builder is set into its body.
  ForOp createLike(ForOp other, OpBuilder &b, IRMapping &mapping);
  Value compute(Value value, OpBuilder &b, IRMapping &mapping);
  void createInner(OpBuilder b, IRMapping mapping);
  void createRest(OpBuilder b);

  /// Over the elements.
  ForOp loop;
  /// From the outermost inwards; each is all that the one around it does.
  SmallVector<ForOp> nest;
  /// What a trip of `loop` does before and behind them, in its order.
  SmallVector<Operation *> before, behind;
  /// What the inner loops read and add to.
  SmallVector<Operation *> inner;
  /// Where the sum of an element goes, if there is one.
  StoreOp total;
  PlaceIndex places;
};
} // namespace

//===----------------------------------------------------------------------===//
// Which loops
//===----------------------------------------------------------------------===//

/// Whether the operation neither has an effect nor depends on any.
static bool isPlain(Operation &op) {
  return !op.getNumRegions() && isMemoryEffectFree(&op);
}

bool Interchange::findNest() {
  auto inners = loop.block()->getOps<ForOp>();
  if (loop.getNumResults() || loop->hasAttr(shortMark) || inners.empty() ||
      std::abs(int64_t(loop.getStep())) != 1)
    return false;
  for (ForOp next = *inners.begin(); next;) {
    nest.push_back(next);
    auto deeper = next.block()->getOps<ForOp>();
    if (next.getNumResults() > 1 || next->hasAttr(shortMark))
      return false;
    if (deeper.empty())
      break;
    next = *deeper.begin();
    // The sum goes through.
    bool isHandedOn =
        llvm::equal(next.getInits(), nest.back().block()->getArguments().drop_front()) &&
        llvm::equal(next.getResults(),
                    nest.back().block()->getTerminator()->getOperands());
    bool isAll = llvm::all_of(nest.back().block()->without_terminator(),
                              [&](Operation &op) { return &op == next || isPlain(op); });
    if (!isHandedOn || !isAll)
      return false;
  }
  return true;
}

bool Interchange::findParts() {
  for (Operation &op : loop.block()->without_terminator()) {
    bool isBefore = op.isBeforeInBlock(nest.front());
    if (&op == nest.front())
      continue;
    if (!isPlain(op) && !isa<LoadOp, StoreOp>(op) && (isBefore || !isa<AccumulateOp>(op)))
      return false;
    (isBefore ? before : behind).push_back(&op);
  }
  for (Operation &op : innermost().block()->without_terminator()) {
    if (isa<LoadOp, AccumulateOp>(op))
      inner.push_back(&op);
    else if (!isPlain(op))
      return false;
  }
  return true;
}

/// Finds the element that the sum of the inner loops goes to.
bool Interchange::findTotal() {
  ForOp outermost = nest.front();
  if (!outermost.getNumResults())
    return true;
  Value sum = outermost.getResult(0);
  for (Operation *op : behind)
    if (auto store = dyn_cast<StoreOp>(op))
      if (store.getValue() == sum && sum.hasOneUse() && isReal(sum.getType()) &&
          isPureOf(store.getPlace(), nest.front(),
                   [&](Value value) { return value == loop.induction(); }))
        total = store;
  LoopSlices::Slice start;
  return total && needs(outermost.getInits()[0], start) &&
         llvm::none_of(start, [](Operation *op) { return isa<LoadOp>(op); });
}

/// Whether the value is computed, without a look at memory, of what is the same for all
/// elements.
bool Interchange::isSameForAll(Value value) {
  return isPureOf(value, loop, [&](Value known) {
    return llvm::any_of(nest, [&](ForOp other) { return known == other.induction(); });
  });
}

/// Collects what the value is computed from in front of the inner loops, which is
/// done again within; fails if that is too much.
bool Interchange::needs(Value value, LoopSlices::Slice &slice) {
  Operation *op = value.getDefiningOp();
  if (!op || isOutside(value, loop) || nest.front()->isAncestor(op) || slice.contains(op))
    return true;
  if (!isa<LoadOp>(op) && !isPlain(*op))
    return false;
  if (!llvm::all_of(op->getOperands(), [&](Value operand) { return needs(operand, slice); }))
    return false;
  slice.insert(op);
  return true;
}

std::optional<int64_t> Interchange::strideOf(Value place, Value counter) {
  std::optional<int64_t> stride = 0;
  bool isLast = true;
  for (; !isOutside(place, loop); isLast = false) {
    Operation *op = place.getDefiningOp();
    if (!isa_and_present<OffsetOp, ElementOp, MemberOp, AccessOp>(op))
      return {};
    for (Value index : op->getOperands().drop_front()) {
      if (!isa<IntType>(index.getType()))
        return {};
      IndexForm form = IndexForm::of(index);
      for (const Symbol &symbol : form.symbols()) {
        bool isCounter = symbol.value == loop.induction() ||
                         llvm::any_of(nest, [&](ForOp other) {
                           return other.induction() == symbol.value;
                         });
        if (symbol.value && !isCounter && !isOutside(symbol.value, loop))
          return {};
      }
      if (!form.symbols().count({counter}))
        continue;
      auto factor = form.factorOf({counter});
      if (!factor || !factor->constant() || !isLast)
        return {};
      stride = *factor->constant();
    }
    place = op->getOperand(0);
  }
  return stride;
}

//===----------------------------------------------------------------------===//
// Whether the order matters
//===----------------------------------------------------------------------===//

bool Interchange::mayReorder() {
  SmallVector<Operation *> all;
  for (Operation *op : before)
    if (isa<LoadOp, StoreOp>(op))
      all.push_back(op);
  const size_t readBefore = all.size();
  llvm::append_range(all, inner);
  for (Operation *op : behind)
    if (isa<LoadOp, StoreOp, AccumulateOp>(op))
      all.push_back(op);
  auto areApart = [](Operation *x, Operation *z) {
    return !mayAlias(accessedPlace(x), accessedPlace(z));
  };
  auto meetsItself = [&](Operation *op) {
    Value place = accessedPlace(op);
    return places.mayOverlap(place, place, When::LaterTrip, loop);
  };
  for (auto [i, op] : llvm::enumerate(all)) {
    if (isa<LoadOp>(op))
      continue;
    bool isBehind = i >= readBefore + inner.size();
    if (op == total && meetsItself(op))
      return false;
    for (auto [k, other] : llvm::enumerate(all)) {
      if (other == op || areApart(op, other) ||
          (isa<AccumulateOp>(op) && isa<AccumulateOp>(other)))
        continue;
      // What comes behind stays in its order.
      if (isBehind && k >= readBefore + inner.size() && op != total && other != total)
        continue;
      // What is overwritten once it is read still is, in its own trip.
      bool isRead = i < readBefore && k < i && isa<LoadOp>(other) && !meetsItself(op) &&
                    isSamePlace(accessedPlace(op), accessedPlace(other));
      if (!isRead)
        return false;
    }
  }
  return true;
}

/// How many trips the loop has, if that is known.
static std::optional<int64_t> countTrips(ForOp loop) {
  auto trips = (IndexForm::of(loop.getUpper()) - IndexForm::of(loop.getLower())).constant();
  return trips ? std::optional(std::abs(*trips)) : std::nullopt;
}

bool Interchange::isWorthIt() {
  if (countTrips(loop).value_or(shortest) < shortest)
    return false;
  bool isAlong = false, isAcross = false;
  auto look = [&](Operation *op) {
    auto stride = strideOf(accessedPlace(op), loop.induction());
    if (!stride || std::abs(*stride) > 1)
      return false;
    isAlong |= *stride != 0;
    auto own = strideOf(accessedPlace(op), innermost().induction());
    isAcross |= !own || std::abs(*own) > 1;
    return true;
  };
  if (!llvm::all_of(inner, look) || (total && !look(total)))
    return false;
  LoopSlices::Slice slice;
  for (Operation &op : *innermost().block())
    for (Value operand : op.getOperands())
      if (!needs(operand, slice))
        return false;
  for (Operation *op : slice)
    if (isa<LoadOp>(op) && !look(op))
      return false;
  return isAlong && (total || isAcross) && countArithmetic(slice, false) <= cheap;
}

bool Interchange::find() {
  SameExpressions expressions;
  return findNest() && findParts() && findTotal() &&
         llvm::all_of(nest,
                      [&](ForOp other) {
                        return isSameForAll(other.getLower()) &&
                               isSameForAll(other.getUpper());
                      }) &&
         mayReorder() && isWorthIt();
}

//===----------------------------------------------------------------------===//
// The new code
//===----------------------------------------------------------------------===//

Value Interchange::compute(Value value, OpBuilder &b, IRMapping &mapping) {
  if (Value known = mapping.lookupOrNull(value))
    return known;
  if (isOutside(value, loop))
    return value;
  Operation *op = value.getDefiningOp();
  for (Value operand : op->getOperands())
    compute(operand, b, mapping);
  Value result = isa<LetOp>(op) ? mapping.lookupOrDefault(op->getOperand(0))
                                : b.clone(*op, mapping)->getResult(0);
  mapping.map(value, result);
  return result;
}

ForOp Interchange::createLike(ForOp other, OpBuilder &b, IRMapping &mapping) {
  Value lower = compute(other.getLower(), b, mapping);
  Value upper = compute(other.getUpper(), b, mapping);
  auto made = ForOp::create(b, other.getLoc(), TypeRange(), lower, upper, other.getStep(),
                            other.getPredicate(), ValueRange(), other.getCounter(),
                            ArrayAttr(), other.getReversed());
  Block *body = b.createBlock(&made.getBody());
  mapping.map(other.induction(),
              body->addArgument(other.induction().getType(), other.getLoc()));
  YieldOp::create(b, other.getLoc(), ValueRange());
  b.setInsertionPoint(body->getTerminator());
  return made;
}

/// What the inner loops do, for all elements.
void Interchange::createInner(OpBuilder b, IRMapping mapping) {
  for (ForOp other : nest)
    createLike(other, b, mapping);
  createLike(loop, b, mapping);
  Value place = total ? compute(total.getPlace(), b, mapping) : Value();
  Value sum = total ? innermost().block()->getTerminator()->getOperand(0) : Value();
  if (total)
    for (ForOp other : nest) {
      Value carried = other.block()->getArgument(1);
      mapping.map(carried, other == innermost() && !carried.use_empty()
                               ? LoadOp::create(b, total.getLoc(), carried.getType(), place)
                               : Value());
    }
  for (Operation &op : innermost().block()->without_terminator()) {
    for (Value operand : op.getOperands())
      compute(operand, b, mapping);
    if (auto let = dyn_cast<LetOp>(op); let && let.getResult() == sum && sum.hasOneUse())
      mapping.map(sum, mapping.lookupOrDefault(let.getValue()));
    else
      b.clone(op, mapping);
  }
  if (total)
    StoreOp::create(b, total.getLoc(), compute(sum, b, mapping), place);
}

/// What is done for each element before and behind, but for the sum.
void Interchange::createRest(OpBuilder b) {
  IRMapping mapping;
  ForOp rest = createLike(loop, b, mapping);
  for (ArrayRef<Operation *> part : {ArrayRef(before), ArrayRef(behind)})
    for (Operation *op : part)
      if (op != total)
        b.clone(*op, mapping);
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(*rest.block())))
    if (isOpTriviallyDead(&op))
      op.erase();
  if (rest.block()->without_terminator().empty())
    rest.erase();
}

void Interchange::interchange() {
  OpBuilder b(loop);
  if (total) {
    OpBuilder start(loop);
    IRMapping mapping;
    createLike(loop, start, mapping);
    Value place = compute(total.getPlace(), start, mapping);
    StoreOp::create(start, total.getLoc(),
                    compute(nest.front().getInits()[0], start, mapping), place);
  }
  createInner(b, {});
  createRest(b);
  loop.erase();
}

namespace {
struct InterchangeLoops : adgen::impl::InterchangeLoopsBase<InterchangeLoops> {
  void runOnOperation() override {
    // What is made is not looked at again.
    SmallVector<ForOp> loops = loopsOfDerivative(getOperation());
    llvm::SmallPtrSet<Operation *, 8> gone;
    for (ForOp loop : llvm::reverse(loops)) {
      if (gone.contains(loop))
        continue;
      Interchange loops(loop);
      if (!loops.find())
        continue;
      loop->walk([&](ForOp inner) { gone.insert(inner); });
      loops.interchange();
    }
  }
};
} // namespace
