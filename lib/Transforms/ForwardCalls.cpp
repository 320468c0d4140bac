//===- ForwardCalls.cpp - Tangents of calls -------------------------------===//
//
//   y = g(x, a)   →   {y, y_dot} = g_jvp(x, a, x_dot)
//
// The callee's tangent computes the value too, so that the primal is not called;
// whatever effects it has happen there, and what it does to memory: a place comes with
// that of its tangent. A hand-written tangent is called as the
// contract says.
//
//===----------------------------------------------------------------------===//
#include "Forward.h"
#include "RuleCalls.h"

#include "adgen/Support/Diagnostics.h"

using namespace mlir;
using namespace adgen;

void TangentBuilder::differentiateCall(CallOp call, CallOp copy) {
  auto part = callees.activePart(
      call, activity, DerivativeRequest::Forward,
      [&](Value place) { return bool(shadowOf(place)); });
  if (part.inputs.empty())
    return;

  func::FuncOp callee = calleeOf(call);
  if (func::FuncOp rule = ruleOf(call, "ad.rule_jvp"))
    return callRule(call, copy, rule);
  if (callee.isExternal()) {
    emitError(call.getLoc()) << formatMessage(
        Diag::OpaqueFunction,
        {callee->getAttrOfType<StringAttr>("ad.name").str()});
    failed = true;
    return;
  }
  func::FuncOp helper = callees.get(callee, part);
  Location loc = call.getLoc();
  b.setInsertionPoint(copy);
  SmallVector<Value> operands(copy.getArgs());
  for (unsigned i : part.inputs) {
    Value argument = call.getArgs()[i];
    operands.push_back(isa<PlaceType>(argument.getType())
                           ? shadowOf(argument)
                           : tangentOrZero(argument, derivativeLoc(loc)));
  }
  unsigned values = call.getNumResults();
  SmallVector<Attribute> locals(helper.getNumResults(), b.getUnitAttr());
  for (unsigned r = 0; r != values; ++r)
    if (LocalAttr local = getLocal(call.getLocalsAttr(), r))
      locals[r] = local;
  for (auto [k, r] : llvm::enumerate(part.outputs))
    if (LocalAttr local = tangentVariable(getLocal(call.getLocalsAttr(), r)))
      locals[values + k] = local;
  auto tangent = callDerivative(b, loc, helper, operands, {}, locals);
  tangent.setEffects(call.getEffects());
  for (auto [k, r] : llvm::enumerate(part.outputs))
    tangents[call.getResult(r)] = tangent.getResult(values + k);
  copy->replaceAllUsesWith(tangent.getResults().take_front(values));
  copy.erase();
}

/// The tangent of what is passed for parameter `of`, or memory with zeros; null if
/// nobody knows its size.
Value TangentBuilder::findRuleTangent(CallOp call, unsigned of) {
  Value place = call.getArgs()[of];
  if (Value tangent = shadowOf(place))
    return tangent;
  Location loc = derivativeLoc(call.getLoc());
  auto current = [&](Value value) -> Value {
    if (auto argument = dyn_cast<BlockArgument>(value);
        argument && argument.getOwner() == &primal.front())
      return function.getArgument(argument.getArgNumber());
    // Indices, on the way to a place.
    auto result = dyn_cast<OpResult>(value);
    auto known = result ? copies.find(result.getOwner()) : copies.end();
    return known != copies.end()
               ? known->second->getResult(result.getResultNumber())
               : value;
  };
  return createScratch(
      b, loc, place, current,
      [&](VarOp variable) -> Value {
        if (variable->hasAttr("unshadowed") ||
            variable->getAttrOfType<ArrayAttr>("zero_parts"))
          return {};
        return createZeroObject(variable, loc);
      },
      [&](LocalAttr local) { return tangentOf(local); }, scratches);
}

/// Calls the user's `g_jvp(parameters, tangents)`.
void TangentBuilder::callRule(CallOp call, CallOp copy, func::FuncOp rule) {
  Location loc = call.getLoc();
  func::FuncOp callee = calleeOf(call);
  b.setInsertionPoint(copy);
  SmallVector<Value> operands;
  SmallVector<int64_t> ties;
  SmallVector<Attribute> locals(rule.getNumResults(), b.getUnitAttr());
  llvm::DenseSet<unsigned> covered;
  unsigned values = call.getNumResults(), parameter = 0;
  auto isNeeded = [&](unsigned i) {
    Value argument = call.getArgs()[i];
    return isa<PlaceType>(argument.getType()) ? bool(shadowOf(argument))
                                              : activity.isVaried(argument);
  };
  for (unsigned i = 0; i != rule.getNumArguments(); ++i) {
    auto out = resultOfArgument(rule, i);
    ties.push_back(out ? int64_t(*out) : -1);
    if (!rule.getArgAttr(i, "ad.role")) {
      // The object of a method comes first here.
      if (auto of = rule.getArgAttrOfType<IntegerAttr>(i, "ad.parameter"))
        parameter = of.getInt();
      if (auto written = resultOfArgument(callee, parameter); written && out)
        if (LocalAttr local = getLocal(call.getLocalsAttr(), *written))
          locals[*out] = local;
      operands.push_back(copy.getArgs()[parameter++]);
      continue;
    }
    unsigned of = rule.getArgAttrOfType<IntegerAttr>(i, "ad.of").getInt();
    covered.insert(of);
    if (isa<PlaceType>(call.getArgs()[of].getType())) {
      Value tangent = findRuleTangent(call, of);
      if (!tangent) {
        emitError(loc) << formatMessage(
            Diag::RuleMemory,
            {nameOfFunction(rule), "it wants the tangent of '" +
                                       parameterName(callee, of) +
                                       "', which is not asked for here and has no "
                                       "memory that is known"});
        failed = true;
        return;
      }
      operands.push_back(tangent);
      continue;
    }
    operands.push_back(tangentOrZero(call.getArgs()[of], derivativeLoc(loc)));
    if (auto written = resultOfArgument(callee, of); written && out)
      if (LocalAttr local =
              tangentVariable(getLocal(call.getLocalsAttr(), *written)))
        locals[*out] = local;
  }
  for (unsigned i = 0; i != call.getNumOperands(); ++i)
    if (isNeeded(i) && !covered.contains(i)) {
      emitError(loc) << formatMessage(
          Diag::RuleLacksAdjoint,
          {rule->getAttrOfType<StringAttr>("ad.name").str(),
           callee.getArgAttrOfType<LocalAttr>(i, "ad.local").getName().str()});
      failed = true;
      return;
    }
  auto tangent = callDerivative(b, loc, rule, operands, ties, locals);
  tangent.setEffects(call.getEffects());
  auto valueOf = [&](unsigned r) -> Value {
    if (returnsValue(callee) && r == 0)
      return tangent.getResult(0);
    unsigned argument = *argumentOfResult(callee, r);
    return tangent.getResult(*resultOfArgument(rule, argument));
  };
  for (unsigned r = 0; r != values; ++r)
    copy.getResult(r).replaceAllUsesWith(valueOf(r));
  if (returnsValue(callee) && isReal(call.getResultTypes()[0]))
    tangents[call.getResult(0)] = tangent.getResult(1);
  for (unsigned i = 0; i != rule.getNumArguments(); ++i)
    if (auto of = rule.getArgAttrOfType<IntegerAttr>(i, "ad.of"))
      if (auto written = resultOfArgument(callee, of.getInt()))
        if (auto out = resultOfArgument(rule, i))
          tangents[call.getResult(*written)] = tangent.getResult(*out);
  copy.erase();
}
