//===- MemoryOrder.cpp - Whether the order of two operations matters ------===//
#include "MemoryOrder.h"
#include "Parameters.h"
#include "PrepareForEmission.h"

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Where a place is
//===----------------------------------------------------------------------===//

namespace {

/// Whose memory it is.
enum class Owner { Unknown, Primal, Shadow };

/// A place as a path from its root.
struct Whereabouts {
  Value root;
  /// From the root to the place; of several ways to get there (a pointer
  /// that moves) there is no path.
  SmallVector<Operation *> path;
  bool hasPath = true;
  Owner owner = Owner::Unknown;
};

} // namespace

static Type elementOf(Value place) {
  return cast<PlaceType>(place.getType()).getElement();
}

/// Every value that a carried argument or result may be.
static void addSources(Value v, SmallVectorImpl<Value> &sources) {
  auto addYields = [&](Operation *op, unsigned index) {
    for (Region &region : op->getRegions())
      for (Block &block : region) {
        Operation *end = block.getTerminator();
        unsigned skipped = isa<NextOp>(end) ? 1 : 0;
        if (index + skipped < end->getNumOperands())
          sources.push_back(end->getOperand(index + skipped));
      }
  };
  Operation *op;
  unsigned index;
  if (auto result = dyn_cast<OpResult>(v)) {
    op = result.getOwner();
    index = result.getResultNumber();
    if (auto select = dyn_cast<SelectOp>(op)) {
      sources.append({select.getX(), select.getZ()});
      return;
    }
  } else {
    op = v.getParentBlock()->getParentOp();
    index = cast<BlockArgument>(v).getArgNumber();
    if (isa<ForOp>(op))
      --index;
  }
  if (auto loop = dyn_cast<ForOp>(op))
    sources.push_back(loop.getInits()[index]);
  else if (auto loop = dyn_cast<WhileOp>(op))
    sources.push_back(loop.getInits()[index]);
  else if (!isa<IfOp, SwitchOp>(op))
    return;
  addYields(op, index);
}

static Value stepUp(Value place) {
  Operation *op = place.getDefiningOp();
  if (op && isa<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp>(op))
    return op->getOperand(0);
  return {};
}

/// The one root of all that `place` may be; null if there are several.
static Value commonRoot(Value place, llvm::SmallPtrSetImpl<void *> &seen) {
  Value root;
  SmallVector<Value> open{place};
  while (!open.empty()) {
    Value v = open.pop_back_val();
    while (Value base = stepUp(v))
      v = base;
    if (!seen.insert(v.getAsOpaquePointer()).second)
      continue;
    SmallVector<Value> sources;
    bool isArgument = !v.getDefiningOp() &&
                      isa<func::FuncOp>(v.getParentBlock()->getParentOp());
    if (!isArgument)
      addSources(v, sources);
    if (!sources.empty()) {
      open.append(sources);
      continue;
    }
    if (root && root != v)
      return {};
    root = v;
  }
  return root;
}

static Owner ownerOf(Value root) {
  if (!root)
    return Owner::Unknown;
  if (auto var = root.getDefiningOp<VarOp>())
    return var.getLocal().getGenerated() ? Owner::Shadow : Owner::Primal;
  if (auto argument = dyn_cast<BlockArgument>(root)) {
    auto func = dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp());
    if (!func)
      return Owner::Unknown;
    return func.getArgAttr(argument.getArgNumber(), "ad.role") ? Owner::Shadow
                                                               : Owner::Primal;
  }
  // What a shadow holds points into shadow memory.
  if (auto load = root.getDefiningOp<LoadOp>())
    return ownerOf(rootOf(load.getPlace()));
  return Owner::Unknown;
}

static Whereabouts locate(Value place) {
  Whereabouts location;
  Value v = place;
  while (Value base = stepUp(v)) {
    if (!v.getDefiningOp<LetOp>())
      location.path.insert(location.path.begin(), v.getDefiningOp());
    v = base;
  }
  llvm::SmallPtrSet<void *, 8> seen;
  location.root = commonRoot(v, seen);
  location.hasPath = location.root == v;
  location.owner = ownerOf(location.root);
  return location;
}

Value adgen::rootOf(Value place) { return locate(place).root; }

bool adgen::isShadow(Value place) {
  return locate(place).owner == Owner::Shadow;
}

/// The function's argument that `root` is, or -1.
static int argumentNumber(Value root, func::FuncOp &func) {
  auto argument = dyn_cast_or_null<BlockArgument>(root);
  if (argument)
    func = dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp());
  return argument && func ? int(argument.getArgNumber()) : -1;
}

/// Whether nothing else of the function's overlaps the object of `root`.
static bool isRestrict(Value root) {
  func::FuncOp func;
  int i = argumentNumber(root, func);
  if (i < 0)
    return false;
  // A helper's shadows say it themselves: it may have lost parameters.
  auto of = func->hasAttr("ad.helper")
                ? IntegerAttr()
                : func.getArgAttrOfType<IntegerAttr>(i, "ad.of");
  return func.getArgAttr(i, "ad.restrict") ||
         (of && of.getInt() < func.getNumArguments() &&
          func.getArgAttr(of.getInt(), "ad.restrict"));
}

bool adgen::isOwnMemory(Value place) {
  Whereabouts whereabouts = locate(place);
  if (isa_and_nonnull<VarOp>(
          whereabouts.root ? whereabouts.root.getDefiningOp() : nullptr))
    return llvm::none_of(whereabouts.path,
                         [](Operation *step) { return isa<AccessOp>(step); });
  return whereabouts.root && isRestrict(whereabouts.root);
}

static bool areDistinctRoots(const Whereabouts &a, const Whereabouts &b) {
  if (!a.root || !b.root || a.root == b.root)
    return false;
  func::FuncOp func;
  auto isKnown = [&](Value root) {
    return root.getDefiningOp<VarOp>() || root.getDefiningOp<GlobalOp>() ||
           argumentNumber(root, func) >= 0;
  };
  auto isLocal = [](Value root) {
    return isa_and_nonnull<VarOp, GlobalOp>(root.getDefiningOp());
  };
  if (isRestrict(a.root) || isRestrict(b.root))
    return isKnown(a.root) && isKnown(b.root);
  return isKnown(a.root) && isKnown(b.root) &&
         (isLocal(a.root) || isLocal(b.root));
}

//===----------------------------------------------------------------------===//
// Parts of one object
//===----------------------------------------------------------------------===//

/// `v` as a value plus a constant.
static std::pair<Value, int64_t> splitConstant(Value v) {
  int64_t sum = 0;
  while (Operation *op = v.getDefiningOp()) {
    if (auto constant = intConstant(v))
      return {Value(), sum + constant->getSExtValue()};
    if (isa<CastOp, LetOp>(op) && isa<IntType>(op->getOperand(0).getType())) {
      v = op->getOperand(0);
      continue;
    }
    if (!isa<AddOp, SubOp>(op))
      break;
    if (auto right = intConstant(op->getOperand(1))) {
      sum += isa<AddOp>(op) ? right->getSExtValue() : -right->getSExtValue();
      v = op->getOperand(0);
    } else if (auto left = intConstant(op->getOperand(0));
               left && isa<AddOp>(op)) {
      sum += left->getSExtValue();
      v = op->getOperand(1);
    } else {
      break;
    }
  }
  return {v, sum};
}

namespace {
enum class Relation { Same, Different, Unknown };
} // namespace

static Relation compareIndices(Value a, Value b) {
  if (a == b)
    return Relation::Same;
  if (!isa<IntType>(a.getType()) || !isa<IntType>(b.getType()))
    return Relation::Unknown;
  auto [first, x] = splitConstant(a);
  auto [second, z] = splitConstant(b);
  if (first != second)
    return Relation::Unknown;
  return x == z ? Relation::Same : Relation::Different;
}

static Relation compareSteps(Operation *a, Operation *b) {
  if (a == b)
    return Relation::Same;
  if (a->getName() != b->getName())
    return Relation::Unknown;
  if (auto member = dyn_cast<MemberOp>(a))
    return member.getName() == cast<MemberOp>(b).getName()
               ? Relation::Same
               : Relation::Different;
  if (auto access = dyn_cast<AccessOp>(a))
    if (access.getText() != cast<AccessOp>(b).getText() ||
        a->getNumOperands() != b->getNumOperands())
      return Relation::Unknown;
  Relation relation = Relation::Same;
  for (unsigned i = 1; i < a->getNumOperands(); ++i) {
    Relation own = compareIndices(a->getOperand(i), b->getOperand(i));
    if (own != Relation::Same)
      relation = own;
    if (own == Relation::Unknown)
      break;
  }
  // `m(0, j)` and `m(1, j)` are as different as the user's call makes them.
  if (relation == Relation::Different && isa<AccessOp>(a)) {
    StringRef text = cast<AccessOp>(a).getText();
    if (text != "{0}[{1}]" && text != "{0}.at({1})")
      return Relation::Unknown;
  }
  return relation;
}

static bool haveDistinctPaths(const Whereabouts &a, const Whereabouts &b) {
  if (!a.root || a.root != b.root || !a.hasPath || !b.hasPath)
    return false;
  // A pointer may walk out of a row into the next.
  auto isMovedBehind = [](const Whereabouts &location, size_t i) {
    return llvm::any_of(ArrayRef(location.path).drop_front(i + 1),
                        [](Operation *step) { return isa<OffsetOp>(step); });
  };
  for (size_t i = 0; i < std::min(a.path.size(), b.path.size()); ++i) {
    Relation relation = compareSteps(a.path[i], b.path[i]);
    if (relation == Relation::Same)
      continue;
    return relation == Relation::Different && !isMovedBehind(a, i) &&
           !isMovedBehind(b, i);
  }
  return false;
}

//===----------------------------------------------------------------------===//
// What operations touch
//===----------------------------------------------------------------------===//

namespace {

/// Something that an operation does.
struct Touch {
  /// Null: the world outside.
  Value place;
  bool writes = false;
  enum Extent {
    /// The scalar there.
    Scalar,
    /// What decides where the parts of an object are: its sizes and pointers.
    State,
    /// Where an element with a given index is, however many there are.
    Index,
    /// How many elements there are. They keep their indices.
    Shape,
    /// All elements, which are numbers. Their count stays.
    Numbers,
    /// All that can be reached from there.
    Reachable,
  } extent = Scalar;
};

} // namespace

static void addTouches(CallOp op, SmallVectorImpl<Touch> &touches) {
  if (op.getEffects())
    touches.push_back({Value(), true});
  for (auto [i, operand] : llvm::enumerate(op.getArgs()))
    if (isa<PlaceType>(operand.getType()))
      touches.push_back({operand, mayWrite(op, i), Touch::Reachable});
}

bool adgen::isIndexed(AccessOp op) {
  StringRef text = op.getText();
  return text == "{0}[{1}]" || text == "{0}.at({1})" || text == "{0}.front()";
}

static void addTouches(Operation *op, SmallVectorImpl<Touch> &touches) {
  if (auto load = dyn_cast<LoadOp>(op))
    touches.push_back({load.getPlace(), false});
  else if (auto store = dyn_cast<StoreOp>(op))
    touches.push_back({store.getPlace(), true});
  else if (auto accumulate = dyn_cast<AccumulateOp>(op))
    touches.push_back({accumulate.getPlace(), true});
  else if (auto access = dyn_cast<AccessOp>(op))
    touches.push_back({access.getBase(), false,
                       isIndexed(access) ? Touch::Index : Touch::State});
  else if (isa<QueryOp>(op))
    touches.push_back({op->getOperand(0), false, Touch::State});
  else if (auto call = dyn_cast<CallOp>(op))
    addTouches(call, touches);
  else if (isa<StatementOp>(op) && op->hasAttr("copies"))
    touches.push_back({op->getOperand(0), true,
                       op->hasAttr("ad.fixed_shape") ? Touch::Numbers : Touch::Reachable});
  else if (isa<StatementOp>(op))
    touches.push_back({Value(), true});
  else if (isa<ResizeOp, PushOp, PopOp>(op))
    touches.push_back({op->getOperand(0), true, Touch::Shape});
  else if (isa<SwapOp>(op))
    for (Value operand : op->getOperands())
      touches.push_back({operand, true, Touch::Reachable});
  if (isa<StatementOp, VarOp>(op))
    for (Value operand : op->getOperands())
      if (isa<PlaceType>(operand.getType()))
        touches.push_back({operand, false, Touch::Reachable});
}

static SmallVector<Touch> touchesOf(Operation *op) {
  SmallVector<Touch> touches;
  op->walk([&](Operation *inner) { addTouches(inner, touches); });
  return touches;
}

Effect adgen::effectOf(Operation *op) {
  Effect effect = Effect::None;
  op->walk([&](Operation *inner) {
    SmallVector<Touch> touches;
    addTouches(inner, touches);
    for (const Touch &touch : touches)
      effect = std::max(effect, touch.writes ? Effect::Writes : Effect::Reads);
  });
  return effect;
}

/// Whether scalars of these types are never one.
static bool areDistinctTypes(Type a, Type b) {
  auto isChar = [](Type type) {
    auto integer = dyn_cast<IntType>(type);
    return integer && integer.getWidth() == 8;
  };
  if (isChar(a) || isChar(b))
    return false;
  auto integerA = dyn_cast<IntType>(a), integerB = dyn_cast<IntType>(b);
  if (integerA && integerB)
    return integerA.getWidth() != integerB.getWidth();
  if (isa<PlaceType>(a) && isa<PlaceType>(b))
    return false;
  return a != b;
}

static bool meet(const Touch &a, const Touch &b) {
  if (!a.writes && !b.writes)
    return false;
  if ((a.extent == Touch::Index && b.extent == Touch::Shape) ||
      (a.extent == Touch::Shape && b.extent == Touch::Index))
    return false;
  if (!a.place || !b.place)
    return !a.place && !b.place;
  Type first = elementOf(a.place), second = elementOf(b.place);
  if (a.extent == Touch::Scalar && b.extent == Touch::Scalar &&
      areDistinctTypes(first, second))
    return false;
  // The places of parts do not depend on reals.
  bool isReal = (a.extent == Touch::Scalar && adgen::isReal(first)) ||
                (b.extent == Touch::Scalar && adgen::isReal(second));
  auto isPosition = [](const Touch &touch) {
    return touch.extent == Touch::State || touch.extent == Touch::Index;
  };
  isReal |= a.extent == Touch::Numbers || b.extent == Touch::Numbers;
  if (isReal && (isPosition(a) || isPosition(b)))
    return false;
  Whereabouts x = locate(a.place), y = locate(b.place);
  if (x.owner != Owner::Unknown && y.owner != Owner::Unknown &&
      x.owner != y.owner)
    return false;
  if (a.extent == Touch::Scalar && b.extent == Touch::Scalar &&
      haveDistinctPaths(x, y))
    return false;
  // Objects may hold pointers to each other's parts.
  auto holdsPointers = [](const Touch &touch, Type type) {
    return (touch.extent == Touch::Reachable || touch.extent == Touch::Shape ||
            touch.extent == Touch::Numbers) &&
           isa<ObjectType, PlaceType>(type);
  };
  auto ownsAll = [](Type type) {
    auto object = dyn_cast<ObjectType>(type);
    return object && (object.getSpelling().starts_with("std::vector<") ||
                      object.getSpelling().starts_with("std::array<"));
  };
  if ((holdsPointers(a, first) && !ownsAll(first)) ||
      (holdsPointers(b, second) && !ownsAll(second)))
    return true;
  return !areDistinctRoots(x, y);
}

bool adgen::mayOverlap(Value a, Value b) {
  return meet({a, true, Touch::Scalar}, {b, true, Touch::Scalar});
}

bool adgen::isSameObjectPlace(Value a, Value b) {
  Whereabouts x = locate(a), y = locate(b);
  return a == b ||
         (x.root && x.root == y.root && x.hasPath && y.hasPath &&
          x.path.size() == y.path.size() &&
          llvm::all_of(llvm::zip(x.path, y.path), [](auto pair) {
            return compareSteps(std::get<0>(pair), std::get<1>(pair)) ==
                   Relation::Same;
          }));
}

bool adgen::mustStayInOrder(Operation *a, Operation *b) {
  SmallVector<Touch> others = touchesOf(b);
  for (const Touch &touch : touchesOf(a))
    for (const Touch &other : others)
      if (meet(touch, other))
        return true;
  return false;
}
