//===- LowerReductions.cpp - Algorithms that make one number of a range ---===//
//
//   std::accumulate, reduce                         a loop that adds
//   std::inner_product, transform_reduce            a loop that multiplies and adds
//   std::count, count_if                            a loop that counts
//   std::any_of, all_of, none_of                    a loop that looks until it knows
//
// With functions in place of the sum and the product, these are called.
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"
#include "Sequences.h"

using namespace clang;
using namespace adgen;
using mlir::Location;
using mlir::Value;

/// The parts of these loops.
class FunctionLowering::Reductions {
public:
  Reductions(FunctionLowering &lowering, const CallExpr &e)
      : f(lowering), builder(lowering.builder), e(e), loc(lowering.at(e.getExprLoc())) {}

  Value combine(const clang::Expr *function, std::shared_ptr<const Closure> closure,
                BinaryOperatorKind otherwise, Value x, Value z,
                llvm::ArrayRef<QualType> types);
  mlir::LogicalResult lowerTests(bool isFunction, Value stopped,
                                 llvm::function_ref<mlir::LogicalResult(Value)> body);

private:
  FunctionLowering &f;
  mlir::OpBuilder &builder;
  const CallExpr &e;
  Location loc;
};

/// `if (condition) body`
static mlir::LogicalResult createIf(mlir::OpBuilder &builder, Value condition, Location loc,
                                   llvm::function_ref<mlir::LogicalResult()> body) {
  IfOp branch = IfOp::create(builder, loc, mlir::TypeRange(), condition,
                             mlir::ArrayAttr(), /*expression=*/false);
  mlir::OpBuilder::InsertionGuard guard(builder);
  builder.createBlock(&branch.getThenRegion());
  mlir::LogicalResult result = body();
  YieldOp::create(builder, loc, mlir::ValueRange());
  builder.createBlock(&branch.getElseRegion());
  YieldOp::create(builder, loc, mlir::ValueRange());
  return result;
}

void FunctionLowering::storeIf(Value condition, Value value, Value place, Location loc) {
  (void)createIf(builder, condition, loc, [&] {
    StoreOp::create(builder, loc, value, place);
    return mlir::success();
  });
}

/// `function(x, z)`; without a function `x + z` or `x * z`.
Value FunctionLowering::Reductions::combine(const clang::Expr *function,
                                            std::shared_ptr<const Closure> closure,
                                            BinaryOperatorKind otherwise, Value x,
                                            Value z, llvm::ArrayRef<QualType> types) {
  if (!function) {
    auto [a, b] = f.promote(x, z, loc);
    return a ? f.createBinary(otherwise, a, b, loc) : f.refuseCall(e);
  }
  llvm::SmallVector<Glvalue> objects = {{{}, x}};
  if (z)
    objects.push_back({{}, z});
  Value result;
  if (failed(f.applyFunction(e, *function, closure, objects, types, result)))
    return {};
  return result ? result : f.refuseCall(e);
}

/// Of the range: the initial value is argument `initial`; `ofSum` and `ofProduct` are
/// called in place of the sum and of the product, if there are such functions.
Value FunctionLowering::lowerReduction(const CallExpr &e, unsigned initialPosition,
                                       const clang::Expr *ofSum,
                                       const clang::Expr *ofProduct) {
  Reductions reductions(*this, e);
  Location loc = at(e.getExprLoc());
  bool isOfTwo = initialPosition == 3;
  std::optional<Sequence> range = lowerRange(*e.getArg(0), *e.getArg(1));
  std::optional<Sequence> other;
  if (range && isOfTwo)
    other = lowerOpenRange(*e.getArg(2), range->count);
  if (!range || (isOfTwo && !other))
    return {};
  if (!mapType(range->element) || (other && !mapType(other->element)) ||
      !mapType(e.getType()))
    return refuseCall(e);
  const clang::Expr *start = e.getArg(initialPosition);
  Value initial = lowerValue(start);
  std::shared_ptr<const Closure> adding, multiplying;
  if (!initial || (ofSum && failed(lowerCallable(*ofSum, adding))) ||
      (ofProduct && failed(lowerCallable(*ofProduct, multiplying))))
    return {};
  QualType type = e.getType(), element = range->element.getUnqualifiedType();
  Value sum = createGenerated(
      "sum", initial, spelling.type(start->getType().getUnqualifiedType()), loc);
  auto body = [&](Value index) -> mlir::LogicalResult {
    Value term = LoadOp::create(builder, loc, createRangeElement(*range, index, loc));
    Value factor;
    llvm::SmallVector<QualType> types = {element};
    if (isOfTwo) {
      factor = LoadOp::create(builder, loc, createRangeElement(*other, index, loc));
      types.push_back(other->element.getUnqualifiedType());
    }
    QualType ofTerm = element;
    if (isOfTwo || ofProduct) {
      term = reductions.combine(ofProduct, multiplying, BO_Mul, term, factor, types);
      ofTerm = type;
    }
    if (!term)
      return mlir::failure();
    Value before = LoadOp::create(builder, loc, sum);
    Value after =
        reductions.combine(ofSum, adding, BO_Add, before, term, {type, ofTerm});
    if (!after)
      return mlir::failure();
    StoreOp::create(builder, loc, convert(after, before.getType(), loc), sum);
    return mlir::success();
  };
  if (failed(lowerForEach(*range, e.getExprLoc(), body)))
    return {};
  return LoadOp::create(builder, loc, sum);
}

/// Calls `body` with each element of the range and whether the test of the call is
/// passed by it: that of a function, or equality to a value.
mlir::LogicalResult FunctionLowering::Reductions::lowerTests(
    bool isFunction, Value stopped,
    llvm::function_ref<mlir::LogicalResult(Value)> body) {
  std::optional<Sequence> range = f.lowerRange(*e.getArg(0), *e.getArg(1));
  if (!range)
    return mlir::failure();
  if (!f.mapType(range->element))
    return mlir::success(bool(f.refuseCall(e)));
  const clang::Expr &test = *e.getArg(2);
  std::shared_ptr<const Closure> closure;
  Value value = isFunction ? Value() : f.lowerValue(&test);
  if (isFunction ? failed(f.lowerCallable(test, closure)) : !value)
    return mlir::failure();
  return f.lowerForEach(*range, e.getExprLoc(), [&](Value index) {
    auto look = [&]() -> mlir::LogicalResult {
      Value x = LoadOp::create(builder, loc, f.createRangeElement(*range, index, loc));
      Value passed;
      if (isFunction) {
        passed = combine(&test, closure, BO_Add, x, {},
                         {range->element.getUnqualifiedType()});
        if (passed && !passed.getType().isInteger(1))
          passed = f.convert(passed, builder.getI1Type(), loc);
      } else if (auto [a, b] = f.promote(x, value, loc); a) {
        passed = f.createBinary(BO_EQ, a, b, loc);
      }
      return passed ? body(passed) : mlir::success(bool(f.refuseCall(e)));
    };
    if (!stopped)
      return look();
    Value isKnown = LoadOp::create(builder, loc, stopped);
    Value goesOn = NotOp::create(builder, loc, isKnown);
    return createIf(builder, goesOn, loc, look);
  });
}

Value FunctionLowering::lowerCounting(const CallExpr &e, bool isFunction) {
  Location loc = at(e.getExprLoc());
  auto integer = dyn_cast_or_null<IntType>(mapType(e.getType()));
  if (!integer)
    return refuseCall(e);
  Value zero = adgen::createConstant(builder, loc, integer, 0);
  Value count = createGenerated("count", zero, spellCount(integer), loc);
  auto body = [&](Value passed) {
    return createIf(builder, passed, loc, [&] {
      Value before = LoadOp::create(builder, loc, count);
      Value one = adgen::createConstant(builder, loc, integer, 1);
      StoreOp::create(builder, loc, createBinary(BO_Add, before, one, loc), count);
      return mlir::success();
    });
  };
  if (failed(Reductions(*this, e).lowerTests(isFunction, {}, body)))
    return {};
  return LoadOp::create(builder, loc, count);
}

/// Looks for an element that passes the test, or for one that does not; `whenFound` is
/// what the call gives then.
Value FunctionLowering::lowerSearch(const CallExpr &e, bool forPassing, bool whenFound) {
  Location loc = at(e.getExprLoc());
  Value no = adgen::createConstant(builder, loc, builder.getI1Type(), 0);
  Value found = createGenerated("found", no, "bool", loc);
  auto body = [&](Value passed) {
    if (!forPassing)
      passed = NotOp::create(builder, loc, passed);
    StoreOp::create(builder, loc, passed, found);
    return mlir::success();
  };
  if (failed(Reductions(*this, e).lowerTests(/*isFunction=*/true, found, body)))
    return {};
  Value result = LoadOp::create(builder, loc, found);
  return whenFound ? result : Value(NotOp::create(builder, loc, result));
}
