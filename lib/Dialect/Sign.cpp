//===- Sign.cpp - Values that cannot be zero ------------------------------===//
//
// A sum of squares is not negative; with a positive constant added it is not
// zero either. A product of positive values may underflow to zero.
//
//===----------------------------------------------------------------------===//
#include "Sign.h"

#include "adgen/Dialect/AD.h"

using namespace mlir;
using namespace adgen;

/// How far an expression is looked into.
static constexpr unsigned maxDepth = 8;

static bool isNotNegative(Value value, unsigned depth) {
  Operation *op = value.getDefiningOp();
  if (!op || depth == maxDepth)
    return false;
  if (auto constant = realConstant(value))
    return !constant->isNegative() && !constant->isNaN();
  if (isa<FabsOp, ExpOp, SqrtOp, CoshOp>(op))
    return true;
  auto holds = [&](Value operand) { return isNotNegative(operand, depth + 1); };
  if (isa<LetOp>(op))
    return holds(op->getOperand(0));
  if (isa<MulOp>(op) && op->getOperand(0) == op->getOperand(1))
    return true;
  return isa<AddOp, MulOp, DivOp>(op) && llvm::all_of(op->getOperands(), holds);
}

/// Positive, and so that the square is, too.
static bool isPositive(APFloat constant) {
  if (constant.isNegative() || constant.isNaN())
    return false;
  constant.multiply(constant, APFloat::rmNearestTiesToEven);
  return !constant.isZero() && !constant.isDenormal();
}

static bool isPositive(Value value, unsigned depth) {
  Operation *op = value.getDefiningOp();
  if (!op || depth == maxDepth)
    return false;
  if (auto constant = realConstant(value))
    return isPositive(*constant);
  if (isa<CoshOp>(op))
    return true;
  if (isa<LetOp, SqrtOp>(op))
    return isPositive(op->getOperand(0), depth + 1);
  if (!isa<AddOp>(op))
    return false;
  Value x = op->getOperand(0), z = op->getOperand(1);
  return (isPositive(x, depth + 1) && isNotNegative(z, depth + 1)) ||
         (isPositive(z, depth + 1) && isNotNegative(x, depth + 1));
}

bool adgen::isPositive(Value value) { return ::isPositive(value, 0); }
