//===- ShareQuotients.cpp - Divisions that are done already ---------------===//
//
// A division takes as long as ten products. Derivatives divide by what the function has
// divided by, mostly more than once:
//
//   x_bar += t_bar / z;                 const double t2 = t_bar / z;
//   z_bar -= y / z * t_bar;         →   x_bar += t2;
//   w_bar += a / z * t_bar;             z_bar -= y * t2;
//                                       w_bar += a * t2;
//
//   r = 1 / z;                          r = 1 / z;
//   z_bar -= r / z * r_bar;         →   z_bar -= r * r * r_bar;
//
// The last digit may be another one.
//
//===----------------------------------------------------------------------===//
#include "ReadVariables.h"

#include "adgen/Dialect/AD.h"
#include "adgen/Dialect/MoveOps.h"
#include "adgen/Transforms/Passes.h"

#include "mlir/IR/Dominance.h"

namespace adgen {
#define GEN_PASS_DEF_SHAREQUOTIENTS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {
class QuotientSharer {
public:
  explicit QuotientSharer(func::FuncOp function) : dominance(function) {}

  /// `a / z * t` where there is `t / z`, or more of the kind: that is computed first.
  void shareQuotients(Block &block);
  /// `a / z`, or `a / (2 * z)`, where there is `1 / z`.
  void useReciprocal(DivOp quotient);

private:
  DivOp reciprocalOf(Value divisor, Operation *at);

  DominanceInfo dominance;
};
} // namespace

static bool isOne(Value value) {
  auto constant = realConstant(value);
  return constant && constant->isExactlyValue(1);
}

/// The quotient x / z of one block, or null.
static DivOp quotientOf(Value x, Value z, Block *block) {
  for (Operation *user : x.getUsers())
    if (auto quotient = dyn_cast<DivOp>(user);
        quotient && quotient.getX() == x && quotient.getZ() == z &&
        quotient->getBlock() == block && isDerivativeOp(quotient))
      return quotient;
  return {};
}

/// The operand of `product` that is a quotient which nobody else needs, if any.
static std::optional<unsigned> quotientIn(MulOp product) {
  for (unsigned i : {0, 1}) {
    auto factor = product->getOperand(i).getDefiningOp<DivOp>();
    if (factor && factor->hasOneUse() && isDerivativeOp(factor) &&
        factor->getBlock() == product->getBlock() && !isOne(factor.getX()))
      return i;
  }
  return {};
}

void QuotientSharer::shareQuotients(Block &block) {
  // Where operations are is asked for often, while they are moved.
  llvm::DenseMap<Operation *, unsigned> position;
  for (auto [i, op] : llvm::enumerate(block))
    if (isa<DivOp, MulOp>(op))
      position[&op] = i;
  /// `a / z * t` by t and z.
  llvm::MapVector<std::pair<Value, Value>, SmallVector<MulOp>> products;
  for (auto product : block.getOps<MulOp>())
    // What several need has a name of its own.
    if (auto i = product->hasOneUse() && isDerivativeOp(product) &&
                         isReal(product.getType())
                     ? quotientIn(product)
                     : std::nullopt)
      products[{product->getOperand(1 - *i),
                product->getOperand(*i).getDefiningOp<DivOp>().getZ()}]
          .push_back(product);
  for (auto &[operands, alike] : products) {
    // Other groups may have taken the quotients, or replaced what is divided.
    llvm::erase_if(alike, [](MulOp product) { return !quotientIn(product); });
    if (alike.empty())
      continue;
    unsigned i = *quotientIn(alike.front());
    Value other = alike.front()->getOperand(1 - i);
    Value divisor = alike.front()->getOperand(i).getDefiningOp<DivOp>().getZ();
    DivOp shared = quotientOf(other, divisor, &block);
    if (!shared && alike.size() < 2)
      continue;
    MulOp first = alike.front();
    OpBuilder b(first);
    unsigned earliest = position.lookup(first);
    if (!shared)
      shared = DivOp::create(b, first.getLoc(), first.getType(), other, divisor);
    else if (earliest < position.lookup(shared))
      moveInFrontOf(shared, first);
    else
      earliest = position.lookup(shared);
    position[shared] = earliest;
    for (MulOp product : alike) {
      auto factor = product->getOperand(*quotientIn(product)).getDefiningOp<DivOp>();
      // t / z * t is a product of what is shared itself.
      if (factor == shared)
        continue;
      b.setInsertionPoint(product);
      product.replaceAllUsesWith(
          MulOp::create(b, product.getLoc(), product.getType(), factor.getX(), shared)
              .getResult());
      product.erase();
      factor.erase();
    }
  }
}

/// A reciprocal that is there at `at`.
DivOp QuotientSharer::reciprocalOf(Value divisor, Operation *at) {
  for (Operation *user : divisor.getUsers())
    if (auto reciprocal = dyn_cast<DivOp>(user);
        reciprocal && reciprocal.getZ() == divisor && isOne(reciprocal.getX()) &&
        reciprocal != at && dominance.properlyDominates(reciprocal.getOperation(), at))
      return reciprocal;
  return {};
}

void QuotientSharer::useReciprocal(DivOp quotient) {
  Value divisor = quotient.getZ();
  std::optional<APFloat> inverse;
  DivOp reciprocal = reciprocalOf(divisor, quotient);
  if (auto product = divisor.getDefiningOp<MulOp>(); product && !reciprocal)
    for (unsigned i : {0, 1}) {
      auto factor = realConstant(product->getOperand(i));
      APFloat exact(0.0);
      // A power of two.
      if (!factor || !factor->getExactInverse(&exact))
        continue;
      reciprocal = reciprocalOf(product->getOperand(1 - i), quotient);
      inverse = exact;
      break;
    }
  if (!reciprocal)
    return;
  OpBuilder b(quotient);
  Location loc = quotient.getLoc();
  Type type = quotient.getType();
  Value result = quotient.getX();
  if (inverse)
    result = MulOp::create(b, loc, type,
                           createConstant(b, loc, type, inverse->convertToDouble()),
                           result);
  quotient.replaceAllUsesWith(
      MulOp::create(b, loc, type, result, reciprocal).getResult());
  quotient.erase();
}

namespace {
struct ShareQuotients : adgen::impl::ShareQuotientsBase<ShareQuotients> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (!function->hasAttr("ad.derivative") || function.isExternal())
      return;
    QuotientSharer sharer(function);
    function.walk([&](Block *block) { sharer.shareQuotients(*block); });
    SmallVector<DivOp> quotients;
    function.walk([&](DivOp quotient) {
      if (isDerivativeOp(quotient) && isReal(quotient.getType()))
        quotients.push_back(quotient);
    });
    for (DivOp quotient : quotients)
      sharer.useReciprocal(quotient);
  }
};
} // namespace
