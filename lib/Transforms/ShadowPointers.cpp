//===- ShadowPointers.cpp - Pointers that change have shadows that do -----===//
//
// Where a branch or loop hands on a pointer, it hands on the pointer's shadow as
// well, which goes the same ways:
//
//   p = for (p) { … p + 1 }   →   p, p_bar = for (p, p_bar) { … p + 1, p_bar + 1 }
//
// Then the shadow of a pointer in a trip is a value of that trip, taped or counted
// like the pointer itself.
//
// Requires value form.
//
//===----------------------------------------------------------------------===//
#include "ShadowPointers.h"

#include "CompanionVariables.h"
#include "RegionResults.h"

#include "adgen/Analysis/Slots.h"

#include "mlir/IR/IRMapping.h"

using namespace mlir;
using namespace adgen;

namespace {
class ShadowPointers {
public:
  ShadowPointers(func::FuncOp function, const Activity &activity)
      : function(function), activity(activity), b(function.getContext()) {}
  llvm::DenseMap<Value, Value> run();

private:
  void addArguments(Operation *op);
  void addResults(Operation *op);
  Value shadowOf(Value place, Location loc);

  func::FuncOp function;
  const Activity &activity;
  OpBuilder b;
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
    if (isa<PlaceType>(result.getType()) && isActive)
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

llvm::DenseMap<Value, Value> ShadowPointers::run() {
  SmallVector<Operation *> ops;
  function.walk([&](Operation *op) {
    if (hasSlots(op))
      ops.push_back(op);
  });
  for (Operation *op : ops)
    addArguments(op);
  for (Operation *op : ops)
    addResults(op);
  return std::move(companions);
}

llvm::DenseMap<Value, Value>
adgen::addShadowPointers(func::FuncOp function, const Activity &activity) {
  return ShadowPointers(function, activity).run();
}
