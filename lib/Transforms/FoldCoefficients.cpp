//===- FoldCoefficients.cpp - Numbers that all products share -------------===//
//
// A value of the derivative is multiplied once by the number that all its products begin
// with:
//
//   t = r * t_bar;                     t = 2 * r * t_bar;
//   x_bar += 2 * x * t;          →     x_bar += x * t;
//   y_bar += 2 * y * t;                y_bar += y * t;
//
// Adjoints of the user's variables stay what they are.
//
//===----------------------------------------------------------------------===//
#include "ReadVariables.h"

#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/SetVector.h"

namespace adgen {
#define GEN_PASS_DEF_FOLDCOEFFICIENTS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

static bool isDerivativeProduct(Operation *op) {
  return isa_and_present<MulOp>(op) && isDerivativeOp(op);
}

/// Whether the value is a number that has no name of its own.
static bool isNumber(Value value) {
  auto constant = value.getDefiningOp<ConstantOp>();
  return constant && !constant.isNamed();
}

/// The operand with the number that the product `op` begins with, where nobody else reads
/// the product up to there; null if it begins with something else.
static OpOperand *coefficientOf(Operation *op) {
  OpOperand *first = &op->getOpOperand(0);
  while (isDerivativeProduct(first->get().getDefiningOp()) && first->get().hasOneUse())
    first = &first->get().getDefiningOp()->getOpOperand(0);
  return isNumber(first->get()) ? first : nullptr;
}

/// Whether the value gets a name in the text, rather than being written several times: it
/// takes more than a few products.
static bool isWorthName(Value value) {
  unsigned leaves = 0;
  bool isDear = false;
  SmallVector<Value> open = {value};
  while (!open.empty() && !isDear) {
    Value part = open.pop_back_val();
    Operation *op = part.getDefiningOp();
    bool isOpen = op && (part == value || part.hasOneUse());
    if (isOpen && isa<AddOp, SubOp, MulOp, NegOp, CastOp>(op)) {
      llvm::append_range(open, op->getOperands());
      continue;
    }
    isDear = isOpen && !isa<LetOp, LoadOp, PlaybackOp, ConstantOp>(op);
    ++leaves;
  }
  unsigned uses = std::distance(value.use_begin(), value.use_end());
  return isDear || (uses - 1) * (leaves - 1) > 3;
}

/// The constants that products of `value` begin with, if these are all of its uses and the
/// constants are one.
static SmallVector<OpOperand *> commonCoefficients(Value value) {
  SmallVector<OpOperand *> found;
  for (OpOperand &use : value.getUses()) {
    Operation *user = use.getOwner();
    OpOperand *coefficient =
        isDerivativeProduct(user) && use.getOperandNumber() == 1 ? coefficientOf(user)
                                                                 : nullptr;
    if (!coefficient || llvm::is_contained(found, coefficient))
      return {};
    if (!found.empty() && *realConstant(coefficient->get()) != *realConstant(found[0]->get()))
      return {};
    found.push_back(coefficient);
  }
  return found;
}

/// What negates the products of `value`, if all of them are negated; else nothing.
static SmallVector<NegOp> commonNegations(Value value) {
  SmallVector<NegOp> found;
  for (Operation *product : value.getUsers()) {
    while (product->hasOneUse() && isDerivativeProduct(*product->user_begin()))
      product = *product->user_begin();
    auto negation = product->hasOneUse() ? dyn_cast<NegOp>(*product->user_begin()) : NegOp();
    if (!negation || !isDerivativeOp(negation) || llvm::is_contained(found, negation))
      return {};
    found.push_back(negation);
  }
  return found;
}

namespace {
class CoefficientFolder {
public:
  void fold(Value value);
  ~CoefficientFolder() {
    for (Operation *op : dead)
      op->erase();
  }

private:
  void dropFirst(OpOperand *first);
  bool cancel(DivOp quotient, double factor);
  void scale(Value value, double factor);

  /// What is left out is erased in the end.
  llvm::SetVector<Operation *> dead;
};
} // namespace

/// Leaves out the number that a product begins with.
void CoefficientFolder::dropFirst(OpOperand *first) {
  Operation *product = first->getOwner();
  product->getResult(0).replaceAllUsesWith(product->getOperand(1));
  dead.insert(product);
}

/// 2 * (x / (2 * y)) is x / y.
bool CoefficientFolder::cancel(DivOp quotient, double factor) {
  Operation *divisor = quotient.getZ().getDefiningOp();
  if (!isDerivativeProduct(divisor) || !divisor->hasOneUse())
    return false;
  OpOperand *first = coefficientOf(divisor);
  if (!first || realConstant(first->get())->convertToDouble() != factor)
    return false;
  dropFirst(first);
  return true;
}

/// Multiplies the value by `factor`, where it is computed if that is a product.
void CoefficientFolder::scale(Value value, double factor) {
  Operation *op = value.getDefiningOp();
  if (auto guard = dyn_cast<GuardOp>(op); guard && guard.getValue().hasOneUse() &&
                                          guard.getValue().getDefiningOp())
    return scale(guard.getValue(), factor);
  OpOperand *first = nullptr;
  for (Operation *part = op; part && isa<MulOp, DivOp, NegOp>(part) && isDerivativeOp(part);
       part = first->get().hasOneUse() ? first->get().getDefiningOp() : nullptr) {
    if (auto quotient = dyn_cast<DivOp>(part); quotient && cancel(quotient, factor))
      return;
    first = &part->getOpOperand(0);
  }
  Type type = value.getType();
  Location loc = first ? first->getOwner()->getLoc() : op->getLoc();
  OpBuilder b(op);
  if (!first) {
    b.setInsertionPointAfter(op);
    Value number = createConstant(b, loc, type, factor);
    auto product = MulOp::create(b, loc, type, number, value);
    value.replaceAllUsesExcept(product, product);
    return;
  }
  b.setInsertionPoint(first->getOwner());
  if (!isNumber(first->get())) {
    Value number = createConstant(b, loc, type, factor);
    first->set(MulOp::create(b, loc, type, number, first->get()));
    return;
  }
  double scaled = realConstant(first->get())->convertToDouble() * factor;
  auto product = dyn_cast<MulOp>(first->getOwner());
  if (product && std::abs(scaled) == 1) {
    if (scaled < 0)
      product.setOperand(1, NegOp::create(b, loc, type, product.getOperand(1)));
    return dropFirst(first);
  }
  first->set(createConstant(b, loc, type, scaled));
}

void CoefficientFolder::fold(Value value) {
  SmallVector<OpOperand *> coefficients = commonCoefficients(value);
  if (coefficients.size() < 2 || !isWorthName(value))
    return;
  double factor = realConstant(coefficients[0]->get())->convertToDouble();
  SmallVector<NegOp> negations = commonNegations(value);
  if (!negations.empty())
    factor = -factor;
  for (NegOp negation : negations) {
    negation.replaceAllUsesWith(negation.getOperand());
    dead.insert(negation);
  }
  for (OpOperand *coefficient : coefficients)
    dropFirst(coefficient);
  scale(value, factor);
}

static void foldCoefficients(func::FuncOp function) {
  SmallVector<Value> shared;
  function.walk([&](Operation *op) {
    if (isDerivativeOp(op) && !isa<LetOp, ConstantOp>(op) && op->getNumRegions() == 0)
      for (Value result : op->getResults())
        if (result.getType().isF64() && !result.use_empty() && !result.hasOneUse())
          shared.push_back(result);
  });
  CoefficientFolder folder;
  for (Value value : shared)
    folder.fold(value);
}

namespace {
struct FoldCoefficients : adgen::impl::FoldCoefficientsBase<FoldCoefficients> {
  void runOnOperation() override {
    if (getOperation()->hasAttr("ad.derivative"))
      foldCoefficients(getOperation());
  }
};
} // namespace
