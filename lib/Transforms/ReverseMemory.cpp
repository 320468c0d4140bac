//===- ReverseMemory.cpp - Adjoints of what stays in memory ---------------===//
//
// Parameters that may be one object are read and written in memory, and so are
// their shadows, in the opposite order:
//
//     %v = ad.load %y          →   y_bar += v_bar
//     ad.store %v, %y          →   v_bar += y_bar; y_bar = 0
//
// A store's adjoint reads the shadow and zeroes it before anything is added, as
// source and target may be one object. Within a statement, what the shadows get
// waits until all that reads them is computed.
//
// A trip that is run again must not repeat what it did to memory that was there
// before, and must not read what is there by now: its stores and effects are
// removed, what it loads is there unchanged or comes from a tape (KeepLoads.cpp),
// and so does what it gets from a call with effects. Refuses the result of such a
// call in loops nested in loops.
//
//===----------------------------------------------------------------------===//
#include "CompanionVariables.h"
#include "KeepLoads.h"
#include "PrivatizeArrays.h"
#include "ReadVariables.h"
#include "Reverse.h"

#include "adgen/Analysis/Shapes.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Support/Diagnostics.h"

using namespace mlir;
using namespace adgen;

/// The position of the shadow; it is known before there is a body.
static std::optional<unsigned> shadowPosition(func::FuncOp derivative,
                                              unsigned i) {
  for (unsigned k = 0; k != derivative.getNumArguments(); ++k) {
    auto of = derivative.getArgAttrOfType<IntegerAttr>(k, "ad.of");
    if (of && of.getInt() == i)
      return k;
  }
  return {};
}

Value adgen::shadowOfArgument(func::FuncOp derivative, unsigned i) {
  auto position = shadowPosition(derivative, i);
  return position ? derivative.getArgument(*position) : Value();
}

bool adgen::isObjectByValue(BlockArgument argument) {
  auto function = cast<func::FuncOp>(argument.getOwner()->getParentOp());
  unsigned i = argument.getArgNumber();
  return isa<PlaceType>(argument.getType()) && !isPassedByPlace(function, i) &&
         !function.getArgAttr(i, "ad.view") && roleOf(function, i).empty();
}

bool adgen::hasShadow(func::FuncOp derivative, const Activity &activity,
                      Value place) {
  if (!activity.isActive(place))
    return false;
  return llvm::all_of(originsOf(place), [&](Value root) {
    auto argument = dyn_cast_if_present<BlockArgument>(root);
    return !argument || isObjectByValue(argument) ||
           shadowPosition(derivative, argument.getArgNumber());
  });
}

/// The same way from the shadow of the object as from the object.
Value AdjointBuilder::shadowOf(Value place, Level &level) {
  if (!hasShadow(place))
    return {};
  if (Value companion = shadowPointers.lookup(place))
    return level.values.lookup(companion);
  Operation *op = place.getDefiningOp();
  if (auto let = dyn_cast_if_present<LetOp>(op))
    return shadowOf(let.getValue(), level);
  if (isa_and_present<OffsetOp, ElementOp, MemberOp, AccessOp, SelectOp>(op)) {
    IRMapping operands;
    for (Value operand : op->getOperands())
      operands.map(operand, isa<PlaceType>(operand.getType())
                                ? shadowOf(operand, level)
                                : level.values.lookupOrDefault(operand));
    if (auto access = dyn_cast<AccessOp>(op))
      for (Value index : access.getArgs())
        if (Value counted =
                shadowIndex(index, access.getBase(),
                            operands.lookup(access.getBase()), level))
          operands.map(index, counted);
    Operation *shadow = b.clone(*op, operands);
    shadow->setLoc(derivativeLoc(op->getLoc()));
    // A view that lets nobody write shows what is written.
    if (auto text = op->getAttrOfType<StringAttr>("writable"))
      cast<AccessOp>(shadow).setTextAttr(text);
    return shadow->getResult(0);
  }
  return ShadowOp::create(b, derivativeLoc(place.getLoc()),
                          level.values.lookupOrDefault(place));
}

/// The places that the call's reverse sweep, or its rule, takes the shadows of.
static SmallVector<Value> shadowedPlaces(CallOp call, const Activity &activity,
                                         const CalleeDerivatives &callees) {
  SmallVector<Value> places;
  func::FuncOp reverse = callees.reverseOf(calleeOf(call));
  bool isUseful = llvm::any_of(
      call.getResults(), [&](Value result) { return activity.isUseful(result); });
  for (auto [i, operand] : llvm::enumerate(call.getArgs())) {
    bool isTaken =
        reverse ? llvm::is_contained(callees.requestOf(reverse).inputs, i)
                : ruleOf(call, "ad.rule_grad") && (isUseful || !onlyReads(call, i));
    if (isTaken && isa<PlaceType>(operand.getType()))
      places.push_back(operand);
  }
  return places;
}

bool AdjointBuilder::touchesShadows(Operation *op) {
  return op
      ->walk([&](Operation *inner) {
        Value place;
        if (auto load = dyn_cast<LoadOp>(inner); load && isReal(load.getType()))
          place = activity.isUseful(load.getValue()) ? load.getPlace() : Value();
        if (auto store = dyn_cast<StoreOp>(inner);
            store && isReal(store.getValue().getType()))
          place = store.getPlace();
        if (auto swap = dyn_cast<SwapOp>(inner))
          place = swap.getX();
        if (auto call = dyn_cast<CallOp>(inner))
          for (Value shadowed : shadowedPlaces(call, activity, callees))
            if (!place || !hasShadow(place))
              place = shadowed;
        if (Value container = resizedPlace(inner))
          place = container;
        return place && hasShadow(place) ? WalkResult::interrupt()
                                        : WalkResult::advance();
      })
      .wasInterrupted();
}

bool AdjointBuilder::shadowMayVanish() {
  // A helper's shadows are what the caller left there.
  return leavesZeros || request.isHelper() ||
         b.getInsertionBlock() != &derivative.front();
}

/// A null value stands for zero.
void AdjointBuilder::noteStoreToShadow(Value value) {
  auto constant = value ? realConstant(value) : std::nullopt;
  leavesZeros |= !value || (constant && constant->isZero());
}

void AdjointBuilder::reverseLoad(LoadOp op, Level &level, Adjoints &adjoints) {
  Value shadow =
      isReal(op.getType()) ? shadowOf(op.getPlace(), level) : Value();
  if (!shadow)
    return;
  leavesZeros |= b.getInsertionBlock() != &derivative.front();
  adjoints.memory.push_back({shadow, adjoints.lookup(op.getValue())});
}

void AdjointBuilder::reverseStore(StoreOp op, Level &level,
                                  Adjoints &adjoints) {
  Value shadow = isReal(op.getValue().getType())
                     ? shadowOf(op.getPlace(), level)
                     : Value();
  if (!shadow)
    return;
  beginStatement(op.getLoc(), adjoints);
  flushMemory(adjoints);
  Value y_bar = LoadOp::create(b, *adjoints.loc, shadow);
  adjoints.memory.push_back({shadow, Value()});
  accumulate(op.getValue(), y_bar, adjoints);
}

void AdjointBuilder::reverseSwap(SwapOp op, Level &level, Adjoints &adjoints) {
  Value x = shadowOf(op.getX(), level), z = shadowOf(op.getZ(), level);
  if (!x || !z)
    return;
  beginStatement(op.getLoc(), adjoints);
  flushMemory(adjoints);
  SwapOp::create(b, *adjoints.loc, x, z);
}

void AdjointBuilder::removeEffects(Block &block) {
  SmallVector<Operation *> effects;
  block.walk([&](Operation *op) {
    auto call = dyn_cast<CallOp>(op);
    if (isa<StatementOp>(op))
      effects.push_back(op);
    else if (call && call.getEffects())
      op->setAttr(replayMark, UnitAttr::get(op->getContext()));
    // To be erased where a tape replaces its results.
    if (call)
      call.setEffects(false);
  });
  for (Operation *op : effects)
    op->erase();
}

LogicalResult AdjointBuilder::checkReplays() {
  WalkResult result = derivative.walk([&](Operation *op) {
    if (isa<CallOp>(op) && op->hasAttr(repeatedMark)) {
      emitError(op->getLoc()) << formatMessage(
          Diag::RecursiveMemory,
          {"the derivative needs the result of this call a second time"});
      return WalkResult::interrupt();
    }
    if (!op->hasAttr(replayMark))
      return WalkResult::advance();
    emitError(op->getLoc()) << formatMessage(Diag::ReplayedEffect, {});
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

//===----------------------------------------------------------------------===//
// Runs of a trip
//===----------------------------------------------------------------------===//

/// The loops around the operation, outermost first.
static SmallVector<Operation *> loopsAround(Operation *op) {
  SmallVector<Operation *> loops;
  for (Operation *loop = loopAround(op); loop; loop = loopAround(loop))
    loops.insert(loops.begin(), loop);
  return loops;
}

namespace {
/// One run of the operations of an object's scope: the function, or a trip.
struct ScopeRun {
  /// The loop whose trip it is; null for the function.
  Operation *loop = nullptr;
  /// Whether the operation runs for the first time there, not in a reversed trip.
  bool isFirst = true;
  /// The outermost loop within it that holds the operation; null if none.
  Operation *nest = nullptr;
};
} // namespace

static ScopeRun scopeRunOf(Operation *op) {
  unsigned scope = op->getAttrOfType<IntegerAttr>(scopeMark).getInt();
  SmallVector<Operation *> loops = loopsAround(op);
  ScopeRun run;
  if (scope > 0)
    run.loop = loops[scope - 1];
  if (loops.size() > scope)
    run.nest = loops[scope];
  run.isFirst = llvm::none_of(ArrayRef(loops).drop_front(scope),
                              [](Operation *op) {
                                auto loop = dyn_cast<ForOp>(op);
                                return loop && loop.getReversed();
                              });
  return run;
}

bool adgen::isFirstRunWithout(Operation *op, ForOp loop) {
  loop.setReversed(false);
  bool isFirst = scopeRunOf(op).isFirst;
  loop.setReversed(true);
  return isFirst;
}

void adgen::markRepeatedStores(func::FuncOp derivative) {
  derivative.walk([&](Operation *op) {
    if (!isa<KeepOp>(op) && op->hasAttr(scopeMark) && !scopeRunOf(op).isFirst)
      op->setAttr(repeatedMark, UnitAttr::get(op->getContext()));
  });
}

/// A call's results are first replaced by what was kept of the first run.
static void leaveOutRepeatedStores(func::FuncOp derivative) {
  SmallVector<Operation *> repeated;
  derivative.walk([&](Operation *op) {
    if (op->hasAttr(repeatedMark) && op->use_empty())
      repeated.push_back(op);
  });
  for (Operation *op : repeated)
    op->erase();
}

llvm::DenseMap<Value, Value> adgen::resolveKeeps(func::FuncOp derivative) {
  llvm::DenseMap<Value, Value> replaced;
  using Key = std::pair<int64_t, Operation *>;
  llvm::MapVector<Key, SmallVector<KeepOp>> runs;
  derivative.walk([&](KeepOp keep) {
    int64_t number = keep->getAttrOfType<IntegerAttr>(keepMark).getInt();
    runs[{number, scopeRunOf(keep).loop}].push_back(keep);
  });
  for (auto &entry : runs) {
    SmallVector<KeepOp> &keeps = entry.second;
    auto first = llvm::find_if(
        keeps, [](KeepOp keep) { return scopeRunOf(keep).isFirst; });
    Value tape;
    if (keeps.size() > 1 && first != keeps.end()) {
      KeepOp keep = *first;
      OpBuilder b(scopeRunOf(keep).nest);
      auto size = dyn_cast_if_present<IntType>(
          keep.getSize() ? keep.getSize().getType() : Type());
      tape = TapeOp::create(b, keep.getLoc(),
                            TapeType::get(b.getContext(), keep.getType()),
                            keep.getSize(), keep.getLocal(),
                            size && size.getIsSigned() &&
                                !intConstant(keep.getSize()));
      tape.getDefiningOp()->setAttr(keepMark, b.getUnitAttr());
      if (Attribute alias = keep->getAttr(aliasMark))
        tape.getDefiningOp()->setAttr(aliasMark, alias);
    }
    for (KeepOp keep : keeps) {
      OpBuilder b(keep);
      Value value = keep.getValue();
      if (tape && scopeRunOf(keep).isFirst)
        RecordOp::create(b, keep.getLoc(), value, tape, keep.getIndex());
      else if (tape)
        value = PlaybackOp::create(b, keep.getLoc(), keep.getType(), tape,
                                   keep.getIndex(), LocalAttr());
      keep.getResult().replaceAllUsesWith(value);
      replaced[keep.getResult()] = value;
      keep.erase();
    }
  }
  leaveOutRepeatedStores(derivative);
  return replaced;
}
