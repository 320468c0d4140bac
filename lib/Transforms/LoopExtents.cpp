//===- LoopExtents.cpp - How far loops of a nest count --------------------===//
//
// What is indexed by the counters of a nest has so many elements as they count up to. The
// bound of an inner loop may be what an outer one counts: `j < i` with `i < n` stays
// below `n`.
//
//===----------------------------------------------------------------------===//
#include "LoopExtents.h"
#include "TripCount.h"

#include "adgen/Analysis/IndexForm.h"
#include "adgen/Analysis/Shapes.h"

#include <cstdlib>

using namespace mlir;
using namespace adgen;

static bool isNonNegative(Value value);

/// Whether the counter of the loop is never negative.
static bool countsFromZero(ForOp loop) {
  Value last = int64_t(loop.getStep()) > 0 ? loop.getLower() : loop.getUpper();
  if (loop.getPredicate() == Predicate::gt)
    if (auto constant = intConstant(last))
      return constant->sge(-1);
  return isNonNegative(last);
}

/// Whether the integer is certainly not negative, by the loops around it.
static bool isNonNegative(Value value) {
  std::set<Symbol> nonNegative;
  IndexForm form = IndexForm::of(value);
  for (Symbol symbol : form.symbols()) {
    auto type = dyn_cast<IntType>(symbol.value.getType());
    auto argument = dyn_cast<BlockArgument>(symbol.value);
    auto loop = argument ? dyn_cast<ForOp>(argument.getOwner()->getParentOp())
                         : ForOp();
    bool isCounter = loop && argument == loop.induction();
    if ((type && !type.getIsSigned()) || (isCounter && countsFromZero(loop)))
      nonNegative.insert(symbol);
  }
  return form.hasSign(1, nonNegative);
}

/// Whether the value is computed of values from outside of the loop alone.
static bool isKnownOutside(Value value, Operation *loop) {
  if (isOutside(value, loop))
    return true;
  Operation *op = value.getDefiningOp();
  // The size of a container that keeps its shape is a constant.
  bool asks = isa_and_present<QueryOp, AccessOp>(op);
  bool isConstant = asks ? !isReshaped(op->getOperand(0)) : op && isPure(op);
  return isConstant && !isa<DivOp, RemOp>(op) &&
         !op->getNumRegions() &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           return isKnownOutside(operand, loop);
         });
}

/// What a bound such as `n - i - 1` is at most, where the counters of the loops
/// around are subtracted from what is known outside: `n - 1`. Null for another one.
static Value findLargest(OpBuilder &b, Value bound, ArrayRef<Operation *> loops) {
  if (isKnownOutside(bound, loops.front())) {
    IRMapping computed;
    return computeOutside(bound, loops.front(), b, computed);
  }
  auto difference = bound.getDefiningOp<SubOp>();
  if (!difference)
    return {};
  Value rest = findLargest(b, difference.getX(), loops);
  if (auto constant = intConstant(difference.getZ());
      rest && constant && constant->getSignificantBits() < 32)
    return plusConstant(b, bound.getLoc(), rest, -constant->getSExtValue());
  bool isCounter = llvm::any_of(loops, [&](Operation *outer) {
    auto counted = cast<ForOp>(outer);
    return difference.getZ() == counted.induction() && countsFromZero(counted);
  });
  return isCounter ? rest : Value();
}

Value adgen::createExtent(OpBuilder &b, ForOp loop, ArrayRef<Operation *> loops) {
  if (std::abs(int64_t(loop.getStep())) > 4 || !countsFromZero(loop))
    return {};
  bool up = int64_t(loop.getStep()) > 0;
  Value bound = up ? loop.getUpper() : loop.getLower();
  bool isStrict = up && loop.getPredicate() == Predicate::lt;
  if (Value largest = findLargest(b, bound, loops))
    return plusConstant(b, loop.getLoc(), largest, isStrict ? 0 : 1);
  for (Operation *outer : loops) {
    if (outer == loop)
      break;
    auto counted = cast<ForOp>(outer);
    auto rest =
        (IndexForm::of(bound) - IndexForm::of(counted.induction())).constant();
    if (!rest || std::abs(int64_t(*rest)) > 1024)
      continue;
    Value extent = createExtent(b, counted, loops);
    return extent ? plusConstant(b, loop.getLoc(), extent,
                         std::max<int64_t>(*rest - isStrict, 0))
                  : Value();
  }
  return {};
}
