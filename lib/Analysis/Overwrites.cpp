//===- Overwrites.cpp - What is written, and read, after what -------------===//
//
// Whether an operation may come after another one, in the same trip of the loops around
// both or a later one, and touch what that did. A call touches everything in the
// objects that it is passed places of.
//
//===----------------------------------------------------------------------===//
#include "Paths.h"

#include "adgen/Analysis/Shapes.h"
#include "adgen/Analysis/Slots.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace adgen;

unsigned adgen::loopDepth(Operation *op) {
  unsigned depth = 0;
  for (Operation *loop = loopAround(op); loop; loop = loopAround(loop))
    ++depth;
  return depth;
}

unsigned adgen::scopeOf(Value place) {
  unsigned depth = ~0u;
  for (Value root : rootsOf(place)) {
    Operation *variable = root ? root.getDefiningOp() : nullptr;
    depth = std::min(depth, variable ? loopDepth(variable) : 0);
  }
  return depth == ~0u ? 0 : depth;
}

Value adgen::writtenPlace(Operation *op) {
  if (auto store = dyn_cast<StoreOp>(op))
    return store.getPlace();
  if (auto accumulate = dyn_cast<AccumulateOp>(op))
    return accumulate.getPlace();
  return {};
}

/// Whether there may be pointers at the place.
static bool refersToOthers(Value place) {
  if (!isa<ObjectType>(innermostContent(place)))
    return isa<PlaceType>(innermostContent(place));
  return llvm::any_of(rootsOf(place), [](Value root) {
    if (!root || isa<PlaceType>(innermostContent(root)))
      return true;
    if (Operation *op = root.getDefiningOp())
      return op->hasAttr("refers");
    auto argument = cast<BlockArgument>(root);
    auto function = dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp());
    return !function || bool(function.getArgAttr(argument.getArgNumber(), "ad.refers"));
  });
}

SmallVector<Value> adgen::placesBehindPointers(CallOp call) {
  SmallVector<Value> places;
  auto refers = [](Value operand) {
    return isa<PlaceType>(operand.getType()) && refersToOthers(operand);
  };
  if (llvm::none_of(call.getArgs(), refers))
    return places;
  auto function = call->getParentOfType<func::FuncOp>();
  llvm::SetVector<Value> found;
  auto add = [&](Value pointer) {
    if (!isa<PlaceType>(pointer.getType()))
      return;
    for (Value root : rootsOf(pointer))
      if (root && !root.getDefiningOp<GlobalOp>())
        found.insert(root);
      else if (!root)
        // From the caller's memory: it may lead to what he passes.
        for (BlockArgument argument : function.getArguments())
          if (isa<PlaceType>(argument.getType()))
            found.insert(argument);
  };
  function.walk([&](Operation *op) {
    if (auto store = dyn_cast<StoreOp>(op))
      add(store.getValue());
    else if (auto push = dyn_cast<PushOp>(op); push && push.getValue())
      add(push.getValue());
    else if (isa<VarOp>(op))
      llvm::for_each(op->getOperands(), add);
    // A constructor stores what it is passed.
    else if (auto other = dyn_cast<CallOp>(op);
             other && llvm::any_of(other.getArgs(), refers))
      llvm::for_each(other.getArgs(), add);
  });
  return found.takeVector();
}

SmallVector<Value> adgen::writtenPlaces(Operation *op) {
  SmallVector<Value> places;
  if (Value place = writtenPlace(op))
    places.push_back(place);
  else if (auto call = dyn_cast<CallOp>(op)) {
    for (auto [i, operand] : llvm::enumerate(call.getArgs()))
      if (isa<PlaceType>(operand.getType()) && !onlyReads(call, i))
        places.push_back(operand);
    llvm::append_range(places, placesBehindPointers(call));
  } else if (Value container = resizedPlace(op)) {
    places.push_back(container);
  } else if (isa<SwapOp>(op)) {
    llvm::append_range(places, op->getOperands());
  }
  return places;
}

static bool mayMeet(Operation *first, Value place, Operation *later,
                    Value laterPlace, When when, Operation *loop,
                    PathCache &paths) {
  // A call reaches everything around what it is passed, and anything from where a
  // pointer is that it is passed the place of.
  auto holdsPointer = [](Value of) {
    return isa<PlaceType>(cast<PlaceType>(of.getType()).getElement());
  };
  bool isFirst = isa<CallOp>(first), isLater = isa<CallOp>(later);
  if (isFirst || isLater)
    return (isFirst && holdsPointer(place)) ||
           (isLater && holdsPointer(laterPlace)) || mayAlias(place, laterPlace);
  return mayOverlap(place, laterPlace, when, loop, paths);
}

bool adgen::mayMeet(Operation *first, Value place, Operation *later,
                    Value laterPlace, When when, Operation *loop) {
  PathCache paths;
  return ::mayMeet(first, place, later, laterPlace, when, loop, paths);
}

/// The ancestors of both operations in the innermost block around both.
static std::pair<Operation *, Operation *> ancestorsInCommonBlock(Operation *x,
                                                                 Operation *z) {
  for (Operation *up = x; up; up = up->getParentOp())
    if (Operation *other = up->getBlock()->findAncestorOpInBlock(*z))
      return {up, other};
  llvm_unreachable("operations of one function");
}

bool adgen::mayFollow(Operation *first, Value place, Operation *later,
                      Value laterPlace, PathCache &paths) {
  auto [x, z] = ancestorsInCommonBlock(first, later);
  if (x != z && x->isBeforeInBlock(z) &&
      ::mayMeet(first, place, later, laterPlace, When::SameTrip, nullptr, paths))
    return true;
  // Regions of one operation exclude each other, but a loop's follow.
  bool isCall = isa<CallOp>(first) || isa<CallOp>(later);
  if (x == z && isa<WhileOp>(x) &&
      (isCall ? mayReach(place, laterPlace) : mayAlias(place, laterPlace)))
    return true;
  unsigned scope = scopeOf(place);
  for (Operation *loop = loopAround(first); loop; loop = loopAround(loop)) {
    if (loopDepth(loop) < scope)
      break;
    auto counted = dyn_cast<ForOp>(loop);
    bool isReversed = counted && counted.getReversed();
    if (loop->isProperAncestor(later) &&
        (isReversed ? ::mayMeet(later, laterPlace, first, place,
                                When::LaterTrip, loop, paths)
                    : ::mayMeet(first, place, later, laterPlace,
                                When::LaterTrip, loop, paths)))
      return true;
  }
  return false;
}

bool adgen::mayFollow(Operation *first, Value place, Operation *later,
                      Value laterPlace) {
  PathCache paths;
  return mayFollow(first, place, later, laterPlace, paths);
}

bool adgen::mayBeWrittenIn(Operation *op, Value place) {
  return op
      ->walk([&](Operation *inner) {
        bool writes = llvm::any_of(writtenPlaces(inner), [&](Value written) {
          return isa<CallOp>(inner) ? mayReach(written, place)
                                    : mayAlias(written, place);
        });
        return writes ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}
