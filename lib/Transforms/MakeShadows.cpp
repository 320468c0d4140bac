//===- MakeShadows.cpp - Shadows of the function's own objects ------------===//
//
// A shadow is made where it is first used, from the object's own description. An object
// of a branch is declared in front of it if the reversed branch uses it.
//
//===----------------------------------------------------------------------===//
#include "BranchSizes.h"
#include "CompanionVariables.h"
#include "KeepLoads.h"
#include "PrivatizeArrays.h"
#include "ReadVariables.h"
#include "Reverse.h"

#include "adgen/Analysis/Shapes.h"
#include "adgen/Support/Diagnostics.h"

using namespace mlir;
using namespace adgen;

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
  bool isSame = op && (isPure(op) || isa<QueryOp>(op)) && !asksForWhatChangesIn(before, op);
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

/// Whether nothing can go wrong in making the object where the program does not.
static bool isHarmless(VarOp variable) {
  bool isSized = variable.getInit().value_or("").starts_with("(");
  return llvm::all_of(variable.getArgs(), [&](Value argument) {
    return !isa<IntType>(argument.getType()) || !isSized ||
           isHarmlessSize(argument);
  });
}

/// Declares the variable in front of the branch that it is in: of size 0 where the
/// branch is not taken, if its size may be none there.
static void bringOut(VarOp variable, Operation *branch) {
  bool isGuarded = !isHarmless(variable);
  Region *taken = variable->getParentRegion();
  for (OpOperand &operand : variable->getOpOperands()) {
    Value guarded = isGuarded && isa<IntType>(operand.get().getType())
                        ? sizeIfTaken(operand.get(), branch, taken)
                        : Value();
    if (guarded)
      operand.set(guarded);
    else
      hoist(operand.get(), branch);
  }
  variable->moveBefore(branch);
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

/// Whether all who use the object, or places within it, are in the block. Branches and
/// loops may result in such a place.
static bool isUsedIn(Block *block, Value place) {
  return llvm::all_of(place.getUsers(), [&](Operation *user) {
    if (isa<ShadowOp, ReturnOp>(user))
      return true;
    if (!block->findAncestorOpInBlock(*user))
      return false;
    if (user->hasTrait<OpTrait::IsTerminator>())
      return user->getBlock() != block &&
             llvm::all_of(user->getParentOp()->getResults(), [&](Value result) {
               return !isa<PlaceType>(result.getType()) || isUsedIn(block, result);
             });
    bool isPlace = isa<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp>(user) &&
                   isa<PlaceType>(user->getResult(0).getType());
    return !isPlace || isUsedIn(block, user->getResult(0));
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
    bringOut(variable, branch);
  }
}

/// The block of the shadow: the variable's or, if that is a branch of the forward
/// sweep, the same branch of the reverse sweep.
Block *ShadowMaker::blockOf(VarOp variable) {
  Block *block = variable->getBlock();
  ArrayRef<ShadowOp> shadows = uses[variable];
  auto isIn = [](Block *block) {
    return [block](ShadowOp shadow) {
      return block->findAncestorOpInBlock(*shadow) && isUsedIn(block, shadow);
    };
  };
  if (llvm::all_of(shadows, isIn(block)))
    return block;
  Block *common = block;
  while (!llvm::all_of(shadows, isIn(common)))
    common = common->getParentOp()->getBlock();
  Operation *branch = common->findAncestorOpInBlock(*ShadowOp(shadows.front()));
  bool hasPlaces = llvm::any_of(variable->getOperandTypes(), [](Type type) {
    return isa<PlaceType>(type);
  });
  for (Region &region : branch->getRegions())
    if (isa<IfOp, SwitchOp>(branch) && !hasPlaces &&
        llvm::all_of(shadows, isIn(&region.front())))
      return &region.front();
  // The variable, and its shadow with it, has to come out of the branch.
  while (variable->getBlock() != common)
    bringOut(variable, variable->getBlock()->getParentOp());
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
  Location loc = withoutQuote(derivativeLoc(first->getLoc()));
  return createZeroCopy(
      b, loc, parameter,
      adjointVariable(derivative.getArgAttrOfType<LocalAttr>(i, "ad.local")),
      derivative.getArgAttrDict(i), i);
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
