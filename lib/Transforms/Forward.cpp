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
#include "Forward.h"
#include "CheckReshapes.h"
#include "RegionResults.h"
#include "ShadowPointers.h"
#include "SimplifyRegions.h"
#include "adgen/Analysis/PathActivity.h"
#include "adgen/Analysis/Shapes.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Support/Diagnostics.h"
#include "adgen/Transforms/Passes.h"

#include "mlir/IR/IRMapping.h"

namespace adgen {
#define GEN_PASS_DEF_FORWARD
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

/// A copy of the primal's body.
void TangentBuilder::copyBody() {
  Block *entry = function.addEntryBlock();
  IRMapping values;
  for (BlockArgument argument : primal.getArguments())
    values.map(argument, entry->getArgument(argument.getArgNumber()));
  b.setInsertionPointToEnd(entry);
  for (Operation &op : primal.front())
    b.clone(op, values);
  primal.walk([&](Operation *op) {
    if (Operation *copy = values.lookupOrNull(op))
      copies[op] = copy;
  });
}

/// Finds the tangents of the arguments, which follow them in their order.
void TangentBuilder::mapTangents() {
  for (auto [k, i] : llvm::enumerate(request.inputs)) {
    BlockArgument parameter = primal.getArgument(i);
    tangents[parameter] = function.getArgument(primal.getNumArguments() + k);
  }
  if (request.isHelper())
    return;
  b.setInsertionPointToStart(&function.front());
  for (bool areReshaped : {false, true})
    assertShapes(function, primal, b, areReshaped);
  // Objects by value that are not asked for, but written to.
  for (BlockArgument parameter : primal.getArguments()) {
    unsigned i = parameter.getArgNumber();
    if (isa<PlaceType>(parameter.getType()) && !tangents.lookup(parameter) &&
        !isPassedByPlace(primal, i) && !primal.getArgAttr(i, "ad.view") &&
        activity.isActive(parameter))
      tangents[parameter] = createZeroObject(parameter, primal.getLoc());
  }
}

/// What the tangent returns: as the primal, with tangents behind values.
void TangentBuilder::differentiateReturn(ReturnOp end, ReturnOp copy) {
  b.setInsertionPoint(copy);
  Location loc = derivativeLoc(end.getLoc());
  auto dotOf = [&](unsigned result) {
    return tangentOrZero(end.getValues()[result], loc);
  };
  SmallVector<Value> values(copy.getValues());
  if (request.isHelper()) {
    for (unsigned r : request.outputs)
      values.push_back(dotOf(r));
  } else {
    if (returnsValue(primal) && carriesReals(primal.getResultTypes()[0]))
      values.insert(values.begin() + 1, dotOf(0));
    for (unsigned i : request.inputs)
      if (auto result = resultOfArgument(primal, i))
        values.push_back(dotOf(*result));
  }
  copy.getValuesMutable().assign(values);
}

LogicalResult TangentBuilder::build() {
  copyBody();
  mapTangents();
  Block &body = primal.front();
  auto end = cast<ReturnOp>(body.getTerminator());
  auto endCopy = cast<ReturnOp>(function.front().getTerminator());
  differentiateBlock(body);
  if (failed)
    return failure();
  differentiateReturn(end, endCopy);
  simplifyRegions(function);
  return success();
}

/// Removes assignments of what a loop carries to the variable that it is carried
/// in: a tangent that no trip changes is seen to be constant.
static void dropRenamings(func::FuncOp function) {
  function.walk([](LetOp let) {
    auto argument = dyn_cast<BlockArgument>(let.getValue());
    Operation *loop = argument ? argument.getOwner()->getParentOp() : nullptr;
    if (!loop || !isLoop(loop) ||
        argument.getArgNumber() < leadingArguments(loop))
      return;
    LocalAttr local = getLocal(loop->getAttrOfType<ArrayAttr>("locals"),
                               argument.getArgNumber() - leadingArguments(loop));
    if (local == let.getLocal())
      let.replaceAllUsesWith(argument);
  });
}

/// For each input a tangent that starts with 1.
LogicalResult TangentBuilder::buildPartials() {
  copyBody();
  auto end = cast<ReturnOp>(primal.front().getTerminator());
  auto endCopy = cast<ReturnOp>(function.front().getTerminator());
  Location loc = derivativeLoc(end.getLoc());
  // Operands of the return meanwhile, as the next direction rebuilds loops.
  unsigned returned = endCopy.getValues().size();
  llvm::DenseMap<std::pair<unsigned, unsigned>, unsigned> positions;
  for (unsigned input : request.inputs) {
    direction = input;
    tangents.clear();
    BlockArgument parameter = primal.getArgument(input);
    b.setInsertionPointToStart(&function.front());
    tangents[parameter] = createConstant(b, loc, parameter.getType(), 1);
    differentiateBlock(primal.front());
    if (failed)
      return failure();
    b.setInsertionPoint(endCopy);
    for (unsigned output : request.outputs) {
      positions[{output, input}] = endCopy.getValues().size();
      endCopy.getValuesMutable().append(
          tangentOrZero(end.getValues()[output], loc));
    }
  }
  SmallVector<Value> values(endCopy.getValues().take_front(returned));
  for (Partial partial : partialsOf(primal, request)) {
    Value value =
        endCopy.getValues()[positions.lookup({partial.output, partial.input})];
    Type type = primal.getArgumentTypes()[partial.input];
    if (value.getType() != type)
      value = CastOp::create(b, loc, type, value, StringAttr());
    values.push_back(value);
  }
  endCopy.getValuesMutable().assign(values);
  function->setAttr("ad.forward_sweep", b.getUnitAttr());
  dropRenamings(function);
  simplifyRegions(function);
  return success();
}

bool adgen::prefersTangents(func::FuncOp primal,
                            const DerivativeRequest &request) {
  constexpr unsigned fewInputs = 2;
  if (request.kind != DerivativeRequest::ValueAndPartials ||
      request.inputs.size() > fewInputs)
    return false;
  Activity activity(primal, request.inputs, request.outputs, request.inactive);
  bool hasLoop = false;
  bool mayCarry = !primal
                       .walk([&](Operation *op) {
                         bool isActive = llvm::any_of(
                             op->getResults(),
                             [&](Value v) { return activity.isActive(v); });
                         hasLoop |= isLoop(op) && isActive;
                         bool refuses = (isa<CallOp>(op) && isActive) ||
                                        isa<LoadOp, StoreOp, ResizeOp, PushOp,
                                            PopOp>(op);
                         return refuses ? WalkResult::interrupt()
                                        : WalkResult::advance();
                       })
                       .wasInterrupted();
  return mayCarry && hasLoop;
}

//===----------------------------------------------------------------------===//
// Operations
//===----------------------------------------------------------------------===//

/// The tangent of an object that is returned and not active.
Value TangentBuilder::createZeroObject(Value object, Location loc) {
  if (auto variable = object.getDefiningOp<VarOp>();
      variable && !variable->hasAttr("unshadowed")) {
    // Of what is returned the shape may be another by now.
    LocalAttr dot = tangentOf(writable(variable.getLocal()));
    auto end = cast<ReturnOp>(primal.front().getTerminator());
    if (!end.getValues().empty() && end.getValues()[0] == object)
      if (Value tangent = createZeroCopy(b, loc, copies.at(variable)->getResult(0), dot,
                                         primal->getAttrOfType<DictionaryAttr>("ad.result"),
                                         /*number=*/~0u / 16)) {
        if (isTrivial(variable))
          tangent.getDefiningOp()->setAttr("trivial", b.getUnitAttr());
        return tangent;
      }
    return createZeroLike(b, loc, variable, dot, copies.at(variable)->getOperands());
  }
  if (auto parameter = dyn_cast<BlockArgument>(object)) {
    unsigned i = parameter.getArgNumber();
    if (Value tangent = createZeroCopy(
            b, loc, function.getArgument(i),
            tangentOf(primal.getArgAttrOfType<LocalAttr>(i, "ad.local")),
            primal.getArgAttrDict(i), i))
      return tangent;
  }
  emitError(loc) << formatMessage(Diag::UnknownShadow, {});
  failed = true;
  return UndefOp::create(b, loc, object.getType());
}

Value TangentBuilder::tangentOrZero(Value value, Location loc) {
  if (Value tangent = tangents.lookup(value))
    return tangent;
  // A variable without content has a tangent without content.
  if (value.getDefiningOp<UndefOp>())
    return UndefOp::create(b, loc, value.getType());
  if (isa<PlaceType>(value.getType()))
    return createZeroObject(value, loc);
  return createConstant(b, loc, value.getType(), 0);
}

void TangentBuilder::differentiateBlock(Block &block) {
  for (Operation &op : block.without_terminator())
    differentiate(op, *copies.at(&op));
}

LocalAttr TangentBuilder::tangentOf(LocalAttr local) {
  LocalAttr dot = tangentVariable(local);
  if (!dot || !direction)
    return dot;
  // `sum_by_x`; each direction has ids of its own.
  LocalAttr input = primal.getArgAttrOfType<LocalAttr>(*direction, "ad.local");
  std::string name =
      local.getName().str() + "_by_" + input.getName().str();
  return LocalAttr::get(b.getContext(), dot.getId() + ((*direction + 1) << 24),
                        b.getStringAttr(name), dot.getType(),
                        /*generated=*/true);
}

void TangentBuilder::differentiate(Operation &op, Operation &copy) {
  if (hasSlots(&op))
    return differentiateRegions(op, copy);
  if (auto call = dyn_cast<CallOp>(op))
    return differentiateCall(call, cast<CallOp>(copy));
  if (auto load = dyn_cast<LoadOp>(op))
    return differentiateLoad(load, cast<LoadOp>(copy));
  if (auto store = dyn_cast<StoreOp>(op))
    return differentiateStore(store, cast<StoreOp>(copy));
  if (op.getNumResults() == 1 && isa<PlaceType>(op.getResult(0).getType()))
    return differentiatePlace(op, copy);
  if (auto swap = dyn_cast<SwapOp>(op)) {
    Value x = shadowOf(swap.getX()), z = shadowOf(swap.getZ());
    b.setInsertionPoint(&copy);
    if (x && z)
      SwapOp::create(b, derivativeLoc(op.getLoc()), x, z);
    return;
  }
  if (Value place = resizedPlace(&op))
    return differentiateShape(op, copy, shadowOf(place));
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
                        tangentOf(let.getLocal()));
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
  switch (singularityAt(op, operand.getOperandNumber())) {
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
    locals.push_back(tangentOf(getLocal(names, i)));
  }
  for (auto [region, regionCopy] :
       llvm::zip_equal(op.getRegions(), copy.getRegions()))
    differentiateRegion(region, regionCopy, active, loc);
  if (active.empty())
    return;

  unsigned before = copy.getNumResults();
  Operation *rebuilt = addResults(&copy, inits, types, locals);
  copies[&op] = rebuilt;
  for (auto [k, i] : llvm::enumerate(active))
    tangents[op.getResult(i)] = rebuilt->getResult(before + k);
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
  differentiateBlock(region.front());

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

namespace {
struct Forward : adgen::impl::ForwardBase<Forward> {
  using ForwardBase::ForwardBase;

  void runOnOperation() override {
    CalleeDerivatives callees(getOperation(), everyResult);
    // What is refused in one function does not hide what is in another.
    bool complete = true;
    auto differentiate = [&](func::FuncOp primal, func::FuncOp derivative,
                             const DerivativeRequest &request) {
      complete &=
          succeeded(checkReshapes(primal, /*isReverse=*/false)) &&
          succeeded(checkAllocations(primal)) &&
          succeeded(checkStoredPointers(primal)) &&
          succeeded(
              TangentBuilder(primal, derivative, request, callees).build());
    };
    for (auto primal : llvm::to_vector(getOperation().getOps<func::FuncOp>())) {
      auto requests = primal->getAttrOfType<ArrayAttr>("ad.requests");
      if (!requests)
        continue;
      for (auto attribute : requests.getAsRange<DictionaryAttr>()) {
        if (attribute.getAs<StringAttr>("mode") != "forward")
          continue;
        auto request = DerivativeRequest::fromUser(primal, attribute);
        differentiate(primal, declareTangent(primal, request), request);
      }
    }
    while (auto pending = callees.next())
      differentiate(pending->primal, pending->function, pending->request);
    if (!complete)
      signalPassFailure();
  }
};
} // namespace
