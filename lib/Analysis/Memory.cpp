//===- Memory.cpp - What places may share memory --------------------------===//
//
// A place is a path from an object: `p[i].x` is p, offset i, member x. Two places
// are distinct if their objects are, or if a step of their paths is (Overlap.cpp).
//
//===----------------------------------------------------------------------===//
#include "Paths.h"

#include "adgen/Analysis/Activity.h"
#include "adgen/Analysis/PrivateArrays.h"
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

Type adgen::contentOf(Value place) {
  return cast<PlaceType>(place.getType()).getElement();
}

Type adgen::innermostContent(Value place) {
  Type type = contentOf(place);
  while (auto array = dyn_cast<ArrayType>(type))
    type = array.getElement();
  return type;
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

/// Whether the object at `place` is only accessed by its name, so that no pointer leads to
/// it. Looks at no more than `uses` uses.
static bool isOnlyNamed(Value place, unsigned &uses) {
  for (OpOperand &use : place.getUses()) {
    if (uses-- == 0)
      return false;
    Operation *user = use.getOwner();
    bool isPart = isa<OffsetOp, ElementOp, MemberOp, AccessOp>(user) &&
                  use.getOperandNumber() == 0 && isOnlyNamed(user->getResult(0), uses);
    auto store = dyn_cast<StoreOp>(user);
    bool isAccess = isa<LoadOp, AccumulateOp>(user) || (store && store.getValue() != place);
    if (!isPart && !isAccess)
      return false;
  }
  return true;
}
static bool isOnlyNamed(Value object) {
  unsigned uses = 64;
  return object.getDefiningOp<VarOp>() && isOnlyNamed(object, uses);
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
      return isKnown ? mayLeadTo(other, isShadow) : !isOnlyNamed(other);
    if (!other)
      return isOtherKnown ? mayLeadTo(root, isOtherShadow) : !isOnlyNamed(root);
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

bool adgen::variesIn(Value start, Operation *loop) {
  if (!loop->isAncestor(start.getParentRegion()->getParentOp()))
    return false;
  Operation *op = start.getDefiningOp();
  auto load = dyn_cast_if_present<LoadOp>(op);
  if (!op || !(isPure(op) || (load && isFixedPointer(load))))
    return true;
  return llvm::any_of(op->getOperands(),
                      [&](Value operand) { return variesIn(operand, loop); });
}

/// The array in which the place is the first element, or another one; null if it is
/// none that lies within a larger object.
static std::optional<int64_t> rowSize(Value place) {
  while (auto let = place.getDefiningOp<LetOp>())
    place = let.getValue();
  Operation *op = place.getDefiningOp();
  if (auto offset = dyn_cast_if_present<OffsetOp>(op))
    return rowSize(offset.getBase());
  if (auto element = dyn_cast_if_present<ElementOp>(op))
    return cast<ArrayType>(elementOf(element.getBase())).getSize();
  if (auto access = dyn_cast_if_present<AccessOp>(op))
    if (auto object = dyn_cast<ObjectType>(elementOf(access.getBase())))
      return sizeOfStdArray(object.getSpelling());
  return {};
}

/// Whether the last step of the path, which a pointer has moved from `base` on, may
/// lead out of one of several arrays that lie side by side.
static bool mayLeaveRow(const Path &path, Value base) {
  auto size = rowSize(base);
  bool isOneOfMany = llvm::any_of(ArrayRef(path.steps).drop_back(), [](const Step &step) {
    return step.kind != Step::Member;
  });
  if (!size || !isOneOfMany)
    return false;
  auto index = path.steps.back().index.constant();
  return !index || *index < 0 || *index >= *size;
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
    last.index = last.index + index;
    path.isLoose |= last.kind == Step::Member || mayLeaveRow(path, base);
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

std::pair<StepShape, StepKey> adgen::split(const Step &step) {
  auto [index, constant] = step.index.splitConstant();
  const void *name = step.name.getAsOpaquePointer();
  bool isMember = step.kind == Step::Member;
  return {{step.kind, isMember ? nullptr : name, index, step.others},
          {constant, isMember ? name : nullptr}};
}

Operation *adgen::originOf(Value place) {
  Operation *op = place.getDefiningOp();
  return op ? op : cast<BlockArgument>(place).getOwner()->getParentOp();
}

const PathCache::Shape &PathCache::shapeOf(Value place) {
  auto [it, isNew] = shapes.try_emplace(place.getAsOpaquePointer());
  Shape &shape = it->second;
  if (!isNew)
    return shape;
  const Path &path = of(place);
  shape.loop = loopAround(originOf(place));
  shape.isOfLoop = shape.loop && !path.isLoose;
  std::vector<StepShape> steps;
  for (const Step &step : path.steps) {
    auto [stepShape, key] = split(step);
    steps.push_back(stepShape);
    shape.keys.push_back(key);
    for (Symbol symbol : step.index.symbols())
      shape.isOfLoop &=
          shape.isOfLoop &&
          shape.loop->isAncestor(symbol.value.getParentRegion()->getParentOp());
  }
  shape.number =
      numbers
          .try_emplace({path.start.getAsOpaquePointer(),
                        place.getType().getAsOpaquePointer(), shape.loop, steps},
                       numbers.size())
          .first->second;
  return shape;
}

bool PathCache::answer(Value first, Value later, Operation *loop,
                       llvm::function_ref<bool()> find) {
  const Shape &x = shapeOf(first), &z = shapeOf(later);
  // What rows and columns of an array are is no matter of distances alone.
  bool isOfDistance = x.isOfLoop && z.isOfLoop && x.loop == loop &&
                      z.loop == loop && x.keys.size() == z.keys.size();
  std::vector<int64_t> distances;
  for (auto [a, b] : llvm::zip(x.keys, z.keys)) {
    distances.push_back(b.first - a.first);
    isOfDistance &= a.second == b.second;
  }
  if (!isOfDistance)
    return find();
  auto [it, isNew] = answers.try_emplace({x.number, z.number, loop, distances});
  return isNew ? it->second = find() : it->second;
}

bool adgen::isSamePlace(Value x, Value z) {
  return x == z || isSameExpression(x, z);
}
