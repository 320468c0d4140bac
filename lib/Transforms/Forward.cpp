//===- Forward.cpp - Tangents ---------------------------------------------===//
//
// Adds f_jvp for every function with a `forward` request in `ad.requests`.
//
//   y = sin(x)               y = sin(x)
//   return y * a      →      y_dot = cos(x) * x_dot
//                            return y * a, y * a_dot + a * y_dot
//
// 1. Copy the function; add a parameter `x_dot` for each parameter x of the
//    request, and the result's tangent to the results.
// 2. Behind each operation with an active result (Analysis/Activity) its
// tangent
//    is computed, the sum of partial derivatives times operands' tangents; the
//    tangent of an assignment to x is assigned to `x_dot`, before x itself.
// 3. Branches and loops hand on the tangents beside the values that they hand
//    on, and keep their conditions.
//
// Method: Griewank & Walther, Evaluating Derivatives (2008), section 3.1, on
// structured SSA form.
//
// Requires value form. Where a partial derivative may be infinite while the
// tangent is exactly zero, the product is guarded (`ad.guard`). Warns about a
// parameter without influence; refuses an active argument that has no partial
// derivative. The products are left as they come; `ad-simplify` collects them.
//
//===----------------------------------------------------------------------===//
#include "RegionResults.h"
#include "SimplifyRegions.h"
#include "adgen/Analysis/PathActivity.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Support/Diagnostics.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_FORWARD
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {

/// The variable `x_dot` of a user's variable x; none for none. Its id cannot be
/// that of another variable of this name.
LocalAttr tangentVariable(LocalAttr local) {
  if (!local)
    return {};
  MLIRContext *context = local.getContext();
  return LocalAttr::get(
      context, local.getId() * 4 + 1,
      StringAttr::get(context, local.getName().getValue() + "_dot"),
      local.getType(), /*generated=*/true);
}

SmallVector<unsigned> positions(ArrayAttr wrt) {
  return llvm::map_to_vector(wrt.getAsRange<IntegerAttr>(), [](IntegerAttr p) {
    return unsigned(p.getInt());
  });
}

class TangentBuilder {
public:
  /// `function` is a copy of `primal`; becomes its tangent.
  TangentBuilder(func::FuncOp primal, func::FuncOp function,
                 DictionaryAttr request)
      : primal(primal), function(function), request(request),
        wrt(positions(request.getAs<ArrayAttr>("wrt"))), activity(primal, wrt),
        paths(primal, activity), b(primal.getContext()) {}

  LogicalResult build();

private:
  void describeFunction();
  void addParameters();
  void warnAboutNoInfluence(unsigned parameter);
  // `op` is in the primal, `copy` in the tangent.
  void differentiateBlock(Block &block, Block &copy);
  void differentiate(Operation &op, Operation &copy);
  void differentiateFunction(Differentiable op, Differentiable copy);
  void differentiateRegions(Operation &op, Operation &copy);
  void differentiateRegion(Region &region, Region &copy,
                           ArrayRef<unsigned> active, Location loc);
  void differentiateReturn(ReturnOp end, ReturnOp copy);

  /// Whether slot `i` of a branch or loop carries a tangent.
  bool isActiveSlot(Operation *op, unsigned i);
  bool needsGuard(Differentiable op, OpOperand &operand);
  /// The tangent of `value`; zero if it has none.
  Value tangentOrZero(Value value, Location loc);

  func::FuncOp primal, function;
  DictionaryAttr request;
  SmallVector<unsigned> wrt;
  Activity activity;
  PathActivity paths;
  OpBuilder b;
  /// The tangents of the primal's values. What is not in here is zero.
  llvm::DenseMap<Value, Value> tangents;
  bool failed = false;
};

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

void TangentBuilder::describeFunction() {
  auto suffix = request.getAs<StringAttr>("suffix");
  if (!suffix)
    suffix = b.getStringAttr("");
  function->removeAttr("ad.requests");
  function->setAttr("ad.derivative", b.getStringAttr("forward"));
  function->setAttr("ad.wrt", request.get("wrt"));
  function->setAttr("ad.suffix", suffix);
  function.setName((function.getName() + "_jvp" + suffix.getValue()).str());
}

void TangentBuilder::warnAboutNoInfluence(unsigned p) {
  auto local = primal.getArgAttrOfType<LocalAttr>(p, "ad.local");
  auto name = primal->getAttrOfType<StringAttr>("ad.name");
  emitWarning(primal.getLoc()) << formatMessage(
      Diag::NoInfluence, {local ? local.getName().str() : std::to_string(p),
                          (name ? name.getValue() : primal.getName()).str()});
}

/// Adds the tangents of the parameters, in their order.
void TangentBuilder::addParameters() {
  for (unsigned p : wrt) {
    BlockArgument parameter = primal.getArgument(p);
    auto local = function.getArgAttrOfType<LocalAttr>(p, "ad.local");
    LocalAttr dot = tangentVariable(local);
    NamedAttrList attributes;
    attributes.set("ad.role", b.getStringAttr("tangent"));
    if (dot) {
      attributes.set("ad.local", dot);
      attributes.set("ad.type", dot.getType());
    }
    if (wrt.size() == 1)
      attributes.set("ad.default", b.getStringAttr("1"));
    unsigned position = function.getNumArguments();
    if (mlir::failed(function.insertArgument(
            position, parameter.getType(),
            attributes.getDictionary(b.getContext()), parameter.getLoc()))) {
      failed = true;
      return;
    }
    tangents[parameter] = function.getArgument(position);
    if (!activity.isUseful(parameter))
      warnAboutNoInfluence(p);
  }
}

void TangentBuilder::differentiateReturn(ReturnOp end, ReturnOp copy) {
  if (end.getValues().size() != 1 || !isReal(end.getValues()[0].getType()))
    return;
  Value value = end.getValues()[0];
  b.setInsertionPoint(copy);
  copy.getValuesMutable().append(
      tangentOrZero(value, derivativeLoc(end.getLoc())));
  Type type = value.getType();
  function.setFunctionType(
      b.getFunctionType(function.getArgumentTypes(), {type, type}));
  function.setResultAttr(0, "ad.member", b.getStringAttr("value"));
  function.setResultAttr(1, "ad.member", b.getStringAttr("dot"));
}

LogicalResult TangentBuilder::build() {
  addParameters();
  describeFunction();
  Block &body = primal.front(), &copy = function.front();
  differentiateBlock(body, copy);
  if (failed)
    return failure();
  differentiateReturn(cast<ReturnOp>(body.getTerminator()),
                      cast<ReturnOp>(copy.getTerminator()));
  simplifyRegions(function);
  return success();
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

Value TangentBuilder::tangentOrZero(Value value, Location loc) {
  if (Value tangent = tangents.lookup(value))
    return tangent;
  // A variable without content has a tangent without content.
  if (value.getDefiningOp<UndefOp>())
    return UndefOp::create(b, loc, value.getType());
  return createConstant(b, loc, value.getType(), 0);
}

void TangentBuilder::differentiateBlock(Block &block, Block &copy) {
  // The copy grows on the way.
  SmallVector<Operation *> copies = llvm::map_to_vector(
      copy.without_terminator(), [](Operation &op) { return &op; });
  for (auto [op, copy] : llvm::zip_equal(block.without_terminator(), copies))
    differentiate(op, *copy);
}

void TangentBuilder::differentiate(Operation &op, Operation &copy) {
  if (hasSlots(&op))
    return differentiateRegions(op, copy);
  if (op.getNumResults() != 1 || !activity.isActive(op.getResult(0)))
    return;
  Value dot;
  Location loc = derivativeLoc(op.getLoc());
  b.setInsertionPointAfter(&copy);
  if (isa<Differentiable>(op)) {
    differentiateFunction(cast<Differentiable>(op), cast<Differentiable>(copy));
  } else if (auto let = dyn_cast<LetOp>(op)) {
    // The right-hand side of the assignment to x_dot reads the old x.
    b.setInsertionPoint(&copy);
    dot = LetOp::create(b, loc, tangentOrZero(let.getValue(), loc),
                        tangentVariable(let.getLocal()));
  } else if (auto cast = dyn_cast<CastOp>(op)) {
    dot = CastOp::create(b, loc, cast.getType(),
                         tangentOrZero(cast.getValue(), loc), StringAttr());
  } else if (auto select = dyn_cast<SelectOp>(op)) {
    Value x = tangentOrZero(select.getX(), loc);
    Value z = tangentOrZero(select.getZ(), loc);
    dot = SelectOp::create(b, loc, copy.getOperand(0), x, z);
  } else if (auto guard = dyn_cast<GuardOp>(op)) {
    dot = GuardOp::create(b, loc, copy.getOperand(0),
                          tangentOrZero(guard.getValue(), loc));
  } else {
    op.emitOpError("has no tangent");
    failed = true;
  }
  if (dot)
    tangents[op.getResult(0)] = dot;
}

/// A zero tangent must not meet an infinite partial derivative.
bool TangentBuilder::needsGuard(Differentiable op, OpOperand &operand) {
  auto constant = realConstant(tangents.lookup(operand.get()));
  if (constant && !constant->isZero())
    return false;
  switch (op.singularity(operand.getOperandNumber())) {
  case Singularity::None:
    return false;
  case Singularity::Finite:
    return true;
  case Singularity::Pole:
    return paths.mayBeConstant(operand.get());
  }
  llvm_unreachable("no such singularity");
}

void TangentBuilder::differentiateFunction(Differentiable op,
                                           Differentiable copy) {
  Location loc = derivativeLoc(op.getLoc());
  std::optional<Expr> sum;
  for (OpOperand &operand : op->getOpOperands()) {
    unsigned i = operand.getOperandNumber();
    Value dot = tangents.lookup(operand.get());
    if (!dot || op.hasZeroPartial(i))
      continue;
    if (!op.hasPartial(i)) {
      emitError(op.getLoc()) << formatMessage(
          Diag::NoPartial, {op.getSpelling().str(), std::to_string(i + 1)});
      failed = true;
      continue;
    }
    Expr term = copy.partial(b, loc, i) * Expr(dot, b, loc);
    if (needsGuard(op, operand))
      term.value = GuardOp::create(b, loc, dot, term.value);
    sum = sum ? *sum + term : term;
  }
  if (sum)
    tangents[op->getResult(0)] = sum->value;
}

//===----------------------------------------------------------------------===//
// Branches and loops
//===----------------------------------------------------------------------===//

bool TangentBuilder::isActiveSlot(Operation *op, unsigned i) {
  if (activity.isActive(op->getResult(i)))
    return true;
  // Active from trip to trip, though not behind the loop.
  return isLoop(op) && llvm::any_of(op->getRegions(), [&](Region &region) {
           return activity.isActive(
               region.getArgument(leadingArguments(op) + i));
         });
}

void TangentBuilder::differentiateRegions(Operation &op, Operation &copy) {
  Location loc = derivativeLoc(op.getLoc());
  SmallVector<unsigned> active;
  for (unsigned i = 0; i != op.getNumResults(); ++i)
    if (isActiveSlot(&op, i))
      active.push_back(i);

  SmallVector<Value> inits;
  SmallVector<Type> types;
  SmallVector<Attribute> locals;
  auto names = op.getAttrOfType<ArrayAttr>("locals");
  b.setInsertionPoint(&copy);
  for (unsigned i : active) {
    if (isLoop(&op))
      inits.push_back(
          tangentOrZero(op.getOperand(leadingOperands(&op) + i), loc));
    types.push_back(op.getResult(i).getType());
    locals.push_back(tangentVariable(getLocal(names, i)));
  }
  for (auto [region, regionCopy] :
       llvm::zip_equal(op.getRegions(), copy.getRegions()))
    differentiateRegion(region, regionCopy, active, loc);
  if (active.empty())
    return;

  Operation *rebuilt = addResults(&copy, inits, types, locals);
  for (auto [k, i] : llvm::enumerate(active))
    tangents[op.getResult(i)] = rebuilt->getResult(op.getNumResults() + k);
}

/// Carries the tangents of the active slots through a region.
void TangentBuilder::differentiateRegion(Region &region, Region &copy,
                                         ArrayRef<unsigned> active,
                                         Location loc) {
  Operation *parent = region.getParentOp();
  if (isLoop(parent))
    for (unsigned i : active) {
      BlockArgument argument = region.getArgument(leadingArguments(parent) + i);
      tangents[argument] = copy.addArgument(argument.getType(), loc);
    }
  differentiateBlock(region.front(), copy.front());

  Operation *endCopy = copy.front().getTerminator();
  b.setInsertionPoint(endCopy);
  SmallVector<Value> dots;
  for (unsigned i : active)
    dots.push_back(tangentOrZero(handedOn(region, i), loc));
  endCopy->insertOperands(endCopy->getNumOperands(), dots);
}

//===----------------------------------------------------------------------===//
// The pass
//===----------------------------------------------------------------------===//

struct Forward : adgen::impl::ForwardBase<Forward> {
  void runOnOperation() override {
    for (auto primal : llvm::to_vector(getOperation().getOps<func::FuncOp>())) {
      auto requests = primal->getAttrOfType<ArrayAttr>("ad.requests");
      if (!requests)
        continue;
      for (auto request : requests.getAsRange<DictionaryAttr>())
        if (request.getAs<StringAttr>("mode") == "forward")
          if (failed(differentiate(primal, request)))
            return signalPassFailure();
    }
  }

  LogicalResult differentiate(func::FuncOp primal, DictionaryAttr request) {
    func::FuncOp tangent = primal.clone();
    primal->getBlock()->getOperations().insertAfter(primal->getIterator(),
                                                    tangent);
    return TangentBuilder(primal, tangent, request).build();
  }
};

} // namespace
