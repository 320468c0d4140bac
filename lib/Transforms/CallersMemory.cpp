//===- CallersMemory.cpp - What reverse sweeps read of callers' memory ----===//
//
// A callee whose sweeps are two functions (SplitCalls) runs the second one long after
// the call. What it was passed may have been overwritten by then:
//
//   accelerations(x, a);  x = …;      reverse:  accelerations_reverse(x?, x_bar, a_bar)
//
// 1. What nobody writes after any of the calls is read again.
// 2. What some caller overwrites is copied there, before the call, if the callee reads
//    most of it and all who overwrite it can copy it.
// 3. All else is lost: the callee keeps what it loads.
//
//===----------------------------------------------------------------------===//
#include "CallersMemory.h"

#include "RuleCalls.h"

#include "adgen/Analysis/Memory.h"

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

/// Whether the index counts from a constant on, in steps that are the same for all calls;
/// `isLong` if a counter has a bound that is not constant.
static bool countsFromStart(Value index, bool &isLong) {
  if (auto argument = dyn_cast<BlockArgument>(index)) {
    auto loop = dyn_cast<ForOp>(argument.getOwner()->getParentOp());
    if (!loop || argument.getArgNumber() != 0 || !loop.getLower().getDefiningOp<ConstantOp>())
      return false;
    isLong |= !loop.getUpper().getDefiningOp<ConstantOp>();
    return true;
  }
  Operation *op = index.getDefiningOp();
  if (isa<ConstantOp>(op))
    return true;
  if (isa<CastOp, LetOp>(op))
    return countsFromStart(op->getOperand(0), isLong);
  if (isa<AddOp>(op))
    return countsFromStart(op->getOperand(0), isLong) &&
           countsFromStart(op->getOperand(1), isLong);
  if (!isa<MulOp>(op))
    return false;
  // A row length times a counter.
  auto isFactor = [](Value value) {
    return isa<BlockArgument>(value) ? isa<func::FuncOp>(value.getParentBlock()->getParentOp())
                                     : isa<ConstantOp>(value.getDefiningOp());
  };
  return (isFactor(op->getOperand(0)) && countsFromStart(op->getOperand(1), isLong)) ||
         (isFactor(op->getOperand(1)) && countsFromStart(op->getOperand(0), isLong));
}

/// Whether a loop of the function reads argument `i` from its start on, so that a copy of
/// all costs no more than the reading.
static bool readsMost(func::FuncOp function, unsigned i) {
  return function
      .walk([&](LoadOp load) {
        bool isLong = false, isFromStart = true;
        Value place = load.getPlace();
        while (Operation *step = place.getDefiningOp()) {
          if (!isa<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp>(step))
            break;
          for (Value index : step->getOperands().drop_front())
            isFromStart &= countsFromStart(index, isLong);
          place = step->getOperand(0);
        }
        return place == function.getArgument(i) && isFromStart && isLong
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      })
      .wasInterrupted();
}

/// Whether the caller can keep a copy of what it passes as operand `i`. One whose own
/// sweeps are two cannot: its objects are gone in the second one.
bool CallersMemory::mayBeCopied(CallOp call, unsigned i, func::FuncOp caller) const {
  Value place = call.getArgs()[i];
  if (callees.contains(caller) || !onlyReads(call, i) || !isCopiedBefore(call, i) ||
      !readsMost(calleeOf(call), i))
    return false;
  return llvm::none_of(llvm::enumerate(call.getArgs()), [&](auto entry) {
    auto [k, other] = entry;
    return k != i && isa<PlaceType>(other.getType()) && !onlyReads(call, k) &&
           mayReach(other, place);
  });
}

bool CallersMemory::needsCopy(CallOp call, unsigned i) {
  Value place = call.getArgs()[i];
  return onlyReads(call, i) &&
         (isOverwritten(call, place) || llvm::any_of(rootsOf(place), [](Value root) {
            auto variable = root ? root.getDefiningOp<VarOp>() : VarOp();
            return !root || (variable && loopDepth(variable) > 0);
          }));
}

//===----------------------------------------------------------------------===//
// What stays readable
//===----------------------------------------------------------------------===//

CallersMemory::CallersMemory(ModuleOp module) {
  SmallVector<std::pair<CallOp, func::FuncOp>> calls;
  module.walk([&](CallOp call) {
    if (!passesMemory(call) || !calleeOf(call) || calleeOf(call).isExternal())
      return;
    calls.push_back({call, call->getParentOfType<func::FuncOp>()});
    callees.insert(calleeOf(call));
  });
  bool changed = true;
  while (changed) {
    changed = false;
    for (auto &[call, caller] : calls)
      for (auto [i, operand] : llvm::enumerate(call.getArgs()))
        if (isa<PlaceType>(operand.getType()) && !isLost(calleeOf(call), i) &&
            isLostBy(call, operand, caller) && !mayBeCopied(call, i, caller))
          changed |= lost.insert({calleeOf(call), i}).second;
  }
}

bool CallersMemory::isLostBy(CallOp call, Value operand, func::FuncOp caller) {
  for (Value root : rootsOf(operand)) {
    Operation *op = root ? root.getDefiningOp() : nullptr;
    if (!root || (isa_and_present<VarOp>(op) &&
                  (callees.contains(caller) || loopDepth(op) > 0)))
      return true;
    auto argument = dyn_cast<BlockArgument>(root);
    if (argument && isLost(caller, argument.getArgNumber()))
      return true;
  }
  return isOverwritten(call, operand);
}

bool CallersMemory::staysReadable(Value place, func::FuncOp function) const {
  return llvm::all_of(rootsOf(place), [&](Value root) {
    if (!root)
      return false;
    if (auto argument = dyn_cast<BlockArgument>(root))
      return !isLost(function, argument.getArgNumber());
    auto variable = root.getDefiningOp<VarOp>();
    // An object of a trip is made again in the reversed trip.
    return !variable || loopDepth(variable) > 0;
  });
}
