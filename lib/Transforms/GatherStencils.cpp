//===- GatherStencils.cpp - What a loop adds to neighbours is added at once ==//
//
// The reverse of a stencil adds to several neighbours of an element. Seen from the
// element that is added to, it is a sum over those that read it, which is stored once,
// and in a loop of which no trip waits for another:
//
//   for (i = 1; i < n - 1; ++i) {       if (n > 3) {
//     u_bar[i - 1] += k * t[i];           u_bar[0] += k * t[1];
//     u_bar[i] += m * t[i];               u_bar[1] += k * t[2] + m * t[1];
//     u_bar[i + 1] += k * t[i];           for (i = 2; i < n - 2; ++i)
//   }                               →       u_bar[i] += k * (t[i + 1] + t[i - 1]) + m * t[i];
//                                         u_bar[n - 2] += m * t[n - 2] + k * t[n - 3];
//                                         u_bar[n - 1] += k * t[n - 2];
//                                       } else
//                                         … as before
//
// With shifts from `first` to `last` around the counter, an element is reached by all
// terms from `last` behind the loop's beginning to `-first` before its end; the others are at
// most twice `last - first`, and have statements of their own. A loop that is too
// short for them stays as it is.
//
// Done where what is added takes little to compute again, like SplitScatters, which does
// what is left. The gather form of adjoint stencils: Hückelheim, Kukreja, Narayanan,
// Luporini, Gorman & Hovland, Automatic Differentiation for Adjoint Stencil Loops (ICPP
// 2019).
//
//===----------------------------------------------------------------------===//
#include "LoopSlices.h"
#include "TripCount.h"

#include "adgen/Analysis/IndexForm.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_GATHERSTENCILS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

/// How many operations all terms of an element may take together, beside loads: the
/// ends repeat them.
static constexpr unsigned cheap = 8;
/// How far the shifts may be apart: twice as many statements are for the ends.
static constexpr int64_t widest = 4;
/// How many elements all terms must reach, where that is known.
static constexpr int64_t shortest = 8;

namespace {
/// What a term adds to: a place by its path, whose only index with the counter is
/// the counter plus `shift` and more that is the same in all trips.
struct Target {
  Value root;
  std::vector<std::pair<OperationName, Attribute>> path;
  std::vector<IndexForm> indices;
  int64_t shift = 0;

  bool isOfOneArray(const Target &other) const {
    auto isLess = [](ArrayRef<IndexForm> x, ArrayRef<IndexForm> z) {
      return std::lexicographical_compare(x.begin(), x.end(), z.begin(), z.end());
    };
    return root == other.root && path == other.path &&
           !isLess(indices, other.indices) && !isLess(other.indices, indices);
  }
};

/// What one loop adds to arrays, to each with the same shifts.
class Gather {
public:
  explicit Gather(ForOp loop) : loop(loop), slices(loop) {}

  /// Finds terms to gather; whether there are any.
  bool find();
  void gather();

private:
  using Slice = LoopSlices::Slice;
  struct Term {
    AccumulateOp op;
    int64_t shift;
    Slice slice;
  };
  using Array = std::vector<Term>;

  bool isUpwards() const { return int64_t(loop.getStep()) > 0; }
  bool isEndIncluded() const {
    return loop.getPredicate() == Predicate::le || loop.getPredicate() == Predicate::ge;
  }
  bool isSignedCounter() const {
    return cast<IntType>(loop.induction().getType()).getIsSigned();
  }
  std::optional<Target> targetOf(AccumulateOp term) const;
  /// Adds the terms of one array to what is gathered, if they may be.
  bool mayGather(ArrayRef<AccumulateOp> candidates);
  /// Whether a term of the one array reads what may be added to the other.
  bool meets(const Array &readers, const Array &writers) const;
  /// How many trips there are, if that is known; not positive for none.
  std::optional<int64_t> constantTrips() const;
  Value enoughTrips(OpBuilder &b) const;
  /// The value in the trip with this counter, at `b`.
  Value compute(Value value, OpBuilder &b, IRMapping &mapping);
  /// A term, as of how many trips after another one.
  using Distant = std::pair<Term *, int64_t>;
  void addAt(OpBuilder &b, Value counter, ArrayRef<Distant> terms);
  void createEnds(OpBuilder &b, bool isHead);
  void createMiddle(OpBuilder &b);
  void createLong(OpBuilder &b);
  void createShort(OpBuilder &b);

  mutable ForOp loop;
  LoopSlices slices;
  std::vector<Array> arrays;
  /// The shifts of the terms of each array.
  int64_t first = 0, last = 0;
  /// The counter goes from `begin` up to `end`, or down.
  Value begin, end;
  Location loc = loop.getLoc();
  /// Whether the statement stands above what was made of it.
  bool isQuoted = false;
};
} // namespace

std::optional<Target> Gather::targetOf(AccumulateOp term) const {
  Target target;
  Symbol counter{loop.induction()};
  bool isFound = false;
  Value place = term.getPlace();
  while (!isOutside(place, loop)) {
    Operation *op = place.getDefiningOp();
    if (!isa_and_present<OffsetOp, ElementOp, MemberOp, AccessOp>(op))
      return {};
    target.path.emplace_back(op->getName(), op->getPropertiesAsAttribute());
    for (Value index : op->getOperands().drop_front()) {
      if (!isa<IntType>(index.getType()))
        return {};
      IndexForm form = IndexForm::of(index);
      if (form.symbols().count(counter)) {
        auto factor = form.factorOf(counter);
        if (isFound || !factor || factor->constant() != 1)
          return {};
        isFound = true;
        std::tie(form, target.shift) = form.splitConstant();
      }
      for (const Symbol &symbol : form.symbols())
        if (!(symbol == counter) && symbol.value && !isOutside(symbol.value, loop))
          return {};
      target.indices.push_back(form);
    }
    place = op->getOperand(0);
  }
  target.root = place;
  return isFound ? std::optional(target) : std::nullopt;
}

std::optional<int64_t> Gather::constantTrips() const {
  IndexForm lower = IndexForm::of(loop.getLower()), upper = IndexForm::of(loop.getUpper());
  auto trips = (isUpwards() ? upper - lower : lower - upper).constant();
  if (trips)
    *trips += isEndIncluded();
  return trips;
}

bool Gather::mayGather(ArrayRef<AccumulateOp> candidates) {
  Array terms;
  unsigned operations = 0;
  for (AccumulateOp op : candidates) {
    Term term{op, targetOf(op)->shift, {}};
    if (slices.meetAcrossTrips(op, op) ||
        !slices.addSlice(op.getValue(), term.slice) ||
        !slices.addSlice(op.getPlace(), term.slice) ||
        !slices.mayRunAhead(term.slice, op))
      return false;
    operations += countArithmetic(term.slice, /*withLoads=*/false);
    terms.push_back(std::move(term));
  }
  auto isLower = [](const Term &x, const Term &z) { return x.shift < z.shift; };
  std::stable_sort(terms.begin(), terms.end(), isLower);
  const int64_t from = terms.front().shift, to = terms.back().shift;
  if (from == to || to - from > widest || operations > cheap)
    return false;
  if (!arrays.empty() && (from != first || to != last))
    return false;
  // No unsigned counter gets below zero.
  auto trips = constantTrips();
  if ((trips && *trips < to - from + shortest) ||
      (!isSignedCounter() && intConstant(loop.getLower())->getSExtValue() + to < 0))
    return false;
  // A term sees nothing of what another adds, whatever the order.
  arrays.push_back(std::move(terms));
  if (llvm::any_of(arrays, [&](auto &array) { return meets(array, arrays.back()); }) ||
      llvm::any_of(arrays, [&](auto &array) { return meets(arrays.back(), array); })) {
    arrays.pop_back();
    return false;
  }
  first = from;
  last = to;
  return true;
}

bool Gather::meets(const Array &readers, const Array &writers) const {
  return llvm::any_of(readers, [&](const Term &term) {
    return llvm::any_of(term.slice, [&](Operation *load) {
      return isa<LoadOp>(load) && llvm::any_of(writers, [&](const Term &other) {
               return slices.meet(load, other.op);
             });
    });
  });
}

bool Gather::find() {
  const int64_t step = loop.getStep();
  const Predicate predicate = loop.getPredicate();
  bool isPlain = isUpwards() ? predicate == Predicate::lt || predicate == Predicate::le
                             : predicate == Predicate::gt || predicate == Predicate::ge;
  // What is subtracted from an unsigned bound might be more than that.
  bool isSafe = isSignedCounter() || (isUpwards() && intConstant(loop.getLower()));
  if (std::abs(step) != 1 || !isPlain || !isSafe || !slices.isPlain() ||
      loop->hasAttr(shortMark))
    return false;
  SameExpressions expressions;
  std::vector<std::pair<Target, SmallVector<AccumulateOp>>> found;
  for (auto term : loop.block()->getOps<AccumulateOp>()) {
    auto target = targetOf(term);
    if (!target)
      continue;
    auto array = llvm::find_if(
        found, [&](auto &array) { return array.first.isOfOneArray(*target); });
    if (array == found.end())
      array = found.insert(array, {*target, {}});
    array->second.push_back(term);
  }
  for (auto &[target, candidates] : found)
    if (candidates.size() > 1)
      mayGather(candidates);
  return !arrays.empty();
}

//===----------------------------------------------------------------------===//
// The new code
//===----------------------------------------------------------------------===//

/// `n > 3` for at least two trips of `for (i = 1; i < n - 1; …)`.
Value Gather::enoughTrips(OpBuilder &b) const {
  const int64_t trips = last - first;
  auto constant = intConstant(begin);
  if (!constant)
    return CompareOp::create(b, loc, b.getI1Type(), Predicate::ge,
                             plusConstant(b, loc, end, -trips), begin);
  int64_t least = constant->getSExtValue() + trips;
  Value upper = end;
  Operation *sum = upper.getDefiningOp();
  auto known = isa_and_present<AddOp, SubOp>(sum) ? intConstant(sum->getOperand(1))
                                                  : std::nullopt;
  if (isSignedCounter() && known && known->getSignificantBits() < 32) {
    upper = sum->getOperand(0);
    least += isa<SubOp>(sum) ? known->getSExtValue() : -known->getSExtValue();
  }
  return CompareOp::create(b, loc, b.getI1Type(), Predicate::gt, upper,
                           createConstant(b, loc, upper.getType(), least - 1));
}

Value Gather::compute(Value value, OpBuilder &b, IRMapping &mapping) {
  if (Value known = mapping.lookupOrNull(value))
    return known;
  if (isOutside(value, loop))
    return value;
  Operation *op = value.getDefiningOp();
  Value result;
  for (Value operand : op->getOperands())
    compute(operand, b, mapping);
  auto constant = isa<AddOp, SubOp>(op) && isa<IntType>(value.getType()) &&
                          op->getOperand(0).getType() == value.getType()
                      ? intConstant(op->getOperand(1))
                      : std::nullopt;
  if (isa<LetOp>(op))
    // The name belongs to the loop as it was.
    result = mapping.lookupOrDefault(op->getOperand(0));
  else if (constant && constant->getSignificantBits() < 32)
    result = plusConstant(b, op->getLoc(), mapping.lookupOrDefault(op->getOperand(0)),
                          isa<AddOp>(op) ? constant->getSExtValue()
                                         : -constant->getSExtValue());
  else
    result = b.clone(*op, mapping)->getResult(0);
  mapping.map(value, result);
  return result;
}

/// The sum, term by term.
static Value plus(OpBuilder &b, Location loc, Value sum, Value value) {
  Operation *op = value.getDefiningOp();
  if (isa_and_present<NegOp>(op))
    return SubOp::create(b, loc, sum.getType(), sum, op->getOperand(0));
  if (!isa_and_present<AddOp, SubOp>(op))
    return AddOp::create(b, loc, sum.getType(), sum, value);
  Value first = plus(b, loc, sum, op->getOperand(0));
  if (isa<AddOp>(op))
    return plus(b, loc, first, op->getOperand(1));
  return SubOp::create(b, loc, sum.getType(), first, op->getOperand(1));
}

/// Whether both are one value, or one number.
static bool isSameFactor(Value x, Value z) {
  auto a = x.getDefiningOp<ConstantOp>(), b = z.getDefiningOp<ConstantOp>();
  return x == z || (a && b && a.getValue() == b.getValue());
}

/// Joins products of one factor: k * (t + u) for k * t and k * u.
static void takeOutFactors(OpBuilder &b, Location loc, SmallVector<Value> &values) {
  SmallVector<Value> joined;
  for (Value value : values) {
    auto product = value.getDefiningOp<MulOp>();
    auto *alike = llvm::find_if(joined, [&](Value other) {
      auto known = other.getDefiningOp<MulOp>();
      return product && known && isSameFactor(known.getX(), product.getX());
    });
    if (alike == joined.end()) {
      joined.push_back(value);
      continue;
    }
    Type type = value.getType();
    Value rest = AddOp::create(b, loc, type, alike->getDefiningOp<MulOp>().getZ(),
                               product.getZ());
    *alike = MulOp::create(b, loc, type, product.getX(), rest);
  }
  values = joined;
}

/// Adds the terms, each as of its trip from the one with the counter on, to the place
/// of all.
void Gather::addAt(OpBuilder &b, Value counter, ArrayRef<Distant> terms) {
  Value place;
  SmallVector<Value> values;
  Location at = isQuoted ? withoutQuote(loc) : loc;
  isQuoted = true;
  for (auto [term, distance] : terms) {
    IRMapping mapping;
    mapping.map(loop.induction(), plusConstant(b, at, counter, distance));
    values.push_back(compute(term->op.getValue(), b, mapping));
    if (!place)
      place = compute(term->op.getPlace(), b, mapping);
  }
  // What is subtracted comes behind something.
  std::stable_partition(values.begin(), values.end(), [](Value value) {
    return !value.getDefiningOp<NegOp>();
  });
  takeOutFactors(b, at, values);
  Value sum = values.front();
  for (Value value : ArrayRef(values).drop_front())
    sum = plus(b, at, sum, value);
  AccumulateOp::create(b, at, sum, place);
}

/// The elements that not all terms reach: from the loop's beginning on, or up to its
/// end.
void Gather::createEnds(OpBuilder &b, bool isHead) {
  for (Array &array : arrays)
    for (int64_t m = 0; m < last - first; ++m) {
      SmallVector<Distant> reaching;
      for (Term &term : array) {
        // The trips from the beginning, or to the end.
        int64_t distance =
            isHead ? first + m - term.shift : term.shift - first - 1 - m;
        if (distance >= 0)
          reaching.emplace_back(&term, isHead ? distance : -distance - 1);
      }
      addAt(b, isHead ? begin : end, reaching);
    }
}

void Gather::createMiddle(OpBuilder &b) {
  auto middle = ForOp::create(
      b, loop.getLoc(), TypeRange(), plusConstant(b, loc, begin, last),
      plusConstant(b, loc, end, first), /*step=*/1, Predicate::lt, ValueRange(),
      loop.getCounter(), ArrayAttr(), false);
  OpBuilder inner(b);
  Block *body = inner.createBlock(&middle.getBody());
  Value counter = body->addArgument(loop.induction().getType(), loop.getLoc());
  for (Array &array : arrays) {
    SmallVector<Distant> reaching;
    for (Term &term : array)
      reaching.emplace_back(&term, -term.shift);
    addAt(inner, counter, reaching);
  }
  YieldOp::create(inner, loop.getLoc(), ValueRange());
}

/// The loop with the terms alone.
void Gather::createShort(OpBuilder &b) {
  auto apart = ForOp::create(b, loop.getLoc(), TypeRange(), loop.getLower(),
                             loop.getUpper(), loop.getStep(), loop.getPredicate(),
                             ValueRange(), loop.getCounter(), ArrayAttr(), false);
  apart->setAttr(shortMark, b.getUnitAttr());
  OpBuilder inner(b);
  Block *body = inner.createBlock(&apart.getBody());
  IRMapping mapping;
  mapping.map(loop.induction(),
              body->addArgument(loop.induction().getType(), loop.getLoc()));
  Slice all;
  SmallVector<AccumulateOp> ops;
  for (Array &array : arrays)
    for (Term &term : array) {
      all.insert(term.slice.begin(), term.slice.end());
      ops.push_back(term.op);
    }
  slices.copy(all, ops, inner, mapping);
  for (Operation &op : *body)
    op.setLoc(withoutQuote(op.getLoc()));
  YieldOp::create(inner, loop.getLoc(), ValueRange());
}

void Gather::createLong(OpBuilder &b) {
  createEnds(b, true);
  createMiddle(b);
  createEnds(b, false);
}

void Gather::gather() {
  OpBuilder b(loop);
  loc = arrays.front().front().op.getLoc();
  begin = isUpwards() ? loop.getLower()
                      : plusConstant(b, loc, loop.getUpper(), !isEndIncluded());
  end = isUpwards() ? plusConstant(b, loc, loop.getUpper(), isEndIncluded())
                    : plusConstant(b, loc, loop.getLower(), 1);
  if (constantTrips()) {
    createLong(b);
  } else {
    auto branch = IfOp::create(b, loc, TypeRange(), enoughTrips(b), ArrayAttr(), false);
    OpBuilder inner(b);
    inner.createBlock(&branch.getThenRegion());
    createLong(inner);
    YieldOp::create(inner, loc, ValueRange());
    inner.createBlock(&branch.getElseRegion());
    // With one trip there are both ends already.
    if (last - first > 1)
      createShort(inner);
    YieldOp::create(inner, loc, ValueRange());
  }
  for (Array &array : arrays)
    for (Term &term : array) {
      StmtAttr stmt = getStmt(term.op.getLoc());
      for (Operation &op : *loop.block())
        if (StmtAttr other = getStmt(op.getLoc());
            stmt && other && other.getDerivative() && other.getId() == stmt.getId())
          op.setLoc(withoutQuote(op.getLoc()));
      term.op.erase();
    }
}

/// Erases what nobody needs any more; whether that is the whole loop.
static bool eraseUnneeded(ForOp loop) {
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(*loop.block())))
    if (isOpTriviallyDead(&op))
      op.erase();
  if (!loop.block()->without_terminator().empty() || loop.getNumResults())
    return false;
  loop.erase();
  return true;
}

namespace {
struct GatherStencils : adgen::impl::GatherStencilsBase<GatherStencils> {
  void runOnOperation() override {
    for (ForOp loop : loopsOfDerivative(getOperation()))
      while (true) {
        Gather stencil(loop);
        if (!stencil.find())
          break;
        stencil.gather();
        if (eraseUnneeded(loop))
          break;
      }
  }
};
} // namespace
