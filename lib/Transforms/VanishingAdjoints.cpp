//===- VanishingAdjoints.cpp - Adjoints that a path leaves zero -----------===//
//
// Where a partial derivative may be infinite, a product with an adjoint is guarded
// if that is exactly zero on a path that does not use the value.
//
//===----------------------------------------------------------------------===//
#include "ReadVariables.h"
#include "Reverse.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace adgen;

/// Whether a callee's adjoint may be zero: on a path through the callee, or for
/// the seeds.
bool AdjointBuilder::adjointMayVanish(CallOp call) {
  // From the primal: the call may be in a block that is in no function yet.
  auto callee = primal->getParentOfType<ModuleOp>().lookupSymbol<func::FuncOp>(
      call.getCalleeAttr());
  bool hasPaths =
      callee.isExternal() ||
      callees.primalOf(callee)
          .walk([](Operation *op) {
            return op->getNumRegions() && !isa<func::FuncOp>(op)
                       ? WalkResult::interrupt()
                       : WalkResult::advance();
          })
          .wasInterrupted();
  return hasPaths || llvm::any_of(call.getArgs(), [&](Value operand) {
           return isReal(operand.getType()) && mayVanishByPath(operand);
         });
}

/// The operands that decide whether the derivative operation's result is exactly
/// zero on a path that does not use the primal value.
static SmallVector<Value, 2> decidingOperands(Value adjoint) {
  Operation *op = adjoint.getDefiningOp();
  if (!op || !isDerivativeOp(op))
    return {};
  if (isa<LetOp, NegOp, CastOp, DivOp>(op))
    return {op->getOperand(0)};
  if (isa<AddOp, SubOp, MulOp, GuardOp>(op))
    return {op->getOperand(0), op->getOperand(1)};
  if (auto loop = dyn_cast<ForOp>(op))
    return {loop.getInits()[cast<OpResult>(adjoint).getResultNumber()]};
  return {};
}

/// Decides about an adjoint; `operands` is what was decided about its operands.
bool AdjointBuilder::decideVanishing(Value adjoint, ArrayRef<bool> operands) {
  Operation *op = adjoint.getDefiningOp();
  if (!op)
    return request.seedsMayVanish &&
           llvm::is_contained(derivative.getArguments(), adjoint);
  if (!isDerivativeOp(op))
    return false;
  if (isa<IfOp, SwitchOp, SelectOp>(op))
    return true;
  if (isa<LoadOp>(op))
    return shadowMayVanish();
  if (auto call = dyn_cast<CallOp>(op))
    return adjointMayVanish(call);
  if (auto loop = dyn_cast<ForOp>(op)) {
    auto constant = realConstant(decidingOperands(adjoint).front());
    if (constant && constant->isZero())
      return true;
  }
  if (isa<AddOp, SubOp>(op))
    return operands[0] && operands[1];
  return llvm::is_contained(operands, true);
}

/// Whether the adjoint is exactly zero on a path that does not use the value.
/// Sums of adjoints may be as deep as the program is long.
bool AdjointBuilder::mayVanishByPath(Value adjoint) {
  llvm::DenseMap<Value, bool> &known = vanishing[shadowMayVanish()];
  auto find = [&](Value value) -> std::optional<bool> {
    Operation *op = value.getDefiningOp();
    // What is no derivative may be erased again; of that nothing is remembered.
    if (!op || !isDerivativeOp(op))
      return decideVanishing(value, {});
    auto it = known.find(value);
    return it != known.end() ? std::optional(it->second) : std::nullopt;
  };
  SmallVector<Value> work = {adjoint};
  while (!work.empty()) {
    Value value = work.back();
    SmallVector<bool, 2> decided;
    size_t depth = work.size();
    if (!find(value))
      for (Value operand : decidingOperands(value)) {
        if (auto vanishes = find(operand))
          decided.push_back(*vanishes);
        else
          work.push_back(operand);
      }
    if (work.size() > depth)
      continue;
    work.pop_back();
    if (!find(value)) {
      bool vanishes = decideVanishing(value, decided);
      known[value] = vanishes;
    }
  }
  return *find(adjoint);
}

/// How many operations back an infinite value or a branch is looked for.
static constexpr unsigned near = 32;

bool adgen::mayBeInfinite(Value value) {
  llvm::SetVector<Value> seen;
  seen.insert(value);
  for (unsigned next = 0; next < seen.size() && next < near; ++next) {
    Value factor = seen[next];
    Operation *op = factor.getDefiningOp();
    if (!op)
      continue;
    if (auto branch = dyn_cast<IfOp>(op)) {
      unsigned number = cast<OpResult>(factor).getResultNumber();
      for (Block *block : {branch.thenBlock(), branch.elseBlock()})
        seen.insert(block->getTerminator()->getOperand(number));
      continue;
    }
    auto function = dyn_cast<Differentiable>(op);
    for (OpOperand &operand : op->getOpOperands()) {
      if (!isReal(operand.get().getType()))
        continue;
      unsigned i = operand.getOperandNumber();
      bool isConstantDivisor = isa<DivOp>(op) && realConstant(op->getOperand(1));
      if (function && !isConstantDivisor && function.hasPartial(i) &&
          singularityAt(function, i) == Singularity::Pole)
        return true;
      if (isa<LetOp, CastOp, SelectOp>(op) || function)
        seen.insert(operand.get());
    }
  }
  return false;
}

bool adgen::vanishesInBranch(Value adjoint) {
  llvm::SetVector<Value> seen;
  seen.insert(adjoint);
  for (unsigned next = 0; next < seen.size() && next < near; ++next) {
    Value value = seen[next];
    auto constant = realConstant(value);
    if (constant && constant->isZero())
      return true;
    Operation *op = value.getDefiningOp();
    if (!op || !isDerivativeOp(op))
      continue;
    if (isa<IfOp, SwitchOp>(op)) {
      for (Region &region : op->getRegions())
        seen.insert(region.front().getTerminator()->getOperand(
            cast<OpResult>(value).getResultNumber()));
    } else if (auto select = dyn_cast<SelectOp>(op)) {
      seen.insert(select.getX());
      seen.insert(select.getZ());
    } else if (!isa<AddOp, SubOp>(op)) {
      // A sum vanishes only with all of its terms.
      for (Value operand : decidingOperands(value))
        seen.insert(operand);
    }
  }
  return false;
}
