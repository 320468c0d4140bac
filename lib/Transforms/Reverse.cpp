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
//    the body (NormalizeLoops.cpp), work arrays into the loops that need no
//    more of them (PrivatizeArrays.cpp).
// 2. Forward sweep: a copy of the function; loops record what they carry on
//    tapes (ReverseRegions.cpp).
// 3. Reverse sweep: the operations backwards. An elementwise operation adds
//    partial * y_bar to its operands' adjoints; branches and loops are reversed
//    as a whole. A trip of a reversed loop first runs the trip's forward part
//    again from the recorded values, then its reverse part. A call's reverse is
//    a call of the callee's adjoint, or a product with partial derivatives
//    (ReverseCalls.cpp); what stays in memory has its adjoint in memory
//    (ReverseMemory.cpp).
// 4. Values of the forward sweep that the reverse sweep uses are made
//    available to it (KeepValues.cpp).
//
// Requires value form. Everything that the simple algorithm does too much of
// (tapes nobody reads, sweeps nobody needs) is removed by the passes behind it.
// Refuses an active argument that has no partial derivative.
//
//===----------------------------------------------------------------------===//
#include "CheckReshapes.h"
#include "Forward.h"
#include "KeepLoads.h"
#include "PrivatizeArrays.h"
#include "ReadVariables.h"
#include "Reverse.h"
#include "ShadowPointers.h"
#include "SplitCalls.h"
#include "SimplifyRegions.h"

#include "adgen/Analysis/Shapes.h"
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
  if (auto same = value.getDefiningOp<SameOp>())
    return variableOf(same.getValue());
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
  if (auto place = dyn_cast<PlaceType>(type))
    return StringAttr::get(type.getContext(),
                           spelling(place.getElement()) + " *");
  if (auto object = dyn_cast<ObjectType>(type))
    return object.getSpelling();
  if (auto integer = dyn_cast<IntType>(type))
    return integer.getSpelling();
  return type.isF32() ? "float" : type.isF64() ? "double"
         : type.isInteger(1)                   ? "bool"
                                               : "long double";
}

//===----------------------------------------------------------------------===//
// The function
//===----------------------------------------------------------------------===//

AdjointBuilder::AdjointBuilder(func::FuncOp primal, func::FuncOp derivative,
                               const DerivativeRequest &request,
                               CalleeDerivatives &callees,
                               const CallersMemory &memory,
                               llvm::DenseMap<Value, Value> shadowPointers,
                               bool fuses, bool cuts)
    : primal(primal), derivative(derivative), request(request),
      callees(callees), memory(memory),
      shadowPointers(std::move(shadowPointers)),
      activity(primal, request.inputs, request.outputs, request.inactive),
      b(primal.getContext()), fuses(fuses), cuts(cuts) {
  primal.walk([&](StoreOp store) {
    if (isDerivativeOp(store))
      noteStoreToShadow(store.getValue());
  });
}

/// The adjoints of what the function returns: arguments of the derivative.
void AdjointBuilder::seed(Adjoints &adjoints) {
  auto end = cast<ReturnOp>(primal.front().getTerminator());
  auto add = [&](unsigned result, Value bar) {
    accumulate(end.getValues()[result], bar, adjoints);
  };
  unsigned seeds = 0;
  for (BlockArgument argument : derivative.getArguments()) {
    unsigned i = argument.getArgNumber();
    StringRef role = roleOf(derivative, i);
    // That of an object its shadow starts from (ReverseMemory.cpp).
    if (role == "seed" && isa<PlaceType>(argument.getType()))
      continue;
    if (role == "seed") {
      add(request.isHelper() ? request.outputs[seeds++] : 0, argument);
    } else if (role == "adjoint" && !isa<PlaceType>(argument.getType())) {
      unsigned of =
          derivative.getArgAttrOfType<IntegerAttr>(i, "ad.of").getInt();
      add(*resultOfArgument(primal, of), argument);
    }
  }
  adjoints.dirty.clear();
}

/// What the derivative returns, behind its reverse sweep.
SmallVector<Value> AdjointBuilder::finishAdjoint(Level &level,
                                                 Adjoints &adjoints) {
  auto end = cast<ReturnOp>(primal.front().getTerminator());
  Location loc = derivativeLoc(end.getLoc());
  auto adjointOf = [&](unsigned i) -> Value {
    BlockArgument argument = primal.getArgument(i);
    if (isa<PlaceType>(argument.getType()))
      return ShadowOp::create(b, loc, level.values.lookup(argument));
    return adjointOrZero(argument, adjoints, loc);
  };
  SmallVector<Value> results;
  if (derivative->hasAttr("ad.with_value"))
    results.push_back(level.values.lookupOrDefault(end.getValues()[0]));
  bool isSweep = request.kind == DerivativeRequest::Sweeps;
  for (unsigned i : request.inputs)
    if (isSweep ? !isa<PlaceType>(primal.getArgumentTypes()[i])
                : request.isHelper() || !isPassedByPlace(primal, i))
      results.push_back(adjointOf(i));
  if (request.isHelper())
    return results;
  for (unsigned i = 0; i != primal.getNumArguments(); ++i)
    if (auto result = resultOfArgument(primal, i))
      results.push_back(level.values.lookupOrDefault(end.getValues()[*result]));
  for (BlockArgument argument : derivative.getArguments()) {
    unsigned position = argument.getArgNumber();
    if (roleOf(derivative, position) != "adjoint")
      continue;
    unsigned i =
        derivative.getArgAttrOfType<IntegerAttr>(position, "ad.of").getInt();
    if (!isa<PlaceType>(argument.getType()))
      results.push_back(adjointOf(i));
    else if (!isa<PlaceType>(primal.getArgumentTypes()[i]))
      if (Value sum = adjoints.lookup(primal.getArgument(i)))
        AccumulateOp::create(b, loc, sum, argument);
  }
  return results;
}

/// The values, then a reverse sweep from each output.
SmallVector<Value> AdjointBuilder::finishPartials(Level &level) {
  auto end = cast<ReturnOp>(primal.front().getTerminator());
  Location loc = derivativeLoc(end.getLoc());
  SmallVector<Value> results;
  for (Value value : end.getValues())
    results.push_back(level.values.lookupOrDefault(value));
  SmallVector<Partial> partials = partialsOf(primal, request);
  for (unsigned output : request.outputs) {
    Value value = end.getValues()[output];
    Adjoints adjoints;
    beginStatement(end.getLoc(), adjoints);
    accumulate(value, createConstant(b, loc, value.getType(), 1), adjoints);
    adjoints.dirty.clear();
    backward(primal.front(), level, adjoints);
    for (Partial partial : partials)
      if (partial.output == output)
        results.push_back(
            adjointOrZero(primal.getArgument(partial.input), adjoints, loc));
  }
  return results;
}

void adgen::replaceValues(MutableArrayRef<LoopPair> loops,
                          const llvm::DenseMap<Value, Value> &replaced) {
  if (replaced.empty())
    return;
  auto update = [&](Value &value) {
    if (auto it = replaced.find(value); it != replaced.end())
      value = it->second;
  };
  for (LoopPair &pair : loops) {
    for (Value *value : {&pair.trace.tapeSize, &pair.trace.trips,
                         &pair.trace.index, &pair.reverseIndex})
      update(*value);
    for (IRMapping *values : {&pair.trace.values, &pair.rerun})
      for (auto [primal, copy] : llvm::to_vector(values->getValueMap())) {
        Value now = copy;
        update(now);
        values->map(primal, now);
      }
  }
}

LogicalResult AdjointBuilder::build() {
  b.setInsertionPointToEnd(derivative.addEntryBlock());
  Block &from = primal.front();
  auto end = cast<ReturnOp>(from.getTerminator());

  Level level;
  for (BlockArgument argument : from.getArguments())
    level.values.map(argument, derivative.getArgument(argument.getArgNumber()));
  if (!request.isHelper())
    assertShapes(derivative, primal, b, /*areReshaped=*/false);
  forward(from, level);
  // The shadow of what changes its shape has the one that there is in the end.
  if (!request.isHelper())
    assertShapes(derivative, primal, b, /*areReshaped=*/true);
  if (request.kind == DerivativeRequest::Reverse && request.isHelper())
    // The primal call has the effects.
    removeEffects(derivative.front());
  bool isSweep = request.kind == DerivativeRequest::Sweeps;
  if (isSweep)
    boundary = StatementOp::create(
        b, end.getLoc(), "",
        llvm::map_to_vector(end.getValues(), [&](Value v) {
          return level.values.lookupOrDefault(v);
        }));

  SmallVector<Value> results;
  if (request.kind == DerivativeRequest::ValueAndPartials) {
    results = finishPartials(level);
  } else {
    Adjoints adjoints;
    beginStatement(end.getLoc(), adjoints);
    seed(adjoints);
    backward(from, level, adjoints);
    results = finishAdjoint(level, adjoints);
  }
  if (failed)
    return failure();
  ReturnOp::create(b, derivativeLoc(end.getLoc()), results);
  finishRuleCalls(derivative);
  replaceValues(loopPairs, resolveSames(derivative));
  removeOldSizes(derivative);
  markRepeatedStores(derivative);
  if (fuses)
    fuseTrips(derivative, loopPairs);
  if (cuts && !isSweep)
    readStoredValues(primal, loopPairs);
  replaceValues(loopPairs, resolveKeeps(derivative));
  if (mlir::failed(resolveShadows(derivative)))
    return failure();
  if (cuts)
    cutTapes(derivative);
  if (mlir::failed(keepValues(derivative, loopPairs, /*sparingly=*/isSweep)))
    return failure();
  readVariables(derivative);
  simplifyRegions(derivative);
  derivative.walk([](Operation *op) {
    for (StringRef mark : {originMark, scopeMark, returnedMark})
      op->removeAttr(mark);
  });
  if (mlir::failed(checkReplays()))
    return failure();
  return isSweep ? splitSweeps(derivative, callees.forwardOf(derivative), boundary)
                 : success();
}

//===----------------------------------------------------------------------===//
// Straight-line code
//===----------------------------------------------------------------------===//

void AdjointBuilder::backward(Block &block, Level &level, Adjoints &adjoints) {
  for (Operation &op : llvm::reverse(block.without_terminator())) {
    reversing = &op;
    if (isa<IfOp, SwitchOp>(op)) {
      reverseBranches(&op, level, adjoints);
      continue;
    }
    if (isa<ForOp, WhileOp>(op)) {
      reverseLoop(&op, level, adjoints);
      continue;
    }
    if (auto store = dyn_cast<StoreOp>(op)) {
      reverseStore(store, level, adjoints);
      continue;
    }
    if (auto swap = dyn_cast<SwapOp>(op)) {
      reverseSwap(swap, level, adjoints);
      continue;
    }
    if (resizedPlace(&op)) {
      reverseShape(&op, level, adjoints);
      continue;
    }
    if (auto call = dyn_cast<CallOp>(op);
        call && callees.reverseOf(calleeOf(call))) {
      reverseSweeps(call, level, adjoints);
      continue;
    }
    if (auto call = dyn_cast<CallOp>(op); call && ruleOf(call, "ad.rule_grad")) {
      reverseByRule(call, level, adjoints);
      continue;
    }
    if (llvm::none_of(op.getResults(),
                      [&](Value v) { return adjoints.lookup(v); }))
      continue;
    beginStatement(op.getLoc(), adjoints);
    if (auto call = dyn_cast<CallOp>(op)) {
      reverseCall(call, level, adjoints);
      continue;
    }
    if (auto load = dyn_cast<LoadOp>(op)) {
      reverseLoad(load, level, adjoints);
      continue;
    }
    Value y_bar = adjoints.lookup(op.getResult(0));
    Location loc = *adjoints.loc;
    if (auto function = dyn_cast<Differentiable>(op)) {
      reverseFunction(function, level, adjoints);
    } else if (auto let = dyn_cast<LetOp>(op)) {
      adjoints.assigned.insert(let.getLocal());
      accumulate(let.getValue(), y_bar, adjoints);
    } else if (auto keep = dyn_cast<KeepOp>(op)) {
      accumulate(keep.getValue(), y_bar, adjoints);
    } else if (auto same = dyn_cast<SameOp>(op)) {
      accumulate(same.getAs(), y_bar, adjoints);
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
    Singularity singularity = singularityAt(op, i);
    // A factor may be infinite on paths that do not use the product. Where sweeps
    // are fused these paths as a rule have a reverse of their own.
    bool isPole = singularity == Singularity::Pole ||
                  (!fuses && request.kind != DerivativeRequest::Sweeps &&
                   isa<MulOp, DivOp>(op.getOperation()));
    bool isPoleTimesZero =
        isa<MulOp>(op.getOperation()) &&
        mayBeInfinite(op->getOperand(1 - i)) && vanishesInBranch(y_bar.value);
    if (singularity == Singularity::Finite || isPoleTimesZero ||
        (isPole && mayVanishByPath(y_bar.value)))
      contribution.value =
          GuardOp::create(b, loc, y_bar.value, contribution.value);
    accumulate(operand.get(), contribution.value, adjoints);
  }
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
  flushMemory(adjoints);
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
  using ReverseBase::ReverseBase;

  void runOnOperation() override {
    CalleeDerivatives callees(getOperation(), everyResult);
    CallersMemory memory(getOperation());
    // What is refused in one function does not hide what is in another.
    bool complete = true;
    for (auto primal :
         llvm::to_vector(getOperation().getOps<func::FuncOp>())) {
      auto requests = primal->getAttrOfType<ArrayAttr>("ad.requests");
      if (!requests)
        continue;
      for (auto attribute : requests.getAsRange<DictionaryAttr>()) {
        if (attribute.getAs<StringAttr>("mode") != "reverse")
          continue;
        auto request = DerivativeRequest::fromUser(primal, attribute);
        complete &= succeeded(differentiate(primal,
                                            declareAdjoint(primal, request),
                                            request, callees, memory));
      }
    }
    while (auto pending = callees.next())
      complete &= succeeded(differentiate(pending->primal, pending->function,
                                          pending->request, callees, memory));
    if (!complete || failed(dropUnreadable(getOperation(), memory)))
      signalPassFailure();
  }

  LogicalResult differentiate(func::FuncOp primal, func::FuncOp derivative,
                              const DerivativeRequest &request,
                              CalleeDerivatives &callees,
                              const CallersMemory &memory) {
    if (prefersTangents(primal, request))
      return TangentBuilder(primal, derivative, request, callees)
          .buildPartials();
    // What is rewritten for reversal is this pass's own; the primal stays as it
    // is.
    OpBuilder b(primal);
    b.setInsertionPointAfter(primal);
    auto prepared = cast<func::FuncOp>(b.clone(*primal));
    auto activityNow = [&] {
      return Activity(prepared, request.inputs, request.outputs, request.inactive);
    };
    Activity activity = activityNow();
    if (failed(checkReshapes(prepared, /*isReverse=*/true)) ||
        failed(checkAllocations(prepared)) ||
        failed(checkStoredPointers(prepared))) {
      prepared.erase();
      return failure();
    }
    addOldSizes(prepared);
    normalizeLoops(prepared, activity);
    if (minimumCut) {
      copyReread(prepared);
      recordWinners(prepared, activityNow());
    }
    if (fuse && request.kind != DerivativeRequest::Sweeps)
      privatizeArrays(prepared);
    splitCalls(prepared, derivative,
               activityNow(), callees);
    if (failed(prepareRuleCalls(prepared, derivative, activityNow(), request, callees,
                                memory))) {
      prepared.erase();
      return failure();
    }
    bool isSweep = request.kind == DerivativeRequest::Sweeps;
    auto keeper = keepOverwrittenLoads(prepared, [&](Value place) {
      return isSweep && !memory.staysReadable(place, primal);
    });
    if (failed(keeper))
      return failure();
    if (*keeper)
      promoteAgain(prepared);
    if (failed(markReturnedObject(prepared, derivative))) {
      prepared.erase();
      return failure();
    }
    int64_t origin = 0;
    prepared.walk([&](Operation *op) {
      if (op->getNumResults() == 1)
        op->setAttr(originMark, b.getI64IntegerAttr(origin++));
    });
    auto pointers =
        addShadowPointers(prepared, derivative,
                          activityNow());
    if (failed(pointers)) {
      prepared.erase();
      return failure();
    }
    shareCalls(prepared, activityNow(),
               request, callees, keepAll);
    LogicalResult result =
        AdjointBuilder(prepared, derivative, request, callees, memory,
                       *pointers, fuse && !isSweep, minimumCut)
            .build();
    prepared.erase();
    return result;
  }
};
} // namespace
