//===- ReverseShapes.cpp - Shadows of containers that change their shape --===//
//
// In the reverse sweep a shadow changes its shape back:
//
//     ad.push %v, %x          →   x_bar += v_bar.back(); v_bar.pop_back()
//     ad.pop %v               →   v_bar.push_back(0)
//     ad.resize %v to %n      →   v_bar.resize(size of v before)
//
// What is dropped has no influence any more: its adjoint starts at zero where the
// forward sweep dropped it. So the shadow starts with the shape that the container
// has in the end (`shapeLike`), and always has the one that the container had at
// that point of the forward sweep, while the primal keeps the last. An index that
// is counted from the size (`v.back()`) counts from the shadow's.
//
//===----------------------------------------------------------------------===//
#include "KeepLoads.h"
#include "ReadVariables.h"
#include "Reverse.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/Shapes.h"
#include "adgen/Support/Diagnostics.h"

#include "llvm/ADT/StringExtras.h"

using namespace mlir;
using namespace adgen;

static IntType sizeType(MLIRContext *context) {
  return IntType::get(context, "unsigned long", 64, false, false);
}

static Value sizeOf(OpBuilder &b, Location loc, Value container) {
  return QueryOp::create(b, loc, sizeType(b.getContext()), "{0}.size()",
                         container, ValueRange());
}

static Value elementAt(OpBuilder &b, Location loc, Value container, Value index,
                       Type type) {
  return AccessOp::create(b, loc, PlaceType::get(b.getContext(), type),
                          "{0}[{1}]", container, index);
}

//===----------------------------------------------------------------------===//
// Changes
//===----------------------------------------------------------------------===//

void adgen::addOldSizes(func::FuncOp function) {
  SmallVector<ResizeOp> unread;
  std::optional<AccessOrder> order;
  function.walk([&](ResizeOp resize) {
    if (!order)
      order.emplace(function);
    if (!order->isShapeReadLater(resize))
      unread.push_back(resize);
  });
  order.reset();
  for (ResizeOp resize : unread)
    resize.erase();
  function.walk([](ResizeOp resize) {
    if (resize.getOld() || !carriesReals(resize.getPlace().getType()))
      return;
    OpBuilder b(resize);
    resize.getOldMutable().assign(
        sizeOf(b, resize.getLoc(), resize.getPlace()));
  });
}

void adgen::removeOldSizes(func::FuncOp derivative) {
  derivative.walk([](ResizeOp resize) { resize.getOldMutable().clear(); });
}

void AdjointBuilder::reverseShape(Operation *op, Level &level,
                                  Adjoints &adjoints) {
  Value shadow = shadowOf(resizedPlace(op), level);
  if (!shadow)
    return;
  beginStatement(op->getLoc(), adjoints);
  flushMemory(adjoints);
  Location loc = *adjoints.loc;
  if (auto resize = dyn_cast<ResizeOp>(op)) {
    ResizeOp::create(b, loc, shadow,
                     level.values.lookupOrDefault(resize.getOld()), Value());
  } else if (isa<PopOp>(op)) {
    PushOp::create(b, loc, shadow, Value());
  } else {
    Value value = cast<PushOp>(op).getValue();
    Value y_bar;
    if (value && activity.isVaried(value)) {
      Value last = QueryOp::create(b, loc, sizeType(b.getContext()),
                                   "{0}.size() - 1", shadow, ValueRange());
      y_bar = LoadOp::create(
          b, loc, elementAt(b, loc, shadow, last, value.getType()));
    }
    PopOp::create(b, loc, shadow);
    if (y_bar)
      accumulate(value, y_bar, adjoints);
  }
}

//===----------------------------------------------------------------------===//
// Indices that are counted from a size
//===----------------------------------------------------------------------===//

/// Whether the container has the shape that the query saw when `op` runs.
static bool isStillSo(QueryOp query, Operation *op) {
  Value container = query.getBase();
  Operation *ancestor = query->getBlock()->findAncestorOpInBlock(*op);
  if (!ancestor || mayBeReshapedIn(ancestor, container))
    return false;
  for (Operation *between = query->getNextNode(); between != ancestor;
       between = between->getNextNode())
    if (!between || mayBeReshapedIn(between, container))
      return false;
  return true;
}

Value AdjointBuilder::shadowIndex(Value index, Value container, Value shadow,
                                  Level &level) {
  Operation *op = index.getDefiningOp();
  if (auto keep = dyn_cast_if_present<KeepOp>(op))
    return shadowIndex(keep.getValue(), container, shadow, level);
  auto query = dyn_cast_if_present<QueryOp>(op);
  if (query && isSamePlace(query.getBase(), container) && reversing &&
      isStillSo(query, reversing) && isReshaped(container))
    return QueryOp::create(b, derivativeLoc(op->getLoc()), query.getType(),
                           query.getText(), shadow, ValueRange());
  if (!isa_and_present<AddOp, SubOp, CastOp>(op) || query)
    return {};
  IRMapping operands;
  bool isCounted = false;
  for (Value operand : op->getOperands()) {
    Value counted = shadowIndex(operand, container, shadow, level);
    isCounted |= bool(counted);
    operands.map(operand,
                 counted ? counted : level.values.lookupOrDefault(operand));
  }
  if (!isCounted)
    return {};
  Operation *copy = b.clone(*op, operands);
  copy->setLoc(derivativeLoc(op->getLoc()));
  return copy->getResult(0);
}

//===----------------------------------------------------------------------===//
// Shadows with the final shape
//===----------------------------------------------------------------------===//

/// Gives what is within `shadow`, of which `shape` tells, the shape that it has in
/// `primal`.
static void shapeParts(OpBuilder &b, Location loc, Value shadow, Value primal,
                       DictionaryAttr shape, bool isMade, unsigned &id) {
  if (auto members = shape.getAs<ArrayAttr>("members")) {
    for (auto member : members.getAsRange<DictionaryAttr>()) {
      auto name = member.getAs<StringAttr>("name");
      auto type = PlaceType::get(b.getContext(),
                                 member.getAs<TypeAttr>("type").getValue());
      shapeParts(b, loc, MemberOp::create(b, loc, type, shadow, name),
                 MemberOp::create(b, loc, type, primal, name),
                 member.getAs<DictionaryAttr>("shape"), /*isMade=*/false, id);
    }
    return;
  }
  auto count = shape.getAs<IntegerAttr>("count");
  if (!count && !isMade)
    ResizeOp::create(b, loc, shadow, sizeOf(b, loc, primal), Value());
  auto inner = shape.getAs<DictionaryAttr>("shape");
  if (!inner)
    return;
  IntType type = sizeType(b.getContext());
  auto counter = LocalAttr::get(b.getContext(), ~6000u - id++,
                                b.getStringAttr("i"),
                                b.getStringAttr("std::size_t"), true);
  Value upper = count ? createConstant(b, loc, type, double(count.getInt()))
                      : sizeOf(b, loc, primal);
  auto loop = ForOp::create(b, loc, TypeRange(), createConstant(b, loc, type, 0),
                            upper, 1, Predicate::lt, ValueRange(), counter,
                            ArrayAttr(), /*reversed=*/false);
  OpBuilder::InsertionGuard guard(b);
  Block *body = b.createBlock(&loop.getBody());
  Value index = body->addArgument(type, loc);
  Type element = shape.getAs<TypeAttr>("element").getValue();
  shapeParts(b, loc, elementAt(b, loc, shadow, index, element),
             elementAt(b, loc, primal, index, element), inner, false, id);
  YieldOp::create(b, loc, ValueRange());
}

bool adgen::reshapesPart(Operation *op, Value object) {
  auto isPart = [&](Value place) {
    return place && place != object && llvm::is_contained(rootsOf(place), object);
  };
  if (auto swap = dyn_cast<SwapOp>(op))
    return llvm::any_of(swap->getOperands(), [&](Value place) {
      return isPart(place) && mayReshape(swap, place);
    });
  return isPart(resizedPlace(op));
}

bool adgen::isReshapedWithin(func::FuncOp function, Value object) {
  auto reshapes = [&](Operation *op) {
    return reshapesPart(op, object) ? WalkResult::interrupt()
                                    : WalkResult::advance();
  };
  return isReshaped(object) || function.walk(reshapes).wasInterrupted();
}

bool adgen::hasFinalShape(Value object, Operation *op) {
  bool isFinal = true;
  for (Operation *later = op; later; later = later->getNextNode())
    later->walk([&](Operation *change) {
      isFinal &= isDerivativeOp(change) || change->hasAttr(repeatedMark) ||
                 (!mayReshape(change, object) && !reshapesPart(change, object));
    });
  return isFinal;
}

LogicalResult adgen::makeInPlace(VarOp variable) {
  auto shape = variable->getAttrOfType<DictionaryAttr>("ad.shape");
  StringRef init = variable.getInit().value_or("");
  bool isFilled = init == "({0}, {1})";
  bool isVector = shape && shape.contains("element") && !shape.contains("count");
  if (!isVector || (init != "({0})" && !isFilled))
    return emitError(variable.getLoc()) << formatMessage(Diag::UnknownShadow, {});
  OpBuilder b(variable->getBlock(), std::next(variable->getIterator()));
  Location loc = variable.getLoc();
  Value count = variable.getArgs()[0];
  ResizeOp::create(b, loc, variable, count, Value());
  if (isFilled) {
    auto counter = LocalAttr::get(
        b.getContext(), ~7000u - (variable.getLocal().getId() & 0xff),
        b.getStringAttr("i"), b.getStringAttr(spelling(count.getType())), true);
    auto loop = ForOp::create(b, loc, TypeRange(),
                              createConstant(b, loc, count.getType(), 0), count,
                              1, Predicate::lt, ValueRange(), counter,
                              ArrayAttr(), /*reversed=*/false);
    OpBuilder::InsertionGuard guard(b);
    Block *body = b.createBlock(&loop.getBody());
    Value index = body->addArgument(count.getType(), loc);
    Value value = variable.getArgs()[1];
    StoreOp::create(b, loc, value,
                    elementAt(b, loc, variable, index, value.getType()));
    YieldOp::create(b, loc, ValueRange());
  }
  variable.getArgsMutable().clear();
  variable.removeInitAttr();
  variable.removeZeroInitAttr();
  return success();
}

Value adgen::createShapedShadow(OpBuilder &b, VarOp variable, LocalAttr local) {
  auto shape = variable->getAttrOfType<DictionaryAttr>("ad.shape");
  if (!shape)
    return {};
  Location loc = derivativeLoc(variable.getLoc());
  bool isVector = shape.contains("element") && !shape.contains("count");
  StringAttr init = isVector ? b.getStringAttr("({0}.size())")
                             : variable.getZeroInitAttr();
  SmallVector<Value> arguments;
  if (isVector)
    arguments = {variable};
  Value shadow = VarOp::create(b, loc, variable.getType(), local, arguments,
                               init, init);
  unsigned id = 4 * (variable.getLocal().getId() & 0xff);
  shapeParts(b, loc, shadow, variable, shape, /*isMade=*/isVector, id);
  return shadow;
}

//===----------------------------------------------------------------------===//
// The seed of what is returned
//===----------------------------------------------------------------------===//

/// Whether the number is computed of the function's parameters alone, by operations
/// that may stand at its beginning.
static bool isKnownOnEntry(Value value, Block &entry) {
  Operation *op = value.getDefiningOp();
  if (!op)
    return cast<BlockArgument>(value).getOwner() == &entry;
  bool asks = isa<QueryOp, AccessOp>(op);
  bool isSame = asks ? !isReshaped(op->getOperand(0)) : isPure(op);
  return isSame && op->getBlock() == &entry && isa<IntType>(value.getType()) &&
         llvm::all_of(op->getOperands(), [&](Value operand) {
           return isKnownOnEntry(operand, entry);
         });
}

/// Moves what computes the number in front of `before`, in the entry block.
static void moveBefore(Value value, Operation *before) {
  Operation *op = value.getDefiningOp();
  if (!op || op->isBeforeInBlock(before))
    return;
  for (Value operand : op->getOperands())
    moveBefore(operand, before);
  op->moveBefore(before);
}

/// How many elements the vector starts with, as text with `{0}` for an operand;
/// empty if it is none.
static StringRef findSize(Value object, Value &operand) {
  StringRef init;
  if (auto argument = dyn_cast<BlockArgument>(object)) {
    auto function = cast<func::FuncOp>(argument.getOwner()->getParentOp());
    if (auto zero = function.getArgAttrOfType<StringAttr>(
            argument.getArgNumber(), "ad.zero_init"))
      init = zero;
    operand = object;
    return init == "({0}.size())" ? "{0}.size()" : "";
  }
  auto variable = cast<VarOp>(object.getDefiningOp());
  auto shape = variable->getAttrOfType<DictionaryAttr>("ad.shape");
  if (!shape || !shape.contains("element") || shape.contains("count"))
    return "";
  // `({0})`, `({0}, std::vector<double>({1}))`, `(3)`
  init = variable.getZeroInit().value_or("");
  if (!init.consume_front("("))
    return "";
  StringRef size =
      init.take_until([](char c) { return c == ',' || c == ')'; });
  if (size != "{0}")
    return llvm::all_of(size, llvm::isDigit) ? size : "";
  operand = variable.getArgs().front();
  return isa<IntType>(operand.getType()) ? size : "";
}

void adgen::assertSeed(func::FuncOp derivative, Value seed, Value object) {
  Block &entry = derivative.front();
  Value operand;
  StringRef size = findSize(object, operand);
  if (size.empty() || isReshaped(object) ||
      (operand && !isKnownOnEntry(operand, entry)))
    return;
  std::string text = size.str();
  SmallVector<Value> operands = {seed};
  if (operand) {
    operands.push_back(operand);
    auto type = dyn_cast<IntType>(operand.getType());
    text = !type               ? "{1}.size()"
           : type.getIsSigned() ? "std::size_t({1})"
                                : "{1}";
  }
  OpBuilder b(&*llvm::find_if_not(
      entry, [](Operation &op) { return isa<StatementOp>(op); }));
  auto assertion =
      StatementOp::create(b, derivative.getLoc(),
                          "assert({0}.size() == " + text + ")", operands);
  moveBefore(operands.back(), assertion);
}
