//===- RuleCopies.cpp - What derivatives by hand read of memory -----------===//
//
// A derivative by hand is called in the reverse sweep, and gets what the function got.
// So of what the call writes, and of what is overwritten behind it, a copy is made
// before the call:
//
//   scale(y, n, a)   →   y_before = y;  scale(y, n, a, y_before)
//
// where the callee is a declaration with more parameters (`ad.kept`), of which nothing
// but the reversal knows: to the passes that keep what is read, the copy is an object
// like others. In the same way the reverse sweep of a callee gets what it reads
// (CallersMemory).
//
// Nothing is copied where nobody touches, behind the call, what it works on: then the
// derivative by hand does what the call would (`ad.deferred`).
//
// Refuses to copy what has no size that is known, or may overlap something else that
// the call is passed.
//
//===----------------------------------------------------------------------===//
#include "CallersMemory.h"
#include "Reverse.h"
#include "RuleCalls.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/Shapes.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Support/Diagnostics.h"

using namespace mlir;
using namespace adgen;

static bool isPlace(Value value) { return isa<PlaceType>(value.getType()); }

namespace {
class RulePreparer {
public:
  RulePreparer(func::FuncOp function, func::FuncOp derivative,
               const Activity &activity, const DerivativeRequest &request,
               const CalleeDerivatives &callees, const CallersMemory &memory)
      : function(function), derivative(derivative), activity(activity),
        request(request), callees(callees), memory(memory), b(function.getContext()) {}

  LogicalResult run();

private:
  /// A call and its arguments that are copied, with the objects that these are in.
  struct Copies {
    CallOp call;
    llvm::MapVector<unsigned, Value> objects;
  };

  bool isReversed(CallOp call);
  LogicalResult decideAll(ArrayRef<CallOp> calls);
  LogicalResult decide(CallOp call, AccessOrder &order);
  void decideSplit(CallOp call, func::FuncOp primal);
  LogicalResult addOverlapping(Copies &copies);
  bool mayDefer(CallOp call);
  bool mayPrecede(Operation *later, CallOp call);
  void make(Copies &copies);
  Value copy(CallOp call, unsigned i, Value object);
  Value findEarlier(CallOp call, unsigned i, Value object);
  LogicalResult refuse(CallOp call, const std::string &reason);

  func::FuncOp function, derivative;
  const Activity &activity;
  const DerivativeRequest &request;
  const CalleeDerivatives &callees;
  const CallersMemory &memory;
  OpBuilder b;
  SmallVector<Copies, 0> decided;
  /// Of each object the last copy that nobody writes, and the call that it was made for.
  llvm::DenseMap<Value, std::pair<Operation *, Value>> earlier;
  /// How many variables were invented so far.
  unsigned count = 0, loops = 0;
};
} // namespace

LogicalResult RulePreparer::refuse(CallOp call, const std::string &reason) {
  return emitError(call.getLoc())
         << formatMessage(Diag::RuleMemory,
                          {nameOfFunction(ruleOf(call, "ad.rule_grad")), reason});
}

bool RulePreparer::isReversed(CallOp call) {
  if (!passesMemory(call) || !calleeOf(call) || !ruleOf(call, "ad.rule_grad"))
    return false;
  auto part = callees.activePart(
      call, activity, DerivativeRequest::Reverse,
      [&](Value place) { return hasShadow(derivative, activity, place); });
  return !part.inputs.empty();
}

//===----------------------------------------------------------------------===//
// Objects
//===----------------------------------------------------------------------===//

static DictionaryAttr describe(CallOp call, unsigned i) {
  return calleeOf(call).getArgAttrOfType<DictionaryAttr>(i, "ad.container");
}

/// The whole object that a callee which is passed operand `i` may touch; null if nobody
/// knows how large it is.
static Value objectAround(CallOp call, unsigned i) {
  Value place = call.getArgs()[i];
  auto pass = calleeOf(call).getArgAttrOfType<StringAttr>(i, "ad.pass");
  bool isReference = pass && pass.getValue() == "reference";
  if (isReference && (isNumber(contentOf(place)) ||
                      describeObject(place, describe(call, i)).isKnown()))
    return place;
  while (true) {
    Operation *op = place.getDefiningOp();
    bool isStart = !op || isa<VarOp>(op);
    if (isStart)
      return describeObject(place, {}).isKnown() ? place : Value();
    if (!isa<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp>(op))
      return {};
    Value base = op->getOperand(0);
    // A pointer stays within the array.
    if (base.getDefiningOp<MemberOp>() && isa<ElementOp>(op) &&
        isa<ArrayType>(contentOf(base)) && describeObject(base, {}).isKnown())
      return base;
    place = base;
  }
}

bool adgen::isCopiedBefore(CallOp call, unsigned i) {
  Value object = objectAround(call, i);
  return object && !describeObject(object, describe(call, i)).isWhole;
}

/// The place that is found from `copy` as `place` is from `object`.
static Value placeIn(OpBuilder &b, Value place, Value object, Value copy) {
  if (place == object)
    return copy;
  IRMapping base;
  Operation *op = place.getDefiningOp();
  base.map(op->getOperand(0), placeIn(b, op->getOperand(0), object, copy));
  return b.clone(*op, base)->getResult(0);
}

//===----------------------------------------------------------------------===//
// Decisions
//===----------------------------------------------------------------------===//

/// Whether an operation that is neither pure nor a branch or loop may read or write what
/// is at the place.
static bool mayTouch(Operation *op, Value place) {
  if (isPure(op) || hasSlots(op))
    return false;
  return llvm::any_of(op->getOperands(), [&](Value operand) {
    return isPlace(operand) && mayReach(operand, place);
  });
}

/// Whether `later` may as well run before the call.
bool RulePreparer::mayPrecede(Operation *later, CallOp call) {
  SmallVector<Value> written = writtenPlaces(call);
  auto isFree = [&](Operation *op) {
    for (Value place : written)
      if (mayTouch(op, place))
        return false;
    for (Value place : writtenPlaces(op))
      if (llvm::any_of(call.getArgs(), [&](Value operand) {
            return isPlace(operand) && mayReach(operand, place);
          }))
        return false;
    return true;
  };
  return !later
              ->walk([&](Operation *op) {
                return isFree(op) ? WalkResult::advance()
                                  : WalkResult::interrupt();
              })
              .wasInterrupted();
}

/// Whether the derivative by hand may do, in the reverse sweep, what the call does:
/// nobody behind it needs that, nor changes what it needs.
bool RulePreparer::mayDefer(CallOp call) {
  bool runsOnce = request.kind == DerivativeRequest::Reverse ||
                  (request.kind == DerivativeRequest::ValueAndPartials &&
                   request.outputs.size() == 1);
  bool isSeen = llvm::any_of(writtenPlaces(call), [&](Value place) {
    return hasShadow(derivative, activity, place);
  });
  // The shadow of an object of the function's own has the shape that the call leaves.
  auto isOwn = [](Value root) {
    auto parameter = dyn_cast_if_present<BlockArgument>(root);
    return !parameter || isObjectByValue(parameter);
  };
  bool reshapes = llvm::any_of(call.getArgs(), [&](Value argument) {
    return isa<PlaceType>(argument.getType()) && mayReshape(call, argument) &&
           llvm::any_of(rootsOf(argument), isOwn);
  });
  if (!runsOnce || !isSeen || reshapes || call.getEffects() || loopDepth(call) > 0 ||
      !call->use_empty())
    return false;
  for (Operation *op = call; op != function; op = op->getParentOp())
    for (Operation *later = op->getNextNode(); later;
         later = later->getNextNode())
      if (!mayPrecede(later, call))
        return false;
  return true;
}

/// Whether something may be in the object before the call.
static bool isSetBefore(func::FuncOp function, CallOp call, Value object) {
  auto variable = object.getDefiningOp<VarOp>();
  if (!variable || variable.getInit())
    return true;
  return function
      .walk([&](Operation *op) {
        bool sets = llvm::any_of(writtenPlaces(op), [&](Value place) {
          return mayFollow(op, place, call, object);
        });
        return sets ? WalkResult::interrupt() : WalkResult::advance();
      })
      .wasInterrupted();
}

/// Whether the places are of numbers, or arrays of numbers, of two types of reals.
static bool haveOtherNumbers(Value x, Value z) {
  auto numberOf = [](Value place) {
    Type type = contentOf(place);
    while (auto array = dyn_cast<ArrayType>(type))
      type = array.getElement();
    return type;
  };
  Type a = numberOf(x), b = numberOf(z);
  return isReal(a) && isReal(b) && a != b;
}

/// What the call is passed together with an object that it writes, and that may share
/// memory with it, has to be in the same copy.
LogicalResult RulePreparer::addOverlapping(Copies &copies) {
  CallOp call = copies.call;
  func::FuncOp callee = calleeOf(call);
  for (auto [i, operand] : llvm::enumerate(call.getArgs()))
    for (auto [k, object] : llvm::to_vector(copies.objects)) {
      bool isWritten = !onlyReads(call, i) || !onlyReads(call, k);
      if (i == k || !isPlace(operand) || !isWritten ||
          !mayReach(call.getArgs()[k], operand) ||
          haveOtherNumbers(operand, object))
        continue;
      Value around = objectAround(call, i);
      if (around == object) {
        copies.objects[i] = object;
        continue;
      }
      if (around && !mayOverlap(around, object, When::SameTrip))
        continue;
      return refuse(call, "'" + parameterName(callee, k) +
                              "' is overwritten and has to be copied before, and '" +
                              parameterName(callee, i) +
                              "' may be the same object or share memory with it");
    }
  return success();
}

LogicalResult RulePreparer::decide(CallOp call, AccessOrder &order) {
  func::FuncOp callee = calleeOf(call);
  Copies copies = {call, {}};
  SmallVector<unsigned> changed;
  for (auto [i, operand] : llvm::enumerate(call.getArgs()))
    if (isPlace(operand) &&
        (!onlyReads(call, i) || order.isOverwritten(call, operand)))
      changed.push_back(i);
  if (changed.empty())
    return success();
  if (mayDefer(call)) {
    call->setAttr(deferredMark, b.getUnitAttr());
    return success();
  }
  for (unsigned i : changed) {
    Value object = objectAround(call, i);
    bool isWritten = !onlyReads(call, i);
    if (!object)
      return refuse(call, (isWritten ? "it writes through '" : "what is behind '") +
                              parameterName(callee, i) +
                              (isWritten ? "', too, " : "' is overwritten later, ") +
                              "and how much has to be copied before is not known");
    if (!isWritten || isSetBefore(function, call, object))
      copies.objects[i] = object;
  }
  if (failed(addOverlapping(copies)))
    return failure();
  // As a whole an object is copied where the reverse sweep finds the copy: not of
  // an earlier trip, nor of a branch.
  for (auto [i, object] : copies.objects)
    if (describeObject(object, describe(call, i)).isWhole &&
        (loopDepth(call) != scopeOf(object) ||
         isa<IfOp, SwitchOp>(call->getParentOp())))
      return refuse(call, "'" + parameterName(callee, i) +
                              "' is overwritten, and an object of its class is not "
                              "copied in a loop or branch");
  decided.push_back(std::move(copies));
  return success();
}

/// Copies what the reverse sweep of a callee reads that is another by then.
void RulePreparer::decideSplit(CallOp call, func::FuncOp primal) {
  Copies copies = {call, {}};
  for (unsigned i = 0; i != primal.getNumArguments(); ++i)
    if (isPlace(call.getArgs()[i]) && !memory.isLost(primal, i) &&
        CallersMemory::needsCopy(call, i))
      if (Value object = objectAround(call, i))
        copies.objects[i] = object;
  decided.push_back(std::move(copies));
}

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

/// Stores the members at `from` at `to`.
static void copyMembers(OpBuilder &b, Location loc, Value from, Value to,
                        ArrayAttr members) {
  for (auto member : members.getAsRange<DictionaryAttr>()) {
    auto name = member.getAs<StringAttr>("name");
    auto type = PlaceType::get(b.getContext(),
                               member.getAs<TypeAttr>("type").getValue());
    Value source = MemberOp::create(b, loc, type, from, name);
    Value target = MemberOp::create(b, loc, type, to, name);
    if (auto inner = member.getAs<DictionaryAttr>("part").getAs<ArrayAttr>("members"))
      copyMembers(b, loc, source, target, inner);
    else
      StoreOp::create(b, loc, LoadOp::create(b, loc, source), target);
  }
}

/// The variable or parameter that the object is, or is in.
static LocalAttr nameOf(Value object) {
  for (Value root : rootsOf(object)) {
    if (auto variable = root ? root.getDefiningOp<VarOp>() : VarOp())
      return variable.getLocal();
    if (isa_and_present<BlockArgument>(root))
      return variableOf(root);
  }
  return {};
}

/// What a local array holds before anybody stores to it is not read: it starts as zero.
static void setInitially(func::FuncOp function, CallOp call, Value object) {
  auto variable = object.getDefiningOp<VarOp>();
  if (!variable || variable.getInit() || !isa<ArrayType>(contentOf(object)))
    return;
  Operation *top = variable->getBlock()->findAncestorOpInBlock(*call);
  bool isStored = function
                      .walk([&](StoreOp store) {
                        Operation *other =
                            variable->getBlock()->findAncestorOpInBlock(*store);
                        bool sets = other && top && other->isBeforeInBlock(top) &&
                                    localObject(store.getPlace()) == variable;
                        return sets ? WalkResult::interrupt()
                                    : WalkResult::advance();
                      })
                      .wasInterrupted();
  if (!isStored)
    variable.setInitAttr(StringAttr::get(variable.getContext(), " = {{}}"));
}

/// An object like the one that the call is passed as operand `i`, with its content.
Value RulePreparer::copy(CallOp call, unsigned i, Value object) {
  b.setInsertionPoint(call);
  Location loc = call.getLoc();
  LocalAttr known = nameOf(object);
  std::string name = known ? known.getName().str() : parameterName(calleeOf(call), i);
  auto local = LocalAttr::get(b.getContext(), ~10000u - count++,
                              b.getStringAttr(name + "_before"),
                              b.getStringAttr(spellType(contentOf(object))),
                              /*generated=*/true);
  ObjectDescription description = describeObject(object, describe(call, i));
  // Where nothing has to be kept number by number.
  if (description.elements && isa<func::FuncOp>(call->getParentOp())) {
    description = {};
    description.isWhole = true;
  }
  Value size, made = createObject(b, loc, object, description, local,
                                  /*isZero=*/false, size);
  if (description.members)
    copyMembers(b, loc, object, made, description.members);
  else if (!description.isWhole)
    copyNumbers(b, loc, object, made, description, size, loops);
  return made;
}

/// A copy that was made for an earlier call, and is still what the object holds.
Value RulePreparer::findEarlier(CallOp call, unsigned i, Value object) {
  auto [first, own] = earlier.lookup(object);
  if (!first || !onlyReads(call, i) || first->getBlock() != call->getBlock())
    return {};
  for (Operation *op = first; op != call; op = op->getNextNode())
    if (!op || mayBeWrittenIn(op, object))
      return {};
  return own;
}

/// The callee with an argument more for each place that is copied.
static func::FuncOp declareKept(func::FuncOp callee, ArrayRef<unsigned> kept) {
  std::string symbol = callee.getSymName().str() + "'kept";
  for (unsigned i : kept)
    symbol += " " + std::to_string(i);
  auto module = callee->getParentOfType<ModuleOp>();
  if (auto known = module.lookupSymbol<func::FuncOp>(symbol))
    return known;
  OpBuilder b(callee);
  SmallVector<Type> arguments(callee.getArgumentTypes());
  for (unsigned i : kept)
    arguments.push_back(callee.getArgumentTypes()[i]);
  auto function = func::FuncOp::create(
      b, callee.getLoc(), symbol,
      b.getFunctionType(arguments, callee.getResultTypes()));
  function.setPrivate();
  for (NamedAttribute attribute : callee->getDiscardableAttrs())
    function->setAttr(attribute.getName(), attribute.getValue());
  function->setAttr("ad.primal", FlatSymbolRefAttr::get(callee));
  function->removeAttr("ad.reverse");
  for (unsigned i = 0; i != callee.getNumArguments(); ++i)
    function.setArgAttrs(i, callee.getArgAttrDict(i));
  for (auto [k, i] : llvm::enumerate(kept)) {
    unsigned position = callee.getNumArguments() + k;
    function.setArgAttr(position, "ad.in_memory", b.getUnitAttr());
    function.setArgAttr(position, keptAttr, b.getI64IntegerAttr(i));
    for (StringRef same : {"ad.pass", "ad.local", "ad.type"})
      if (Attribute value = callee.getArgAttr(i, same))
        function.setArgAttr(position, same, value);
  }
  return function;
}

void RulePreparer::make(Copies &copies) {
  if (copies.objects.empty())
    return;
  CallOp call = copies.call;
  llvm::MapVector<Value, Value> made;
  SmallVector<unsigned> kept;
  SmallVector<Value> places;
  for (auto &[i, object] : copies.objects) {
    Value &own = made[object];
    if (!own)
      own = findEarlier(call, i, object);
    if (!own) {
      setInitially(function, call, object);
      own = copy(call, i, object);
      if (onlyReads(call, i))
        earlier[object] = {call, own};
    }
    b.setInsertionPoint(call);
    kept.push_back(i);
    places.push_back(placeIn(b, call.getArgs()[i], object, own));
  }
  func::FuncOp callee = declareKept(calleeOf(call), kept);
  call.setCalleeAttr(FlatSymbolRefAttr::get(callee));
  call.getArgsMutable().append(places);
  auto extend = [&](StringRef name, int64_t value) {
    auto known = call->getAttrOfType<DenseI64ArrayAttr>(name);
    if (!known)
      return;
    SmallVector<int64_t> all(known.asArrayRef());
    all.append(places.size(), value);
    call->setAttr(name, b.getDenseI64ArrayAttr(all));
  };
  extend("ties", -1);
  extend("singular", 0);
  noteReadOnly(call, callee);
}

LogicalResult RulePreparer::run() {
  SmallVector<CallOp> calls, split;
  function.walk([&](CallOp call) {
    if (isReversed(call))
      calls.push_back(call);
    else if (callees.reverseOf(calleeOf(call)))
      split.push_back(call);
  });
  for (CallOp call : split)
    decideSplit(call, callees.primalOf(callees.reverseOf(calleeOf(call))));
  if (!calls.empty() && failed(decideAll(calls)))
    return failure();
  for (Copies &copies : decided)
    make(copies);
  return success();
}

LogicalResult RulePreparer::decideAll(ArrayRef<CallOp> calls) {
  if (request.kind == DerivativeRequest::ValueAndPartials &&
      request.outputs.size() > 1)
    return refuse(calls.front(), "it stands in a function with output or logging that "
                                 "gives several numbers");
  // All decisions before anything changes.
  AccessOrder order(function);
  for (CallOp call : calls)
    if (failed(decide(call, order)))
      return failure();
  return success();
}

LogicalResult adgen::prepareRuleCalls(func::FuncOp function,
                                      func::FuncOp derivative,
                                      const Activity &activity,
                                      const DerivativeRequest &request,
                                      const CalleeDerivatives &callees,
                                      const CallersMemory &memory) {
  return RulePreparer(function, derivative, activity, request, callees, memory).run();
}
