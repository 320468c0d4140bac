//===- IndexForm.cpp - Index expressions as polynomials -------------------===//
//
// i * cols + j - 1   →   {i·cols: 1, j: 1, 1: -1}
//
//===----------------------------------------------------------------------===//
#include "adgen/Analysis/IndexForm.h"

#include "adgen/Analysis/Shapes.h"

#include "mlir/Interfaces/SideEffectInterfaces.h"

using namespace mlir;
using namespace adgen;

IndexForm::IndexForm(int64_t constant) { add({}, constant); }

IndexForm IndexForm::symbol(Symbol symbol) {
  IndexForm form;
  form.add({symbol}, 1);
  return form;
}

void IndexForm::add(const Monomial &monomial, int64_t coefficient) {
  if (coefficient == 0)
    return;
  auto [it, isNew] = terms.insert({monomial, coefficient});
  if (!isNew && (it->second += coefficient) == 0)
    terms.erase(it);
}

IndexForm IndexForm::operator+(const IndexForm &other) const {
  IndexForm sum = *this;
  for (auto &[monomial, coefficient] : other.terms)
    sum.add(monomial, coefficient);
  return sum;
}

IndexForm IndexForm::operator-(const IndexForm &other) const {
  return *this + IndexForm(-1) * other;
}

IndexForm IndexForm::operator*(const IndexForm &other) const {
  IndexForm product;
  for (auto &[x, a] : terms)
    for (auto &[z, b] : other.terms) {
      Monomial monomial = x;
      monomial.insert(monomial.end(), z.begin(), z.end());
      llvm::sort(monomial);
      product.add(monomial, a * b);
    }
  return product;
}

std::pair<IndexForm, int64_t> IndexForm::splitConstant() const {
  IndexForm rest = *this;
  auto constant = rest.terms.find({});
  if (constant == rest.terms.end())
    return {rest, 0};
  int64_t value = constant->second;
  rest.terms.erase(constant);
  return {rest, value};
}

std::optional<int64_t> IndexForm::constant() const {
  if (terms.empty())
    return 0;
  if (terms.size() == 1 && terms.begin()->first.empty())
    return terms.begin()->second;
  return {};
}

std::set<Symbol> IndexForm::symbols() const {
  std::set<Symbol> found;
  for (auto &[monomial, coefficient] : terms)
    found.insert(monomial.begin(), monomial.end());
  return found;
}

IndexForm IndexForm::substitute(Symbol symbol, const IndexForm &form) const {
  IndexForm result;
  for (auto &[monomial, coefficient] : terms) {
    IndexForm product(coefficient);
    for (Symbol factor : monomial)
      product = product * (factor == symbol ? form : IndexForm::symbol(factor));
    result = result + product;
  }
  return result;
}

std::optional<IndexForm> IndexForm::factorOf(Symbol symbol) const {
  IndexForm factor;
  for (auto &[monomial, coefficient] : terms) {
    size_t power = llvm::count(monomial, symbol);
    if (power > 1)
      return {};
    if (power == 0)
      continue;
    Monomial rest;
    for (Symbol other : monomial)
      if (!(other == symbol))
        rest.push_back(other);
    factor.add(rest, coefficient);
  }
  return factor;
}

bool IndexForm::hasSign(int sign, const std::set<Symbol> &nonNegative) const {
  for (auto &[monomial, coefficient] : terms) {
    if (coefficient * sign < 0)
      return false;
    for (Symbol factor : monomial)
      if (!nonNegative.count(factor))
        return false;
  }
  return true;
}

//===----------------------------------------------------------------------===//
// Values
//===----------------------------------------------------------------------===//

/// The value that stands for all that are the same expression: the operand of
/// what only renames or converts it.
static Value withoutNames(Value value) {
  while (true) {
    auto let = value.getDefiningOp<LetOp>();
    // A variable of the whole function has its name in bounds and indices alike.
    bool isName = let && isa<func::FuncOp>(let->getParentOp()) &&
                  !intConstant(let.getValue());
    if (let && !isName)
      value = let.getValue();
    else if (auto cast = value.getDefiningOp<CastOp>();
             cast && isa<IntType>(cast.getType()) &&
             isa<IntType>(cast.getValue().getType()) &&
             cast_if_present<IntType>(cast.getType()).getWidth() >=
                 cast_if_present<IntType>(cast.getValue().getType()).getWidth())
      value = cast.getValue();
    else
      return value;
  }
}

static bool isDerivative(Operation *op) {
  StmtAttr stmt = getStmt(op->getLoc());
  return stmt && stmt.getDerivative();
}

bool adgen::isSameExpression(Value x, Value z) {
  x = withoutNames(x);
  z = withoutNames(z);
  if (x == z)
    return true;
  Operation *a = x.getDefiningOp(), *b = z.getDefiningOp();
  if (!a || !b || a->getName() != b->getName() || a->getNumRegions() ||
      a->getNumResults() != 1 || x.getType() != z.getType() ||
      a->getNumOperands() != b->getNumOperands() ||
      !(isPure(a) || isa<QueryOp>(a)))
    return false;
  if (auto constant = intConstant(x))
    return constant == intConstant(z);
  // What an object says of itself it says as long as it has its shape.
  if (isa<QueryOp>(a) && (isDerivative(a) || isDerivative(b) ||
                          isReshaped(a->getOperand(0))))
    return false;
  // Marks of passes do not count.
  if (!a->getName().compareOpProperties(a->getPropertiesStorage(),
                                        b->getPropertiesStorage()))
    return false;
  for (auto [p, q] : llvm::zip(a->getOperands(), b->getOperands()))
    if (!isSameExpression(p, q))
      return false;
  return true;
}

/// Whether one operation of the function comes before the other one in the text.
static bool isBefore(Operation *x, Operation *z) {
  Operation *within = nullptr;
  for (Operation *up = x; up; within = up, up = up->getParentOp()) {
    Operation *other = up->getBlock()->findAncestorOpInBlock(*z);
    if (!other)
      continue;
    if (up != other || !within || other == z)
      return up->isBeforeInBlock(other);
    // In two regions of one operation.
    Operation *inner = z;
    while (inner->getParentOp() != other)
      inner = inner->getParentOp();
    return within->getParentRegion()->getRegionNumber() <
           inner->getParentRegion()->getRegionNumber();
  }
  return false;
}

/// The first value in the text that is the same expression, of all such uses of its
/// first operand, so that equal expressions are one symbol.
static Value representative(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || op->getNumOperands() == 0)
    return value;
  Value operand = op->getOperand(0);
  Operation *found = op;
  for (Operation *user : operand.getUsers())
    if (user != op && user->getNumResults() == 1 &&
        user->getParentOfType<func::FuncOp>() ==
            op->getParentOfType<func::FuncOp>() &&
        isSameExpression(value, user->getResult(0)) && isBefore(user, found))
      found = user;
  return found == op ? value : found->getResult(0);
}

static thread_local SameExpressions *expressions = nullptr;

SameExpressions::SameExpressions() : outer(expressions) { expressions = this; }
SameExpressions::~SameExpressions() { expressions = outer; }

/// A number that same expressions have in common.
size_t SameExpressions::hashOf(Value value) {
  value = withoutNames(value);
  Operation *op = value.getDefiningOp();
  if (!op || op->getNumRegions() || op->getNumResults() != 1 ||
      !(isPure(op) || isa<QueryOp>(op)))
    return llvm::hash_value(value.getAsOpaquePointer());
  if (auto constant = intConstant(value))
    return llvm::hash_value(*constant);
  auto [it, isNew] = hashes.try_emplace(value, 0);
  if (!isNew)
    return it->second;
  llvm::hash_code hash = llvm::hash_combine(
      op->getName(), op->getName().hashOpProperties(op->getPropertiesStorage()));
  for (Value operand : op->getOperands())
    hash = llvm::hash_combine(hash, hashOf(operand));
  return hashes[value] = hash;
}

Value SameExpressions::representative(Value value) {
  value = withoutNames(value);
  auto [it, isNew] = known.try_emplace(value, value);
  Operation *op = value.getDefiningOp();
  if (!isNew || !op || op->getNumOperands() == 0)
    return it->second;
  auto &others = alike[hashOf(value)];
  auto *same = llvm::find_if(others, [&](Value other) {
    return isSameExpression(value, other);
  });
  if (same == others.end())
    others.push_back(value);
  else
    it->second = *same;
  return it->second;
}

void SameExpressions::clear() {
  known.clear();
  hashes.clear();
  alike.clear();
  forms.clear();
}

void SameExpressions::forget(Value value) {
  Operation *op = value.getDefiningOp();
  forms.erase(value);
  if (known.erase(value) && op && op->getNumOperands())
    llvm::erase(alike[hashOf(value)], value);
  hashes.erase(value);
}

IndexForm IndexForm::of(Value value) {
  value = withoutNames(value);
  if (!expressions)
    return compute(value);
  if (auto known = expressions->forms.find(value);
      known != expressions->forms.end())
    return known->second;
  IndexForm form = compute(value);
  expressions->forms.insert({value, form});
  return form;
}

/// Of a value without names.
IndexForm IndexForm::compute(Value value) {
  // A polynomial of more terms says nothing that is worth its time.
  constexpr size_t maxTerms = 64, maxDegree = 16;
  if (auto constant = intConstant(value))
    if (constant->getSignificantBits() <= 62)
      return IndexForm(constant->getSExtValue());
  Operation *op = value.getDefiningOp();
  std::optional<IndexForm> form;
  if (isa_and_present<AddOp>(op))
    form = of(op->getOperand(0)) + of(op->getOperand(1));
  else if (isa_and_present<SubOp>(op))
    form = of(op->getOperand(0)) - of(op->getOperand(1));
  else if (isa_and_present<MulOp>(op))
    form = of(op->getOperand(0)) * of(op->getOperand(1));
  else if (isa_and_present<NegOp>(op))
    form = IndexForm(0) - of(op->getOperand(0));
  if (form && form->terms.size() <= maxTerms &&
      llvm::all_of(form->terms,
                   [](auto &term) { return term.first.size() <= maxDegree; }))
    return *form;
  return symbol({expressions ? expressions->representative(value)
                             : representative(value)});
}
