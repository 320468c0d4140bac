//===- Shapes.cpp - What changes the shape of containers ------------------===//
//
// `ad.resize`, `ad.push` and `ad.pop` change the shape of a container, a call may
// do so, and `ad.swap` gives two objects each other's. Two objects that were made
// alike, and change by swaps alone, have one shape all the time:
//
//   std::vector<double> next(u.size());  for … { …; std::swap(u, next); }
//
//===----------------------------------------------------------------------===//
#include "adgen/Analysis/Shapes.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/Slots.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace adgen;

Value adgen::resizedPlace(Operation *op) {
  return isa<ResizeOp, PushOp, PopOp>(op) ? op->getOperand(0) : Value();
}

/// Whether the function, or one that it calls, changes the shape of anything. The
/// sweeps of a recursive one do what it does itself.
static bool reshapes(func::FuncOp function, ModuleOp module,
                     llvm::DenseSet<Operation *> &seen) {
  if (!function)
    return true;
  // One that is passed copies besides.
  if (auto own = function->getAttrOfType<FlatSymbolRefAttr>("ad.primal");
      own && function.isExternal())
    function = module.lookupSymbol<func::FuncOp>(own);
  for (auto sweep : module.getOps<func::FuncOp>()) {
    auto reverse = sweep->getAttrOfType<FlatSymbolRefAttr>("ad.reverse");
    auto primal = sweep->getAttrOfType<FlatSymbolRefAttr>("ad.primal");
    bool isThis = sweep == function ||
                  (reverse && reverse.getValue() == function.getSymName());
    if (primal && isThis) {
      function = module.lookupSymbol<func::FuncOp>(primal);
      break;
    }
  }
  if (!function || function.isExternal())
    return true;
  if (!seen.insert(function).second)
    return false;
  return function
      .walk([&](Operation *op) {
        auto call = dyn_cast<CallOp>(op);
        bool found =
            call ? reshapes(module.lookupSymbol<func::FuncOp>(
                                call.getCalleeAttr()),
                            module, seen)
                 : resizedPlace(op) ||
                       (isa<SwapOp>(op) && !op->hasAttr("ad.fixed_shape"));
        return found ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

/// Whether the callee may change the shape of what it gets as operand `i`.
static bool mayChange(CallOp call, unsigned i) {
  auto module = call->getParentOfType<ModuleOp>();
  auto callee =
      module ? module.lookupSymbol<func::FuncOp>(call.getCalleeAttr())
             : func::FuncOp();
  llvm::DenseSet<Operation *> seen;
  return !callee || (callee.getArgAttr(i, "ad.out") &&
                     !callee.getArgAttr(i, "ad.fixed_shape") &&
                     reshapes(callee, module, seen));
}

/// The place that this one is a step away from; null where the object starts.
static Value stepUp(Value place) {
  Operation *op = place.getDefiningOp();
  return isa_and_present<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp>(op)
             ? op->getOperand(0)
             : Value();
}

/// Whether the place is in the shadow of an object, which is still to be made.
static bool isShadow(Value place) {
  while (Value base = stepUp(place))
    place = base;
  return place.getDefiningOp<ShadowOp>() != nullptr;
}

/// The objects that the operation may give another shape. What happens to shadows
/// does not concern the objects that they belong to.
static SmallVector<Value> reshapedPlaces(Operation *op) {
  SmallVector<Value> places;
  if (Value place = resizedPlace(op))
    places.push_back(place);
  if (isa<SwapOp>(op) && !op->hasAttr("ad.fixed_shape"))
    places.append(op->operand_begin(), op->operand_end());
  if (auto call = dyn_cast<CallOp>(op)) {
    bool mayReshape = false;
    for (auto [i, operand] : llvm::enumerate(call.getArgs())) {
      if (isa<PlaceType>(operand.getType()) &&
          isa<ObjectType>(innermostContent(operand)) && mayChange(call, i)) {
        places.push_back(operand);
        mayReshape = true;
      }
    }
    if (mayReshape)
      llvm::append_range(places, placesBehindPointers(call));
  }
  llvm::erase_if(places, isShadow);
  return places;
}

//===----------------------------------------------------------------------===//
// Paths
//===----------------------------------------------------------------------===//

bool adgen::isFixedAtCall(AccessOp access) {
  StringRef text = access.getText();
  return text != "{0}[{1}]" && text != "{0}.at({1})" && text != "{0}.front()";
}

bool adgen::isFoundByIndex(Value place, bool throughNames) {
  while (Value base = stepUp(place)) {
    auto access = place.getDefiningOp<AccessOp>();
    bool isName = !throughNames && place.getDefiningOp<LetOp>();
    if (isName || (access && isFixedAtCall(access)))
      return false;
    place = base;
  }
  if (Operation *op = place.getDefiningOp())
    return isa<VarOp, GlobalOp, ShadowOp>(op);
  return isa<func::FuncOp>(
      cast<BlockArgument>(place).getOwner()->getParentOp());
}

/// How many steps the place is from its object, and the object.
static std::pair<Value, unsigned> depthOf(Value place) {
  unsigned depth = 0;
  for (; Value base = stepUp(place); place = base)
    depth += !place.getDefiningOp<LetOp>();
  return {place, depth};
}

/// Whether `inner` is in an element of `outer`, if they share anything.
static bool isWithin(Value inner, Value outer) {
  auto [x, depth] = depthOf(inner);
  auto [z, other] = depthOf(outer);
  return x == z && depth > other &&
         isFoundByIndex(inner, /*throughNames=*/true) &&
         isFoundByIndex(outer, /*throughNames=*/true);
}

//===----------------------------------------------------------------------===//
// Swaps
//===----------------------------------------------------------------------===//

Value adgen::withoutConversions(Value number) {
  while (Operation *op = number.getDefiningOp()) {
    if (!isa<LetOp, CastOp>(op))
      break;
    number = op->getOperand(0);
  }
  return number;
}

Value adgen::sizedAs(Value number) {
  auto query = withoutConversions(number).getDefiningOp<QueryOp>();
  return query && query.getText() == "{0}.size()" ? query.getBase() : Value();
}

namespace {
/// Objects that swaps give each other's shapes.
class SwapGroup {
public:
  explicit SwapGroup(SwapOp swap) {
    members.insert(swap.getX());
    members.insert(swap.getZ());
  }
  /// Whether all of them have one shape at all times.
  bool hasOneShape(func::FuncOp function);

private:
  bool isSameCount(Value x, Value z);
  bool areMadeAlike(Value x, Value z);
  bool isMadeAs(VarOp variable, Value object);

  llvm::SmallSetVector<Value, 4> members;
};
} // namespace

/// Whether two numbers are the same. Of an object whose size they are, that must
/// not change: it joins the group.
bool SwapGroup::isSameCount(Value x, Value z) {
  x = withoutConversions(x), z = withoutConversions(z);
  auto a = intConstant(x), b = intConstant(z);
  if (x == z || (a && b && a->getSExtValue() == b->getSExtValue()))
    return true;
  Value object = sizedAs(x);
  if (!object || object != sizedAs(z))
    return false;
  members.insert(object);
  return true;
}

/// Whether the variable is made with the size of `object`, and has elements
/// without a shape of their own.
bool SwapGroup::isMadeAs(VarOp variable, Value object) {
  auto shape = variable ? variable->getAttrOfType<DictionaryAttr>("ad.shape")
                        : DictionaryAttr();
  return shape && !shape.contains("shape") &&
         variable.getZeroInitAttr() &&
         variable.getZeroInitAttr().getValue() == "({0})" &&
         sizedAs(variable.getArgs()[0]) == object;
}

bool SwapGroup::areMadeAlike(Value x, Value z) {
  auto a = x.getDefiningOp<VarOp>(), b = z.getDefiningOp<VarOp>();
  if (isMadeAs(a, z) || isMadeAs(b, x))
    return true;
  return a && b && a.getZeroInitAttr() &&
         a.getZeroInitAttr() == b.getZeroInitAttr() &&
         a.getArgs().size() == b.getArgs().size() &&
         llvm::all_of(llvm::zip(a.getArgs(), b.getArgs()), [&](auto pair) {
           return isSameCount(std::get<0>(pair), std::get<1>(pair));
         });
}

bool SwapGroup::hasOneShape(func::FuncOp function) {
  SmallVector<Operation *> changes;
  function.walk([&](Operation *op) {
    if (!reshapedPlaces(op).empty())
      changes.push_back(op);
  });
  for (unsigned i = 0; i != members.size(); ++i) {
    Value member = members[i];
    if (stepUp(member))
      return false;
    for (Operation *op : changes) {
      if (llvm::none_of(reshapedPlaces(op), [&](Value place) {
            return mayAlias(place, member);
          }))
        continue;
      auto swap = dyn_cast<SwapOp>(op);
      if (!swap || (swap.getX() != member && swap.getZ() != member) ||
          !areMadeAlike(swap.getX(), swap.getZ()))
        return false;
      members.insert(swap.getX());
      members.insert(swap.getZ());
    }
  }
  return true;
}

static bool keepsShapes(SwapOp swap) {
  auto function = swap->getParentOfType<func::FuncOp>();
  return function && SwapGroup(swap).hasOneShape(function);
}

//===----------------------------------------------------------------------===//
// Changes
//===----------------------------------------------------------------------===//

bool adgen::mayMoveElements(Operation *op, Value place) {
  return llvm::any_of(reshapedPlaces(op), [&](Value changed) {
    return mayAlias(changed, place) && !isWithin(changed, place);
  });
}

bool adgen::isVector(Value value) {
  auto place = dyn_cast<PlaceType>(value.getType());
  auto content = place ? dyn_cast<ObjectType>(place.getElement()) : ObjectType();
  return content && content.getSpelling().starts_with("std::vector<");
}

bool adgen::mayReshape(Operation *op, Value place) {
  auto swap = dyn_cast<SwapOp>(op);
  return mayMoveElements(op, place) && !(swap && keepsShapes(swap));
}

bool adgen::mayBeReshapedIn(Operation *op, Value place) {
  return op
      ->walk([&](Operation *inner) {
        return mayReshape(inner, place) ? WalkResult::interrupt()
                                        : WalkResult::advance();
      })
      .wasInterrupted();
}

bool adgen::asksForWhatChangesIn(Operation *around, Operation *op) {
  return isa<QueryOp, AccessOp>(op) && mayBeReshapedIn(around, op->getOperand(0));
}

bool adgen::isReshapedOutside(Operation *op, Operation *loop) {
  Value place = resizedPlace(op);
  return place && llvm::any_of(rootsOf(place), [&](Value root) {
           Operation *object = root ? root.getDefiningOp() : nullptr;
           return !object || !loop->isProperAncestor(object);
         });
}

bool adgen::isReshaped(Value place) {
  Operation *op = depthOf(place).first.getParentRegion()->getParentOp();
  while (op->getParentOp() && !isa<func::FuncOp>(op))
    op = op->getParentOp();
  return mayBeReshapedIn(op, place);
}
