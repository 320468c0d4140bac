//===- EliminateTape.cpp - Removes what nobody reads ----------------------===//
//
// The reverse mode records every carried value of a loop and computes the whole
// forward sweep. This pass removes what turned out not to be needed: tapes that
// are never played back, carried values, results and branches that nobody
// reads. A tape that one branch alone uses is allocated there. A shadow that nobody
// writes to is not made.
//
// Requires value form; changes nothing that the results depend on.
//
//===----------------------------------------------------------------------===//
#include "CalleeDerivatives.h"
#include "PrivatizeArrays.h"
#include "ReadVariables.h"
#include "SimplifyRegions.h"

#include "adgen/Analysis/Shapes.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_ELIMINATETAPE
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

/// The branch's block, directly in `block`, that holds all users of `tape`.
static Block *branchOfUsers(TapeOp tape, Block *block) {
  Block *found = nullptr;
  for (Operation *user : tape->getUsers()) {
    Operation *ancestor = block->findAncestorOpInBlock(*user);
    if (ancestor == user || !isa<IfOp, SwitchOp>(ancestor))
      return nullptr;
    Block *holder = user->getBlock();
    while (holder->getParentOp() != ancestor)
      holder = holder->getParentOp()->getBlock();
    if (found && found != holder)
      return nullptr;
    found = holder;
  }
  return found;
}

static void sinkTape(TapeOp tape) {
  while (Block *branch = branchOfUsers(tape, tape->getBlock())) {
    // Ahead of what uses it, behind what its size needs.
    Operation *first = nullptr;
    for (Operation *user : tape->getUsers()) {
      Operation *ancestor = branch->findAncestorOpInBlock(*user);
      if (!first || ancestor->isBeforeInBlock(first))
        first = ancestor;
    }
    tape->moveBefore(first);
  }
}

/// What is written last to an object of the function's own is for nobody: a
/// shadow that its owner has consumed is not zeroed.
static void eraseDeadWrites(func::FuncOp function) {
  SmallVector<Operation *> dead;
  AccessOrder order(function);
  function.walk([&](Operation *op) {
    Value place = writtenPlace(op);
    if (place ? localObject(place) && !order.isReadLater(op)
              : resizedPlace(op) && !isShapeReadLater(op))
      dead.push_back(op);
  });
  for (Operation *op : dead)
    op->erase();
}

//===----------------------------------------------------------------------===//
// What is overwritten
//===----------------------------------------------------------------------===//

/// Whether `op` may read what is at `place`, or do anything with it that is not
/// plain.
static bool mayRead(Operation *op, Value place) {
  if (isPure(op) || isa<QueryOp, StoreOp>(op) ||
      (isa<VarOp>(op) && !op->hasAttr("copies")))
    return false;
  if (auto load = dyn_cast<LoadOp>(op))
    return mayOverlap(load.getPlace(), place, When::SameTrip);
  if (auto accumulate = dyn_cast<AccumulateOp>(op))
    return mayOverlap(accumulate.getPlace(), place, When::SameTrip);
  return true;
}

/// `x = 0; y = x; x = e;` is `y = 0; x = e;`: constants are read where they are
/// stored, and a store is not made that another one in the same block overwrites
/// before anybody reads it.
static void eraseOverwritten(func::FuncOp function) {
  SmallVector<StoreOp> stores;
  function.walk([&](StoreOp store) { stores.push_back(store); });
  SameExpressions expressions;
  for (StoreOp store : stores) {
    Value place = store.getPlace();
    bool isConstant = store.getValue().getDefiningOp<ConstantOp>();
    for (Operation &op : llvm::make_early_inc_range(
             llvm::make_range(std::next(store->getIterator()),
                              store->getBlock()->end()))) {
      auto load = dyn_cast<LoadOp>(op);
      if (load && isConstant && isSamePlace(load.getPlace(), place)) {
        load.getValue().replaceAllUsesWith(store.getValue());
        // What is no real may be part of an index.
        if (isReal(load.getType()))
          expressions.forget(load.getValue());
        else
          expressions.clear();
        load.erase();
        continue;
      }
      auto next = dyn_cast<StoreOp>(op);
      if (next && isSamePlace(next.getPlace(), place)) {
        store.erase();
        break;
      }
      bool ends = mayRead(&op, place) ||
                  (next && isConstant &&
                   mayOverlap(next.getPlace(), place, When::SameTrip));
      if (ends)
        break;
    }
  }
}

//===----------------------------------------------------------------------===//
// Shadows that nobody writes to
//===----------------------------------------------------------------------===//

/// Whether nothing but loads happens to the object; they are added to `loads`.
static bool isOnlyRead(Value place, SmallVectorImpl<LoadOp> &loads) {
  for (Operation *user : place.getUsers()) {
    if (auto load = dyn_cast<LoadOp>(user))
      loads.push_back(load);
    else if (!isa<OffsetOp, ElementOp, MemberOp, AccessOp>(user) ||
             user->getOperand(0) != place ||
             !isOnlyRead(user->getResult(0), loads))
      return false;
  }
  return true;
}

/// A shadow that nobody writes to is the seed that it was copied from, or zero.
static void foldUnwritten(func::FuncOp function) {
  SmallVector<VarOp> shadows;
  function.walk([&](VarOp variable) {
    if (isDerivativeOp(variable) && variable.getInit())
      shadows.push_back(variable);
  });
  for (VarOp shadow : shadows) {
    SmallVector<LoadOp> loads;
    if (!isOnlyRead(shadow, loads))
      continue;
    auto seed = shadow.getArgs().size() == 1
                    ? dyn_cast<BlockArgument>(shadow.getArgs().front())
                    : BlockArgument();
    bool isCopy = seed && *shadow.getInit() == " = {0}" &&
                  roleOf(function, seed.getArgNumber()) == "seed";
    if (isCopy) {
      shadow.replaceAllUsesWith(Value(seed));
      shadow.erase();
      continue;
    }
    if (shadow.getInit() != shadow.getZeroInit())
      continue;
    for (LoadOp load : loads) {
      if (!isReal(load.getType()))
        continue;
      OpBuilder b(load);
      load.replaceAllUsesWith(
          createConstant(b, load.getLoc(), load.getType(), 0));
      load.erase();
    }
  }
}

/// A tape of one constant, in all its entries, is that constant.
static void foldConstantTapes(func::FuncOp function) {
  function.walk([](TapeOp tape) {
    ConstantOp constant;
    SmallVector<PlaybackOp> playbacks;
    for (Operation *user : tape->getUsers()) {
      if (auto playback = dyn_cast<PlaybackOp>(user)) {
        playbacks.push_back(playback);
        continue;
      }
      auto record = dyn_cast<RecordOp>(user);
      auto value = record ? record.getValue().getDefiningOp<ConstantOp>() : ConstantOp();
      if (!value || (constant && value.getValue() != constant.getValue()))
        return;
      constant = value;
    }
    if (!constant)
      return;
    for (PlaybackOp playback : playbacks) {
      OpBuilder b(playback);
      if (playback->getResult(0).getType() == constant.getType())
        playback->getResult(0).replaceAllUsesWith(
            b.clone(*constant)->getResult(0));
    }
  });
}

namespace {
struct EliminateTape : adgen::impl::EliminateTapeBase<EliminateTape> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (!function->hasAttr("ad.derivative") || function.isExternal())
      return;
    simplifyRegions(function);
    foldConstantTapes(function);
    shareShadows(function);
    eraseOverwritten(function);
    eraseDeadWrites(function);
    foldUnwritten(function);
    simplifyRegions(function);
    function.walk([](TapeOp tape) {
      if (!tape->use_empty())
        sinkTape(tape);
    });
    shareAllocations(function);
  }
};
} // namespace
