//===- Overlap.cpp - Whether two accesses touch the same ------------------===//
//
// Two places of one object are distinct if a step of their paths is: members of other
// names, or indices that differ. Of indices the difference is a polynomial
// (IndexForm) whose sign is looked for: counters of loops are replaced by their
// bounds, innermost first (a Banerjee test, with symbols).
//
//   first:  x[i * n + k], 0 ≤ k < n, in trip i
//   later:  x[(i + t) * n + k'], 0 ≤ k' < n, t ≥ 1
//   difference  t * n + k' - k  ≥  t * n - (n - 1)  ≥  1: distinct.
//
// See Kennedy & Allen, Optimizing Compilers for Modern Architectures (2001),
// chapter 3.
//
//===----------------------------------------------------------------------===//
#include "Paths.h"

#include "adgen/Analysis/Slots.h"

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Bounds
//===----------------------------------------------------------------------===//

/// A distance between two trips, at least 1.
static const Symbol distance = {};

/// What `form`, of a trip of `loop`, is in another one, so many distances later:
/// its counter is further, and what the trip computes is another value.
static IndexForm inOtherTrip(IndexForm form, Operation *loop, int64_t later) {
  auto counted = dyn_cast<ForOp>(loop);
  for (Symbol symbol : form.symbols()) {
    if (!symbol.value || symbol.version ||
        !loop->isAncestor(symbol.value.getParentRegion()->getParentOp()))
      continue;
    bool isCounter = counted && symbol.value == counted.induction();
    form = form.substitute(
        symbol, isCounter ? IndexForm::symbol(symbol) +
                                IndexForm(later * int64_t(counted.getStep())) *
                                    IndexForm::symbol(distance)
                          : IndexForm::symbol({symbol.value, 1}));
  }
  return form;
}

namespace {
/// Proves signs of forms over the counters of the loops around some accesses.
class Bounds {
public:
  /// Adds the counters of the loops around `op`; of those within `other` as they
  /// are in another trip of it, if that is given.
  void addLoopsAround(Operation *op, Operation *other, int64_t later);
  /// Adds the distance between the trips of `loop`, of which the one that has its
  /// counter comes first, or last.
  void addDistance(Operation *loop, bool isLast);
  /// Whether the form is certainly greater than zero.
  bool isPositive(IndexForm form) const;

private:
  struct Range {
    Symbol symbol;
    unsigned depth;
    IndexForm lower, upper;
  };
  void add(ForOp loop, Operation *other, int64_t later);
  void sort();

  /// Inner loops first.
  std::vector<Range> ranges;
  std::set<Symbol> nonNegative = {distance}, positive = {distance};
};
} // namespace

void Bounds::addLoopsAround(Operation *op, Operation *other, int64_t later) {
  for (Operation *loop = loopAround(op); loop; loop = loopAround(loop))
    if (auto counted = dyn_cast<ForOp>(loop))
      add(counted, other && other->isProperAncestor(loop) ? other : nullptr,
          later);
  sort();
}

void Bounds::sort() {
  llvm::stable_sort(ranges, [](const Range &x, const Range &z) {
    return x.depth > z.depth;
  });
}

void Bounds::addDistance(Operation *loop, bool isLast) {
  auto counted = dyn_cast_if_present<ForOp>(loop);
  if (!counted)
    return;
  // From the counter to where the loop ends, or starts.
  IndexForm counter = IndexForm::symbol({counted.induction()});
  IndexForm first = IndexForm::of(counted.getLower());
  IndexForm last = IndexForm::of(counted.getUpper());
  bool up = int64_t(counted.getStep()) > 0;
  if (counted.getPredicate() == Predicate::lt ||
      counted.getPredicate() == Predicate::gt)
    last = last - IndexForm(up ? 1 : -1);
  IndexForm room = isLast ? counter - first : last - counter;
  // Behind the loops within, ahead of the loop itself.
  ranges.push_back({distance, 2 * loopDepth(counted) + 1, IndexForm(1),
                    up ? room : IndexForm(0) - room});
  sort();
}

void Bounds::add(ForOp loop, Operation *other, int64_t later) {
  Symbol counter = {loop.induction(), other ? 1u : 0u};
  if (llvm::any_of(ranges, [&](Range &r) { return r.symbol == counter; }))
    return;
  IndexForm first = IndexForm::of(loop.getLower());
  IndexForm last = IndexForm::of(loop.getUpper());
  if (other) {
    first = inOtherTrip(first, other, later);
    last = inOtherTrip(last, other, later);
  }
  bool up = int64_t(loop.getStep()) > 0;
  auto start = first.constant();
  if (up && start && *start >= 0) {
    nonNegative.insert(counter);
    // The loop runs, so that its bound is not less than where it starts.
    auto bound = last.symbols();
    if (bound.size() == 1)
      if (auto rest = (last - IndexForm::symbol(*bound.begin())).constant();
          rest && *rest <= 0) {
        nonNegative.insert(*bound.begin());
        if (loop.getPredicate() == Predicate::lt)
          positive.insert(*bound.begin());
      }
  }
  if (loop.getPredicate() == Predicate::lt ||
      loop.getPredicate() == Predicate::gt)
    last = last - IndexForm(up ? 1 : -1);
  unsigned depth = 2 * loopDepth(loop);
  if (up)
    ranges.push_back({counter, depth, first, last});
  else
    ranges.push_back({counter, depth, last, first});
}

bool Bounds::isPositive(IndexForm form) const {
  auto eliminate = [&](Symbol symbol, const IndexForm &lower,
                       const IndexForm *upper) {
    auto factor = form.factorOf(symbol);
    if (!factor)
      return false;
    if (factor->constant() == 0)
      return true;
    if (factor->hasSign(1, nonNegative))
      form = form.substitute(symbol, lower);
    else if (upper && factor->hasSign(-1, nonNegative))
      form = form.substitute(symbol, *upper);
    else
      return false;
    return true;
  };
  for (const Range &range : ranges)
    if (!eliminate(range.symbol, range.lower, &range.upper))
      return false;
  for (Symbol symbol : positive)
    (void)eliminate(symbol, IndexForm(1), nullptr);
  return (form - IndexForm(1)).hasSign(1, nonNegative);
}

//===----------------------------------------------------------------------===//
// Overlap
//===----------------------------------------------------------------------===//

namespace {
/// Compares index expressions of two trips. One trip has the loop's counter, the
/// other one is at a distance from it, before or behind: each way knows the bounds
/// of one of the two.
class Comparison {
public:
  Comparison(Operation *first, Operation *later, Operation *loop,
             bool firstIsOther)
      : loop(loop), firstIsOther(firstIsOther) {
    bounds.addLoopsAround(first, firstIsOther ? loop : nullptr, -1);
    bounds.addLoopsAround(later, firstIsOther ? nullptr : loop, 1);
    bounds.addDistance(loop, firstIsOther);
  }

  bool isDistinct(const Path &first, const Path &later);

private:
  bool differ(const IndexForm &first, const IndexForm &later);
  bool differByRows(const IndexForm &first, const IndexForm &later);
  bool isDistinct(IndexForm first, IndexForm later);

  Operation *loop;
  bool firstIsOther;
  Bounds bounds;
};
} // namespace

bool Comparison::differ(const IndexForm &first, const IndexForm &later) {
  IndexForm difference = later - first;
  if (auto constant = difference.constant())
    return *constant != 0;
  if (bounds.isPositive(difference) ||
      bounds.isPositive(IndexForm(0) - difference))
    return true;
  // step * t + d is zero in no trip if the step does not divide d.
  auto step = difference.factorOf(distance);
  if (!loop || !step || !step->constant() || *step->constant() == 0)
    return false;
  auto rest = (difference - *step * IndexForm::symbol(distance)).constant();
  return rest && (*rest % *step->constant() != 0 ||
                  -*rest / *step->constant() < 1);
}

/// row * n + column with 0 ≤ column < n are distinct where a row or a column is.
bool Comparison::differByRows(const IndexForm &first, const IndexForm &later) {
  for (Symbol width : first.symbols()) {
    auto row = first.factorOf(width), laterRow = later.factorOf(width);
    if (!width.value || width.version || !row || !laterRow ||
        row->constant() == 0 || laterRow->constant() == 0 ||
        (loop && loop->isAncestor(width.value.getParentRegion()->getParentOp())))
      continue;
    IndexForm size = IndexForm::symbol(width);
    IndexForm column = first - *row * size, laterColumn = later - *laterRow * size;
    auto isColumn = [&](const IndexForm &index) {
      return bounds.isPositive(index + IndexForm(1)) &&
             bounds.isPositive(size - index);
    };
    if (isColumn(column) && isColumn(laterColumn) &&
        (differ(*row, *laterRow) || differ(column, laterColumn)))
      return true;
  }
  return false;
}

bool Comparison::isDistinct(IndexForm first, IndexForm later) {
  if (loop && firstIsOther)
    first = inOtherTrip(first, loop, -1);
  else if (loop)
    later = inOtherTrip(later, loop, 1);
  return differ(first, later) || differByRows(first, later);
}

bool Comparison::isDistinct(const Path &first, const Path &later) {
  if (first.isLoose || later.isLoose)
    return false;
  // What the paths start from must be the same in both trips.
  Value start = first.start;
  if (start != later.start || (loop && variesIn(start, loop)))
    return false;
  for (auto [x, z] : llvm::zip(first.steps, later.steps)) {
    if (x.kind != z.kind || x.others.size() != z.others.size())
      return false;
    if (x.name != z.name)
      // Two members; two ways to find an element may find the same one.
      return x.kind == Step::Member;
    if (isDistinct(x.index, z.index))
      return true;
  }
  return false;
}

/// Whether the first steps that differ do so by a constant.
static bool differByConstant(const Path &first, const Path &later) {
  if (first.isLoose || later.isLoose || first.start != later.start)
    return false;
  for (auto [x, z] : llvm::zip(first.steps, later.steps)) {
    if (x.kind != z.kind || x.name != z.name ||
        x.others.size() != z.others.size())
      return false;
    auto difference = (z.index - x.index).constant();
    if (!difference || *difference != 0)
      return difference.has_value();
  }
  return false;
}

static bool mayTouch(Value first, Value later, When when, Operation *loop,
                    PathCache &paths) {
  if (!mayAlias(first, later))
    return false;
  const Path &firstPath = paths.of(first), &laterPath = paths.of(later);
  if (when == When::SameTrip) {
    loop = nullptr;
    if (differByConstant(firstPath, laterPath))
      return false;
  }
  for (bool firstIsOther : {false, true})
    if (Comparison(originOf(first), originOf(later), loop, firstIsOther)
            .isDistinct(firstPath, laterPath))
      return false;
  return true;
}

bool adgen::mayOverlap(Value first, Value later, When when, Operation *loop,
                       PathCache &paths) {
  auto find = [&] { return mayTouch(first, later, when, loop, paths); };
  return when == When::LaterTrip ? paths.answer(first, later, loop, find) : find();
}

bool adgen::mayOverlap(Value first, Value later, When when, Operation *loop) {
  PathCache paths;
  return mayTouch(first, later, when, loop, paths);
}
