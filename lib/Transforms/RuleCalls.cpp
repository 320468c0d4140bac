//===- RuleCalls.cpp - Adjoints of calls that have one by hand ------------===//
//
//   norm(x, n)       →   norm_grad(x, n, x_bar, seed)                 reverse sweep
//
//   scale(y, n, a)   →   y_before = y                                 forward sweep
//                        scale(y, n, a)
//                        a_bar += scale_grad(y_before, n, a, y_bar)   reverse sweep
//
// The derivative by hand gets what the function got, and writes what that wrote: what is
// overwritten is copied (RuleCopies.cpp).
//
// 1. Before the reversal, `prepareRuleCalls` decides on copies and makes them.
// 2. `reverseByRule` calls the rule with the places, the copies, and their shadows.
// 3. `finishRuleCalls` gives the calls of the forward sweep their callee back.
//
// Refuses a rule that lacks an adjoint, or wants one that nobody has.
//
//===----------------------------------------------------------------------===//
#include "RuleCalls.h"
#include "Reverse.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Support/Diagnostics.h"

using namespace mlir;
using namespace adgen;

std::string adgen::nameOfFunction(func::FuncOp function) {
  return function->getAttrOfType<StringAttr>("ad.name").str();
}

std::string adgen::parameterName(func::FuncOp callee, unsigned i) {
  return callee.getArgAttrOfType<LocalAttr>(i, "ad.local").getName().str();
}

static bool isPlace(Value value) { return isa<PlaceType>(value.getType()); }

unsigned adgen::countArguments(func::FuncOp callee) {
  unsigned count = callee.getNumArguments();
  while (count > 0 && callee.getArgAttr(count - 1, keptAttr))
    --count;
  return count;
}

Value adgen::findOperand(CallOp call, func::FuncOp callee, unsigned i) {
  for (unsigned k = countArguments(callee); k != callee.getNumArguments(); ++k)
    if (callee.getArgAttrOfType<IntegerAttr>(k, keptAttr).getInt() == i)
      return call.getArgs()[k];
  return call.getArgs()[i];
}

//===----------------------------------------------------------------------===//
// Objects
//===----------------------------------------------------------------------===//

std::string adgen::spellType(Type type) {
  std::string dimensions;
  while (auto array = dyn_cast<ArrayType>(type)) {
    dimensions += "[" + std::to_string(array.getSize()) + "]";
    type = array.getElement();
  }
  return spelling(type).str() + dimensions;
}

bool adgen::isNumber(Type type) {
  return isReal(type) || isa<IntType>(type) || type.isInteger(1);
}

ObjectDescription adgen::describeObject(Value place, DictionaryAttr container) {
  ObjectDescription description;
  Type content = innermostContent(place);
  auto argument = dyn_cast<BlockArgument>(place);
  auto function =
      argument ? dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp())
               : func::FuncOp();
  unsigned i = argument ? argument.getArgNumber() : 0;
  // A pointer may point to many.
  auto pass = function ? function.getArgAttrOfType<StringAttr>(i, "ad.pass")
                       : StringAttr();
  if (isNumber(content)) {
    description.isArray = !argument || (pass && pass.getValue() == "reference" &&
                                        isa<ArrayType>(contentOf(place)));
    return description;
  }
  if (function && function.getArgAttr(i, "ad.container"))
    container = function.getArgAttrOfType<DictionaryAttr>(i, "ad.container");
  if (auto variable = place.getDefiningOp<VarOp>()) {
    container = variable->getAttrOfType<DictionaryAttr>("ad.container");
    if (!container)
      container = variable->getAttrOfType<DictionaryAttr>("ad.shape");
  }
  auto element = container ? container.getAs<TypeAttr>("element") : TypeAttr();
  if (container && isa<ObjectType>(contentOf(place)))
    description.members = container.getAs<ArrayAttr>("members");
  description.isWhole = container && container.contains("copy") &&
                        isa<ObjectType>(contentOf(place));
  if (!element || !isNumber(element.getValue()) ||
      !isa<ObjectType>(contentOf(place)))
    return description;
  description.elements = element.getValue();
  if (auto count = container.getAs<IntegerAttr>("count"))
    description.count = count.getInt();
  return description;
}

Value adgen::createObject(OpBuilder &b, Location loc, Value object,
                          const ObjectDescription &description, LocalAttr local,
                          bool isZero, Value &size) {
  SmallVector<Value> arguments;
  StringAttr zero = b.getStringAttr(" = {{}}"), init = isZero ? zero : StringAttr();
  bool isSized = description.elements && description.count < 0;
  if (isSized) {
    size = QueryOp::create(b, loc,
                           IntType::get(b.getContext(), "unsigned long", 64,
                                        /*isSigned=*/false, /*isEnum=*/false),
                           "{0}.size()", object, ValueRange());
    arguments.push_back(size);
    zero = init = b.getStringAttr("({0})");
  }
  if (description.isWhole) {
    arguments.push_back(object);
    init = b.getStringAttr(" = {0}");
    zero = StringAttr();
  }
  auto made = VarOp::create(b, loc, cast<PlaceType>(object.getType()), local,
                            arguments, init, zero);
  if (description.isWhole)
    made->setAttr("copies", b.getUnitAttr());
  if (isSized)
    made->setAttr("ad.shape",
                  b.getDictionaryAttr(b.getNamedAttr(
                      "element", TypeAttr::get(description.elements))));
  if (isZero && isReal(contentOf(object)))
    StoreOp::create(b, loc, createConstant(b, loc, contentOf(object), 0), made);
  return made;
}

void adgen::copyNumbers(OpBuilder &b, Location loc, Value from, Value to,
                        const ObjectDescription &description, Value size, unsigned &count) {
  Type content = contentOf(from);
  if (isNumber(content)) {
    StoreOp::create(b, loc, LoadOp::create(b, loc, from), to);
    return;
  }
  auto array = dyn_cast<ArrayType>(content);
  bool isKnown = array || !size;
  if (isKnown)
    size = createConstant(b, loc, IntType::get(b.getContext(), "int", 32, true, false),
                          array ? array.getSize() : description.count);
  Type type = size.getType();
  auto counter = LocalAttr::get(b.getContext(), ~11000u - count++, b.getStringAttr("i"),
                                b.getStringAttr(isKnown ? "int" : "std::size_t"),
                                /*generated=*/true);
  auto loop = ForOp::create(b, loc, TypeRange(), createConstant(b, loc, type, 0), size, 1,
                            Predicate::lt, ValueRange(), counter, b.getArrayAttr({}),
                            /*reversed=*/false);
  OpBuilder::InsertionGuard guard(b);
  Value index = b.createBlock(&loop.getBody())->addArgument(type, loc);
  auto elementOf = [&](Value place) -> Value {
    if (array)
      return ElementOp::create(b, loc, PlaceType::get(b.getContext(), array.getElement()),
                               place, index);
    return AccessOp::create(b, loc, PlaceType::get(b.getContext(), description.elements),
                            "{0}[{1}]", place, ValueRange(index));
  };
  Value source = elementOf(from);
  copyNumbers(b, loc, source, elementOf(to), description, Value(), count);
  YieldOp::create(b, loc, ValueRange());
}

Value adgen::createScratch(OpBuilder &b, Location loc, Value place,
                           function_ref<Value(Value)> current,
                           function_ref<Value(VarOp)> shadowOf,
                           function_ref<LocalAttr(LocalAttr)> companion,
                           unsigned &count) {
  Operation *step = place.getDefiningOp();
  if (auto variable = dyn_cast_if_present<VarOp>(step))
    return shadowOf(variable);
  if (auto argument = dyn_cast<BlockArgument>(place)) {
    ObjectDescription description = describeObject(place, {});
    if (!description.isArray && !description.elements)
      return {};
    auto function = cast<func::FuncOp>(argument.getOwner()->getParentOp());
    LocalAttr local = companion(function.getArgAttrOfType<LocalAttr>(
        argument.getArgNumber(), "ad.local"));
    Value size;
    return createObject(
        b, loc, current(place), description,
        LocalAttr::get(b.getContext(), ~12000u - count++, local.getName(),
                       b.getStringAttr(spellType(contentOf(place))),
                       /*generated=*/true),
        /*isZero=*/true, size);
  }
  if (!isa_and_present<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp>(step))
    return {};
  Value base =
      createScratch(b, loc, step->getOperand(0), current, shadowOf, companion,
                    count);
  if (!base || isa<LetOp>(step))
    return base;
  IRMapping operands;
  operands.map(step->getOperand(0), base);
  for (Value index : step->getOperands().drop_front())
    operands.map(index, current(index));
  Operation *shadow = b.clone(*step, operands);
  if (auto text = step->getAttrOfType<StringAttr>("writable"))
    cast<AccessOp>(shadow).setTextAttr(text);
  return shadow->getResult(0);
}

//===----------------------------------------------------------------------===//
// Reversal
//===----------------------------------------------------------------------===//

/// The shadow of what is passed for parameter `of`; memory of its own where no
/// derivative flows through it. Null if there is none.
Value AdjointBuilder::findRuleShadow(CallOp op, unsigned of, Level &level) {
  Value place = op.getArgs()[of];
  if (Value shadow = shadowOf(place, level))
    return shadow;
  auto current = [&](Value value) { return level.values.lookupOrDefault(value); };
  Location loc = derivativeLoc(op.getLoc());
  return createScratch(
      b, loc, place, current,
      [&](VarOp variable) -> Value {
        if (variable->hasAttr("unshadowed"))
          return {};
        return ShadowOp::create(b, loc, current(variable));
      },
      [](LocalAttr local) { return adjointVariable(local); }, generatedLocals);
}

/// A place is found again where it is used.
static Value findAgain(OpBuilder &b, Value place, Level &level) {
  Operation *step = place.getDefiningOp();
  if (!isa_and_present<OffsetOp, ElementOp, MemberOp, AccessOp>(step))
    return level.values.lookupOrDefault(place);
  IRMapping operands;
  for (Value operand : step->getOperands())
    operands.map(operand, isPlace(operand) ? findAgain(b, operand, level)
                                           : level.values.lookupOrDefault(operand));
  return b.clone(*step, operands)->getResult(0);
}

/// Calls the user's `g_grad(parameters, adjoints, seed)`. Its adjoints of
/// parameters that g writes are consumed, the others added to.
void AdjointBuilder::reverseByRule(CallOp op, Level &level, Adjoints &adjoints) {
  func::FuncOp callee = calleeOf(op), rule = ruleOf(op, "ad.rule_grad");
  auto part = callees.activePart(op, activity, DerivativeRequest::Reverse,
                                 [&](Value place) { return hasShadow(place); });
  bool leaves = llvm::any_of(op.getResults(), [&](Value result) {
    return bool(adjoints.lookup(result));
  });
  for (unsigned i : part.inputs)
    leaves |= isPlace(op.getArgs()[i]) && !onlyReads(op, i);
  if (!leaves)
    return;
  beginStatement(op.getLoc(), adjoints);
  // The rule reads and changes the shadows, perhaps by paths that do not.
  if (passesMemory(op)) {
    flush(adjoints);
    leavesZeros = true;
  }
  Location loc = *adjoints.loc;
  auto refuse = [&](InFlightDiagnostic error, const std::string &message) {
    error << message;
    failed = true;
  };
  SmallVector<Value> operands;
  SmallVector<int64_t> ties;
  SmallVector<Attribute> locals(rule.getNumResults(), b.getUnitAttr());
  // The parameter whose adjoint each result is, and those with a shadow in memory.
  SmallVector<std::optional<unsigned>> parameters(rule.getNumResults());
  SmallVector<unsigned> shadowed;
  unsigned members = 0, parameter = 0;
  SmallVector<unsigned> wrt;
  for (Attribute p : rule->getAttrOfType<ArrayAttr>("ad.wrt"))
    wrt.push_back(cast<IntegerAttr>(p).getInt());
  for (unsigned i = 0; i != rule.getNumArguments(); ++i) {
    StringRef role = roleOf(rule, i);
    auto out = resultOfArgument(rule, i);
    ties.push_back(out ? int64_t(*out) : -1);
    if (role.empty()) {
      // The object of a method comes first here.
      if (auto of = rule.getArgAttrOfType<IntegerAttr>(i, "ad.parameter"))
        parameter = of.getInt();
      Value operand = findOperand(op, callee, parameter);
      operands.push_back(isPlace(operand) ? findAgain(b, operand, level)
                                          : level.values.lookupOrDefault(operand));
      if (out)
        if (auto local = variableOf(op.getArgs()[parameter]))
          locals[*out] = local;
      ++parameter;
    } else if (role == "seed") {
      operands.push_back(adjointOrZero(op.getResult(0), adjoints, loc));
    } else {
      unsigned of = rule.getArgAttrOfType<IntegerAttr>(i, "ad.of").getInt();
      Value argument = op.getArgs()[of];
      if (isPlace(argument)) {
        shadowed.push_back(of);
        Value shadow = findRuleShadow(op, of, level);
        if (!shadow)
          return refuse(emitError(op.getLoc()),
                        formatMessage(Diag::RuleMemory,
                                      {nameOfFunction(rule),
                                       "it wants the adjoint of '" +
                                           parameterName(callee, of) +
                                           "', which is not asked for here and has no "
                                           "memory that is known"}));
        operands.push_back(shadow);
        continue;
      }
      auto written = resultOfArgument(callee, of);
      operands.push_back(
          written ? adjointOrZero(op.getResult(*written), adjoints, loc)
                  : createConstant(b, loc, argument.getType(), 0));
      if (out) {
        parameters[*out] = of;
        if (LocalAttr local = adjointVariable(variableOf(argument)))
          locals[*out] = local;
      }
    }
  }
  for (unsigned of : wrt)
    if (!isPassedByPlace(callee, of) && members < parameters.size())
      parameters[members++] = of;

  for (unsigned input : part.inputs)
    if (input < countArguments(callee) &&
        !llvm::is_contained(parameters, std::optional<unsigned>(input)) &&
        !llvm::is_contained(shadowed, input))
      return refuse(emitError(op.getLoc()),
                    formatMessage(Diag::RuleLacksAdjoint,
                                  {nameOfFunction(rule), parameterName(callee, input)}));
  CallOp call = callDerivative(b, loc, rule, operands, ties, locals);
  for (auto [parameter, result] : llvm::zip_equal(parameters, call.getResults()))
    if (parameter && llvm::is_contained(part.inputs, *parameter))
      accumulate(op.getArgs()[*parameter], result, adjoints);
}

void adgen::finishRuleCalls(func::FuncOp derivative) {
  SmallVector<CallOp> calls;
  derivative.walk([&](CallOp call) { calls.push_back(call); });
  for (CallOp call : calls) {
    if (call->hasAttr(deferredMark)) {
      call.erase();
      continue;
    }
    func::FuncOp callee = calleeOf(call);
    unsigned own = callee ? countArguments(callee) : 0;
    if (!callee || own == callee.getNumArguments())
      continue;
    call->eraseOperands(own, callee.getNumArguments() - own);
    call.setCalleeAttr(callee->getAttrOfType<FlatSymbolRefAttr>("ad.primal"));
    for (StringRef name : {"ties", "singular"})
      if (auto all = call->getAttrOfType<DenseI64ArrayAttr>(name))
        call->setAttr(name, DenseI64ArrayAttr::get(call.getContext(),
                                                   all.asArrayRef().take_front(own)));
    noteReadOnly(call, calleeOf(call));
  }
}
