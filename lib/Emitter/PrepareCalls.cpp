//===- PrepareCalls.cpp - Calls as the emitter wants them -----------------===//
//
// 1. A call that returns several values of which one is read keeps that one:
//    `g_grad(x, seed).x` needs no variable for the struct.
// 2. What is passed by pointer, or by a reference that is not const, and only
//    read is let into a variable of its own.
//
//===----------------------------------------------------------------------===//
#include "CxxTypes.h"
#include "Parameters.h"
#include "PrepareForEmission.h"

using namespace mlir;
using namespace adgen;

static constexpr llvm::StringLiteral resultMark = "emit.result";
static constexpr llvm::StringLiteral namedMark = "emit.named";

unsigned adgen::calledResult(CallOp op) {
  auto index = op->getAttrOfType<IntegerAttr>(resultMark);
  return index ? index.getInt() : 0;
}

bool adgen::isPassed(LetOp op) { return op->hasAttr(namedMark); }

bool adgen::hasTies(CallOp op) {
  return op.getTies() && llvm::any_of(*op.getTies(),
                                      [](int64_t tie) { return tie >= 0; });
}

Effect adgen::effectOf(Operation *op) {
  Effect effect = Effect::None;
  op->walk([&](Operation *inner) {
    if (isa<LoadOp>(inner))
      effect = std::max(effect, Effect::Reads);
    bool writes = isa<StoreOp, AccumulateOp, StatementOp>(inner) ||
                  (isa<CallOp>(inner) && !isMemoryEffectFree(inner));
    if (writes)
      effect = Effect::Writes;
  });
  return effect;
}

/// Whose memory a load, store or accumulation touches.
static Memory memoryOfAccess(Operation *op) {
  Value place = op->getOperand(isa<LoadOp>(op) ? 0 : 1);
  auto argument = dyn_cast<BlockArgument>(place);
  auto func = argument ? dyn_cast<func::FuncOp>(
                             argument.getOwner()->getParentOp())
                       : func::FuncOp();
  if (!func)
    return Memory::Anything;
  return func.getArgAttr(argument.getArgNumber(), "ad.role") ? Memory::Shadow
                                                             : Memory::Primal;
}

Memory adgen::memoryOf(Operation *op) {
  std::optional<Memory> memory;
  op->walk([&](Operation *inner) {
    if (inner->getNumRegions() || effectOf(inner) == Effect::None)
      return;
    bool isAccess = isa<LoadOp, StoreOp, AccumulateOp>(inner);
    Memory own = isAccess ? memoryOfAccess(inner) : Memory::Anything;
    memory = memory && *memory != own ? Memory::Anything : own;
  });
  return memory.value_or(Memory::Anything);
}

static void keepOneResult(CallOp op) {
  SmallVector<OpResult> read;
  for (OpResult result : op->getResults())
    if (!result.use_empty())
      read.push_back(result);
  if (op->getNumResults() < 2 || read.size() != 1 || hasTies(op))
    return;
  unsigned index = read.front().getResultNumber();
  OpBuilder b(op);
  OperationState state(op.getLoc(), CallOp::getOperationName(), op.getArgs(),
                       read.front().getType(), op->getAttrs());
  auto narrow = cast<CallOp>(b.create(state));
  narrow->setAttr(resultMark, b.getI64IntegerAttr(index));
  if (LocalAttr local = getLocal(op.getLocalsAttr(), index))
    narrow.setLocalsAttr(b.getArrayAttr({local}));
  else
    narrow.removeLocalsAttr();
  read.front().replaceAllUsesWith(narrow->getResult(0));
  op.erase();
}

/// Whether `v` has a variable that may be passed where it may be written.
static bool isOwnVariable(Value v) {
  if (auto let = v.getDefiningOp<LetOp>())
    return !let.getLocal().getGenerated();
  if (Operation *op = v.getDefiningOp())
    return isa<ForOp, WhileOp, SwitchOp>(op);
  auto argument = cast<BlockArgument>(v);
  auto func = dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp());
  return !func || !isReadOnly(func, argument.getArgNumber());
}

/// `next` is the number of the next new variable.
static void passVariables(CallOp op, func::FuncOp callee, unsigned &next) {
  for (unsigned i = 0; i < op.getArgs().size(); ++i) {
    Value operand = op.getArgs()[i];
    bool isLoaded = passingOf(callee, i) != Passing::Value &&
                    operand.getDefiningOp<LoadOp>();
    if (op.tieOf(i) >= 0 || isa<PlaceType>(operand.getType()) ||
        isOwnVariable(operand) || !(needsVariable(callee, i) || isLoaded))
      continue;
    OpBuilder b(op);
    auto parameter = callee.getArgAttrOfType<LocalAttr>(i, "ad.local");
    auto name = parameter ? parameter.getName() : b.getStringAttr("t");
    auto local = LocalAttr::get(op.getContext(), next++, name,
                                b.getStringAttr(typeText(operand.getType())),
                                /*generated=*/true);
    auto let = LetOp::create(b, op.getLoc(), operand, local);
    let->setAttr(namedMark, b.getUnitAttr());
    op.getArgsMutable()[i].set(let);
  }
}

void adgen::prepareCalls(func::FuncOp func, ModuleOp module) {
  SmallVector<CallOp> calls;
  // The user's variables and those of differentiation have small numbers.
  unsigned next = 1u << 30;
  func.walk([&](CallOp op) { calls.push_back(op); });
  for (CallOp op : calls) {
    if (auto callee = module.lookupSymbol<func::FuncOp>(op.getCallee()))
      passVariables(op, callee, next);
    keepOneResult(op);
  }
}
