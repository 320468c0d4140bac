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
static constexpr llvm::StringLiteral readOnlyMark = "emit.read_only";
static constexpr llvm::StringLiteral namedMark = "emit.named";

unsigned adgen::calledResult(CallOp op) {
  auto index = op->getAttrOfType<IntegerAttr>(resultMark);
  return index ? index.getInt() : 0;
}

bool adgen::mayWrite(CallOp op, unsigned operand) {
  auto readOnly = op->getAttrOfType<DenseI64ArrayAttr>(readOnlyMark);
  return !readOnly || !llvm::is_contained(readOnly.asArrayRef(), operand);
}

/// Marks the operands that the callee has no way to write through. What is passed by
/// value or as const may still lead there: views, and objects with pointers.
static void markReadOnly(CallOp op, func::FuncOp callee) {
  SmallVector<int64_t> readOnly;
  for (unsigned i = 0; i < op.getArgs().size(); ++i)
    if (isa<PlaceType>(op.getArgs()[i].getType()) ? onlyReads(op, i)
                                                  : !isWritable(callee, i))
      readOnly.push_back(i);
  op->setAttr(readOnlyMark, DenseI64ArrayAttr::get(op.getContext(), readOnly));
}

bool adgen::isPassed(LetOp op) { return op->hasAttr(namedMark); }

bool adgen::hasTies(CallOp op) {
  return op.getTies() && llvm::any_of(*op.getTies(),
                                      [](int64_t tie) { return tie >= 0; });
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
    if (auto callee = module.lookupSymbol<func::FuncOp>(op.getCallee())) {
      markReadOnly(op, callee);
      passVariables(op, callee, next);
    }
    keepOneResult(op);
  }
}
