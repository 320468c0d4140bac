//===- SpecialPoints.cpp - Where derivatives are infinite or jump ---------===//
//
// The literals that a value can be are found as constants are propagated (Wegman and
// Zadeck, Constant Propagation with Conditional Branches, TOPLAS 1991), but as a set,
// and with all else as "open": of `std::max(x, 0.0)` they are 0 and anything else. A
// loop is taken to have a trip.
//
// Whether a derivative is infinite at a literal is asked of the table: the partial
// derivative is built on constants, and computed.
//
//===----------------------------------------------------------------------===//
#include "SpecialPoints.h"

#include "adgen/Analysis/Slots.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/TypeSwitch.h"
#include "llvm/Support/Format.h"
#include <cmath>

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Formulas of constants
//===----------------------------------------------------------------------===//

static std::optional<double> evaluate(Value value);

static std::optional<bool> evaluateCondition(Value value) {
  if (auto constant = intConstant(value))
    return !constant->isZero();
  if (auto test = value.getDefiningOp<AndOp>()) {
    auto x = evaluateCondition(test.getX()), z = evaluateCondition(test.getZ());
    return x && z ? std::optional(*x && *z) : std::nullopt;
  }
  auto compare = value.getDefiningOp<CompareOp>();
  if (!compare)
    return {};
  auto x = evaluate(compare->getOperand(0)), z = evaluate(compare->getOperand(1));
  if (!x || !z)
    return {};
  switch (compare.getPredicate()) {
  case Predicate::lt:
    return *x < *z;
  case Predicate::le:
    return *x <= *z;
  case Predicate::gt:
    return *x > *z;
  case Predicate::ge:
    return *x >= *z;
  case Predicate::eq:
    return *x == *z;
  case Predicate::ne:
    return *x != *z;
  }
  return {};
}

/// The value of an operation on numbers; nothing if it is not one of those that
/// programs set values with and partial derivatives consist of.
static std::optional<double> compute(Operation *op, ArrayRef<double> x) {
  return llvm::TypeSwitch<Operation *, std::optional<double>>(op)
      .Case<AddOp>([&](auto) { return x[0] + x[1]; })
      .Case<SubOp>([&](auto) { return x[0] - x[1]; })
      .Case<MulOp>([&](auto) { return x[0] * x[1]; })
      .Case<DivOp>([&](auto) { return x[0] / x[1]; })
      .Case<NegOp>([&](auto) { return -x[0]; })
      .Case<FabsOp, AbsOp>([&](auto) { return std::fabs(x[0]); })
      .Case<SqrtOp>([&](auto) { return std::sqrt(x[0]); })
      .Case<CbrtOp>([&](auto) { return std::cbrt(x[0]); })
      .Case<PowOp>([&](auto) { return std::pow(x[0], x[1]); })
      .Case<ExpOp>([&](auto) { return std::exp(x[0]); })
      .Case<LogOp>([&](auto) { return std::log(x[0]); })
      .Case<AsinOp>([&](auto) { return std::asin(x[0]); })
      .Case<AcosOp>([&](auto) { return std::acos(x[0]); })
      .Case<AcoshOp>([&](auto) { return std::acosh(x[0]); })
      .Case<MaxOp, FmaxOp>([&](auto) { return std::fmax(x[0], x[1]); })
      .Case<MinOp, FminOp>([&](auto) { return std::fmin(x[0], x[1]); })
      .Case<ClampOp>([&](auto) { return std::fmin(std::fmax(x[0], x[1]), x[2]); })
      .Default([](Operation *) { return std::nullopt; });
}

static std::optional<double> evaluate(Value value) {
  if (auto real = knownReal(value)) {
    bool isInexact;
    real->convert(llvm::APFloat::IEEEdouble(), llvm::APFloat::rmNearestTiesToEven,
                  &isInexact);
    return real->convertToDouble();
  }
  if (auto integer = intConstant(value))
    return integer->getSExtValue();
  Operation *op = value.getDefiningOp();
  if (!op)
    return {};
  if (auto select = dyn_cast<SelectOp>(op)) {
    auto condition = evaluateCondition(select->getOperand(0));
    if (!condition)
      return {};
    return evaluate(*condition ? select.getX() : select.getZ());
  }
  if (isa<CastOp, LetOp>(op))
    return evaluate(op->getOperand(0));
  SmallVector<double> operands;
  for (Value operand : op->getOperands()) {
    auto number = evaluate(operand);
    if (!number)
      return {};
    operands.push_back(*number);
  }
  return operands.empty() ? std::nullopt : compute(op, operands);
}

/// Whether the function has a value where its operands are these, but the partial
/// derivative by operand `i` has none.
static bool isSingularAt(Differentiable op, unsigned i, ArrayRef<double> operands) {
  Block scratch;
  OpBuilder b(op.getContext());
  b.setInsertionPointToEnd(&scratch);
  IRMapping constants;
  for (auto [operand, number] : llvm::zip_equal(op->getOperands(), operands))
    constants.map(operand, createConstant(b, op->getLoc(), operand.getType(), number));
  auto copy = cast<Differentiable>(b.clone(*op.getOperation(), constants));
  auto value = evaluate(copy->getResult(0));
  bool isSingular = false;
  if (value && std::isfinite(*value)) {
    auto partial = evaluate(copy.partial(b, op->getLoc(), i).value);
    isSingular = partial && !std::isfinite(*partial);
  }
  scratch.dropAllReferences();
  return isSingular;
}

//===----------------------------------------------------------------------===//
// Literals that a value can be
//===----------------------------------------------------------------------===//

void SpecialPoints::Contents::add(const Literal &literal) {
  constexpr size_t most = 8;
  bool isKnown = llvm::any_of(literals, [&](const Literal &other) {
    return other.value == literal.value;
  });
  if (!isKnown && literals.size() < most)
    literals.push_back(literal);
}

void SpecialPoints::Contents::add(const Contents &other) {
  for (const Literal &literal : other.literals)
    add(literal);
  isOpen |= other.isOpen;
}

SpecialPoints::Contents SpecialPoints::contentsOf(Value value) {
  // While it is computed, what a loop hands to itself adds nothing.
  auto [found, isNew] = known.try_emplace(value);
  if (!isNew)
    return found->second;
  Contents contents = compute(value);
  known[value] = contents;
  return contents;
}

SpecialPoints::Contents SpecialPoints::computeArgument(BlockArgument argument) {
  Contents contents;
  auto loop = dyn_cast<ForOp>(argument.getOwner()->getParentOp());
  if (!loop || argument.getArgNumber() < leadingArguments(loop)) {
    contents.isOpen = true;
    return contents;
  }
  unsigned slot = argument.getArgNumber() - leadingArguments(loop);
  contents.add(contentsOf(loop.getInits()[slot]));
  contents.add(contentsOf(handedOn(loop.getBody(), slot)));
  return contents;
}

/// Of the larger, smaller or clamped number: each that can be chosen.
SpecialPoints::Contents SpecialPoints::computeChoice(Operation *op) {
  Contents chosen;
  SmallVector<Contents> operands;
  for (Value operand : op->getOperands())
    operands.push_back(contentsOf(operand));
  for (const Contents &operand : operands)
    chosen.isOpen |= operand.isOpen;
  SmallVector<double> first;
  for (const Contents &operand : operands)
    first.push_back(operand.literals.size() == 1 && !operand.isOpen
                        ? operand.literals[0].value
                        : std::nan(""));
  bool areKnown = llvm::none_of(first, [](double x) { return std::isnan(x); });
  for (const Contents &operand : operands)
    for (const Literal &literal : operand.literals)
      // Among literals alone one is chosen for good.
      if (!areKnown || ::compute(op, first) == literal.value)
        chosen.add(literal);
  return chosen;
}

SpecialPoints::Contents SpecialPoints::computeFunction(Differentiable op) {
  Contents contents;
  if (isa<MaxOp, MinOp, FmaxOp, FminOp, ClampOp>(op.getOperation()))
    return computeChoice(op);
  // Of what several operands can be at once, only one value says anything.
  Contents operand;
  SmallVector<std::optional<double>> fixed;
  Value varying;
  for (Value value : op->getOperands()) {
    Contents now = contentsOf(value);
    bool isFixed = !now.isOpen && now.literals.size() == 1;
    fixed.push_back(isFixed ? std::optional(now.literals[0].value) : std::nullopt);
    if (isFixed && !varying)
      operand = now;
    if (isFixed)
      continue;
    contents.isOpen |= (varying && varying != value) || now.isOpen;
    if (!varying)
      operand = now;
    else if (varying != value)
      operand = {};
    varying = value;
  }
  for (const Literal &literal : operand.literals) {
    SmallVector<double> numbers;
    for (std::optional<double> number : fixed)
      numbers.push_back(number.value_or(literal.value));
    if (auto value = ::compute(op, numbers))
      contents.add({*value, literal.loc});
    else
      contents.isOpen = true;
  }
  contents.isOpen |= operand.literals.empty();
  return contents;
}

SpecialPoints::Contents SpecialPoints::compute(Value value) {
  Contents contents;
  if (auto number = evaluate(value)) {
    contents.add({*number, value.getLoc()});
    return contents;
  }
  if (auto argument = dyn_cast<BlockArgument>(value))
    return computeArgument(argument);
  Operation *op = value.getDefiningOp();
  unsigned slot = cast<OpResult>(value).getResultNumber();
  if (isa<LetOp, CastOp>(op) && isReal(op->getOperand(0).getType()))
    return contentsOf(op->getOperand(0));
  if (auto select = dyn_cast<SelectOp>(op)) {
    contents.add(contentsOf(select.getX()));
    contents.add(contentsOf(select.getZ()));
  } else if (isa<IfOp, SwitchOp, ForOp>(op)) {
    for (Region &region : op->getRegions())
      contents.add(contentsOf(handedOn(region, slot)));
  } else if (auto function = dyn_cast<Differentiable>(op);
             function && isReal(value.getType())) {
    return computeFunction(function);
  } else {
    contents.isOpen = true;
  }
  return contents;
}

//===----------------------------------------------------------------------===//
// What is found
//===----------------------------------------------------------------------===//

static std::string spell(double number) {
  std::string text;
  llvm::raw_string_ostream(text) << llvm::format("%g", number);
  return text;
}

void SpecialPoints::findSingular(Differentiable op, const Activity &activity,
                                 SmallVectorImpl<SpecialPoint> &points) {
  for (OpOperand &use : op->getOpOperands()) {
    unsigned i = use.getOperandNumber();
    if (!isReal(use.get().getType()) || !activity.isVaried(use.get()) ||
        singularityAt(op, i) != Singularity::Finite)
      continue;
    SmallVector<double> numbers;
    bool areKnown = true;
    for (Value operand : op->getOperands()) {
      auto number = evaluate(operand);
      areKnown &= number || operand == use.get();
      numbers.push_back(number.value_or(0));
    }
    if (!areKnown)
      continue;
    for (const Literal &literal : contentsOf(use.get()).literals) {
      numbers[i] = literal.value;
      if (isSingularAt(op, i, numbers))
        points.push_back({Diag::SingularLiteral,
                          {op.getSpelling().str(), spell(literal.value)},
                          literal.loc});
    }
  }
}

void SpecialPoints::findKink(Operation *op, const Activity &activity,
                             SmallVectorImpl<SpecialPoint> &points) {
  if (auto compare = dyn_cast<CompareOp>(op)) {
    Value x = compare->getOperand(0), z = compare->getOperand(1);
    if (evaluate(x))
      std::swap(x, z);
    auto number = evaluate(z);
    if (isReal(x.getType()) && number && activity.isVaried(x))
      points.push_back({Diag::Kink, {"comparison", spell(*number)}, {}});
    return;
  }
  if (!isa<FabsOp, AbsOp, MaxOp, MinOp, FmaxOp, FminOp, FdimOp, ClampOp>(op) ||
      !isReal(op->getResult(0).getType()) || !activity.isUseful(op->getResult(0)))
    return;
  std::string numbers;
  auto add = [&](double number) {
    numbers += (numbers.empty() ? "" : " and ") + spell(number);
  };
  bool isVaried = false;
  for (Value operand : op->getOperands()) {
    isVaried |= activity.isVaried(operand);
    if (auto number = evaluate(operand))
      add(*number);
  }
  if (isa<FabsOp, AbsOp>(op))
    add(0);
  if (isVaried && !numbers.empty())
    points.push_back(
        {Diag::Kink,
         {"'" + cast<Differentiable>(op).getSpelling().str() + "'", numbers},
         {}});
}

SmallVector<SpecialPoint> SpecialPoints::find(Operation *op,
                                              const Activity &activity) {
  SmallVector<SpecialPoint> points;
  if (auto function = dyn_cast<Differentiable>(op);
      function && isReal(op->getResult(0).getType()) &&
      activity.isUseful(op->getResult(0)))
    findSingular(function, activity, points);
  findKink(op, activity, points);
  return points;
}
