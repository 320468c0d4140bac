//===- ForwardMemory.cpp - Tangents of objects and of what is in them -----===//
//
// The tangent of an object is an object of the same shape: it is made, found, read, written
// and changed as the object is. What is no real number in it equals the object's own.
//
//===----------------------------------------------------------------------===//
#include "Forward.h"

#include "CalleeDerivatives.h"
#include "ReadVariables.h"
#include "adgen/Analysis/Memory.h"
#include "adgen/Support/Diagnostics.h"

#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace adgen;

/// The tangent of a place in memory; null if it has none.
Value TangentBuilder::shadowOf(Value place) {
  return activity.isVaried(place) ? tangents.lookup(place) : Value();
}

/// `v_dot.back()`: an index that was just counted from the size of a container is
/// counted from its tangent's.
void TangentBuilder::countFromShadow(Operation &copy, IRMapping &operands,
                                     Location loc) {
  auto access = dyn_cast<AccessOp>(copy);
  if (!access || access.getArgs().size() != 1)
    return;
  auto query = access.getArgs()[0].getDefiningOp<QueryOp>();
  if (query && query.getBase() == access.getBase() &&
      query->getNextNode() == access)
    operands.map(query.getResult(),
                 QueryOp::create(b, loc, query.getType(), query.getText(),
                                 operands.lookup(query.getBase()),
                                 query.getArgs()));
}

/// An object's tangent is an object of the same shape; a place within it is found
/// in the same way.
void TangentBuilder::differentiatePlace(Operation &op, Operation &copy) {
  Value place = op.getResult(0);
  if (!activity.isActive(place))
    return;
  b.setInsertionPointAfter(&copy);
  Location loc = derivativeLoc(op.getLoc());
  if (auto variable = dyn_cast<VarOp>(op)) {
    if (variable->hasAttr("unshadowed")) {
      emitError(op.getLoc()) << formatMessage(Diag::UnknownShadow, {});
      failed = true;
      return;
    }
    VarOp shadow = createZeroLike(
        b, loc, variable, tangentOf(variable.getLocal()), copy.getOperands());
    // Its numbers are set when the object's are.
    if (variable->hasAttr("unmade"))
      shadow->setAttr("unmade", b.getUnitAttr());
    if (isTrivial(variable))
      shadow->setAttr("trivial", b.getUnitAttr());
    tangents[place] = shadow;
    return;
  }
  IRMapping operands;
  for (auto [operand, operandCopy] :
       llvm::zip_equal(op.getOperands(), copy.getOperands()))
    if (isa<PlaceType>(operand.getType())) {
      Value shadow = tangents.lookup(operand);
      // Of a parameter that is not asked for there is none.
      if (!shadow && !llvm::is_contained(originsOf(operand), Value()))
        return;
      if (!shadow) {
        emitError(op.getLoc()) << formatMessage(Diag::UnknownShadow, {});
        failed = true;
        return;
      }
      operands.map(operandCopy, shadow);
    }
  countFromShadow(copy, operands, loc);
  Operation *shadow = b.clone(copy, operands);
  shadow->setLoc(loc);
  if (auto let = dyn_cast<LetOp>(shadow))
    let.setLocalAttr(tangentOf(let.getLocal()));
  tangents[place] = shadow->getResult(0);
}

void TangentBuilder::differentiateLoad(LoadOp load, LoadOp copy) {
  Value shadow = shadowOf(load.getPlace());
  if (!shadow || !carriesReals(load.getType()))
    return;
  b.setInsertionPoint(copy);
  tangents[load.getValue()] =
      LoadOp::create(b, derivativeLoc(load.getLoc()), shadow);
}

/// The tangent changes its shape alike, and first: what it gets may be in it.
void TangentBuilder::differentiateShape(Operation &op, Operation &copy,
                                        Value shadow) {
  if (!shadow)
    return;
  b.setInsertionPoint(&copy);
  Location loc = derivativeLoc(op.getLoc());
  if (auto push = dyn_cast<PushOp>(op))
    PushOp::create(b, loc, shadow,
                   push.getValue() ? tangentOrZero(push.getValue(), loc)
                                   : Value());
  else if (auto resize = dyn_cast<ResizeOp>(copy))
    ResizeOp::create(b, loc, shadow, resize.getCount(), Value());
  else
    PopOp::create(b, loc, shadow);
}

/// Whether the operation may write to tangents. Where they are is not known before the
/// loops around are complete.
static bool mayWriteTangents(Operation *op) {
  if (isDerivativeOp(op) || isa<CallOp>(op) || op->getNumRegions())
    return !isMemoryEffectFree(op) && !isa<LoadOp, QueryOp>(op);
  return false;
}

/// Whether `value` is what is at the place before `op`, read in the same block.
static bool isContentOf(Value value, Value place, Operation *op) {
  auto load = value.getDefiningOp<LoadOp>();
  if (!load || load->getBlock() != op->getBlock() ||
      !isSamePlace(load.getPlace(), place))
    return false;
  for (Operation *between = load->getNextNode(); between != op;
       between = between->getNextNode())
    if (mayWriteTangents(between))
      return false;
  return true;
}

/// The same part of the object's tangent, at the insertion point; null if it has none.
Value TangentBuilder::partOfTangent(Value place) {
  if (Value tangent = tangents.lookup(place))
    return tangent;
  Operation *op = place.getDefiningOp();
  if (!isa_and_present<OffsetOp, ElementOp, MemberOp>(op))
    return {};
  Value base = partOfTangent(op->getOperand(0));
  if (!base)
    return {};
  Operation *copy = copies.at(op);
  IRMapping operands;
  operands.map(copy->getOperand(0), base);
  Operation *part = b.clone(*copy, operands);
  part->setLoc(derivativeLoc(op->getLoc()));
  return part->getResult(0);
}

/// Whether the caller sees the tangent of the object.
static bool isSeen(func::FuncOp primal, Value object) {
  if (auto argument = dyn_cast<BlockArgument>(object))
    return isPassedByPlace(primal, argument.getArgNumber());
  return llvm::any_of(object.getUsers(),
                      [](Operation *user) { return isa<ReturnOp>(user); });
}

/// What is no real number in an object is the same in its tangent.
void TangentBuilder::repeatStore(StoreOp store, StoreOp copy) {
  SmallVector<Value> roots = rootsOf(store.getPlace());
  if (isa<PlaceType>(store.getValue().getType()) || roots.size() != 1 || !roots[0] ||
      !isSeen(primal, roots[0]))
    return;
  b.setInsertionPointAfter(copy);
  if (Value part = partOfTangent(store.getPlace()))
    StoreOp::create(b, derivativeLoc(store.getLoc()), copy.getValue(), part);
}

/// The tangent first: it may read the place's old content.
void TangentBuilder::differentiateStore(StoreOp store, StoreOp copy) {
  if (!carriesReals(store.getValue().getType()))
    return repeatStore(store, copy);
  Value shadow = shadowOf(store.getPlace());
  if (!shadow)
    return;
  b.setInsertionPoint(copy);
  Location loc = derivativeLoc(store.getLoc());
  Value dot = tangentOrZero(store.getValue(), loc);
  if (!isContentOf(dot, shadow, copy))
    StoreOp::create(b, loc, dot, shadow);
}
