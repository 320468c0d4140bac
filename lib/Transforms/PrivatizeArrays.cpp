//===- PrivatizeArrays.cpp - Each trip has work arrays of its own ---------===//
//
// A work array that lives outside of a loop, and of which each trip reads only what
// it wrote itself, is declared in the loop: then a trip needs nothing of another
// one, can be run again, and can be reversed behind its forward part (FuseTrips).
//
//   std::vector<double> w(k);          for (i) {
//   for (i) { w[…] = …; … w[…] }   →     std::vector<double> w(k);
//                                        w[…] = …; … w[…]
//
// When the derivative is there, what owns its memory is allocated once again.
//
// Not so where inner loops compute the elements, and another trip overwrites what a
// trip needs, so that it cannot be reversed right away: then to keep the elements
// costs less than to compute them again.
//
//===----------------------------------------------------------------------===//
#include "PrivatizeArrays.h"
#include "ReadVariables.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/PrivateArrays.h"
#include "adgen/Analysis/Slots.h"

using namespace mlir;
using namespace adgen;

/// Moves the array, and what in its block finds places within it, into the loop.
static void moveInto(VarOp array, ForOp loop) {
  SmallVector<Operation *> moved = {array};
  for (size_t i = 0; i < moved.size(); ++i)
    for (Operation *user : moved[i]->getUsers())
      if (user->getBlock() == array->getBlock() &&
          !llvm::is_contained(moved, user))
        moved.push_back(user);
  llvm::sort(moved, [](Operation *a, Operation *b) {
    return a->isBeforeInBlock(b);
  });
  Operation *first = &loop.block()->front();
  for (Operation *op : moved)
    op->moveBefore(first);
}

/// Whether the value is computed by a loop within the trip of `loop`.
static bool isFromLoop(Value value, Operation *loop) {
  Operation *op = value.getDefiningOp();
  if (!op || !loop->isProperAncestor(op) || isa<LoadOp>(op))
    return false;
  return isLoop(op) || llvm::any_of(op->getOperands(), [&](Value operand) {
    return isFromLoop(operand, loop);
  });
}

/// Whether an inner loop computes what an element of the array becomes.
static bool isFilledByLoops(VarOp array, ForOp loop) {
  return loop
      .walk([&](StoreOp store) {
        return localObject(store.getPlace()) == array &&
                       isFromLoop(store.getValue(), loop)
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      })
      .wasInterrupted();
}

/// Whether a trip of the loop reads what is overwritten later, other than in arrays
/// that trips may have of their own.
static bool readsOverwritten(ForOp loop, ArrayRef<VarOp> arrays) {
  AccessOrder order(loop->getParentOfType<func::FuncOp>());
  llvm::SmallDenseSet<Operation *> own;
  for (VarOp array : arrays)
    if (loop->isAncestor(array) || findPrivateLoop(array) == loop)
      own.insert(array);
  return loop
      .walk([&](LoadOp load) {
        VarOp object = localObject(load.getPlace());
        return isReal(load.getType()) && !(object && own.contains(object)) &&
                       order.isOverwritten(load, load.getPlace())
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      })
      .wasInterrupted();
}

void adgen::privatizeArrays(func::FuncOp function) {
  SmallVector<VarOp> arrays;
  function.walk([&](VarOp array) { arrays.push_back(array); });
  OpBuilder b(function.getContext());
  for (VarOp array : arrays) {
    int64_t count = 0;
    while (ForOp loop = findPrivateLoop(array)) {
      if (isFilledByLoops(array, loop) && readsOverwritten(loop, arrays))
        break;
      moveInto(array, loop);
      array->setAttr(privateMark, b.getI64IntegerAttr(++count));
    }
  }
}

/// Whether the operation gives the same before the loop, with what it needs.
static bool mayMoveOut(Operation *op, ForOp loop) {
  auto query = dyn_cast<QueryOp>(op);
  // The size of a vector that nobody changes as a whole.
  auto object = query ? query->getOperand(0).getDefiningOp<VarOp>() : VarOp();
  bool isFixed = object && llvm::all_of(object->getUsers(), [](Operation *user) {
                   return isa<AccessOp, QueryOp>(user);
                 });
  return (isPure(op) || isFixed) && op->getNumRegions() == 0 &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           bool isVisible =
               !loop->isAncestor(operand.getParentBlock()->getParentOp());
           return isVisible || (operand.getDefiningOp() &&
                                mayMoveOut(operand.getDefiningOp(), loop));
         });
}

static void moveBefore(Operation *op, ForOp loop) {
  for (Value operand : op->getOperands())
    if (loop->isAncestor(operand.getParentBlock()->getParentOp()))
      moveBefore(operand.getDefiningOp(), loop);
  op->moveBefore(loop);
}

/// Moves what allocates memory in front of the loops around it, `count` at most.
static void moveOut(Operation *op, int64_t count) {
  for (; count > 0; --count) {
    auto loop = dyn_cast<ForOp>(op->getParentOp());
    bool mayMove = loop && llvm::all_of(op->getOperands(), [&](Value operand) {
                     return !loop->isAncestor(
                                operand.getParentBlock()->getParentOp()) ||
                            (operand.getDefiningOp() &&
                             mayMoveOut(operand.getDefiningOp(), loop));
                   });
    if (!mayMove)
      return;
    moveBefore(op, loop);
  }
}

static void share(func::FuncOp function, bool shadows) {
  SmallVector<VarOp> arrays;
  function.walk([&](VarOp array) {
    if (array->hasAttr(privateMark) && isDerivativeOp(array) == shadows)
      arrays.push_back(array);
  });
  for (VarOp array : arrays) {
    int64_t count = array->getAttrOfType<IntegerAttr>(privateMark).getInt();
    array->removeAttr(privateMark);
    if (!array.getArgs().empty())
      moveOut(array, count);
  }
}

// What is read of the array was written in the same trip; so the reversed trip ends
// with zeros in its shadow, as it began.
void adgen::shareShadows(func::FuncOp function) { share(function, true); }

void adgen::shareAllocations(func::FuncOp function) {
  share(function, false);
  // What is played back of a tape was recorded in the same trip as well.
  SmallVector<TapeOp> tapes;
  function.walk([&](TapeOp tape) {
    if (tape.getSize() && !tape->use_empty())
      tapes.push_back(tape);
  });
  for (TapeOp tape : tapes)
    moveOut(tape, std::numeric_limits<int64_t>::max());
}
