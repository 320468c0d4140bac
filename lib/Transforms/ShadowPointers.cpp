//===- ShadowPointers.cpp - Pointers that change have shadows that do -----===//
//
// Where a branch or loop hands on a pointer, it hands on the pointer's shadow
// as well, which goes the same ways:
//
//   p = for (p) { … p + 1 }   →   p, p_bar = for (p, p_bar) { … p + 1, p_bar +
//   1 }
//
// Then the shadow of a pointer in a trip is a value of that trip, taped or
// counted like the pointer itself.
//
// The shadow of a pointer that is read in memory is the one in the shadow of
// that memory, and is taken when the pointer is; what is stored in a local
// object is stored in its shadow as well:
//
//   p = *m.data              →   p = *m.data;        p_bar = *m_bar.data
//   *row[i] = x + i * n      →   *row[i] = x + …;    *row_bar[i] = x_bar + i *
//   n
//
// Requires value form. Refuses (`checkStoredPointers`) to store pointers in
// memory that the caller passed, pointers to local objects, and to read what is
// stored later.
//
//===----------------------------------------------------------------------===//
#include "ShadowPointers.h"

#include "CalleeDerivatives.h"
#include "CompanionVariables.h"
#include "KeepLoads.h"
#include "RegionResults.h"
#include "Reverse.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/Shapes.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Support/Diagnostics.h"

#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace adgen;

namespace {
class ShadowPointers {
public:
  ShadowPointers(func::FuncOp function, func::FuncOp derivative,
                 const Activity &activity)
      : function(function), derivative(derivative), activity(activity),
        b(function.getContext()) {}
  FailureOr<llvm::DenseMap<Value, Value>> run();

private:
  bool needsShadow(Value pointer, Location loc);
  void addArguments(Operation *op);
  void addResults(Operation *op);
  void addShadow(LoadOp load);
  void addShadow(StoreOp store);
  Value shadowOf(Value place, Location loc);

  func::FuncOp function, derivative;
  const Activity &activity;
  OpBuilder b;
  bool hasFailed = false;
  llvm::DenseMap<Value, Value> companions;
  llvm::DenseMap<Operation *, SmallVector<unsigned>> slots;
};
} // namespace

/// The shadow of a place, at the insertion point.
Value ShadowPointers::shadowOf(Value place, Location loc) {
  if (Value companion = companions.lookup(place))
    return companion;
  Operation *op = place.getDefiningOp();
  if (auto let = dyn_cast_if_present<LetOp>(op))
    return shadowOf(let.getValue(), loc);
  if (auto undefined = dyn_cast_if_present<UndefOp>(op))
    return undefined;
  if (!isa_and_present<OffsetOp, ElementOp, MemberOp, AccessOp, SelectOp>(op))
    return ShadowOp::create(b, loc, place);
  IRMapping operands;
  for (Value operand : op->getOperands())
    if (isa<PlaceType>(operand.getType()))
      operands.map(operand, shadowOf(operand, loc));
  return b.clone(*op, operands)->getResult(0);
}

/// Whether derivatives flow through the active pointer. One that leads, now and
/// then, to what has no shadow is refused.
bool ShadowPointers::needsShadow(Value pointer, Location loc) {
  unsigned missing = 0;
  SmallVector<Value> origins = originsOf(pointer);
  for (Value origin : origins)
    missing += origin && isa<BlockArgument>(origin) &&
               !hasShadow(derivative, activity, origin);
  if (missing == 0 || missing == origins.size())
    return missing == 0;
  emitError(loc) << formatMessage(Diag::UnknownShadow, {});
  hasFailed = true;
  return false;
}

/// Finds the pointers that `op` hands on, and gives its regions arguments for
/// their shadows.
void ShadowPointers::addArguments(Operation *op) {
  SmallVector<unsigned> found;
  for (OpResult result : op->getResults()) {
    unsigned slot = result.getResultNumber();
    bool isActive = activity.isActive(result);
    if (isLoop(op))
      for (Region &region : op->getRegions())
        isActive |=
            activity.isActive(region.getArgument(leadingArguments(op) + slot));
    if (isa<PlaceType>(result.getType()) && isActive &&
        needsShadow(result, op->getLoc()))
      found.push_back(slot);
  }
  if (found.empty())
    return;
  if (isLoop(op))
    for (Region &region : op->getRegions())
      for (unsigned slot : found) {
        Value argument = region.getArgument(leadingArguments(op) + slot);
        companions[argument] =
            region.addArgument(argument.getType(), op->getLoc());
      }
  slots[op] = std::move(found);
}

/// The shadow of a pointer to const is none: shadows are written.
static LocalAttr shadowVariable(LocalAttr local) {
  LocalAttr shadow = adjointVariable(local);
  if (!shadow)
    return {};
  StringRef spelled = shadow.getType().getValue();
  spelled.consume_front("const ");
  std::string type = spelled.str();
  if (size_t at = type.find("const_iterator"); at != std::string::npos)
    type.erase(at, 6);
  return LocalAttr::get(shadow.getContext(), shadow.getId(), shadow.getName(),
                        StringAttr::get(shadow.getContext(), type),
                        shadow.getGenerated());
}

void ShadowPointers::addResults(Operation *op) {
  auto it = slots.find(op);
  if (it == slots.end())
    return;
  ArrayRef<unsigned> found = it->second;
  auto locals = op->getAttrOfType<ArrayAttr>("locals");
  SmallVector<Value> inits;
  SmallVector<Type> types;
  SmallVector<Attribute> names;
  b.setInsertionPoint(op);
  for (unsigned slot : found) {
    if (isLoop(op))
      inits.push_back(
          shadowOf(op->getOperand(leadingOperands(op) + slot), op->getLoc()));
    types.push_back(op->getResult(slot).getType());
    LocalAttr local = shadowVariable(getLocal(locals, slot));
    names.push_back(local ? Attribute(local) : b.getUnitAttr());
  }
  for (Region &region : op->getRegions()) {
    Operation *end = region.front().getTerminator();
    b.setInsertionPoint(end);
    SmallVector<Value> values;
    for (unsigned slot : found)
      values.push_back(shadowOf(handedOn(region, slot), op->getLoc()));
    end->insertOperands(end->getNumOperands(), values);
  }
  unsigned before = op->getNumResults();
  Operation *rebuilt = adgen::addResults(op, inits, types, names);
  for (auto [k, slot] : llvm::enumerate(found))
    companions[rebuilt->getResult(slot)] = rebuilt->getResult(before + k);
}

void ShadowPointers::addShadow(LoadOp load) {
  if (!isa<PlaceType>(load.getType()) || !activity.isActive(load.getValue()) ||
      !needsShadow(load.getValue(), load.getLoc()))
    return;
  b.setInsertionPointAfter(load);
  auto shadow = LoadOp::create(b, load.getLoc(),
                               shadowOf(load.getPlace(), load.getLoc()));
  // What a pointer to const points to has a shadow that is written. The shadow
  // of an array of them is declared without const.
  VarOp table = localObject(load.getPlace());
  bool isWritable = table && isa<ArrayType>(table.getType().getElement());
  if (Attribute type = load->getAttr("to_const"); type && !isWritable)
    shadow->setAttr("const_cast", type);
  if (Attribute mark = load->getAttr(reloadMark))
    shadow->setAttr(reloadMark, mark);
  companions[load.getValue()] = shadow;
}

void ShadowPointers::addShadow(StoreOp store) {
  if (!isa<PlaceType>(store.getValue().getType()) ||
      !activity.isActive(store.getPlace()))
    return;
  if (!needsShadow(store.getValue(), store.getLoc())) {
    if (!hasFailed)
      emitError(store.getLoc()) << formatMessage(Diag::UnknownShadow, {});
    hasFailed = true;
    return;
  }
  b.setInsertionPointAfter(store);
  Value value = shadowOf(store.getValue(), store.getLoc());
  Value place = shadowOf(store.getPlace(), store.getLoc());
  auto shadow = StoreOp::create(b, store.getLoc(), value, place);
  if (Attribute mark = store->getAttr(scopeMark))
    shadow->setAttr(scopeMark, mark);
}

FailureOr<llvm::DenseMap<Value, Value>> ShadowPointers::run() {
  SmallVector<Operation *> ops;
  function.walk([&](Operation *op) {
    if (hasSlots(op) || isa<LoadOp, StoreOp>(op))
      ops.push_back(op);
  });
  for (Operation *op : ops)
    if (hasSlots(op))
      addArguments(op);
  // In the order in which they run.
  for (Operation *op : ops)
    if (auto load = dyn_cast<LoadOp>(op))
      addShadow(load);
    else if (auto store = dyn_cast<StoreOp>(op))
      addShadow(store);
    else
      addResults(op);
  if (hasFailed)
    return failure();
  return std::move(companions);
}

//===----------------------------------------------------------------------===//
// What is refused
//===----------------------------------------------------------------------===//

static bool isLocal(Value origin) {
  return origin && origin.getDefiningOp<VarOp>();
}

static LogicalResult refuse(Operation *op, StringRef how) {
  return emitError(op->getLoc())
         << formatMessage(Diag::StoredPointer, {how.str()});
}

static LogicalResult checkStore(StoreOp store) {
  Type type = store.getValue().getType();
  if (!isa<PlaceType>(type))
    return success();
  SmallVector<Value> places = rootsOf(store.getPlace());
  bool isOwn = llvm::all_of(places, isLocal);
  bool ofLocal = llvm::any_of(rootsOf(store.getValue()), isLocal);
  if (!isOwn && (ofLocal || carriesReals(type)))
    return refuse(store, "that the function did not make");
  if (!carriesReals(type))
    return success();
  if (ofLocal)
    return refuse(store, "and points to a local object");
  if (isReshaped(store.getPlace()))
    return refuse(store, "of a container that changes its size");
  return success();
}

/// A copy of pointers would be the shadow's as well.
static LogicalResult checkCopy(VarOp variable) {
  bool copies = variable->hasAttr("pointers") &&
                llvm::any_of(variable.getArgs(), [](Value argument) {
                  return isa<PlaceType>(argument.getType());
                });
  return copies ? refuse(variable, "with all of an object or a list")
                : success();
}

/// What a call does through the pointers that it finds is known if it has no
/// derivative, and only reads what the caller passed.
static LogicalResult checkCall(CallOp call) {
  func::FuncOp callee = calleeOf(call);
  for (auto [i, operand] : llvm::enumerate(call.getArgs()))
    if (callee && callee.getArgAttr(i, "ad.pointers") &&
        isa<PlaceType>(operand.getType()) &&
        (callee.getArgAttr(i, "ad.out") || !callee->hasAttr("ad.inactive") ||
         llvm::any_of(rootsOf(operand), isLocal)))
      return emitError(call.getLoc()) << formatMessage(
                 Diag::PointersInCall,
                 {callee->getAttrOfType<StringAttr>("ad.name").str()});
  return success();
}

static LogicalResult checkLoad(LoadOp load, std::optional<AccessOrder> &order) {
  Type type = load.getType();
  if (!isa<PlaceType>(type) || !carriesReals(type))
    return success();
  auto function = load->getParentOfType<func::FuncOp>();
  if (!order)
    order.emplace(function);
  if (order->isOverwritten(load, load.getPlace()))
    return refuse(load, "after it is read here");
  bool isSwapped = function
                       .walk([&](SwapOp swap) {
                         return mayAlias(swap.getX(), load.getPlace()) ||
                                        mayAlias(swap.getZ(), load.getPlace())
                                    ? WalkResult::interrupt()
                                    : WalkResult::advance();
                       })
                       .wasInterrupted();
  return isSwapped || isReshaped(load.getPlace())
             ? refuse(load, "that changes as a whole")
             : success();
}

/// Whether the pointer is one of several, of which some lead to inactive members and others
/// to what has a shadow.
static bool mixesInactive(Value pointer) {
  bool isSometimes = false, isElsewhere = false;
  llvm::SetVector<Value> work;
  work.insert(pointer);
  for (unsigned i = 0; i < work.size(); ++i) {
    Value place = work[i];
    auto result = dyn_cast<OpResult>(place);
    auto argument = dyn_cast<BlockArgument>(place);
    Operation *op = result ? result.getOwner() : argument.getOwner()->getParentOp();
    if (auto choice = dyn_cast<SelectOp>(op)) {
      work.insert(choice.getX());
      work.insert(choice.getZ());
    } else if (isa<IfOp, SwitchOp, ForOp, WhileOp>(op)) {
      unsigned slot = result ? result.getResultNumber()
                             : argument.getArgNumber() - leadingArguments(op);
      for (Region &region : op->getRegions())
        work.insert(handedOn(region, slot));
      if (isLoop(op))
        work.insert(op->getOperand(leadingOperands(op) + slot));
    } else if (isa<MemberOp>(op) && op->hasAttr("inactive")) {
      isSometimes = true;
    } else if (result && isa<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp>(op)) {
      work.insert(op->getOperand(0));
    } else if (!isa<UndefOp>(op)) {
      isElsewhere = true;
    }
  }
  return isSometimes && isElsewhere;
}

/// Refuses pointers of which it depends whether they lead to what is inactive, and such
/// ones in memory.
static LogicalResult checkInactive(Operation *op) {
  auto isRefused = [](Value value) {
    return isa<PlaceType>(value.getType()) && carriesReals(value.getType()) &&
           mixesInactive(value);
  };
  ValueRange stored;
  if (auto store = dyn_cast<StoreOp>(op))
    stored = op->getOperands().take_front();
  else if (auto variable = dyn_cast<VarOp>(op))
    stored = variable.getArgs();
  bool isStored = llvm::any_of(stored, [](Value value) {
    return isa<PlaceType>(value.getType()) &&
           isInactivePlace(value, [](BlockArgument) { return false; });
  });
  bool mayMix = isa<SelectOp, IfOp, SwitchOp, ForOp, WhileOp>(op);
  if (!isStored && !(mayMix && llvm::any_of(op->getResults(), isRefused)))
    return success();
  return emitError(op->getLoc()) << formatMessage(Diag::UnknownShadow, {});
}

LogicalResult adgen::checkStoredPointers(func::FuncOp function) {
  std::optional<AccessOrder> order;
  WalkResult result = function.walk([&](Operation *op) {
    LogicalResult checked = checkInactive(op);
    if (failed(checked))
      return WalkResult::interrupt();
    if (auto store = dyn_cast<StoreOp>(op))
      checked = checkStore(store);
    else if (auto variable = dyn_cast<VarOp>(op))
      checked = checkCopy(variable);
    else if (auto call = dyn_cast<CallOp>(op))
      checked = checkCall(call);
    else if (auto push = dyn_cast<PushOp>(op);
             push && push.getValue() &&
             isa<PlaceType>(push.getValue().getType()) &&
             carriesReals(push.getValue().getType()))
      checked = refuse(op, "of a container that changes its size");
    else if (auto load = dyn_cast<LoadOp>(op))
      checked = checkLoad(load, order);
    return failed(checked) ? WalkResult::interrupt() : WalkResult::advance();
  });
  return failure(result.wasInterrupted());
}

FailureOr<llvm::DenseMap<Value, Value>>
adgen::addShadowPointers(func::FuncOp function, func::FuncOp derivative,
                         const Activity &activity) {
  return ShadowPointers(function, derivative, activity).run();
}
