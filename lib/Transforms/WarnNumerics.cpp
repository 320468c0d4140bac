//===- WarnNumerics.cpp - What a numerical person would want to hear ------===//
//
// Of each function that is asked for, and of the callees that its derivatives flow
// through, on the primal:
//
// 1. a parameter without influence, or with one that has no derivative: through
//    comparisons and conversions to integers;
// 2. a number that derivatives flow to and that such a conversion has a part in;
// 3. precision that an implicit conversion loses on the way of a derivative;
// 4. a parameter that is asked for and overwritten before it is read (InitialContents);
// 5. derivatives that are infinite at a literal that gets there, and kinks at
//    constants (SpecialPoints).
//
// Runs before the derivatives are made and changes nothing.
//
//===----------------------------------------------------------------------===//
#include "CalleeDerivatives.h"
#include "InitialContents.h"
#include "SpecialPoints.h"

#include "adgen/Analysis/Activity.h"
#include "adgen/Support/Diagnostics.h"
#include "adgen/Transforms/Passes.h"

#include "mlir/IR/SymbolTable.h"
#include "llvm/ADT/SetVector.h"
#include <set>

namespace adgen {
#define GEN_PASS_DEF_WARNNUMERICS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {
/// A function, and what of it carries derivatives.
struct Traced {
  func::FuncOp function;
  SmallVector<unsigned> inputs, outputs, inactive;
};

class Warner {
public:
  explicit Warner(ModuleOp module) : symbols(module) {}
  void addRequests(func::FuncOp function);
  void run();

private:
  void check(Traced traced);
  void checkParameters(func::FuncOp function, DictionaryAttr request);
  void checkConversion(Operation *op, const Activity &activity);
  void checkNarrowing(CastOp op, const Activity &activity);
  void follow(CallOp call, const Activity &activity);
  void add(Traced traced);
  void warn(Location loc, Diag diag, ArrayRef<std::string> args,
            std::optional<Location> noteLoc = {}, StringRef note = {});

  SymbolTable symbols;
  std::set<std::pair<Operation *, SmallVector<unsigned>>> seen;
  /// In the order in which they are checked.
  SmallVector<Traced> work;
  /// Places, and what was said of them.
  std::set<std::pair<const void *, std::string>> reported;
  /// Conversions that a warning of a parameter has shown.
  llvm::DenseSet<Operation *> said;
};
} // namespace

static std::string nameOf(func::FuncOp function, unsigned i) {
  auto local = function.getArgAttrOfType<LocalAttr>(i, "ad.local");
  return local ? local.getName().str() : std::to_string(i);
}

static std::string nameOf(func::FuncOp function) {
  auto name = function->getAttrOfType<StringAttr>("ad.name");
  return (name ? name.getValue() : function.getName()).str();
}

static StringRef nameOfReal(Type type) {
  return type.isF32() ? "float" : type.isF64() ? "double" : "long double";
}

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

namespace {
/// Where what a parameter holds stops being a number with a derivative.
struct Steps {
  Operation *comparison = nullptr;
  SmallVector<Operation *> conversions;
};
} // namespace

static bool isConversionToInteger(Operation *op) {
  return op->getNumResults() == 1 && isa<IntType>(op->getResult(0).getType()) &&
         (isa<CastOp>(op) || isa<Differentiable>(op)) &&
         llvm::any_of(op->getOperandTypes(), isReal);
}

static Steps findSteps(func::FuncOp function, BlockArgument parameter) {
  llvm::SetVector<Value> flow;
  llvm::DenseMap<Value, SmallVector<Value>> next;
  forEachDerivativeFlow(function, [&](Value from, Value to) {
    next[from].push_back(to);
  });
  flow.insert(parameter);
  for (size_t i = 0; i < flow.size(); ++i)
    for (Value to : next.lookup(flow[i]))
      flow.insert(to);
  Steps steps;
  for (Value value : flow) {
    if (!isReal(value.getType()))
      continue;
    for (Operation *user : value.getUsers()) {
      if (isa<CompareOp, TestOp>(user) && !steps.comparison)
        steps.comparison = user;
      else if (isConversionToInteger(user))
        steps.conversions.push_back(user);
    }
  }
  return steps;
}

void Warner::checkParameters(func::FuncOp function, DictionaryAttr request) {
  DerivativeRequest wanted = DerivativeRequest::fromUser(function, request);
  Activity activity(function, wanted.inputs, wanted.outputs, wanted.inactive);
  for (Attribute p : request.getAs<ArrayAttr>("wrt")) {
    unsigned i = cast<IntegerAttr>(p).getInt();
    BlockArgument parameter = function.getArgument(i);
    Location loc = function.getLoc();
    std::string name = nameOf(function, i);
    if (isOverwrittenFirst(function, i)) {
      // An output, which nobody asked for by name. What a reference holds at first has no
      // influence; of an array only that which is overwritten has none.
      bool isArray = isa<PlaceType>(parameter.getType());
      if (request.contains("named"))
        warn(loc, isArray ? Diag::OverwrittenFirst : Diag::NoInfluence,
             {name, nameOf(function)});
      continue;
    }
    if (activity.isUseful(parameter))
      continue;
    Steps steps = findSteps(function, parameter);
    if (!steps.comparison && steps.conversions.empty()) {
      warn(loc, Diag::NoInfluence, {name, nameOf(function)});
      continue;
    }
    std::string how = steps.conversions.empty() ? "comparisons"
                      : !steps.comparison ? "conversions to integers"
                                          : "comparisons and conversions to integers";
    Operation *first =
        steps.comparison ? steps.comparison : steps.conversions.front();
    warn(loc, Diag::StepsOnly, {name, nameOf(function), how}, first->getLoc(), "here");
    // Which says as much as a warning of the conversion itself.
    for (Operation *op : steps.conversions)
      said.insert(op);
  }
}

//===----------------------------------------------------------------------===//
// Conversions
//===----------------------------------------------------------------------===//

/// Whether `back` is taken from what was converted: the fractional part of a number
/// has the number's derivative.
static bool isFractionalPart(CastOp back, Value whole) {
  auto from = [](Value value) {
    while (auto cast = value.getDefiningOp<CastOp>())
      value = cast.getValue();
    return value;
  };
  return llvm::all_of(back->getUsers(), [&](Operation *user) {
    return isa<SubOp>(user) && user->getOperand(1) == back.getResult() &&
           from(user->getOperand(0)) == from(whole);
  });
}

/// What an integer or condition becomes a part of, as a number that derivatives flow
/// to; null if there is none.
static Operation *findReturn(Operation *source, Value whole,
                             const Activity &activity) {
  llvm::SetVector<Value> flow;
  flow.insert(source->getResult(0));
  for (size_t i = 0; i < flow.size(); ++i)
    for (OpOperand &use : flow[i].getUses()) {
      Operation *user = use.getOwner();
      if (auto back = dyn_cast<CastOp>(user); back && isReal(back.getType())) {
        if (activity.isUseful(back) && !isFractionalPart(back, whole))
          return back;
        continue;
      }
      Operation *parent = user->getParentOp();
      if (isa<YieldOp>(user) && isa<IfOp, SwitchOp>(parent))
        flow.insert(parent->getResult(use.getOperandNumber()));
      else if (user->getNumRegions() == 0 && !isa<CallOp>(user))
        for (Value result : user->getResults())
          if (isa<IntType>(result.getType()))
            flow.insert(result);
    }
  return nullptr;
}

void Warner::checkConversion(Operation *op, const Activity &activity) {
  bool isComparison = isa<CompareOp>(op);
  if ((!isComparison && !isConversionToInteger(op)) || said.contains(op))
    return;
  for (Value operand : op->getOperands()) {
    if (!isReal(operand.getType()) || !activity.isVaried(operand))
      continue;
    if (Operation *back = findReturn(op, operand, activity))
      warn(op->getLoc(), Diag::PiecewiseConstant,
           {isComparison ? "comparison" : "conversion to an integer"}, back->getLoc(),
           "it becomes a number here");
    return;
  }
}

/// Whether the value was computed from constants and from numbers of no more than the
/// precision of `type`.
static bool isOfPrecision(Value value, Type type) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return false;
  if (isa<ConstantOp>(op))
    return true;
  if (auto let = dyn_cast<LetOp>(op))
    return isOfPrecision(let.getValue(), type);
  if (auto cast = dyn_cast<CastOp>(op))
    return !isReal(cast.getValue().getType()) ||
           cast.getValue().getType().getIntOrFloatBitWidth() <=
               type.getIntOrFloatBitWidth() ||
           isOfPrecision(cast.getValue(), type);
  return isa<Differentiable, SelectOp>(op) &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           return !isReal(operand.getType()) || isOfPrecision(operand, type);
         });
}

void Warner::checkNarrowing(CastOp op, const Activity &activity) {
  Type from = op.getValue().getType(), to = op.getType();
  bool isNarrowing = isReal(from) && isReal(to) && !op.getExplicitSpelling() &&
                     to.getIntOrFloatBitWidth() < from.getIntOrFloatBitWidth();
  if (isNarrowing && activity.isVaried(op.getValue()) && activity.isUseful(op) &&
      !isOfPrecision(op.getValue(), to))
    warn(op.getLoc(), Diag::PrecisionLost,
         {nameOfReal(from).str(), nameOfReal(to).str()});
}

//===----------------------------------------------------------------------===//
// The functions
//===----------------------------------------------------------------------===//

void Warner::warn(Location loc, Diag diag, ArrayRef<std::string> args,
                  std::optional<Location> noteLoc, StringRef note) {
  std::string message = formatMessage(diag, args);
  if (!reported.insert({loc.getAsOpaquePointer(), message}).second)
    return;
  InFlightDiagnostic diagnostic = emitWarning(loc) << message;
  if (noteLoc)
    diagnostic.attachNote(*noteLoc) << note;
}

void Warner::add(Traced traced) {
  SmallVector<unsigned> key = traced.inputs;
  key.push_back(~0u);
  key.append(traced.outputs);
  if (seen.insert({traced.function, key}).second)
    work.push_back(std::move(traced));
}

/// The callee, with the derivatives that flow through this call.
void Warner::follow(CallOp call, const Activity &activity) {
  auto callee = symbols.lookup<func::FuncOp>(call.getCallee());
  if (!callee || callee.isExternal())
    return;
  Traced traced{callee, {}, {}, {}};
  for (auto [i, argument] : llvm::enumerate(call.getArgs()))
    if (i < callee.getNumArguments() &&
        (activity.isVaried(argument) || (isa<PlaceType>(argument.getType()) &&
                                         activity.isUseful(argument))))
      traced.inputs.push_back(i);
  for (OpResult result : call->getResults())
    if (result.getResultNumber() < callee.getNumResults() &&
        activity.isUseful(result))
      traced.outputs.push_back(result.getResultNumber());
  if (!traced.inputs.empty())
    add(std::move(traced));
}

void Warner::addRequests(func::FuncOp function) {
  auto requests = function->getAttrOfType<ArrayAttr>("ad.requests");
  if (!requests || function.isExternal())
    return;
  llvm::DenseSet<std::pair<Attribute, Attribute>> done;
  for (auto request : requests.getAsRange<DictionaryAttr>()) {
    if (done.insert({request.get("wrt"), request.get("inactive")}).second)
      checkParameters(function, request);
    DerivativeRequest wanted = DerivativeRequest::fromUser(function, request);
    add({function, wanted.inputs, wanted.outputs, wanted.inactive});
  }
}

void Warner::check(Traced traced) {
  Activity activity(traced.function, traced.inputs, traced.outputs, traced.inactive);
  SpecialPoints points;
  traced.function.walk([&](Operation *op) {
    checkConversion(op, activity);
    if (auto cast = dyn_cast<CastOp>(op))
      checkNarrowing(cast, activity);
    if (auto call = dyn_cast<CallOp>(op))
      follow(call, activity);
    for (const SpecialPoint &point : points.find(op, activity))
      warn(op->getLoc(), point.diag, point.args, point.literal, "the number is here");
  });
}

void Warner::run() {
  for (size_t i = 0; i < work.size(); ++i)
    check(work[i]);
}

namespace {
struct WarnNumerics : adgen::impl::WarnNumericsBase<WarnNumerics> {
  void runOnOperation() override {
    Warner warner(getOperation());
    for (auto function : getOperation().getOps<func::FuncOp>())
      warner.addRequests(function);
    warner.run();
  }
};
} // namespace
