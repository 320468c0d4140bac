//===- JoinContributions.cpp - Adjoints that several statements share -----===//
//
// Every statement adds to the adjoints of what it reads. Where several add products of one
// factor, it is taken out of their sum:
//
//   w_bar = m * dz * t_bar;
//   w_bar += m * dy * t2_bar;      →   w_bar = m * (dz * t_bar + dy * t2_bar + dx * t3_bar);
//   w_bar += m * dx * t3_bar;
//
// This pass makes one sum of what is added one after the other, if the sum takes fewer
// products; Simplify takes the factors out. Outside of loops contributions stay with their
// statements, where a reader looks for them.
//
//===----------------------------------------------------------------------===//
#include "ReadVariables.h"

#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "llvm/ADT/MapVector.h"

namespace adgen {
#define GEN_PASS_DEF_JOINCONTRIBUTIONS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

/// Sums with more terms are left as they are: nobody reads them, and to count takes long.
static constexpr size_t maxTerms = 64;

namespace {
/// The factors of a product, each as often as it occurs; constants are left out.
using Factors = SmallVector<Value, 4>;
using Terms = SmallVector<Factors>;
} // namespace

static bool isDerivativeArithmetic(Operation *op) {
  return op && isDerivativeOp(op) && isReal(op->getResult(0).getType());
}

/// The variable of the derivative that the value is assigned to; null if there is none.
static LetOp nameOf(Value value) {
  for (Operation *user : value.getUsers())
    if (auto let = dyn_cast<LetOp>(user); let && isDerivativeOp(let))
      return let;
  return {};
}

/// Adds the factors of `value`, also of the user's products.
static void collectFactors(Value value, Factors &factors, unsigned depth = 0) {
  if (LetOp name = nameOf(value); name && depth > 0)
    value = name;
  Operation *op = value.getDefiningOp();
  if (depth < 8 && isa_and_present<MulOp, NegOp>(op)) {
    for (Value operand : op->getOperands())
      collectFactors(operand, factors, depth + 1);
    return;
  }
  if (!isa_and_present<ConstantOp>(op))
    factors.push_back(value);
}

/// Adds the terms of `value`, a sum of derivatives that nobody else reads, but for `previous`.
static void collectTerms(Value value, Value previous, Terms &terms) {
  if (value == previous)
    return;
  Operation *op = value.getDefiningOp();
  bool isSum = isa_and_present<AddOp, SubOp, NegOp>(op) && isDerivativeArithmetic(op);
  if (isSum && value.hasOneUse() && terms.size() <= maxTerms) {
    for (Value operand : op->getOperands())
      collectTerms(operand, previous, terms);
    return;
  }
  terms.emplace_back();
  collectFactors(value, terms.back());
}

/// How many products the sum of the terms takes where factors are taken out, the one that
/// most of them share first.
static unsigned countProducts(const Terms &terms) {
  llvm::MapVector<Value, unsigned> counts;
  for (const Factors &factors : terms)
    for (Value factor : llvm::SmallSetVector<Value, 4>(factors.begin(), factors.end()))
      if (factors.size() > 1)
        ++counts[factor];
  auto most = llvm::max_element(
      counts, [](auto &x, auto &z) { return x.second < z.second; });
  if (most == counts.end() || most->second < 2) {
    unsigned products = 0;
    for (const Factors &factors : terms)
      products += factors.size() - !factors.empty();
    return products;
  }
  Terms shared, rest;
  for (const Factors &factors : terms) {
    auto *found = llvm::find(factors, most->first);
    if (factors.size() < 2 || found == factors.end()) {
      rest.push_back(factors);
      continue;
    }
    shared.push_back(factors);
    shared.back().erase(shared.back().begin() + (found - factors.begin()));
  }
  return 1 + countProducts(shared) + countProducts(rest);
}

/// What the variable was before `let`, which adds to it: the value of a `let` of the same
/// variable that nobody else reads.
static LetOp previousOf(LetOp let) {
  Value value = let.getValue();
  while (Operation *op = value.getDefiningOp()) {
    if (auto previous = dyn_cast<LetOp>(op)) {
      bool isSame = previous.getLocal() == let.getLocal() && isDerivativeOp(previous) &&
                    previous->getBlock() == let->getBlock() && value.hasOneUse();
      return isSame ? previous : LetOp();
    }
    if (!isa<AddOp, SubOp>(op) || !isDerivativeOp(op) || !value.hasOneUse())
      break;
    value = op->getOperand(0);
  }
  return {};
}

/// Whether a variable that the terms read at `previous` has another value at `let`: they would
/// need a name for the one before.
static bool readsPast(const Terms &terms, LetOp previous, LetOp let) {
  llvm::DenseSet<LocalAttr> variables;
  for (const Factors &factors : terms)
    for (Value factor : factors)
      if (auto read = factor.getDefiningOp<LetOp>(); read && isDerivativeOp(read))
        // It may be read by another name.
        for (Operation *user : read.getValue().getUsers())
          if (auto name = dyn_cast<LetOp>(user); name && name.getLocal() != let.getLocal())
            variables.insert(name.getLocal());
  if (variables.empty())
    return false;
  for (Operation *op = previous; op != let; op = op->getNextNode())
    if (auto other = dyn_cast<LetOp>(op); other && variables.contains(other.getLocal()))
      return true;
  return false;
}

/// Joins what `let` adds with what was added before it.
static void join(LetOp let) {
  LetOp previous = previousOf(let);
  if (!previous)
    return;
  Terms before, added;
  LetOp first = previousOf(previous);
  collectTerms(previous.getValue(), first ? first.getResult() : Value(), before);
  collectTerms(let.getValue(), previous.getResult(), added);
  Terms all = before;
  llvm::append_range(all, added);
  if (all.size() > maxTerms || readsPast(before, previous, let) ||
      countProducts(all) >= countProducts(before) + countProducts(added))
    return;
  previous.getResult().replaceAllUsesWith(previous.getValue());
  previous.erase();
}

namespace {
struct JoinContributions : adgen::impl::JoinContributionsBase<JoinContributions> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (!function->hasAttr("ad.derivative"))
      return;
    // In the order of the statements: what was joined is joined with what follows.
    SmallVector<LetOp> lets;
    function.walk([&](LetOp let) {
      bool isInLoop = let->getParentOfType<ForOp>() || let->getParentOfType<WhileOp>();
      if (isInLoop && isDerivativeOp(let) && isReal(let.getType()))
        lets.push_back(let);
    });
    llvm::for_each(lets, join);
  }
};
} // namespace
