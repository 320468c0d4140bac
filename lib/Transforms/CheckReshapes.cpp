//===- CheckReshapes.cpp - Places that a change of shape makes invalid ----===//
//
//   double *p = v.data();  v.push_back(x);  … p[0] …
//   std::swap(u, w);  behind  auto it = u.begin();
//
// What is found in a container is an index away from it, in the derivative and in
// shadows, and so is another element, or none, once the container has changed.
// Where a use may come behind a change, that is refused. In the reverse sweep, an
// iterator's shadow is found when the shadow of the container may have changed
// already, so that there nothing may change behind an iterator at all.
//
// A change of two objects, or of one that is not known, must concern one scope, as
// a trip that is run again makes its own objects again, and those alone.
//
//===----------------------------------------------------------------------===//
#include "CheckReshapes.h"

#include "adgen/Analysis/Shapes.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Support/Diagnostics.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace adgen;

namespace {
/// A place, and what it depends on.
struct Found {
  explicit Found(Value place);

  /// The containers that it is found in, whatever way a branch or loop took.
  llvm::SetVector<Value> containers;
  /// An iterator, a pointer, a view.
  bool isFixed = false;
  /// A reference of the user's.
  bool isNamed = false;
  /// It comes from memory, or whoever knows where.
  bool isUnknown = false;

private:
  void collect(Value place, llvm::DenseSet<Value> &seen);
};

class ReshapeChecker {
public:
  ReshapeChecker(func::FuncOp function, bool isReverse)
      : function(function), isReverse(isReverse) {}
  LogicalResult run();

private:
  LogicalResult checkScopes(Operation *change);
  LogicalResult check(Value place);

  func::FuncOp function;
  bool isReverse;
  SmallVector<Operation *> changes;
};
} // namespace

Found::Found(Value place) {
  isNamed = isa_and_present<LetOp>(place.getDefiningOp());
  llvm::DenseSet<Value> seen;
  collect(place, seen);
}

void Found::collect(Value place, llvm::DenseSet<Value> &seen) {
  if (!seen.insert(place).second)
    return;
  Operation *op = place.getDefiningOp();
  if (isa_and_present<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp>(op)) {
    if (auto access = dyn_cast<AccessOp>(op)) {
      containers.insert(access.getBase());
      isFixed |= isFixedAtCall(access);
    }
    return collect(op->getOperand(0), seen);
  }
  if (isa_and_present<VarOp, GlobalOp, UndefOp>(op))
    return;
  unsigned slot = 0;
  if (auto select = dyn_cast_if_present<SelectOp>(op)) {
    isFixed = true;
    collect(select.getX(), seen);
    return collect(select.getZ(), seen);
  }
  if (op && !hasSlots(op)) {
    isUnknown = isFixed = true;
    return;
  }
  if (op) {
    slot = cast<OpResult>(place).getResultNumber();
  } else {
    auto argument = cast<BlockArgument>(place);
    op = argument.getOwner()->getParentOp();
    if (isa<func::FuncOp>(op))
      return;
    slot = argument.getArgNumber() - leadingArguments(op);
  }
  isFixed = true;
  for (Region &region : op->getRegions())
    collect(handedOn(region, slot), seen);
  if (isLoop(op))
    collect(op->getOperand(leadingOperands(op) + slot), seen);
}

/// Whether the change may make the place another one.
static bool mayConcern(Operation *change, Value place, const Found &found) {
  // A pointer from memory leads to no object of the function's own.
  if (found.isUnknown)
    return llvm::any_of(change->getOperands(), [&](Value operand) {
      return isa<PlaceType>(operand.getType()) && mayAlias(operand, place);
    });
  // A place that is found at once is found by its index.
  if (!found.isFixed && !found.isNamed && !isa<SwapOp>(change))
    return false;
  return llvm::any_of(found.containers, [&](Value container) {
    return mayMoveElements(change, container);
  });
}

/// Whether `later` may come behind `first` while what `block` computes is the
/// same: not in another run of the block.
static bool followsWithin(Block *block, Operation *first, Operation *later) {
  Block *common = first->getBlock();
  while (!common->findAncestorOpInBlock(*later))
    common = common->getParentOp()->getBlock();
  Operation *x = common->findAncestorOpInBlock(*first);
  Operation *z = common->findAncestorOpInBlock(*later);
  if (x != z ? x->isBeforeInBlock(z) : isa<WhileOp>(x))
    return true;
  for (Operation *loop = loopAround(first); loop; loop = loopAround(loop))
    if (loop->isProperAncestor(later) &&
        !loop->isAncestor(block->getParentOp()))
      return true;
  return false;
}

static void collectUses(Value place, llvm::DenseSet<Value> &seen,
                        SmallVectorImpl<Operation *> &uses) {
  if (!seen.insert(place).second)
    return;
  for (Operation *user : place.getUsers()) {
    uses.push_back(user);
    for (Value result : user->getResults())
      if (isa<PlaceType>(result.getType()) && !isa<LoadOp>(user))
        collectUses(result, seen, uses);
  }
}

static LogicalResult refuse(Operation *op) {
  return emitError(op->getLoc()) << formatMessage(Diag::ReshapedContainer, {});
}

LogicalResult ReshapeChecker::checkScopes(Operation *change) {
  std::optional<unsigned> scope;
  for (Value operand : change->getOperands()) {
    if (!isa<PlaceType>(operand.getType()))
      continue;
    for (Value root : rootsOf(operand)) {
      Operation *object = root ? root.getDefiningOp() : nullptr;
      unsigned own = object ? loopDepth(object) : 0;
      if (scope && *scope != own)
        return emitError(change->getLoc())
               << formatMessage(Diag::ReshapedScopes, {});
      scope = own;
    }
  }
  return success();
}

LogicalResult ReshapeChecker::check(Value place) {
  Found found(place);
  Operation *op = place.getDefiningOp();
  Block *block = place.getParentBlock();
  SmallVector<Operation *> uses;
  llvm::DenseSet<Value> seen;
  collectUses(place, seen, uses);
  if (uses.empty())
    return success();
  Operation *start = op ? op : &block->front();
  for (Operation *change : changes) {
    if (!mayConcern(change, place, found))
      continue;
    if (isReverse && found.isFixed &&
        llvm::any_of(change->getOperands(), [&](Value operand) {
          return isa<PlaceType>(operand.getType()) &&
                 mayFollow(start, place, change, operand);
        }))
      return refuse(start);
    bool isBehind = op ? followsWithin(block, op, change)
                       : block->findAncestorOpInBlock(*change) != nullptr;
    if (isBehind && llvm::any_of(uses, [&](Operation *use) {
          return followsWithin(block, change, use);
        }))
      return refuse(start);
  }
  return success();
}

LogicalResult ReshapeChecker::run() {
  SmallVector<Value> places;
  function.walk([&](Operation *op) {
    if (resizedPlace(op) || isa<SwapOp>(op))
      changes.push_back(op);
    if (!isa<VarOp, GlobalOp>(op))
      llvm::append_range(places, op->getResults());
    if (!isa<func::FuncOp>(op))
      for (Region &region : op->getRegions())
        llvm::append_range(places, region.getArguments());
  });
  if (changes.empty())
    return success();
  if (isReverse)
    for (Operation *change : changes)
      if (failed(checkScopes(change)))
        return failure();
  for (Value place : places)
    if (isa<PlaceType>(place.getType()) && failed(check(place)))
      return failure();
  return success();
}

LogicalResult adgen::checkReshapes(func::FuncOp function, bool isReverse) {
  return ReshapeChecker(function, isReverse).run();
}
