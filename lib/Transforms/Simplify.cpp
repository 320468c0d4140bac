//===- Simplify.cpp - Collects terms and factors of derivative code -------===//
//
//   x_bar = x * s + x * s + 3 * (y * s)   →   x_bar = (2 * x + 3 * y) * s
//
// Differentiation adds up one product per use of a value. Each sum that is
// assigned, yielded or returned is written anew as a polynomial in the values
// that have names or are expensive:
//
// 1. A derivative formula reads the variable that holds a value, not its
//    expression; equal derivative operations become one.
// 2. The operands of every assignment are expanded (products and quotients,
//    also of the user's; sums of derivatives; but not products of sums) and
//    written with like terms collected and common factors taken out.
//
// The user's own expressions are never rearranged.
//
//===----------------------------------------------------------------------===//
#include "JoinGuards.h"
#include "Polynomial.h"
#include "ReadVariables.h"
#include "ShareOperations.h"
#include "SimplifyRegions.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

#include "llvm/Support/SaveAndRestore.h"

namespace adgen {
#define GEN_PASS_DEF_SIMPLIFY
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

static bool isArithmetic(Operation *op) {
  return isa<AddOp, SubOp, MulOp, DivOp, NegOp>(op) &&
         isReal(op->getResult(0).getType());
}

/// Whether `value` is an adjoint, a tangent or a seed, or linear in one: these
/// stand last in a product. A function's partial derivative is none of them.
static bool isDerivativeValue(Value value, unsigned depth = 0) {
  if (Operation *op = value.getDefiningOp()) {
    if (!isDerivativeOp(op) || isa<ConstantOp>(op) || depth == 6)
      return false;
    if (isArithmetic(op) || isa<SelectOp, CastOp>(op))
      return llvm::any_of(op->getOperands(), [&](Value operand) {
        return isDerivativeValue(operand, depth + 1);
      });
    return !isa<Differentiable>(op);
  }
  auto argument = cast<BlockArgument>(value);
  Operation *parent = argument.getOwner()->getParentOp();
  if (auto function = dyn_cast<func::FuncOp>(parent))
    return bool(function.getArgAttr(argument.getArgNumber(), "ad.role"));
  return isDerivativeOp(parent);
}

//===----------------------------------------------------------------------===//
// Terms and factors
//===----------------------------------------------------------------------===//

namespace {
/// Rewrites the sums of a function.
class SumRewriter {
public:
  /// With `isAgain`, sums are in order already, and quotients chosen.
  void run(func::FuncOp function, bool isAgain);

private:
  Value rewrite(Operation *op, Operation *user);
  Value rewriteShorter(Operation *op, Operation *user);
  void rewriteOperand(OpOperand &operand);
  void rewriteShared(Operation *op);
  void freeGuard(GuardOp guard);
  Polynomial expand(Value value);
  Polynomial expandOp(Operation *op);
  bool isSharedQuotient(Value value, const Polynomial &expanded);
  Polynomial asFactor(Value value, const Polynomial &expanded);
  static Polynomial atom(Value value);
  static bool isDerivative(Value value) { return isDerivativeValue(value); }
  static std::optional<Rational> coefficient(Value value);
  Polynomial summands(Value value);

  /// Where new operations go; what is expanded is computed before it.
  OpBuilder *b = nullptr;
  Location *loc = nullptr;
  bool isReverse = false; // and not in order yet
  /// Whether the user's products are looked into.
  bool opensPrimal = false;
  /// While the factors that a quotient is multiplied by are looked at.
  bool looksForCancelling = false;
  /// The adjoint that a guard tests, which has a name then.
  Value guarded;
};
} // namespace

Polynomial SumRewriter::atom(Value value) {
  Term term;
  term.powers[value] = 1;
  return {term};
}

/// Integers and simple fractions combine; any other constant stays as the user
/// or the formula wrote it.
std::optional<Rational> SumRewriter::coefficient(Value value) {
  // An adjoint that starts as a constant is that constant.
  while (LetOp let = value.getDefiningOp<LetOp>()) {
    if (!isDerivativeOp(let))
      break;
    value = let.getValue();
  }
  auto constant = realConstant(value);
  if (!constant)
    return {};
  // The name of a constant says more than its value.
  if (value.getDefiningOp<ConstantOp>().isNamed())
    return {};
  bool inexact;
  APFloat converted = *constant;
  converted.convert(APFloat::IEEEdouble(), APFloat::rmNearestTiesToEven,
                    &inexact);
  double d = converted.convertToDouble();
  for (int64_t q : {1, 2, 4, 8})
    if (!inexact && std::abs(d) <= 4096 && d * q == std::floor(d * q))
      return Rational{int64_t(d * q), q};
  return {};
}

Polynomial SumRewriter::expand(Value value) {
  if (auto c = coefficient(value)) {
    if (c->isZero())
      return {};
    Term term;
    term.coefficient = *multiply(*c, Rational());
    return {term};
  }
  Operation *op = value.getDefiningOp();
  if (!op || !isArithmetic(op) || value == guarded)
    return atom(value);
  // A sum of the user's is a value of its own; so is what several need and is
  // not worth repeating.
  bool derivative = isDerivativeOp(op);
  if (isa<MulOp, DivOp>(op) && !derivative && !opensPrimal)
    return atom(value);
  if (isa<AddOp, SubOp>(op) && (!derivative || !value.hasOneUse()))
    return atom(value);
  Polynomial expanded = expandOp(op);
  if (derivative && !value.hasOneUse() &&
      (expanded.size() > 1 ||
       (expanded.size() == 1 && expanded.front().powers.size() > 4) ||
       isSharedQuotient(value, expanded)))
    return atom(value);
  return expanded;
}

/// The values that `term` divides by.
static SmallVector<Value> divisorsOf(const Term &term) {
  SmallVector<Value> divisors;
  for (auto &[value, power] : term.powers)
    if (power < 0)
      divisors.push_back(value);
  return divisors;
}

/// Whether an adjoint that was divided is multiplied several times, by nothing
/// that the divisor cancels with: then it is divided once. A product with a quotient has
/// to be worth its name more.
bool SumRewriter::isSharedQuotient(Value value, const Polynomial &expanded) {
  // A product of two quotients asks for both.
  if (looksForCancelling || expanded.size() != 1 ||
      !isa<DivOp, MulOp, NegOp>(value.getDefiningOp()))
    return false;
  llvm::SaveAndRestore looks(looksForCancelling, true);
  SmallVector<Value> divisors = divisorsOf(expanded.front());
  if (divisors.empty())
    return false;
  unsigned products = 0;
  for (OpOperand &use : value.getUses()) {
    Operation *user = use.getOwner();
    if (!isa<MulOp>(user))
      continue;
    ++products;
    for (const Term &term :
         expand(user->getOperand(1 - use.getOperandNumber())))
      for (auto &[factor, power] : term.powers)
        if (power > 0 && llvm::is_contained(divisors, factor))
          return false;
  }
  return products > (isa<DivOp>(value.getDefiningOp()) ? 1 : 2);
}

Polynomial SumRewriter::expandOp(Operation *op) {
  Value value = op->getResult(0);
  Polynomial x = expand(op->getOperand(0));
  if (isa<NegOp>(op)) {
    for (Term &term : x)
      term.coefficient = -term.coefficient;
    return x;
  }
  Polynomial z = expand(op->getOperand(1));
  if (isa<AddOp, SubOp>(op)) {
    if (isa<SubOp>(op))
      for (Term &term : z)
        term.coefficient = -term.coefficient;
    return addTo(x, z) ? x : atom(value);
  }
  x = asFactor(op->getOperand(0), x);
  z = asFactor(op->getOperand(1), z);
  if (isa<DivOp>(op)) {
    if (z.empty())
      return atom(value);
    auto inverse = invert(z.front().coefficient);
    if (!inverse)
      return atom(value);
    z.front().coefficient = *inverse;
    for (auto &power : z.front().powers)
      power.second = -power.second;
  }
  auto product = multiply(x, z);
  return product ? *product : atom(value);
}

/// A factor has one term: a sum is written on its own.
Polynomial SumRewriter::asFactor(Value value, const Polynomial &expanded) {
  if (expanded.size() <= 1)
    return expanded;
  PolynomialWriter writer(*b, *loc, value.getType(), isDerivative,
                          [this](Value v) { return summands(v); });
  return atom(writer.write(expanded));
}

/// The terms of a value that is a sum, for opening brackets.
Polynomial SumRewriter::summands(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || !isa<AddOp, SubOp>(op))
    return {};
  Polynomial sum = expand(op->getOperand(0));
  Polynomial other = expand(op->getOperand(1));
  if (isa<SubOp>(op))
    for (Term &term : other)
      term.coefficient = -term.coefficient;
  return addTo(sum, other) ? sum : Polynomial();
}

/// The adjoint of `let`'s variable from before, if it is a term of its own:
/// x_bar += … keeps it apart.
static Value previousContent(Operation *user, const Polynomial &terms) {
  auto let = dyn_cast<LetOp>(user);
  if (!let)
    return {};
  for (const Term &term : terms) {
    Value value = term.bareValue();
    if (!value || !(term.coefficient == Rational()))
      continue;
    LocalAttr local;
    if (auto previous = value.getDefiningOp<LetOp>()) {
      local = previous.getLocal();
    } else {
      Operation *parent = value.getDefiningOp();
      unsigned index = 0;
      if (auto result = dyn_cast<OpResult>(value)) {
        index = result.getResultNumber();
      } else {
        parent = value.getParentBlock()->getParentOp();
        index = cast<BlockArgument>(value).getArgNumber();
        if (isa<ForOp>(parent) && index-- == 0)
          continue;
      }
      local = getLocal(parent->getAttrOfType<ArrayAttr>("locals"), index);
    }
    if (local == let.getLocal())
      return value;
  }
  return {};
}

/// How long the expression is in the text: its reads of names and constants, as
/// far as `limit`.
static unsigned countLeaves(Value value, unsigned limit = -1) {
  Operation *op = value.getDefiningOp();
  if (!op || !isArithmetic(op))
    return 1;
  unsigned count = 0;
  for (Value operand : op->getOperands())
    if (count < limit)
      count += countLeaves(operand, limit - count);
  return count;
}

/// Nobody reads an expression as long as this, and to collect its terms takes
/// longer than it is by far: it stays as it is.
static bool isTooLong(Value value) {
  constexpr unsigned limit = 1024;
  return countLeaves(value, limit) >= limit;
}

/// Whether the derivative's expression divides: what it divides by is shared with others.
static bool divides(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || !isArithmetic(op) || !isDerivativeOp(op))
    return false;
  return isa<DivOp>(op) || llvm::any_of(op->getOperands(), divides);
}

/// The expression `op`, which `user` reads, written anew before `user`.
Value SumRewriter::rewrite(Operation *op, Operation *user) {
  Polynomial terms = expandOp(op);
  // The reverse sweep adds contributions from the last use to the first.
  if (isReverse)
    std::reverse(terms.begin(), terms.end());
  Type type = op->getResult(0).getType();
  PolynomialWriter writer(*b, *loc, type, isDerivative,
                          [this](Value v) { return summands(v); });
  Value previous = previousContent(user, terms);
  if (!previous || terms.size() == 1)
    return writer.write(terms);
  llvm::erase_if(terms, [&](const Term &term) {
    return term.bareValue() == previous && term.coefficient == Rational();
  });
  bool negative = llvm::all_of(
      terms, [](const Term &term) { return term.coefficient.p < 0; });
  if (negative)
    for (Term &term : terms)
      term.coefficient = -term.coefficient;
  Value rest = writer.write(terms);
  if (negative)
    return SubOp::create(*b, *loc, type, previous, rest);
  return AddOp::create(*b, *loc, type, previous, rest);
}

/// Looks into the user's products only where that makes the result shorter: a
/// product regrouped may overflow where the user's does not.
Value SumRewriter::rewriteShorter(Operation *op, Operation *user) {
  OpBuilder builder(user);
  Location location = op->getLoc();
  b = &builder;
  loc = &location;
  opensPrimal = false;
  Value closed = rewrite(op, user);
  opensPrimal = true;
  Value opened = rewrite(op, user);
  opensPrimal = false;
  return countLeaves(opened) < countLeaves(closed) ? opened : closed;
}

void SumRewriter::rewriteOperand(OpOperand &operand) {
  auto guard = dyn_cast<GuardOp>(operand.getOwner());
  guarded = guard ? guard.getCondition() : Value();
  operand.set(
      rewriteShorter(operand.get().getDefiningOp(), operand.getOwner()));
  guarded = {};
}

/// guard(t, 0.5 * t / r) is 0.5 * guard(t, t / r): the factor then meets
/// others.
void SumRewriter::freeGuard(GuardOp guard) {
  OpBuilder builder(guard);
  Location location = guard.getLoc();
  b = &builder;
  loc = &location;
  if (guard->hasOneUse() || isTooLong(guard.getValue()))
    return;
  Polynomial terms = expand(guard.getValue());
  if (terms.size() != 1 || terms.front().coefficient == Rational())
    return;
  Rational factor = terms.front().coefficient;
  terms.front().coefficient = Rational();
  Type type = guard.getType();
  PolynomialWriter writer(builder, location, type, isDerivative,
                          [this](Value v) { return summands(v); });
  Value freed = GuardOp::create(builder, location, guard.getCondition(),
                                writer.write(terms));
  Term product;
  product.coefficient = factor;
  product.powers[freed] = 1;
  guard.getResult().replaceAllUsesWith(writer.write({product}));
  guard.erase();
}

/// A sum that several need is rewritten on its own.
void SumRewriter::rewriteShared(Operation *op) {
  op->getResult(0).replaceAllUsesWith(rewriteShorter(op, op));
}

/// What was read or computed and has a name is called by it from there on, as long as that
/// is its name, up to `end`: `t - d_bar` is nothing where d_bar is t. Not so a pointer: under
/// its name it may be one to const.
static void useName(LetOp let, Operation *end) {
  Operation *named = let.getValue().getDefiningOp();
  if (!named || !isDerivativeOp(named) || !isDerivativeOp(let) ||
      !(isArithmetic(named) || (isa<LoadOp>(named) && !isa<PlaceType>(let.getType()))))
    return;
  if (isa<LoadOp>(named))
    end = nullptr;
  let.getValue().replaceUsesWithIf(let.getResult(), [&](OpOperand &use) {
    Operation *user = let->getBlock()->findAncestorOpInBlock(*use.getOwner());
    return user && let->isBeforeInBlock(user) && (!end || user->isBeforeInBlock(end));
  });
}

/// `useName` of all variables in the block: up to where a variable is assigned again, or may be.
static void useNames(Block &block) {
  llvm::DenseMap<LocalAttr, Operation *> next;
  for (Operation &op : llvm::reverse(block)) {
    for (Region &region : op.getRegions())
      for (Block &inner : region)
        useNames(inner);
    // What has regions may assign all.
    if (op.getNumRegions())
      next = {{LocalAttr(), &op}};
    auto let = dyn_cast<LetOp>(op);
    if (!let)
      continue;
    Operation *&end = next[let.getLocal()];
    useName(let, end ? end : next.lookup(LocalAttr()));
    end = let;
  }
}

/// A shorter value that is zero where `value` is: without its sign, or a number that it is
/// multiplied by. Null if there is none.
static Value zeroWith(Value value) {
  Operation *op = value.getDefiningOp();
  if (isa_and_present<NegOp>(op))
    return op->getOperand(0);
  if (!isa_and_present<MulOp>(op))
    return {};
  for (unsigned i : {0, 1})
    if (auto number = realConstant(op->getOperand(i)); number && number->isFiniteNonZero())
      return op->getOperand(1 - i);
  return {};
}

void SumRewriter::run(func::FuncOp function, bool isAgain) {
  isReverse = function->getAttrOfType<StringAttr>("ad.derivative") == "reverse" && !isAgain;
  auto isDone = [&](Value sum) { return isTooLong(sum) || (isAgain && divides(sum)); };
  useNames(function.front());
  joinGuards(function);
  function.walk([&](GuardOp guard) {
    // What is guarded against zero by zero.
    if (auto known = realConstant(guard.getCondition()); known && known->isZero()) {
      OpBuilder b(guard);
      guard.getY().replaceAllUsesWith(
          createConstant(b, guard.getLoc(), guard.getY().getType(), 0));
    } else {
      while (Value same = zeroWith(guard.getCondition()))
        guard.getConditionMutable().assign(same);
      freeGuard(guard);
    }
  });
  SmallVector<Operation *> shared;
  function.walk([&](Operation *op) {
    if (isArithmetic(op) && isDerivativeOp(op) && !op->hasOneUse() &&
        !op->use_empty())
      shared.push_back(op);
  });
  for (Operation *op : shared)
    if (!isDone(op->getResult(0)))
      rewriteShared(op);
  SmallVector<OpOperand *> roots;
  function.walk([&](Operation *op) {
    for (OpOperand &operand : op->getOpOperands()) {
      Operation *expression = operand.get().getDefiningOp();
      if (!expression || !isArithmetic(expression) ||
          !isDerivativeOp(expression) || isArithmetic(op))
        continue;
      // What a guard tests is shared with what it guards.
      if (isa<GuardOp>(op) && operand.getOperandNumber() == 0)
        continue;
      roots.push_back(&operand);
    }
  });
  for (OpOperand *root : roots)
    if (!isDone(root->get()))
      rewriteOperand(*root);
}

/// Whether what was loaded is still at the place when control comes to the
/// store.
static bool isUnchangedBetween(LoadOp load, StoreOp store) {
  for (Operation *end = store;; end = end->getParentOp()) {
    Block *block = end->getBlock();
    bool isOutermost = block == load->getBlock();
    Operation *op = isOutermost ? load.getOperation() : &block->front();
    for (; op && op != end; op = op->getNextNode())
      if (mayBeWrittenIn(op, store.getPlace()))
        return false;
    if (isOutermost)
      return op == end;
    if (!isa<IfOp, SwitchOp>(block->getParentOp()))
      return false;
  }
}

/// Erases what adds zero, and stores of what is at the place already, perhaps by way of a wider
/// type: the adjoint of `x -= 1.5 * c` is `float(double(x_bar))` where x is a
/// float.
static void eraseIdleStores(func::FuncOp function) {
  SmallVector<StoreOp> found;
  function.walk([&](StoreOp store) {
    Type type = store.getValue().getType();
    Value value = store.getValue();
    while (auto cast = value.getDefiningOp<CastOp>()) {
      Type from = cast.getValue().getType();
      if (!isReal(type) || !isReal(from) ||
          from.getIntOrFloatBitWidth() < type.getIntOrFloatBitWidth())
        return;
      value = cast.getValue();
    }
    auto load = value.getDefiningOp<LoadOp>();
    if (load && load.getPlace() == store.getPlace() && isUnchangedBetween(load, store))
      found.push_back(store);
  });
  for (StoreOp store : found)
    store.erase();
  SmallVector<AccumulateOp> zeros;
  function.walk([&](AccumulateOp op) {
    if (auto added = realConstant(op.getValue()); added && added->isZero())
      zeros.push_back(op);
  });
  for (AccumulateOp op : zeros)
    op.erase();
}

namespace {
struct Simplify : adgen::impl::SimplifyBase<Simplify> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (!function->hasAttr("ad.derivative") || function.isExternal())
      return;
    auto share = [&] {
      shareOperations(function);
      readVariables(function);
      shareOperations(function);
    };
    // Once more with what turned out to be one value.
    for (bool isAgain : {false, true}) {
      share();
      SumRewriter().run(function, isAgain);
      simplifyRegions(function);
    }
    share();
    eraseIdleStores(function);
    simplifyRegions(function);
  }
};
} // namespace
