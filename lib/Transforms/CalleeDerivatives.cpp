//===- CalleeDerivatives.cpp - Derivatives of functions that are called ---===//
//
// One for each function and activity pattern. They are functions of values: the
// primal's arguments, then seeds or tangents; what they return they return by
// value.
//
//===----------------------------------------------------------------------===//
#include "CalleeDerivatives.h"
#include "Reverse.h"

#include "CompanionVariables.h"
#include "RuleCalls.h"

#include "adgen/Analysis/Shapes.h"
using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Requests
//===----------------------------------------------------------------------===//

SmallVector<unsigned> adgen::positions(DictionaryAttr request, StringRef name) {
  SmallVector<unsigned> found;
  if (auto list = request.getAs<ArrayAttr>(name))
    for (Attribute p : list)
      found.push_back(cast<IntegerAttr>(p).getInt());
  return found;
}

DerivativeRequest DerivativeRequest::fromUser(func::FuncOp primal,
                                              DictionaryAttr attribute) {
  DerivativeRequest request;
  request.kind = attribute.getAs<StringAttr>("mode") == "forward" ? Forward
                                                                  : Reverse;
  request.user = attribute;
  SmallVector<unsigned> wrt = positions(attribute, "wrt");
  request.inactive = positions(attribute, "inactive");
  if (returnsValue(primal) && carriesReals(primal.getResultTypes()[0]))
    request.outputs.push_back(0);
  for (unsigned i = 0; i != primal.getNumArguments(); ++i) {
    bool isActive = carriesReals(primal.getArgumentTypes()[i]) &&
                    !llvm::is_contained(request.inactive, i);
    // What it does to an object of its own nobody sees.
    bool isShared = !isa<PlaceType>(primal.getArgumentTypes()[i]) ||
                    isPassedByPlace(primal, i) ||
                    primal.getArgAttr(i, "ad.view");
    bool isWritten = isActive && isShared && mayBeWritten(primal, i);
    if (llvm::is_contained(wrt, i) || isWritten)
      request.inputs.push_back(i);
    if (isWritten)
      if (auto result = resultOfArgument(primal, i))
        request.outputs.push_back(*result);
  }
  return request;
}

bool adgen::isTrivial(Value object) {
  if (auto argument = dyn_cast<BlockArgument>(object)) {
    auto function = dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp());
    return function && function.getArgAttr(argument.getArgNumber(), "ad.trivial");
  }
  return object.getDefiningOp()->hasAttr("trivial");
}

/// Whether a derivative by hand gives the object its shape, in the reverse sweep.
static bool isReshapedLater(func::FuncOp primal, BlockArgument object) {
  return primal
      .walk([&](CallOp call) {
        return call->hasAttr(deferredMark) && mayReshape(call, object)
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      })
      .wasInterrupted();
}

void adgen::assertShapes(func::FuncOp derivative, func::FuncOp primal,
                         OpBuilder &b, bool areReshaped) {
  for (BlockArgument shadow : derivative.getArguments()) {
    unsigned i = shadow.getArgNumber();
    auto of = derivative.getArgAttrOfType<IntegerAttr>(i, "ad.of");
    if (!of || !isa<PlaceType>(shadow.getType()))
      continue;
    auto shapes = primal.getArgAttrOfType<ArrayAttr>(of.getInt(), "ad.shapes");
    BlockArgument object = primal.getArgument(of.getInt());
    if (!shapes || isReshapedWithin(primal, object) != areReshaped ||
        isReshapedLater(primal, object))
      continue;
    for (StringRef shape : shapes.getAsValueRange<StringAttr>()) {
      std::string other = shape.str();
      other.replace(other.find("{0}"), 3, "{1}");
      StatementOp::create(
          b, primal.getLoc(),
          ("assert(" + shape + " == " + other + ")").str(),
          ValueRange{shadow, derivative.getArgument(of.getInt())});
    }
  }
}

SmallVector<Partial> adgen::partialsOf(func::FuncOp primal,
                                       const DerivativeRequest &request) {
  SmallVector<Partial> partials;
  auto end = cast<ReturnOp>(primal.front().getTerminator());
  for (unsigned input : request.inputs) {
    Activity activity(primal, {input});
    for (unsigned output : request.outputs)
      if (activity.isVaried(end.getValues()[output]))
        partials.push_back({output, input});
  }
  llvm::stable_sort(partials, [](Partial a, Partial b) {
    return a.output < b.output;
  });
  return partials;
}

//===----------------------------------------------------------------------===//
// Declarations
//===----------------------------------------------------------------------===//

/// Gives copies of what `primal` says of itself to its derivative.
static void copyDescription(func::FuncOp primal, func::FuncOp derivative) {
  for (NamedAttribute attribute : primal->getDiscardableAttrs())
    if (attribute.getName() != "ad.requests")
      derivative->setAttr(attribute.getName(), attribute.getValue());
}

func::FuncOp adgen::declareForUser(func::FuncOp primal,
                                   const DerivativeRequest &request,
                                   StringRef ending, FunctionType type,
                                   ArrayRef<NamedAttrList> arguments) {
  OpBuilder b(primal);
  b.setInsertionPointAfter(primal);
  auto suffix = request.user.getAs<StringAttr>("suffix");
  if (!suffix)
    suffix = b.getStringAttr("");
  auto function = func::FuncOp::create(
      b, primal.getLoc(), (primal.getSymName() + ending + suffix.getValue()).str(),
      type);
  copyDescription(primal, function);
  function->setAttr("ad.suffix", suffix);
  for (auto [i, list] : llvm::enumerate(arguments))
    function.setArgAttrs(i, list.getDictionary(b.getContext()));
  return function;
}

static StringRef kindName(DerivativeRequest::Kind kind) {
  switch (kind) {
  case DerivativeRequest::Reverse:
    return "reverse";
  case DerivativeRequest::ValueAndPartials:
    return "value-and-partials";
  case DerivativeRequest::Forward:
    return "forward";
  case DerivativeRequest::Sweeps:
    return "reverse-sweep";
  }
  llvm_unreachable("no such kind");
}

static std::string symbolOf(func::FuncOp primal,
                            const DerivativeRequest &request) {
  std::string symbol = (primal.getSymName() + "'" + kindName(request.kind)).str();
  for (unsigned i : request.inputs)
    symbol += " " + std::to_string(i);
  symbol += " ->";
  for (unsigned r : request.outputs)
    symbol += " " + std::to_string(r);
  if (request.seedsMayVanish)
    symbol += " guarded";
  return symbol;
}

static std::string forwardSymbol(func::FuncOp primal,
                                 const DerivativeRequest &request) {
  return symbolOf(primal, request) + " forward";
}

/// The name of the returned value: `value`, or the argument that it is the final
/// content of.
static std::string nameOfResult(func::FuncOp primal, unsigned result) {
  auto argument = argumentOfResult(primal, result);
  return argument ? primal.getArgAttrOfType<LocalAttr>(*argument, "ad.local")
                        .getName()
                        .str()
                  : "value";
}

/// The type of an argument's content as the user spelled it.
static StringAttr valueType(func::FuncOp primal, unsigned i) {
  return primal.getArgAttrOfType<LocalAttr>(i, "ad.local").getType();
}

namespace {
/// The signature of a helper under construction.
class Signature {
public:
  Signature(func::FuncOp primal, const DerivativeRequest &request)
      : primal(primal), request(request), b(primal.getContext()) {}

  func::FuncOp declare(StringRef symbol);
  /// The forward sweep to a reverse sweep.
  func::FuncOp declareForward(StringRef symbol);

private:
  func::FuncOp create(StringRef symbol, StringRef kind);
  void addArgument(Type type, NamedAttrList attributes, LocalAttr local,
                   StringAttr spelled, StringRef role);
  void addPrimalArguments(bool areWritten);
  void addCompanion(unsigned i, LocalAttr local, StringRef role);
  void addSweepArguments();
  void addResult(Type type, StringAttr spelled, std::string name);
  void addContents();
  void addPartials();
  StringAttr typeOfResult(unsigned result);
  LocalAttr seedVariable(unsigned result);

  func::FuncOp primal;
  const DerivativeRequest &request;
  Builder b;
  SmallVector<Type> arguments, results;
  SmallVector<DictionaryAttr> argumentAttrs;
  SmallVector<std::pair<StringAttr, std::string>> members;
};
} // namespace

void Signature::addResult(Type type, StringAttr spelled, std::string name) {
  auto isTaken = [&] {
    return llvm::any_of(members, [&](auto &m) { return m.second == name; });
  };
  while (isTaken())
    name += '_';
  results.push_back(type);
  members.push_back({spelled, name});
}

StringAttr Signature::typeOfResult(unsigned result) {
  if (auto argument = argumentOfResult(primal, result))
    return valueType(primal, *argument);
  return primal->getAttrOfType<StringAttr>("ad.return_type");
}

/// The adjoint of what an argument holds at the end starts out as the adjoint of
/// that argument.
LocalAttr Signature::seedVariable(unsigned result) {
  if (auto argument = argumentOfResult(primal, result))
    return adjointVariable(
        primal.getArgAttrOfType<LocalAttr>(*argument, "ad.local"));
  return LocalAttr::get(b.getContext(), ~0u, b.getStringAttr("seed"),
                        typeOfResult(result), /*generated=*/true);
}

/// Everything that the primal returns.
void Signature::addContents() {
  for (auto [r, type] : llvm::enumerate(primal.getResultTypes()))
    addResult(type, typeOfResult(r), nameOfResult(primal, r));
}

void Signature::addPartials() {
  SmallVector<Partial> partials = partialsOf(primal, request);
  bool isSingle = request.outputs.size() == 1;
  for (Partial p : partials) {
    std::string name =
        primal.getArgAttrOfType<LocalAttr>(p.input, "ad.local").getName().str();
    if (!isSingle)
      name = nameOfResult(primal, p.output) + "_" + name;
    addResult(primal.getArgumentTypes()[p.input], valueType(primal, p.input),
              name);
  }
}

void Signature::addArgument(Type type, NamedAttrList attributes,
                            LocalAttr local, StringAttr spelled,
                            StringRef role) {
  attributes.set("ad.local", local);
  attributes.set("ad.type", spelled);
  if (!role.empty())
    attributes.set("ad.role", b.getStringAttr(role));
  arguments.push_back(type);
  argumentAttrs.push_back(attributes.getDictionary(b.getContext()));
}

/// Contents are passed by value, places as the primal takes them.
void Signature::addPrimalArguments(bool areWritten) {
  for (auto [i, type] : llvm::enumerate(primal.getArgumentTypes())) {
    NamedAttrList attributes;
    StringAttr spelled = valueType(primal, i);
    if (isa<PlaceType>(type)) {
      attributes = NamedAttrList(primal.getArgAttrDict(i));
      attributes.erase("ad.default");
      if (!areWritten)
        attributes.erase("ad.out");
      spelled = primal.getArgAttrOfType<StringAttr>(i, "ad.type");
    }
    addArgument(type, attributes,
                primal.getArgAttrOfType<LocalAttr>(i, "ad.local"), spelled, "");
  }
}

/// The shadow or tangent of what is at argument `i`.
void Signature::addCompanion(unsigned i, LocalAttr local, StringRef role) {
  NamedAttrList attributes(primal.getArgAttrDict(i));
  for (StringRef name : {"ad.default", "ad.out"})
    attributes.erase(name);
  attributes.set("ad.of", b.getI64IntegerAttr(i));
  auto spelled = primal.getArgAttrOfType<StringAttr>(i, "ad.type");
  bool isWritten = role == "adjoint" || mayBeWritten(primal, i);
  if (isWritten)
    attributes.set("ad.out", b.getI64IntegerAttr(-1));
  if (role == "adjoint")
    spelled = b.getStringAttr(withoutConst(spelled.getValue()));
  addArgument(primal.getArgumentTypes()[i], attributes, local, spelled, role);
}

/// The frame, the shadows, and the seeds.
void Signature::addSweepArguments() {
  auto type = FrameType::get(b.getContext(), forwardSymbol(primal, request));
  auto frame = LocalAttr::get(b.getContext(), ~0u - 1, b.getStringAttr("tape"),
                              b.getStringAttr(""), /*generated=*/true);
  addArgument(type, {}, frame, b.getStringAttr(""), "tape");
  for (unsigned i : request.inputs)
    if (isa<PlaceType>(primal.getArgumentTypes()[i]))
      addCompanion(
          i, adjointVariable(primal.getArgAttrOfType<LocalAttr>(i, "ad.local")),
          "adjoint");
}

func::FuncOp Signature::declare(StringRef symbol) {
  bool isSweep = request.kind == DerivativeRequest::Sweeps;
  addPrimalArguments(/*areWritten=*/!isSweep);
  switch (request.kind) {
  case DerivativeRequest::Sweeps:
    addSweepArguments();
    [[fallthrough]];
  case DerivativeRequest::Reverse:
    for (unsigned r : request.outputs)
      addArgument(primal.getResultTypes()[r], {}, seedVariable(r),
                  typeOfResult(r), "seed");
    for (unsigned i : request.inputs)
      if (!isa<PlaceType>(primal.getArgumentTypes()[i]))
        addResult(
            primal.getArgumentTypes()[i], valueType(primal, i),
            primal.getArgAttrOfType<LocalAttr>(i, "ad.local").getName().str());
    break;
  case DerivativeRequest::ValueAndPartials:
    addContents();
    addPartials();
    break;
  case DerivativeRequest::Forward:
    for (unsigned i : request.inputs) {
      LocalAttr dot =
          tangentVariable(primal.getArgAttrOfType<LocalAttr>(i, "ad.local"));
      if (isa<PlaceType>(primal.getArgumentTypes()[i]))
        addCompanion(i, dot, "tangent");
      else
        addArgument(primal.getArgumentTypes()[i], {}, dot, valueType(primal, i),
                    "tangent");
    }
    addContents();
    for (unsigned r : request.outputs) {
      std::string of = nameOfResult(primal, r);
      addResult(primal.getResultTypes()[r], typeOfResult(r),
                of == "value" ? "dot" : of + "_dot");
    }
    break;
  }
  return create(symbol, kindName(request.kind));
}

func::FuncOp Signature::declareForward(StringRef symbol) {
  addPrimalArguments(/*areWritten=*/true);
  addContents();
  addResult(FrameType::get(b.getContext(), symbol), b.getStringAttr(""),
            "tape");
  return create(symbol, "forward-sweep");
}

func::FuncOp Signature::create(StringRef symbol, StringRef kind) {
  OpBuilder builder(primal);
  builder.setInsertionPointAfter(primal);
  auto function =
      func::FuncOp::create(builder, primal.getLoc(), symbol,
                           builder.getFunctionType(arguments, results));
  function.setPrivate();
  copyDescription(primal, function);
  for (StringRef name : {"ad.spelling", "ad.call_format", "ad.rule_grad",
                         "ad.rule_jvp"})
    function->removeAttr(name);
  function->setAttr("ad.derivative", b.getStringAttr(kind));
  function->setAttr("ad.helper", b.getUnitAttr());
  function->setAttr("ad.wrt", b.getI64ArrayAttr(SmallVector<int64_t>(
                                  request.inputs.begin(), request.inputs.end())));
  // Names, as arguments that the body does not read are dropped.
  function->setAttr(
      "ad.active",
      b.getArrayAttr(llvm::map_to_vector(
          request.inputs, [&](unsigned i) -> Attribute {
            return primal.getArgAttrOfType<LocalAttr>(i, "ad.local").getName();
          })));
  function->setAttr("ad.suffix", b.getStringAttr(""));
  for (auto [i, attributes] : llvm::enumerate(argumentAttrs))
    function.setArgAttrs(i, attributes);
  for (auto [r, member] : llvm::enumerate(members)) {
    function.setResultAttr(r, "ad.type", member.first);
    function.setResultAttr(r, "ad.member", b.getStringAttr(member.second));
  }
  return function;
}

//===----------------------------------------------------------------------===//
// What calls need
//===----------------------------------------------------------------------===//

DerivativeRequest
CalleeDerivatives::activePart(CallOp call, const Activity &activity,
                              DerivativeRequest::Kind kind,
                              function_ref<bool(Value)> hasShadow) const {
  DerivativeRequest part;
  part.kind = kind;
  llvm::BitVector inputs(call.getNumOperands()), outputs(call.getNumResults());
  ArrayRef<int64_t> flows = call.getFlows().value_or(ArrayRef<int64_t>());
  auto isPlace = [](Value v) { return isa<PlaceType>(v.getType()); };
  // What is in memory counts as a whole, before and after the call.
  for (auto [i, operand] : llvm::enumerate(call.getArgs()))
    if (isPlace(operand) && carriesReals(operand.getType()) &&
        activity.isActive(operand) && hasShadow(operand))
      inputs.set(i);
  bool isActive = inputs.any() || llvm::any_of(call.getResults(), [&](Value v) {
                    return activity.isActive(v);
                  });
  for (size_t k = 0; isActive && k + 1 < flows.size(); k += 2) {
    Value input = call.getArgs()[flows[k]];
    Value output = flowTarget(call, flows[k + 1]);
    if (!activity.isVaried(input) ||
        !(activity.isActive(output) || (everyResult && !isPlace(output))))
      continue;
    if (!isPlace(input))
      inputs.set(flows[k]);
    if (!isPlace(output))
      outputs.set(flows[k + 1]);
  }
  // What only reads memory, and returns nothing useful, has no derivative.
  bool leaves = outputs.any();
  for (unsigned i : inputs.set_bits())
    leaves |= isPlace(call.getArgs()[i]) && !onlyReads(call, i);
  if (!leaves)
    return part;
  part.inputs.assign(inputs.set_bits_begin(), inputs.set_bits_end());
  part.outputs.assign(outputs.set_bits_begin(), outputs.set_bits_end());
  return part;
}

func::FuncOp CalleeDerivatives::get(func::FuncOp primal,
                                    const DerivativeRequest &request) {
  std::string symbol = symbolOf(primal, request);
  func::FuncOp &function = known[symbol];
  if (function)
    return function;
  function = Signature(primal, request).declare(symbol);
  primals[function] = primal;
  requests[function] = request;
  if (request.kind == DerivativeRequest::Sweeps) {
    func::FuncOp forward = Signature(primal, request)
                               .declareForward(forwardSymbol(primal, request));
    primals[forward] = primal;
    forward->setAttr("ad.primal", FlatSymbolRefAttr::get(primal));
    forward->setAttr("ad.reverse", FlatSymbolRefAttr::get(function));
    forwards[function] = forward;
    reverses[forward] = function;
  }
  pending.push_back({primal, function, request});
  return function;
}

std::optional<CalleeDerivatives::Pending> CalleeDerivatives::next() {
  if (pending.empty())
    return {};
  Pending first = pending.front();
  pending.pop_front();
  return first;
}
