//===- Reverse.cpp - Adjoints ---------------------------------------------===//
//
// Adds f_grad for every function with a `reverse` request.
//
//   y = sin(x)                 y = sin(x)                  (forward sweep)
//   return y * a         →     y_bar = a * seed            (reverse sweep)
//                              x_bar = cos(x) * y_bar
//                              return x_bar
//
// 1. Normalize: what loop headers and steps change of active values goes into
//    the body (NormalizeLoops.cpp).
// 2. Forward sweep: a copy of the function; loops record what they carry on
//    tapes (ReverseRegions.cpp).
// 3. Reverse sweep: the operations backwards. An elementwise operation adds
//    partial * y_bar to its operands' adjoints; branches and loops are reversed
//    as a whole. A trip of a reversed loop first runs the trip's forward part
//    again from the recorded values, then its reverse part.
// 4. Values of the forward sweep that the reverse sweep uses are made
//    available to it (KeepValues.cpp).
//
// Requires value form. Everything that the simple algorithm does too much of
// (tapes nobody reads, sweeps nobody needs) is removed by the passes behind it.
// Refuses an active argument that has no partial derivative.
//
//===----------------------------------------------------------------------===//
#include "ReadVariables.h"
#include "Reverse.h"
#include "SimplifyRegions.h"

#include "adgen/Support/Diagnostics.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_REVERSE
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

LocalAttr adgen::variableOf(Value value) {
  if (auto let = value.getDefiningOp<LetOp>())
    return let.getLocal();
  if (auto result = dyn_cast<OpResult>(value)) {
    Operation *op = result.getOwner();
    return getLocal(op->getAttrOfType<ArrayAttr>("locals"),
                    result.getResultNumber());
  }
  auto argument = cast<BlockArgument>(value);
  Operation *parent = argument.getOwner()->getParentOp();
  unsigned index = argument.getArgNumber();
  if (auto function = dyn_cast<func::FuncOp>(parent))
    return function.getArgAttrOfType<LocalAttr>(index, "ad.local");
  if (auto loop = dyn_cast<ForOp>(parent)) {
    if (index == 0)
      return loop.getCounter();
    --index;
  }
  return getLocal(parent->getAttrOfType<ArrayAttr>("locals"), index);
}

StringRef adgen::spelling(Type type) {
  if (auto integer = dyn_cast<IntType>(type))
    return integer.getSpelling();
  return type.isF32() ? "float" : type.isF64() ? "double"
         : type.isInteger(1)                   ? "bool"
                                               : "long double";
}

/// A generated companion of a user's variable; `kind` tells the companions of
/// one variable apart (1 is the tangent's).
static LocalAttr companion(LocalAttr local, unsigned kind, StringRef suffix) {
  if (!local)
    return {};
  MLIRContext *context = local.getContext();
  return LocalAttr::get(context, local.getId() * 4 + kind,
                        StringAttr::get(context, local.getName().str() + suffix),
                        local.getType(), /*generated=*/true);
}
LocalAttr adgen::adjointVariable(LocalAttr local) {
  return companion(local, 2, "_bar");
}
LocalAttr adgen::tapeVariable(LocalAttr local) {
  return companion(local, 3, "_tape");
}

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

SmallVector<unsigned> adgen::wrtPositions(DictionaryAttr request) {
  SmallVector<unsigned> positions;
  for (Attribute p : request.getAs<ArrayAttr>("wrt"))
    positions.push_back(cast<IntegerAttr>(p).getInt());
  return positions;
}

AdjointBuilder::AdjointBuilder(func::FuncOp primal, DictionaryAttr request)
    : primal(primal), request(request),
      wrt(wrtPositions(request)), activity(primal, wrt), b(primal.getContext()) {}

func::FuncOp AdjointBuilder::createFunction() {
  SmallVector<Type> arguments(primal.getArgumentTypes());
  SmallVector<Type> results;
  SmallVector<StringRef> members;
  bool withValue =
      request.contains("with_value") && primal.getNumResults() == 1;
  if (withValue) {
    results.push_back(primal.getResultTypes()[0]);
    members.push_back("value");
  }
  for (unsigned p : wrt) {
    results.push_back(primal.getArgumentTypes()[p]);
    members.push_back(
        primal.getArgAttrOfType<LocalAttr>(p, "ad.local").getName());
  }
  bool seeded = primal.getNumResults() == 1 &&
                isReal(primal.getResultTypes()[0]);
  if (seeded)
    arguments.push_back(primal.getResultTypes()[0]);

  b.setInsertionPointAfter(primal);
  StringAttr suffix = request.getAs<StringAttr>("suffix");
  std::string name = primal.getSymName().str() + "_grad" +
                     (suffix ? suffix.getValue().str() : "");
  auto function = func::FuncOp::create(
      b, primal.getLoc(), name, b.getFunctionType(arguments, results));
  for (NamedAttribute attribute : primal->getDiscardableAttrs())
    if (attribute.getName() != "ad.requests")
      function->setAttr(attribute.getName(), attribute.getValue());
  function->setAttr("ad.derivative", b.getStringAttr("reverse"));
  function->setAttr("ad.wrt", request.get("wrt"));
  function->setAttr("ad.suffix", suffix ? suffix : b.getStringAttr(""));
  if (withValue)
    function->setAttr("ad.with_value", b.getUnitAttr());

  for (unsigned i = 0; i < primal.getNumArguments(); ++i)
    function.setArgAttrs(i, primal.getArgAttrDict(i));
  if (seeded) {
    unsigned i = arguments.size() - 1;
    StringAttr type = primal->getAttrOfType<StringAttr>("ad.return_type");
    auto local = LocalAttr::get(b.getContext(), ~0u, b.getStringAttr("seed"),
                                type, /*generated=*/true);
    function.setArgAttr(i, "ad.local", local);
    function.setArgAttr(i, "ad.type", type);
    function.setArgAttr(i, "ad.role", b.getStringAttr("seed"));
    function.setArgAttr(i, "ad.default", b.getStringAttr("1"));
  }
  for (auto [i, member] : llvm::enumerate(members))
    function.setResultAttr(i, "ad.member", b.getStringAttr(member));
  b.setInsertionPointToEnd(function.addEntryBlock());
  return function;
}

LogicalResult AdjointBuilder::build() {
  derivative = createFunction();
  Block &from = primal.front();
  auto end = cast<ReturnOp>(from.getTerminator());

  Level level;
  for (BlockArgument argument : from.getArguments())
    level.values.map(argument, derivative.getArgument(argument.getArgNumber()));
  forward(from, level);

  Adjoints adjoints;
  bool seeded = derivative.getNumArguments() > primal.getNumArguments();
  beginStatement(end.getLoc(), adjoints);
  if (seeded && activity.isActive(end.getValues()[0]))
    adjoints.set(end.getValues()[0],
                 derivative.getArguments().back());
  backward(from, level, adjoints);
  if (failed)
    return failure();

  SmallVector<Value> results;
  if (derivative->hasAttr("ad.with_value"))
    results.push_back(level.values.lookupOrDefault(end.getValues()[0]));
  for (unsigned p : wrt) {
    BlockArgument parameter = from.getArgument(p);
    if (!activity.isUseful(parameter))
      emitWarning(primal.getLoc())
          << formatMessage(
                 Diag::NoInfluence,
                 {primal.getArgAttrOfType<LocalAttr>(p, "ad.local")
                      .getName()
                      .str(),
                  primal->getAttrOfType<StringAttr>("ad.name").str()});
    results.push_back(
        adjointOrZero(parameter, adjoints, derivativeLoc(end.getLoc())));
  }
  ReturnOp::create(b, derivativeLoc(end.getLoc()), results);
  keepValues(derivative, loopPairs);
  readVariables(derivative);
  simplifyRegions(derivative);
  return success();
}

//===----------------------------------------------------------------------===//
// Straight-line code
//===----------------------------------------------------------------------===//

void AdjointBuilder::backward(Block &block, Level &level, Adjoints &adjoints) {
  for (Operation &op : llvm::reverse(block.without_terminator())) {
    if (isa<IfOp, SwitchOp>(op)) {
      reverseBranches(&op, level, adjoints);
      continue;
    }
    if (isa<ForOp, WhileOp>(op)) {
      reverseLoop(&op, level, adjoints);
      continue;
    }
    if (op.getNumResults() != 1 || !adjoints.lookup(op.getResult(0)))
      continue;
    beginStatement(op.getLoc(), adjoints);
    Value y_bar = adjoints.lookup(op.getResult(0));
    Location loc = *adjoints.loc;
    if (auto function = dyn_cast<Differentiable>(op)) {
      reverseFunction(function, level, adjoints);
    } else if (auto let = dyn_cast<LetOp>(op)) {
      adjoints.assigned.insert(let.getLocal());
      accumulate(let.getValue(), y_bar, adjoints);
    } else if (auto cast = dyn_cast<CastOp>(op)) {
      if (isReal(cast.getValue().getType()))
        accumulate(cast.getValue(),
                   CastOp::create(b, loc, cast.getValue().getType(), y_bar,
                                  StringAttr()),
                   adjoints);
    } else if (auto select = dyn_cast<SelectOp>(op)) {
      Value condition = level.values.lookupOrDefault(select.getCondition());
      Value zero = createConstant(b, loc, y_bar.getType(), 0);
      accumulate(select.getX(),
                 SelectOp::create(b, loc, condition, y_bar, zero), adjoints);
      accumulate(select.getZ(),
                 SelectOp::create(b, loc, condition, zero, y_bar), adjoints);
    }
  }
  flush(adjoints);
}

void AdjointBuilder::reverseFunction(Differentiable op, Level &level,
                                     Adjoints &adjoints) {
  Location loc = *adjoints.loc;
  Expr y_bar(adjoints.lookup(op->getResult(0)), b, loc);
  // The copy in this run, so that the formulas refer to values of this run.
  auto copy = cast<Differentiable>(
      level.values.lookup(op->getResult(0)).getDefiningOp());
  for (OpOperand &operand : op->getOpOperands()) {
    unsigned i = operand.getOperandNumber();
    if (!activity.isVaried(operand.get()) || op.hasZeroPartial(i))
      continue;
    if (!op.hasPartial(i)) {
      emitError(op.getLoc()) << formatMessage(
          Diag::NoPartial, {op.getSpelling().str(), std::to_string(i + 1)});
      failed = true;
      continue;
    }
    Expr contribution = copy.partial(b, loc, i) * y_bar;
    Singularity singularity = op.singularity(i);
    if (singularity == Singularity::Finite ||
        (singularity == Singularity::Pole && mayVanishByPath(y_bar.value)))
      contribution.value =
          GuardOp::create(b, loc, y_bar.value, contribution.value);
    accumulate(operand.get(), contribution.value, adjoints);
  }
}

/// Whether the adjoint is exactly zero on a path that does not use the value.
bool AdjointBuilder::mayVanishByPath(Value adjoint) {
  Operation *op = adjoint.getDefiningOp();
  if (!op || !isDerivativeOp(op))
    return false;
  if (isa<IfOp, SwitchOp>(op))
    return true;
  if (isa<LetOp, NegOp, CastOp>(op))
    return mayVanishByPath(op->getOperand(0));
  if (isa<AddOp, SubOp>(op))
    return mayVanishByPath(op->getOperand(0)) &&
           mayVanishByPath(op->getOperand(1));
  if (isa<MulOp, SelectOp, GuardOp>(op))
    return isa<SelectOp>(op) || mayVanishByPath(op->getOperand(0)) ||
           mayVanishByPath(op->getOperand(1));
  if (isa<DivOp>(op))
    return mayVanishByPath(op->getOperand(0));
  if (auto loop = dyn_cast<ForOp>(op)) {
    Value init = loop.getInits()[cast<OpResult>(adjoint).getResultNumber()];
    auto constant = realConstant(init);
    return (constant && constant->isZero()) || mayVanishByPath(init);
  }
  return false;
}

//===----------------------------------------------------------------------===//
// Adjoints
//===----------------------------------------------------------------------===//

void AdjointBuilder::beginStatement(Location loc, Adjoints &adjoints) {
  StmtAttr stmt = getStmt(loc);
  if (stmt != adjoints.stmt)
    flush(adjoints);
  adjoints.stmt = stmt;
  adjoints.loc = derivativeLoc(loc);
}

/// Names the adjoints of variables that the statement changed, so that each
/// statement's contributions are one assignment.
///
/// A variable that the statement assigned comes last: the others' contributions
/// read its adjoint from before (x = r * x: first r_bar, then x_bar).
void AdjointBuilder::flush(Adjoints &adjoints) {
  // The reverse sweep met the variables from last to first.
  SmallVector<Value> order(adjoints.dirty.rbegin(), adjoints.dirty.rend());
  llvm::stable_sort(order, [&](Value x, Value z) {
    return adjoints.assigned.contains(variableOf(x)) <
           adjoints.assigned.contains(variableOf(z));
  });
  adjoints.assigned.clear();
  for (Value primal : order) {
    Value adjoint = adjoints.lookup(primal);
    LocalAttr local = adjointVariable(variableOf(primal));
    if (variableOf(adjoint) != local)
      adjoints.set(primal, LetOp::create(b, *adjoints.loc, adjoint, local));
  }
  adjoints.dirty.clear();
}

void AdjointBuilder::accumulate(Value primal, Value contribution,
                                Adjoints &adjoints) {
  if (!activity.isVaried(primal))
    return;
  Location loc = *adjoints.loc;
  if (Value sum = adjoints.lookup(primal))
    contribution = (Expr(sum, b, loc) + Expr(contribution, b, loc)).value;
  adjoints.set(primal, contribution);
  if (variableOf(primal))
    adjoints.dirty.insert(primal);
}

Value AdjointBuilder::adjointOrZero(Value primal, const Adjoints &adjoints,
                                    Location loc) {
  if (Value adjoint = adjoints.lookup(primal))
    return adjoint;
  return createConstant(b, loc, primal.getType(), 0);
}

namespace {
struct Reverse : adgen::impl::ReverseBase<Reverse> {
  void runOnOperation() override {
    for (auto primal :
         llvm::to_vector(getOperation().getOps<func::FuncOp>())) {
      auto requests = primal->getAttrOfType<ArrayAttr>("ad.requests");
      if (!requests)
        continue;
      for (auto request : requests.getAsRange<DictionaryAttr>())
        if (request.getAs<StringAttr>("mode") == "reverse")
          if (failed(differentiate(primal, request)))
            return signalPassFailure();
    }
  }

  LogicalResult differentiate(func::FuncOp primal, DictionaryAttr request) {
    // The normalized loops are this pass's own; the primal stays as it is.
    OpBuilder b(primal);
    b.setInsertionPointAfter(primal);
    auto normalized = cast<func::FuncOp>(b.clone(*primal));
    normalizeLoops(normalized, wrtPositions(request));
    LogicalResult result = AdjointBuilder(normalized, request).build();
    normalized.erase();
    return result;
  }
};
} // namespace
