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

/// Whether the argument is an object of the function's own, a parameter by value.
static bool isObjectByValue(BlockArgument argument) {
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
  return zeroesShadows || request.isHelper() ||
         b.getInsertionBlock() != &derivative.front();
}

/// A null value stands for zero.
void AdjointBuilder::noteStoreToShadow(Value value) {
  auto constant = value ? realConstant(value) : std::nullopt;
  zeroesShadows |= !value || (constant && constant->isZero());
}

void AdjointBuilder::reverseLoad(LoadOp op, Level &level, Adjoints &adjoints) {
  Value shadow =
      isReal(op.getType()) ? shadowOf(op.getPlace(), level) : Value();
  if (!shadow)
    return;
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

//===----------------------------------------------------------------------===//
// Shadows of the function's own objects
//===----------------------------------------------------------------------===//

namespace {
class ShadowMaker {
public:
  explicit ShadowMaker(func::FuncOp derivative)
      : derivative(derivative), b(derivative.getContext()) {}
  LogicalResult run();

private:
  LogicalResult letBeSeen(VarOp variable);
  Block *blockOf(VarOp variable);
  Operation *firstUse(Value place, Block *block);
  Value make(VarOp variable);
  Value make(BlockArgument parameter);
  Value makeSeeded(Value object, LocalAttr local, Operation *first);

  func::FuncOp derivative;
  OpBuilder b;
  llvm::MapVector<Value, SmallVector<ShadowOp>> uses;
};
} // namespace

/// Whether the value is there in front of `before`, or may be computed there.
static bool mayHoist(Value value, Operation *before) {
  Operation *op = value.getDefiningOp();
  if (value.getParentBlock() == before->getBlock() ||
      before->getBlock()->findAncestorOpInBlock(
          *value.getParentBlock()->getParentOp()) != before)
    return true;
  auto query = dyn_cast_if_present<QueryOp>(op);
  bool isSame = op && (isPure(op) ||
                       (query && !mayBeReshapedIn(before, query.getBase())));
  return isSame && llvm::all_of(op->getOperands(), [&](Value operand) {
           return mayHoist(operand, before);
         });
}

/// Moves what computes the value in front of `before`.
static void hoist(Value value, Operation *before) {
  Operation *op = value.getDefiningOp();
  if (!op || op->getBlock() == before->getBlock() ||
      before->getBlock()->findAncestorOpInBlock(*op) != before)
    return;
  for (Value operand : op->getOperands())
    hoist(operand, before);
  op->moveBefore(before);
}

/// Erases what finds or reads places in the object for nobody, or was kept instead.
static void eraseUnusedReaders(Value place) {
  for (Operation *user : llvm::make_early_inc_range(place.getUsers())) {
    if (!isa<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp, LoadOp>(user))
      continue;
    eraseUnusedReaders(user->getResult(0));
    if (user->use_empty())
      user->erase();
  }
}

/// Whether all who use the object, or places within it, are in the block.
static bool isUsedIn(Block *block, Value place) {
  return llvm::all_of(place.getUsers(), [&](Operation *user) {
    if (isa<ShadowOp>(user))
      return true;
    bool isPlace = isa<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp>(user) &&
                   isa<PlaceType>(user->getResult(0).getType());
    return block->findAncestorOpInBlock(*user) &&
           (!isPlace || isUsedIn(block, user->getResult(0)));
  });
}

/// A variable of a branch is declared in front of it if the reversed branch
/// uses it.
LogicalResult ShadowMaker::letBeSeen(VarOp variable) {
  eraseUnusedReaders(variable);
  while (true) {
    Block *block = variable->getBlock();
    if (isUsedIn(block, variable))
      return success();
    Operation *branch = block->getParentOp();
    bool isKnown = llvm::all_of(variable->getOperands(), [&](Value operand) {
      return mayHoist(operand, branch);
    });
    if (!isKnown && failed(makeInPlace(variable)))
      return failure();
    for (Value operand : variable->getOperands())
      hoist(operand, branch);
    variable->moveBefore(branch);
  }
}

/// The block of the shadow: the variable's or, if that is a branch of the forward
/// sweep, the same branch of the reverse sweep.
Block *ShadowMaker::blockOf(VarOp variable) {
  Block *block = variable->getBlock();
  ArrayRef<ShadowOp> shadows = uses[variable];
  auto isIn = [](Block *block) {
    return [block](Operation *op) { return block->findAncestorOpInBlock(*op); };
  };
  if (llvm::all_of(shadows, isIn(block)))
    return block;
  Block *common = block;
  while (!llvm::all_of(shadows, isIn(common)))
    common = common->getParentOp()->getBlock();
  Operation *branch = common->findAncestorOpInBlock(*shadows.front());
  bool hasPlaces = llvm::any_of(variable->getOperandTypes(), [](Type type) {
    return isa<PlaceType>(type);
  });
  for (Region &region : branch->getRegions())
    if (isa<IfOp, SwitchOp>(branch) && !hasPlaces &&
        llvm::all_of(shadows, isIn(&region.front())))
      return &region.front();
  // The variable, and its shadow with it, has to come out of the branch.
  while (variable->getBlock() != common) {
    Operation *outer = variable->getBlock()->getParentOp();
    for (Value operand : variable->getOperands())
      hoist(operand, outer);
    variable->moveBefore(outer);
  }
  return common;
}

/// Where the shadow has to be there: the first use, in the block.
Operation *ShadowMaker::firstUse(Value place, Block *block) {
  Operation *first = nullptr;
  for (ShadowOp use : uses[place]) {
    Operation *ancestor = block->findAncestorOpInBlock(*use);
    if (!first || ancestor->isBeforeInBlock(first))
      first = ancestor;
  }
  return first;
}

/// The shadow of the object that is returned: what the caller seeds.
Value ShadowMaker::makeSeeded(Value object, LocalAttr local, Operation *first) {
  for (BlockArgument seed : derivative.getArguments()) {
    if (roleOf(derivative, seed.getArgNumber()) != "seed" ||
        !isa<PlaceType>(seed.getType()))
      continue;
    if (!derivative->hasAttr("ad.helper"))
      assertSeed(derivative, seed, object);
    b.setInsertionPoint(first);
    return VarOp::create(b, derivativeLoc(first->getLoc()), object.getType(),
                         adjointVariable(local), ValueRange(seed),
                         b.getStringAttr(" = {0}"), StringAttr());
  }
  return {};
}

Value ShadowMaker::make(VarOp variable) {
  if (variable->hasAttr(returnedMark))
    return makeSeeded(variable, variable.getLocal(),
                      firstUse(variable, blockOf(variable)));
  if (variable->hasAttr("unshadowed"))
    return {};
  Operation *first = firstUse(variable, blockOf(variable));
  b.setInsertionPoint(first);
  if (isReshapedWithin(derivative, variable))
    return hasFinalShape(variable, first)
               ? createShapedShadow(b, variable,
                                    adjointVariable(variable.getLocal()))
               : Value();
  Location loc = derivativeLoc(variable.getLoc());
  if (auto parts = variable->getAttrOfType<ArrayAttr>("zero_parts")) {
    VarOp shadow = VarOp::create(b, loc, variable.getType(),
                                 adjointVariable(variable.getLocal()),
                                 ValueRange(variable), b.getStringAttr(" = {0}"),
                                 StringAttr());
    zeroParts(b, loc, shadow, parts);
    return shadow;
  }
  VarOp shadow = createZeroLike(b, loc, variable, adjointVariable(variable),
                                variable.getArgs());
  if (Attribute mark = variable->getAttr(privateMark))
    shadow->setAttr(privateMark, mark);
  Type content = variable.getType().getElement();
  if (isReal(content))
    StoreOp::create(b, loc, createConstant(b, loc, content, 0), shadow);
  return shadow;
}

/// Whether the function stores what is no real number in the object.
static bool hasOtherStores(func::FuncOp function, Value object) {
  return function
      .walk([&](StoreOp store) {
        bool isOther = !carriesReals(store.getValue().getType()) &&
                       llvm::is_contained(rootsOf(store.getPlace()), object);
        return isOther ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

/// The shadow of a parameter by value, before its first use.
Value ShadowMaker::make(BlockArgument parameter) {
  unsigned i = parameter.getArgNumber();
  auto zero = derivative.getArgAttrOfType<StringAttr>(i, "ad.zero_init");
  Operation *first = firstUse(parameter, &derivative.front());
  if (derivative.getArgAttr(i, returnedMark))
    return makeSeeded(parameter,
                      derivative.getArgAttrOfType<LocalAttr>(i, "ad.local"),
                      first);
  if (!zero || !hasFinalShape(parameter, first))
    return {};
  // An array needs nothing of the parameter to have its shape.
  bool isRead = zero.getValue().contains("{0}");
  // What is no real number in it equals that of the caller's object.
  Operation *entry = &derivative.front().front();
  if (isRead && hasFinalShape(parameter, entry) &&
      hasOtherStores(derivative, parameter))
    first = entry;
  b.setInsertionPoint(first);
  Location loc = derivativeLoc(first->getLoc());
  VarOp shadow = VarOp::create(
      b, loc, parameter.getType(),
      adjointVariable(derivative.getArgAttrOfType<LocalAttr>(i, "ad.local")),
      isRead ? ValueRange(parameter) : ValueRange(), zero,
      isZeroedCopy(derivative, i) ? StringAttr() : zero);
  zeroCopy(b, loc, shadow, derivative, i);
  return shadow;
}

LogicalResult ShadowMaker::run() {
  SmallVector<VarOp> variables;
  derivative.walk([&](VarOp variable) { variables.push_back(variable); });
  for (VarOp variable : variables)
    if (failed(letBeSeen(variable)))
      return failure();
  derivative.walk(
      [&](ShadowOp shadow) { uses[shadow.getPlace()].push_back(shadow); });
  for (auto &[place, shadows] : uses) {
    Value made;
    auto argument = dyn_cast<BlockArgument>(place);
    if (argument && isObjectByValue(argument))
      made = make(argument);
    else if (argument)
      made = shadowOfArgument(derivative, argument.getArgNumber());
    else if (auto variable = place.getDefiningOp<VarOp>())
      made = make(variable);
    if (!made)
      return emitError(place.getLoc()) << formatMessage(Diag::UnknownShadow, {});
    for (ShadowOp shadow : shadows) {
      shadow.getResult().replaceAllUsesWith(made);
      shadow.erase();
    }
    if (auto shadow = made.getDefiningOp<VarOp>(); shadow && isTrivial(place))
      shadow->setAttr("trivial", b.getUnitAttr());
  }
  return success();
}

LogicalResult adgen::markReturnedObject(func::FuncOp primal,
                                        func::FuncOp derivative) {
  Operation *end = primal.front().getTerminator();
  if (end->getNumOperands() == 0 || !isa<PlaceType>(end->getOperand(0).getType()))
    return success();
  UnitAttr unit = UnitAttr::get(primal.getContext());
  Value object = end->getOperand(0);
  if (auto parameter = dyn_cast<BlockArgument>(object))
    derivative.setArgAttr(parameter.getArgNumber(), returnedMark, unit);
  else if (auto variable = object.getDefiningOp<VarOp>())
    variable->setAttr(returnedMark, unit);
  auto type = primal->getAttrOfType<StringAttr>("ad.return_type");
  bool isObject = !type || (!type.getValue().ends_with("*") &&
                            !type.getValue().ends_with("&"));
  if (isObject && !isa<BlockArgument>(object) && !object.getDefiningOp<VarOp>())
    // One of several objects: which one is seeded is not known.
    return emitError(end->getLoc()) << formatMessage(Diag::UnknownShadow, {});
  return success();
}

LogicalResult adgen::resolveShadows(func::FuncOp derivative) {
  return ShadowMaker(derivative).run();
}
