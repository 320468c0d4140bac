//===- RaiseSwaps.cpp - Contents that change places are swapped -----------===//
//
// What moves the contents of two places crosswise says so, in both sweeps:
//
//   a = x[i], b = x[k];            t = x_bar[k]; x_bar[k] = 0;
//   x[i] = b;                      s = x_bar[i]; x_bar[i] = t;     →  std::swap(…)
//   x[k] = a;                      x_bar[k] += s;
//
// A sequence of stores and sums to two places is run on symbols, the contents before
// it. If each place ends with what was in the other one, and nothing changes where the
// two are one, it is a swap. A variable in which the user keeps one of them stays.
//
//===----------------------------------------------------------------------===//
#include "adgen/Analysis/Memory.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

#include "llvm/ADT/SetVector.h"

namespace adgen {
#define GEN_PASS_DEF_RAISESWAPS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

/// How many operations are looked at between a load and what it is stored by, and
/// twice as many for all of a swap.
static constexpr unsigned nearby = 64;

/// Whether the place has the content of the load still in front of `at`.
static bool isUnchanged(LoadOp load, Operation *at) {
  unsigned distance = 0;
  for (Operation *op = at; op; op = op->getParentOp()) {
    bool isHere = op->getBlock() == load->getBlock();
    for (Operation *before = op->getPrevNode(); before;
         before = before->getPrevNode()) {
      if (before == load)
        return true;
      if (++distance > nearby || mayBeWrittenIn(before, load.getPlace()))
        return false;
    }
    if (isHere || !isa<IfOp>(op->getParentOp()))
      return false;
  }
  return false;
}

namespace {
/// What may be in a place or value: zero, the content of a place before, or anything.
enum class Content { Zero, First, Second, Unknown };

/// Two places, and what happens to them from the first store on.
class Exchange {
public:
  explicit Exchange(Operation *first) : first(first) {}

  /// Whether it is a swap; found up to its last write.
  bool match();
  /// The writes that the swap stands for.
  ArrayRef<Operation *> changed() const { return writes; }
  void replace();

private:
  SmallVector<Value, 4> findTargets();
  SmallVector<Value, 4> findPartners();
  bool matchPlaces();
  bool run(Operation *op);
  Content contentOf(Value value);
  Content contentAt(unsigned place) { return contents[areOne ? 0 : place]; }
  int numberOf(Value place);
  bool matchAs(bool areOne);

  Operation *first;
  Operation *last = nullptr;
  Value places[2];
  bool areOne = false;
  Content contents[2];
  /// What the loads on the way read.
  llvm::SmallDenseMap<Value, Content> loaded;
  SmallVector<Operation *> writes;
};
} // namespace

/// Where else what the first place had is written, as it is.
SmallVector<Value, 4> Exchange::findTargets() {
  SmallVector<Value, 4> targets;
  SmallVector<Value, 4> work;
  unsigned distance = 0;
  for (Operation *op = first; op; op = op->getParentOp()) {
    for (Operation *before = op->getPrevNode(); before && ++distance <= nearby;
         before = before->getPrevNode())
      if (auto load = dyn_cast<LoadOp>(before);
          load && isSamePlace(load.getPlace(), places[0]))
        work.push_back(load);
    if (!isa<IfOp>(op->getParentOp()))
      break;
  }
  while (!work.empty())
    for (Operation *user : work.pop_back_val().getUsers()) {
      auto let = dyn_cast<LetOp>(user);
      if (let && let.getLocal().getGenerated())
        work.push_back(let);
      else if (Value place = writtenPlace(user))
        targets.push_back(place);
    }
  return targets;
}

/// Other places that are written soon, with what the first one had at some time.
SmallVector<Value, 4> Exchange::findPartners() {
  SmallVector<Value, 4> partners, targets = findTargets();
  if (targets.empty())
    return partners;
  Value own = writtenPlace(first);
  unsigned distance = 0;
  for (Operation *op = first->getNextNode(); op && ++distance < nearby;
       op = op->getNextNode())
    if (Value place = op->getNumRegions() ? Value() : writtenPlace(op))
      if (place.getType() == own.getType() && !isSamePlace(place, own) &&
          llvm::any_of(targets, [&](Value target) {
            return isSamePlace(place, target);
          }))
        partners.push_back(place);
  return partners;
}

int Exchange::numberOf(Value place) {
  for (unsigned i : {0, 1})
    if (isSamePlace(place, places[i]))
      return i;
  return -1;
}

/// The value without the names that differentiation gave it.
static Value withoutGenerated(Value value) {
  while (auto let = value.getDefiningOp<LetOp>()) {
    if (!let.getLocal().getGenerated())
      break;
    value = let.getValue();
  }
  return value;
}

Content Exchange::contentOf(Value value) {
  value = withoutGenerated(value);
  if (auto known = loaded.find(value); known != loaded.end())
    return known->second;
  if (auto constant = value.getDefiningOp<ConstantOp>()) {
    auto real = dyn_cast<FloatAttr>(constant.getValue());
    return real && real.getValue().isPosZero() ? Content::Zero
                                               : Content::Unknown;
  }
  auto load = value.getDefiningOp<LoadOp>();
  int number = load ? numberOf(load.getPlace()) : -1;
  if (number < 0 || !isUnchanged(load, first))
    return Content::Unknown;
  return areOne || number == 0 ? Content::First : Content::Second;
}

/// Whether the operation is understood.
bool Exchange::run(Operation *op) {
  auto isApart = [&](Value other) {
    return llvm::none_of(places, [&](Value place) {
      return mayOverlap(place, other, When::SameTrip);
    });
  };
  if (auto load = dyn_cast<LoadOp>(op)) {
    int number = numberOf(load.getPlace());
    if (number >= 0)
      loaded[load] = contentAt(number);
    return number >= 0 || isApart(load.getPlace());
  }
  if (isa<SwapOp>(op))
    return llvm::all_of(op->getOperands(), isApart);
  Value place = writtenPlace(op);
  if (op->getNumRegions() || !place)
    return !op->getNumRegions() && isMemoryEffectFree(op);
  int number = numberOf(place);
  if (number < 0)
    return isApart(place);
  Content &content = contents[areOne ? 0 : number];
  Content value = contentOf(op->getOperand(0));
  if (isa<StoreOp>(op))
    content = value;
  else if (value != Content::Zero)
    content = content == Content::Zero ? value : Content::Unknown;
  writes.push_back(op);
  return true;
}

bool Exchange::matchAs(bool one) {
  areOne = one;
  contents[0] = Content::First;
  contents[1] = one ? Content::First : Content::Second;
  loaded.clear();
  writes.clear();
  unsigned distance = 0;
  for (Operation *op = first; op; op = op->getNextNode()) {
    if (!run(op) || writes.size() > 4 || ++distance > 2 * nearby)
      return false;
    bool isDone = one ? op == last
                      : contents[0] == Content::Second &&
                            contents[1] == Content::First;
    if (!isDone)
      continue;
    last = op;
    return !one || contents[0] == Content::First;
  }
  return false;
}

bool Exchange::match() {
  places[0] = writtenPlace(first);
  Type type = cast<PlaceType>(places[0].getType()).getElement();
  if (!isReal(type) && !isa<IntType>(type))
    return false;
  return llvm::any_of(findPartners(), [&](Value partner) {
    places[1] = partner;
    return matchPlaces();
  });
}

bool Exchange::matchPlaces() {
  bool mayBeOne = mayOverlap(places[0], places[1], When::SameTrip);
  if (!matchAs(false) || (mayBeOne && !matchAs(true)))
    return false;
  // Loads stay if others read them: they find what was there before.
  if (mayBeOne)
    matchAs(false);
  return llvm::all_of(loaded, [&](auto entry) {
    auto [value, content] = entry;
    bool isOnlyMoved = llvm::all_of(value.getUsers(), [&](Operation *user) {
      auto let = dyn_cast<LetOp>(user);
      return llvm::is_contained(writes, user) ||
             (let && let.getLocal().getGenerated() &&
              llvm::all_of(let->getUsers(), [&](Operation *reader) {
                return llvm::is_contained(writes, reader);
              }));
    });
    int number = numberOf(value.template getDefiningOp<LoadOp>().getPlace());
    return isOnlyMoved || content == (number ? Content::Second : Content::First);
  });
}

void Exchange::replace() {
  OpBuilder b(last);
  SwapOp::create(b, last->getLoc(), places[0], places[1]);
  llvm::SetVector<Operation *> moved;
  for (Operation *op : writes) {
    for (Value value = op->getOperand(0);;) {
      Operation *source = value.getDefiningOp();
      if (!isa_and_nonnull<LoadOp, LetOp>(source))
        break;
      moved.insert(source);
      value = source->getOperand(0);
      if (isa<LoadOp>(source))
        break;
    }
    op->erase();
  }
  for (Operation *op : moved)
    if (op->use_empty())
      op->erase();
}

namespace {
struct RaiseSwaps : adgen::impl::RaiseSwapsBase<RaiseSwaps> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (!function->hasAttr("ad.derivative") || function.isExternal())
      return;
    SmallVector<StoreOp> stores;
    function.walk([&](StoreOp store) { stores.push_back(store); });
    llvm::SmallPtrSet<Operation *, 16> gone;
    for (StoreOp store : stores) {
      if (gone.contains(store))
        continue;
      Exchange exchange(store);
      if (!exchange.match())
        continue;
      for (Operation *op : exchange.changed())
        gone.insert(op);
      exchange.replace();
    }
  }
};
} // namespace
