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

#include "adgen/Analysis/PlaceIndex.h"
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
              : resizedPlace(op) && !order.isShapeReadLater(op))
      dead.push_back(op);
  });
  for (Operation *op : dead)
    op->erase();
}

//===----------------------------------------------------------------------===//
// What is overwritten
//===----------------------------------------------------------------------===//

namespace {
/// `x = 0; y = x; x = e;` is `y = 0; x = e;`: constants are read where they are
/// stored, and a store is not made that another one in the same block overwrites
/// before anybody reads it.
class OverwrittenStores {
public:
  explicit OverwrittenStores(SameExpressions &expressions)
      : expressions(expressions) {}
  void erase(Block &block);

private:
  using Reach = PlaceIndex::Reach;
  void add(StoreOp store);
  void drop(unsigned i);
  void dropRead(Value place, unsigned before);
  void visit(LoadOp load);
  void visit(StoreOp store);

  /// The stores of the block, of which some nobody has read.
  std::vector<StoreOp> stores;
  /// Those by their places, as representatives.
  llvm::DenseMap<Value, unsigned> unread;
  PlaceIndex ofConstants, ofOthers;
  SameExpressions &expressions;
};
} // namespace

static bool isOfConstant(StoreOp store) {
  return store.getValue().getDefiningOp<ConstantOp>() != nullptr;
}

void OverwrittenStores::add(StoreOp store) {
  Value place = store.getPlace();
  unread[expressions.representative(place)] = stores.size();
  (isOfConstant(store) ? ofConstants : ofOthers)
      .insert(stores.size(), place, Reach::Place);
  stores.push_back(store);
}

void OverwrittenStores::drop(unsigned i) {
  Value place = stores[i].getPlace();
  unread.erase(expressions.representative(place));
  (isOfConstant(stores[i]) ? ofConstants : ofOthers)
      .erase(i, place, Reach::Place);
}

/// What is at the place is read: by what comes first, of the stores ahead of number
/// `before`.
void OverwrittenStores::dropRead(Value place, unsigned before) {
  SmallVector<unsigned> read;
  for (PlaceIndex *index : {&ofConstants, &ofOthers})
    index->anyOf(place, Reach::Place, [&](const PlaceIndex::Numbers &numbers) {
      for (unsigned i : numbers)
        if (i < before && index->mayOverlap(place, stores[i].getPlace()))
          read.push_back(i);
      return false;
    });
  llvm::for_each(read, [&](unsigned i) { drop(i); });
}

void OverwrittenStores::visit(LoadOp load) {
  auto last = unread.find(expressions.representative(load.getPlace()));
  if (last == unread.end() || !isOfConstant(stores[last->second]))
    return dropRead(load.getPlace(), stores.size());
  dropRead(load.getPlace(), last->second);
  load.getValue().replaceAllUsesWith(stores[last->second].getValue());
  expressions.forget(load.getValue());
  load.erase();
}

void OverwrittenStores::visit(StoreOp store) {
  Value place = store.getPlace();
  if (auto last = unread.find(expressions.representative(place));
      last != unread.end()) {
    StoreOp overwritten = stores[last->second];
    drop(last->second);
    overwritten.erase();
  }
  // Constants are not read behind what may change them.
  SmallVector<unsigned> changed;
  ofConstants.anyOf(place, Reach::Place, [&](const PlaceIndex::Numbers &numbers) {
    for (unsigned i : numbers)
      if (ofConstants.mayOverlap(place, stores[i].getPlace()))
        changed.push_back(i);
    return false;
  });
  llvm::for_each(changed, [&](unsigned i) { drop(i); });
  add(store);
}

void OverwrittenStores::erase(Block &block) {
  for (Operation &op : llvm::make_early_inc_range(block)) {
    if (auto load = dyn_cast<LoadOp>(op)) {
      // It may be erased.
      visit(load);
      continue;
    }
    if (auto store = dyn_cast<StoreOp>(op)) {
      visit(store);
    } else if (auto accumulate = dyn_cast<AccumulateOp>(op)) {
      dropRead(accumulate.getPlace(), stores.size());
    } else if (!isPure(&op) && !isa<QueryOp>(op) &&
               (!isa<VarOp>(op) || op.hasAttr("copies"))) {
      SmallVector<unsigned> all;
      for (auto [place, i] : unread)
        all.push_back(i);
      llvm::for_each(all, [&](unsigned i) { drop(i); });
    }
    for (Region &region : op.getRegions())
      OverwrittenStores(expressions).erase(region.front());
  }
}

static void eraseOverwritten(func::FuncOp function) {
  SameExpressions expressions;
  OverwrittenStores(expressions).erase(function.front());
  // What was read for such a store.
  function.walk([](LoadOp load) {
    if (load.use_empty())
      load.erase();
  });
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
