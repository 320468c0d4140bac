//===- LowerAlgorithms.cpp - Algorithms of the library over ranges --------===//
//
//   std::fill, copy, transform, iota, reverse …     a loop that stores
//   std::for_each                                   a loop that calls
//   std::accumulate, count_if, any_of …             LowerReductions.cpp
//   std::max_element, min_element                   a loop that finds the index
//   std::distance, next, prev                       arithmetic of pointers
//   memcpy, memset of zero                          by element
//
// The output has the loops; what the functions return is lowered with them.
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"
#include "Sequences.h"

#include "llvm/ADT/StringSwitch.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace adgen;
using llvm::StringRef;
using mlir::Location;
using mlir::Value;

namespace {
enum class Algorithm {
  Fill,
  FillN,
  Copy,
  CopyN,
  ForEach,
  Accumulate,
  InnerProduct,
  TransformReduce,
  Count,
  CountIf,
  AnyOf,
  AllOf,
  NoneOf,
  Transform,
  Iota,
  Reverse,
  MaxElement,
  MinElement,
  Distance,
  Next,
  Prev,
  Memcpy,
  Memset,
};
} // namespace

static std::optional<Algorithm> findAlgorithm(const CallExpr &e) {
  const FunctionDecl *callee = e.getDirectCallee();
  if (!callee || !callee->getIdentifier() || isa<CXXMethodDecl>(callee))
    return {};
  StringRef name = callee->getName();
  name.consume_front("__builtin_");
  unsigned arity = e.getNumArgs();
  if (callee->getBuiltinID() != 0 || callee->isExternC()) {
    if (arity == 3 && name == "memcpy")
      return Algorithm::Memcpy;
    if (arity == 3 && name == "memset")
      return Algorithm::Memset;
  }
  if (!callee->isInStdNamespace())
    return {};
  using Found = std::optional<Algorithm>;
  bool hasTail = arity == 3 || arity == 4, isOfTwo = arity == 4 || arity == 6;
  return llvm::StringSwitch<Found>(name)
      .Case("fill", arity == 3 ? Found(Algorithm::Fill) : Found())
      .Case("fill_n", arity == 3 ? Found(Algorithm::FillN) : Found())
      .Case("copy", arity == 3 ? Found(Algorithm::Copy) : Found())
      .Case("copy_n", arity == 3 ? Found(Algorithm::CopyN) : Found())
      .Case("for_each", arity == 3 ? Found(Algorithm::ForEach) : Found())
      .Case("accumulate", hasTail ? Found(Algorithm::Accumulate) : Found())
      .Case("reduce", hasTail ? Found(Algorithm::Accumulate) : Found())
      .Case("inner_product", isOfTwo ? Found(Algorithm::InnerProduct) : Found())
      .Case("transform_reduce", isOfTwo      ? Found(Algorithm::InnerProduct)
                                : arity == 5 ? Found(Algorithm::TransformReduce)
                                             : Found())
      .Case("count", arity == 3 ? Found(Algorithm::Count) : Found())
      .Case("count_if", arity == 3 ? Found(Algorithm::CountIf) : Found())
      .Case("any_of", arity == 3 ? Found(Algorithm::AnyOf) : Found())
      .Case("all_of", arity == 3 ? Found(Algorithm::AllOf) : Found())
      .Case("none_of", arity == 3 ? Found(Algorithm::NoneOf) : Found())
      .Case("transform",
            arity == 4 || arity == 5 ? Found(Algorithm::Transform) : Found())
      .Case("iota", arity == 3 ? Found(Algorithm::Iota) : Found())
      .Case("reverse", arity == 2 ? Found(Algorithm::Reverse) : Found())
      .Case("max_element", arity == 2 ? Found(Algorithm::MaxElement) : Found())
      .Case("min_element", arity == 2 ? Found(Algorithm::MinElement) : Found())
      .Case("distance", arity == 2 ? Found(Algorithm::Distance) : Found())
      .Case("next", arity == 2 ? Found(Algorithm::Next) : Found())
      .Case("prev", arity == 2 ? Found(Algorithm::Prev) : Found())
      .Default({});
}

bool FunctionLowering::isAlgorithm(const CallExpr &e) const {
  return findAlgorithm(e) && !hasRule(*e.getDirectCallee());
}

//===----------------------------------------------------------------------===//
// Loops
//===----------------------------------------------------------------------===//

Value FunctionLowering::createGenerated(StringRef name, Value value,
                                        StringRef spelled, Location loc) {
  auto local = LocalAttr::get(module.getContext(), nextLocal++,
                              builder.getStringAttr(name),
                              builder.getStringAttr(spelled),
                              /*generated=*/true);
  Value place = VarOp::create(builder, loc, placeOf(value.getType()), local);
  StoreOp::create(builder, loc, value, place);
  return place;
}

/// The range, and the position of the first of its largest or smallest elements.
std::optional<std::pair<Sequence, Value>>
FunctionLowering::lowerExtremum(const CallExpr &e, bool isMax) {
  Location loc = at(e.getExprLoc());
  std::optional<Sequence> range = lowerRange(*e.getArg(0), *e.getArg(1));
  if (!range)
    return {};
  if (!mapType(range->element)) {
    (void)refuseCall(e);
    return {};
  }
  auto integer = cast<IntType>(range->count.getType());
  Value zero = adgen::createConstant(builder, loc, integer, 0);
  Value best = createGenerated("best", zero, spellCount(integer), loc);
  auto body = [&](Value index) -> mlir::LogicalResult {
    Value known = LoadOp::create(builder, loc, best);
    Value x = LoadOp::create(builder, loc,
                             createRangeElement(*range, known, loc));
    Value z = LoadOp::create(builder, loc,
                             createRangeElement(*range, index, loc));
    Value isBetter = isMax ? createBinary(BO_LT, x, z, loc)
                           : createBinary(BO_LT, z, x, loc);
    storeIf(isBetter, index, best, loc);
    return mlir::success();
  };
  if (failed(lowerForEach(*range, e.getExprLoc(), body)))
    return {};
  return std::pair(*range, Value(LoadOp::create(builder, loc, best)));
}

/// Where the first of the smallest and the last of the largest elements are;
/// nothing for a call of another function.
std::optional<std::pair<Value, Value>>
FunctionLowering::lowerExtremes(const clang::Expr &e) {
  const auto *call = dyn_cast<CallExpr>(&e);
  const FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
  bool isKnown = callee && callee->isInStdNamespace() &&
                 callee->getIdentifier() && call->getNumArgs() == 2 &&
                 callee->getName() == "minmax_element";
  if (!isKnown)
    return {};
  Location loc = at(e.getExprLoc());
  std::optional<Sequence> range = lowerRange(*call->getArg(0), *call->getArg(1));
  if (!range)
    return std::pair<Value, Value>();
  if (!mapType(range->element) || range->isReversed)
    return std::pair<Value, Value>(refuseCall(*call), Value());
  auto integer = cast<IntType>(range->count.getType());
  Value zero = adgen::createConstant(builder, loc, integer, 0);
  Value low = createGenerated("lowest", zero, spellCount(integer), loc);
  Value high = createGenerated("highest", zero, spellCount(integer), loc);
  auto element = [&](Value index) -> Value {
    return LoadOp::create(builder, loc, createRangeElement(*range, index, loc));
  };
  auto choose = [&](Value best, BinaryOperatorKind isBetter, Value index) {
    Value known = element(LoadOp::create(builder, loc, best));
    Value isChosen = createBinary(isBetter, element(index), known, loc);
    storeIf(isChosen, index, best, loc);
  };
  auto body = [&](Value index) {
    choose(low, BO_LT, index);
    choose(high, BO_GE, index);
    return mlir::success();
  };
  if (failed(lowerForEach(*range, e.getExprLoc(), body)))
    return std::pair<Value, Value>();
  return std::pair(
      createRangePointer(*range, LoadOp::create(builder, loc, low), loc),
      createRangePointer(*range, LoadOp::create(builder, loc, high), loc));
}

std::optional<Glvalue>
FunctionLowering::lowerExtremumElement(const clang::Expr &e) {
  const clang::Expr *inner = &e, *outer = nullptr;
  while (inner != outer) {
    outer = inner;
    inner = stripWrappers(inner)->IgnoreParenImpCasts();
  }
  const auto *call = dyn_cast<CallExpr>(inner);
  std::optional<Algorithm> algorithm =
      call ? findAlgorithm(*call) : std::nullopt;
  bool isMax = algorithm == Algorithm::MaxElement;
  if (!isMax && algorithm != Algorithm::MinElement)
    return {};
  auto found = lowerExtremum(*call, isMax);
  if (!found)
    return Glvalue();
  return Glvalue{createRangeElement(found->first, found->second,
                                    at(call->getExprLoc()))};
}

/// Stores to each element of a range, and gives the end of it.
Value FunctionLowering::lowerStores(const CallExpr &e, const Sequence &to,
                                    llvm::function_ref<Value(Value)> next) {
  Location loc = at(e.getExprLoc());
  mlir::Type type = mapType(to.element);
  auto body = [&](Value index) -> mlir::LogicalResult {
    Value value = next(index);
    if (!value)
      return mlir::failure();
    value = convert(value, type, loc);
    if (to.inserter)
      PushOp::create(builder, loc, to.inserter, value);
    else
      StoreOp::create(builder, loc, value, createRangeElement(to, index, loc));
    return mlir::success();
  };
  if (!type)
    return refuseCall(e);
  if (failed(lowerForEach(to, e.getExprLoc(), body)))
    return {};
  return createRangePointer(to, to.count, loc);
}

Value FunctionLowering::lowerCopy(const CallExpr &e, const Sequence &from,
                                  const Sequence &to) {
  Location loc = at(e.getExprLoc());
  if (mapType(from.element) && mapType(to.element))
    return lowerStores(e, to, [&](Value index) -> Value {
      return LoadOp::create(builder, loc, createRangeElement(from, index, loc));
    });
  if (!ast.hasSameUnqualifiedType(from.element, to.element) || to.inserter ||
      !isCopyable(to.element))
    return refuseCall(e);
  auto body = [&](Value index) {
    return copyObject(createRangeElement(to, index, loc),
                      createRangeElement(from, index, loc), to.element,
                      e.getExprLoc());
  };
  if (failed(lowerForEach(to, e.getExprLoc(), body)))
    return {};
  return createRangePointer(to, to.count, loc);
}

Value FunctionLowering::lowerTransform(const CallExpr &e) {
  Location loc = at(e.getExprLoc());
  std::optional<Sequence> from = lowerRange(*e.getArg(0), *e.getArg(1));
  std::optional<Sequence> other, to;
  bool isBinary = e.getNumArgs() == 5;
  if (from && isBinary)
    other = lowerOpenRange(*e.getArg(2), from->count);
  if (from && (!isBinary || other))
    to = lowerOpenRange(*e.getArg(isBinary ? 3 : 2), from->count);
  if (!to)
    return {};
  if (!mapType(from->element) || (other && !mapType(other->element)))
    return refuseCall(e);
  const clang::Expr &function = *e.getArg(e.getNumArgs() - 1);
  std::shared_ptr<const Closure> closure;
  if (failed(lowerCallable(function, closure)))
    return {};
  return lowerStores(e, *to, [&](Value index) -> Value {
    llvm::SmallVector<Glvalue> objects;
    llvm::SmallVector<QualType> types;
    for (const Sequence *range : {&*from, isBinary ? &*other : nullptr}) {
      if (!range)
        continue;
      objects.push_back({createRangeElement(*range, index, loc)});
      types.push_back(range->element.getUnqualifiedType());
    }
    Value result;
    if (failed(applyFunction(e, function, closure, objects, types, result)))
      return {};
    return result ? result : refuseCall(e);
  });
}

/// The function's return value, the lambda as it is afterwards, is not used.
Value FunctionLowering::lowerElementwise(const CallExpr &e) {
  std::optional<Sequence> range = lowerRange(*e.getArg(0), *e.getArg(1));
  std::shared_ptr<const Closure> closure;
  if (!range || failed(lowerCallable(*e.getArg(2), closure)))
    return {};
  Location loc = at(e.getExprLoc());
  auto body = [&](Value index) {
    Value result;
    return applyFunction(e, *e.getArg(2), closure,
                         {{createRangeElement(*range, index, loc)}},
                         {range->element.getUnqualifiedType()}, result);
  };
  if (!mapType(range->element))
    return refuseCall(e);
  return succeeded(lowerForEach(*range, e.getExprLoc(), body)) ? range->count
                                                               : Value();
}

Value FunctionLowering::lowerReverse(const CallExpr &e) {
  Location loc = at(e.getExprLoc());
  std::optional<Sequence> range = lowerRange(*e.getArg(0), *e.getArg(1));
  if (!range)
    return {};
  if (!mapType(range->element))
    return refuseCall(e);
  auto integer = range->count.getType();
  auto number = [&](int value) {
    return adgen::createConstant(builder, loc, integer, value);
  };
  Sequence half = *range;
  half.count = createBinary(BO_Div, range->count, number(2), loc);
  auto body = [&](Value index) {
    Value last = createBinary(BO_Sub, range->count, number(1), loc);
    Value opposite = createBinary(BO_Sub, last, index, loc);
    Value x = createRangeElement(*range, index, loc);
    Value z = createRangeElement(*range, opposite, loc);
    Value before = LoadOp::create(builder, loc, x);
    Value after = LoadOp::create(builder, loc, z);
    StoreOp::create(builder, loc, after, x);
    StoreOp::create(builder, loc, before, z);
    return mlir::success();
  };
  return succeeded(lowerForEach(half, e.getExprLoc(), body)) ? half.count
                                                             : Value();
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

/// The pointer before it became a `void *`.
static const clang::Expr *stripVoid(const clang::Expr *e) {
  while (const auto *cast = dyn_cast<ImplicitCastExpr>(e->IgnoreParens())) {
    if (cast->getCastKind() != CK_BitCast && cast->getCastKind() != CK_NoOp)
      break;
    e = cast->getSubExpr();
  }
  return e;
}

/// The number of elements in a number of bytes: `n * sizeof(double)`,
/// `sizeof(a)`, a constant; null, after a refusal, if it is not known.
Value FunctionLowering::lowerBytes(const clang::Expr &e, QualType element) {
  uint64_t size = ast.getTypeSizeInChars(element).getQuantity();
  const clang::Expr *inner = e.IgnoreParenImpCasts();
  auto isSize = [&](const clang::Expr *part) {
    const auto *trait =
        dyn_cast<UnaryExprOrTypeTraitExpr>(part->IgnoreParenImpCasts());
    return trait && trait->getKind() == UETT_SizeOf &&
           uint64_t(ast.getTypeSizeInChars(trait->getTypeOfArgument())
                        .getQuantity()) == size;
  };
  if (const auto *product = dyn_cast<BinaryOperator>(inner);
      product && product->getOpcode() == BO_Mul) {
    if (isSize(product->getRHS()))
      return lowerCount(*product->getLHS());
    if (isSize(product->getLHS()))
      return lowerCount(*product->getRHS());
  }
  if (std::optional<llvm::APSInt> bytes = inner->getIntegerConstantExpr(ast);
      bytes && bytes->getZExtValue() % size == 0)
    return adgen::createConstant(builder, at(e.getExprLoc()),
                                 mapType(ast.IntTy),
                                 double(bytes->getZExtValue() / size));
  return refuseExpression(e);
}

Value FunctionLowering::lowerMemory(const CallExpr &e, bool isCopy) {
  const clang::Expr *first = stripVoid(e.getArg(0));
  const clang::Expr *second = stripVoid(e.getArg(1));
  QualType element = getPointee(first->getType());
  bool isAccepted =
      !element.isNull() && mapContent(element) && isCopyable(element);
  if (isCopy)
    isAccepted &= !getPointee(second->getType()).isNull() &&
                  ast.hasSameUnqualifiedType(getPointee(second->getType()),
                                             element);
  else
    isAccepted &= mapType(element) &&
                  second->isIntegerConstantExpr(ast) &&
                  second->EvaluateKnownConstInt(ast).isZero();
  if (!isAccepted)
    return refuseCall(e);
  Value to = lowerIterator(*first);
  Value from = to && isCopy ? lowerIterator(*second) : to;
  Value count = from ? lowerBytes(*e.getArg(2), element) : Value();
  if (!count)
    return {};
  Location loc = at(e.getExprLoc());
  Sequence target{{}, to, count, element};
  if (isCopy)
    return lowerCopy(e, Sequence{{}, from, count, element}, target) ? to : Value();
  mlir::Type type = mapType(element);
  return lowerStores(e, target,
                     [&](Value) {
                       return adgen::createConstant(builder, loc, type, 0);
                     })
             ? to
             : Value();
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

Value FunctionLowering::lowerAlgorithm(const CallExpr &e) {
  Algorithm algorithm = *findAlgorithm(e);
  Location loc = at(e.getExprLoc());
  auto argument = [&](unsigned i) -> const clang::Expr & {
    return *e.getArg(i);
  };
  auto function = [&](unsigned i) {
    return i < e.getNumArgs() ? e.getArg(i) : nullptr;
  };
  switch (algorithm) {
  case Algorithm::Fill:
  case Algorithm::FillN: {
    std::optional<Sequence> to;
    if (algorithm == Algorithm::Fill)
      to = lowerRange(argument(0), argument(1));
    else if (Value count = lowerCount(argument(1)))
      to = lowerOpenRange(argument(0), count);
    Value value = to ? lowerValue(&argument(2)) : Value();
    return value ? lowerStores(e, *to, [&](Value) { return value; }) : Value();
  }
  case Algorithm::Copy: {
    std::optional<Sequence> from = lowerRange(argument(0), argument(1));
    std::optional<Sequence> to;
    if (from)
      to = lowerOpenRange(argument(2), from->count);
    return to ? lowerCopy(e, *from, *to) : Value();
  }
  case Algorithm::CopyN: {
    Value count = lowerCount(argument(1));
    std::optional<Sequence> from, to;
    if (count)
      from = lowerOpenRange(argument(0), count);
    if (from)
      to = lowerOpenRange(argument(2), count);
    return to ? lowerCopy(e, *from, *to) : Value();
  }
  case Algorithm::ForEach:
    return lowerElementwise(e);
  case Algorithm::Accumulate:
    return lowerReduction(e, 2, function(3), nullptr);
  case Algorithm::InnerProduct:
    return lowerReduction(e, 3, function(4), function(5));
  case Algorithm::TransformReduce:
    return lowerReduction(e, 2, function(3), function(4));
  case Algorithm::Count:
  case Algorithm::CountIf:
    return lowerCounting(e, algorithm == Algorithm::CountIf);
  case Algorithm::AnyOf:
  case Algorithm::AllOf:
  case Algorithm::NoneOf:
    return lowerSearch(e, algorithm != Algorithm::AllOf, algorithm == Algorithm::AnyOf);
  case Algorithm::Transform:
    return lowerTransform(e);
  case Algorithm::Iota: {
    std::optional<Sequence> to = lowerRange(argument(0), argument(1));
    Value value = to ? lowerValue(&argument(2)) : Value();
    if (!value)
      return {};
    Value next = createGenerated(
        "next", value,
        spelling.type(argument(2).getType().getUnqualifiedType()), loc);
    return lowerStores(e, *to, [&](Value) -> Value {
      Value current = LoadOp::create(builder, loc, next);
      Value one = adgen::createConstant(builder, loc, current.getType(), 1);
      StoreOp::create(builder, loc, createBinary(BO_Add, current, one, loc),
                      next);
      return current;
    });
  }
  case Algorithm::Reverse:
    return lowerReverse(e);
  case Algorithm::MaxElement:
  case Algorithm::MinElement: {
    auto found = lowerExtremum(e, algorithm == Algorithm::MaxElement);
    if (found && found->first.isReversed)
      return refuseCall(e);
    return found ? createRangePointer(found->first, found->second, loc)
                 : Value();
  }
  case Algorithm::Distance: {
    mlir::Type type = lowerType(e.getType(), e.getExprLoc());
    Value first = type && !getPointee(argument(0).getType()).isNull()
                      ? lowerIterator(argument(0))
                      : Value();
    Value last = first ? lowerIterator(argument(1)) : Value();
    if (!last)
      return type ? refuseCall(e) : Value();
    return createDistance(last, first, type, loc);
  }
  case Algorithm::Next:
  case Algorithm::Prev: {
    Value base = !getPointee(argument(0).getType()).isNull()
                     ? lowerIterator(argument(0))
                     : refuseCall(e);
    Value count = base ? lowerCount(argument(1)) : Value();
    return count ? createOffset(base, count, algorithm == Algorithm::Prev, loc)
                 : Value();
  }
  case Algorithm::Memcpy:
    return lowerMemory(e, /*isCopy=*/true);
  case Algorithm::Memset:
    return lowerMemory(e, /*isCopy=*/false);
  }
  llvm_unreachable("no such algorithm");
}
