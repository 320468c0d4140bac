//===- JoinGuards.cpp - Guarded terms of one condition are one ------------===//
#include "JoinGuards.h"
#include "ReadVariables.h"

#include "adgen/Dialect/MoveOps.h"

using namespace mlir;
using namespace adgen;

/// The summands of a derivative that are added one after the other.
static void collectSummands(Value value, SmallVectorImpl<Value> &summands) {
  auto sum = value.getDefiningOp<AddOp>();
  if (!sum || !isDerivativeOp(sum) || !sum->hasOneUse())
    return summands.push_back(value);
  collectSummands(sum.getX(), summands);
  collectSummands(sum.getZ(), summands);
}

namespace {
/// A term that is there under a condition: `t == 0 ? 0 : value`, `c ? value : 0` or
/// `c ? 0 : value`.
struct Guarded {
  Value condition;
  unsigned operand;
  bool isGuard;
  bool operator==(const Guarded &other) const {
    return condition == other.condition && operand == other.operand &&
           isGuard == other.isGuard;
  }
};
} // namespace

static std::optional<Guarded> findGuard(Value summand) {
  Operation *op = summand.getDefiningOp();
  if (!op || !op->hasOneUse() || !isDerivativeOp(op))
    return {};
  if (isa<GuardOp>(op))
    return Guarded{op->getOperand(0), 1, true};
  auto isZero = [&](unsigned i) {
    auto known = realConstant(op->getOperand(i));
    return known && known->isZero();
  };
  if (isa<SelectOp>(op))
    for (unsigned i : {1, 2})
      if (isZero(3 - i))
        return Guarded{op->getOperand(0), i, false};
  return {};
}

/// guard(t, a) + guard(t, b) is guard(t, a + b), whose terms then meet.
static void joinGuardsOf(AddOp sum) {
  SmallVector<Value> summands, left;
  collectSummands(sum.getX(), summands);
  collectSummands(sum.getZ(), summands);
  OpBuilder b(sum);
  auto add = [&](Value x, Value z) -> Value {
    return AddOp::create(b, sum.getLoc(), sum.getType(), x, z);
  };
  SmallVector<std::pair<Guarded, Operation *>> joined;
  for (Value summand : summands) {
    std::optional<Guarded> guarded = findGuard(summand);
    auto same = llvm::find_if(joined, [&](auto &other) {
      return guarded && other.first == *guarded;
    });
    if (!guarded || same == joined.end()) {
      if (guarded)
        joined.push_back({*guarded, summand.getDefiningOp()});
      left.push_back(summand);
      continue;
    }
    // Behind the operands of both.
    Operation *op = same->second;
    moveInFrontOf(op, sum);
    b.setInsertionPoint(op);
    unsigned i = guarded->operand;
    op->setOperand(i, add(op->getOperand(i), summand.getDefiningOp()->getOperand(i)));
    b.setInsertionPoint(sum);
  }
  if (left.size() == summands.size())
    return;
  Value total = left.front();
  for (Value summand : ArrayRef(left).drop_front())
    total = add(total, summand);
  sum.replaceAllUsesWith(total);
  // Sums of before, which stand ahead of what was moved.
  SmallVector<Operation *> unused{sum};
  while (!unused.empty()) {
    Operation *op = unused.pop_back_val();
    if (!isa_and_present<AddOp>(op) || !op->use_empty())
      continue;
    for (Value operand : op->getOperands())
      unused.push_back(operand.getDefiningOp());
    op->erase();
  }
}

void adgen::joinGuards(func::FuncOp function) {
  SmallVector<AddOp> sums;
  function.walk([&](AddOp sum) {
    bool isPart = sum->hasOneUse() && isa<AddOp>(*sum->user_begin()) &&
                  isDerivativeOp(*sum->user_begin());
    if (isDerivativeOp(sum) && isReal(sum.getType()) && !isPart)
      sums.push_back(sum);
  });
  for (AddOp sum : sums)
    joinGuardsOf(sum);
}
