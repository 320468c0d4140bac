//===- Memory.cpp - What places may share memory --------------------------===//
//
// A place is a path from an object: `p[i].x` is p, offset i, member x. Two places
// are distinct if their objects are, or if a step of their paths is: members of
// other names, or indices that differ. Of indices the difference is a polynomial
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

#include "adgen/Analysis/Activity.h"
#include "adgen/Analysis/Shapes.h"
#include "adgen/Analysis/Slots.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Objects
//===----------------------------------------------------------------------===//

/// The operand that a place is within; null if it starts there.
static Value baseOf(Value place) {
  Operation *op = place.getDefiningOp();
  if (isa_and_present<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp, ShadowOp,
                      KeepOp>(op))
    return op->getOperand(0);
  return {};
}

/// Where else a place comes from: what its branch or loop hands on.
static void addSources(Value place, SmallVectorImpl<Value> &sources) {
  Operation *op = place.getDefiningOp();
  unsigned slot = 0;
  if (op) {
    if (isa<SelectOp>(op)) {
      sources.append({op->getOperand(1), op->getOperand(2)});
      return;
    }
    slot = cast<OpResult>(place).getResultNumber();
  } else {
    auto argument = cast<BlockArgument>(place);
    op = argument.getOwner()->getParentOp();
    slot = argument.getArgNumber() - leadingArguments(op);
  }
  for (Region &region : op->getRegions())
    sources.push_back(handedOn(region, slot));
  if (isLoop(op))
    sources.push_back(op->getOperand(leadingOperands(op) + slot));
}

static bool isHandedOn(Value place) {
  if (Operation *op = place.getDefiningOp())
    return isa<SelectOp>(op) || hasSlots(op);
  return !isa<func::FuncOp>(
      cast<BlockArgument>(place).getOwner()->getParentOp());
}

/// With `throughLoads` those of the memory that pointers are loaded from.
static SmallVector<Value> findRoots(Value place, bool throughLoads) {
  llvm::SetVector<Value> roots;
  llvm::DenseSet<Value> seen;
  SmallVector<Value> work = {place};
  while (!work.empty()) {
    Value next = work.pop_back_val();
    if (!seen.insert(next).second)
      continue;
    auto load = next.getDefiningOp<LoadOp>();
    if (Value base = baseOf(next))
      work.push_back(base);
    else if (load && throughLoads)
      work.push_back(load.getPlace());
    else if (isHandedOn(next))
      addSources(next, work);
    else if (isa<BlockArgument>(next) ||
             isa<VarOp, GlobalOp>(next.getDefiningOp()))
      roots.insert(next);
    else if (!isa<UndefOp>(next.getDefiningOp()))
      roots.insert(Value());
  }
  return roots.takeVector();
}

SmallVector<Value> adgen::rootsOf(Value place) {
  return findRoots(place, /*throughLoads=*/false);
}

SmallVector<Value> adgen::originsOf(Value place) {
  return findRoots(place, /*throughLoads=*/true);
}

VarOp adgen::localObject(Value place) {
  SmallVector<Value> roots = rootsOf(place);
  return roots.size() == 1 && roots[0] ? roots[0].getDefiningOp<VarOp>()
                                       : VarOp();
}

/// The argument of the primal that a shadow belongs to, or the argument itself.
static unsigned primalPosition(BlockArgument argument, bool &isShadow) {
  auto function = cast<func::FuncOp>(argument.getOwner()->getParentOp());
  unsigned i = argument.getArgNumber();
  auto of = function.getArgAttrOfType<IntegerAttr>(i, "ad.of");
  isShadow = bool(of);
  return of ? of.getInt() : i;
}

bool adgen::mayBeOneObject(Value x, Value z) {
  if (!x || !z || x == z)
    return true;
  auto a = dyn_cast<BlockArgument>(x), b = dyn_cast<BlockArgument>(z);
  if (!a || !b)
    return false;
  auto function = cast<func::FuncOp>(a.getOwner()->getParentOp());
  for (BlockArgument argument : {a, b}) {
    unsigned i = argument.getArgNumber();
    if (function.getArgAttr(i, "ad.restrict") ||
        !function.getArgAttr(i, "ad.in_memory"))
      return false;
    // An object by value is the function's own, unless it is a view.
    if (!function.getArgAttr(i, "ad.pass") &&
        !function.getArgAttr(i, "ad.view"))
      return false;
  }
  bool ofX, ofZ;
  primalPosition(a, ofX);
  primalPosition(b, ofZ);
  return ofX == ofZ;
}

/// Whether the place is reached from arguments alone, all of the primal or all
/// of its shadow, which `isShadow` says.
static bool isCallers(Value place, bool &isShadow) {
  bool isFirst = true;
  for (Value origin : originsOf(place)) {
    auto argument = dyn_cast_if_present<BlockArgument>(origin);
    bool isOfShadow = false;
    if (!argument)
      return false;
    primalPosition(argument, isOfShadow);
    if (!isFirst && isOfShadow != isShadow)
      return false;
    isShadow = isOfShadow;
    isFirst = false;
  }
  return !isFirst;
}

/// Whether a pointer in the caller's memory may lead to the object `root`.
/// There are none to variables of the function (ShadowPointers refuses to store
/// them), to its own objects, or from the primal to the shadow.
static bool mayLeadTo(Value root, bool isShadow) {
  auto argument = dyn_cast<BlockArgument>(root);
  if (!argument)
    return !root.getDefiningOp<VarOp>();
  auto function = cast<func::FuncOp>(argument.getOwner()->getParentOp());
  unsigned i = argument.getArgNumber();
  bool isOfShadow;
  primalPosition(argument, isOfShadow);
  bool isOwn = !function.getArgAttr(i, "ad.pass") &&
               !function.getArgAttr(i, "ad.view") &&
               !function.getArgAttr(i, "ad.role");
  return isOfShadow == isShadow && !isOwn &&
         !function.getArgAttr(i, "ad.restrict");
}

/// Whether C++ lets one object be read as both types.
static bool mayShareType(Type x, Type z) {
  auto isScalar = [](Type type) {
    return isReal(type) || isa<IntType, IntegerType, PlaceType>(type);
  };
  if (!isScalar(x) || !isScalar(z) || x == z)
    return true;
  auto a = dyn_cast<IntType>(x), b = dyn_cast<IntType>(z);
  for (IntType type : {a, b})
    if (type && type.getWidth() == 8)
      return true;
  return a && b && a.getWidth() == b.getWidth();
}

static Type elementOf(Value place) {
  return cast<PlaceType>(place.getType()).getElement();
}

bool adgen::mayAlias(Value x, Value z) {
  if (!mayShareType(elementOf(x), elementOf(z)))
    return false;
  SmallVector<Value> roots = rootsOf(x), others = rootsOf(z);
  bool isShadow = false, isOtherShadow = false;
  // What nobody knows is at least in memory of the caller's.
  bool isKnown = llvm::is_contained(roots, Value()) && isCallers(x, isShadow);
  bool isOtherKnown =
      llvm::is_contained(others, Value()) && isCallers(z, isOtherShadow);
  auto mayBeOne = [&](Value root, Value other) {
    if (!root && !other)
      return !isKnown || !isOtherKnown || isShadow == isOtherShadow;
    if (!root)
      return !isKnown || mayLeadTo(other, isShadow);
    if (!other)
      return !isOtherKnown || mayLeadTo(root, isOtherShadow);
    return mayBeOneObject(root, other);
  };
  for (Value root : roots)
    for (Value other : others)
      if (mayBeOne(root, other))
        return true;
  return false;
}

bool adgen::mayReach(Value operand, Value place) {
  // A pointer that is at the place may point anywhere.
  if (isa<PlaceType>(elementOf(operand)) || isa<PlaceType>(elementOf(place)))
    return true;
  return mayAlias(operand, place);
}

//===----------------------------------------------------------------------===//
// Paths
//===----------------------------------------------------------------------===//

/// Whether what the pointer is loaded from stays as it is: the caller's memory,
/// where pointers to what may have derivatives are not stored.
static bool isFixedPointer(LoadOp load) {
  bool isShadow;
  return isa<PlaceType>(load.getType()) && carriesReals(load.getType()) &&
         isCallers(load.getPlace(), isShadow);
}

/// The first load of the same pointer.
static Value firstLoadOf(Value pointer) {
  auto load = pointer.getDefiningOp<LoadOp>();
  if (!load || !isFixedPointer(load))
    return pointer;
  Value first = pointer;
  load->getParentOfType<func::FuncOp>().walk([&](LoadOp other) {
    if (other.getType() != load.getType() ||
        !isSamePlace(other.getPlace(), load.getPlace()))
      return WalkResult::advance();
    first = other.getValue();
    return WalkResult::interrupt();
  });
  return first;
}

/// Whether the start of a path may be another one in another trip of the loop.
static bool variesIn(Value start, Operation *loop) {
  if (!loop->isAncestor(start.getParentRegion()->getParentOp()))
    return false;
  Operation *op = start.getDefiningOp();
  auto load = dyn_cast_if_present<LoadOp>(op);
  if (!op || !(isPure(op) || (load && isFixedPointer(load))))
    return true;
  return llvm::any_of(op->getOperands(),
                      [&](Value operand) { return variesIn(operand, loop); });
}

static Path pathOf(Value place) {
  Operation *op = place.getDefiningOp();
  Value base = baseOf(place);
  if (!base)
    return {firstLoadOf(place), {}, false};
  Path path = pathOf(base);
  if (auto offset = dyn_cast<OffsetOp>(op)) {
    IndexForm index = IndexForm::of(offset.getIndex());
    if (path.steps.empty()) {
      path.steps.push_back({Step::Offset, index, {}, {}});
      return path;
    }
    Step &last = path.steps.back();
    bool isNested = path.steps.size() > 1 &&
                    path.steps[path.steps.size() - 2].kind == Step::Element;
    if (last.kind == Step::Member || isNested)
      path.isLoose = true;
    else
      last.index = last.index + index;
  } else if (auto element = dyn_cast<ElementOp>(op)) {
    path.steps.push_back(
        {Step::Element, IndexForm::of(element.getIndex()), {}, {}});
  } else if (auto member = dyn_cast<MemberOp>(op)) {
    path.steps.push_back({Step::Member, 0, member.getNameAttr(), {}});
  } else if (auto access = dyn_cast<AccessOp>(op)) {
    Step step = {Step::Access, 0, access.getTextAttr(), {}};
    for (Value argument : access.getArgs())
      if (isa<IntType>(argument.getType()))
        step.others.push_back(IndexForm::of(argument));
      else
        path.isLoose = true;
    // With one index it is an index like another.
    if (step.others.size() == 1)
      step.index = step.others.pop_back_val();
    path.steps.push_back(step);
  }
  return path;
}

const Path &PathCache::of(Value place) {
  auto [it, isNew] = paths.try_emplace(place.getAsOpaquePointer());
  if (isNew)
    it->second = pathOf(place);
  return it->second;
}

bool adgen::isSamePlace(Value x, Value z) {
  return x == z || isSameExpression(x, z);
}

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

bool adgen::mayOverlap(Value first, Value later, When when, Operation *loop,
                       PathCache &paths) {
  if (!mayAlias(first, later))
    return false;
  const Path &firstPath = paths.of(first), &laterPath = paths.of(later);
  // The accesses are where the places are computed, or deeper.
  auto useOf = [](Value place) -> Operation * {
    Operation *op = place.getDefiningOp();
    return op ? op : cast<BlockArgument>(place).getOwner()->getParentOp();
  };
  if (when == When::SameTrip) {
    loop = nullptr;
    if (differByConstant(firstPath, laterPath))
      return false;
  }
  for (bool firstIsOther : {false, true})
    if (Comparison(useOf(first), useOf(later), loop, firstIsOther)
            .isDistinct(firstPath, laterPath))
      return false;
  return true;
}

bool adgen::mayOverlap(Value first, Value later, When when, Operation *loop) {
  PathCache paths;
  return mayOverlap(first, later, when, loop, paths);
}
