//===- LowerLibraryOutputs.cpp - Library functions that write variables ---===//
//
//   std::swap(a, b)  std::exchange(a, x)   loads and stores
//   std::modf(x, &w)                       x - trunc(x), w = trunc(x)
//   std::frexp(x, &n)                      ldexp(x, -n), n = ilogb(x) + 1
//   sincos(x, &s, &c)                      s = sin(x), c = cos(x)
//   std::remquo(x, y, &q)                  remainder(x, y), and the function
//                                          itself for q, which has no derivative
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"

#include "llvm/Support/Path.h"

using namespace clang;
using namespace adgen;
using llvm::StringRef;
using mlir::Location;
using mlir::Value;

/// The declaration of `std::remquo` for reals of type `type`: it gives the
/// quotient, whose bits beyond the last three are the library's own affair.
mlir::func::FuncOp FunctionLowering::declareRemquo(const FunctionDecl &callee,
                                                   QualType type) {
  std::string real = type.getAsString(ast.getPrintingPolicy());
  std::string symbol = "std::remquo(" + real + ", " + real + ", int *)";
  if (auto known = module.lookupSymbol<mlir::func::FuncOp>(symbol))
    return known;
  needCallee(callee);
  mlir::OpBuilder::InsertionGuard guard(builder);
  builder.setInsertionPointToEnd(module.getBody());
  mlir::Type value = mapType(type);
  mlir::Type place = PlaceType::get(module.getContext(), mapType(ast.IntTy));
  mlir::FileLineColLoc loc = position(callee.getLocation());
  auto declared = mlir::func::FuncOp::create(
      builder, loc, symbol,
      builder.getFunctionType({value, value, place}, {value}));
  declared.setPrivate();
  auto text = [&](StringRef t) { return builder.getStringAttr(t); };
  declared->setAttr("ad.name", text("std::remquo"));
  declared->setAttr("ad.spelling", text("std::remquo"));
  declared->setAttr("ad.base", text("remquo"));
  declared->setAttr("ad.namespace", builder.getArrayAttr({}));
  declared->setAttr("ad.file", text(llvm::sys::path::filename(loc.getFilename())));
  declared->setAttr("ad.line", builder.getI64IntegerAttr(loc.getLine()));
  declared->setAttr("ad.return_type", text(real));
  declared->setAttr("ad.inactive", builder.getUnitAttr());
  std::pair<StringRef, std::string> parameters[] = {
      {"x", real}, {"y", real}, {"quotient", "int"}};
  for (auto [i, parameter] : llvm::enumerate(parameters)) {
    auto [name, spelled] = parameter;
    declared.setArgAttr(i, "ad.local",
                        LocalAttr::get(module.getContext(), i, text(name),
                                       text(spelled), /*generated=*/false));
    declared.setArgAttr(i, "ad.type", text(i == 2 ? "int *" : spelled));
  }
  declared.setArgAttr(2, "ad.pass", text("pointer"));
  declared.setArgAttr(2, "ad.out", builder.getI64IntegerAttr(1));
  return declared;
}

mlir::LogicalResult FunctionLowering::lowerRemquo(const CallExpr &e,
                                                  const FunctionDecl &callee,
                                                  Value &result) {
  SourceLocation loc = e.getExprLoc();
  mlir::Type type = lowerType(e.getType(), loc);
  Value x = type ? lowerValue(e.getArg(0)) : Value();
  Value y = x ? lowerValue(e.getArg(1)) : Value();
  Pointer quotient = y ? lowerPointer(e.getArg(2)) : Pointer();
  if (!quotient)
    return mlir::failure();
  if (quotient.isNull)
    return refuse(Diag::NullDereference, loc);
  x = convert(x, type, at(loc));
  y = convert(y, type, at(loc));
  Value place = quotient.object.place;
  if (!place)
    place = createTemporary(
        adgen::createConstant(builder, at(loc), mapType(ast.IntTy), 0),
        ast.IntTy, loc);
  mlir::func::FuncOp target = declareRemquo(callee, e.getType());
  int64_t ties[] = {-1, -1, 1};
  CallOp::create(builder, at(loc), mlir::TypeRange{type}, target.getSymName(),
                 mlir::ValueRange{x, y, place},
                 builder.getDenseI64ArrayAttr(ties), mlir::ArrayAttr(),
                 mlir::DenseI64ArrayAttr(), mlir::DenseI64ArrayAttr(),
                 mlir::DenseI64ArrayAttr(), mlir::IntegerAttr(),
                 /*effects=*/false);
  result =
      lookupFunction("remainder", 2)->build(builder, at(loc), {x, y});
  if (!quotient.object.place)
    return store(load({place, {}}, loc), quotient.object, e);
  return mlir::success();
}

std::optional<mlir::LogicalResult>
FunctionLowering::lowerVariableCall(const CallExpr &e,
                                    const FunctionDecl &callee, StringRef stem,
                                    Value &result) {
  bool inStd = callee.isInStdNamespace();
  unsigned arity = e.getNumArgs();
  Location loc = at(e.getExprLoc());
  if (inStd && (stem == "swap" || stem == "exchange") && arity == 2) {
    if (!mapContent(e.getArg(0)->getType()) ||
        e.getArg(0)->getType()->isArrayType())
      return {};
    bool isContainer = getContainer(e.getArg(0)->getType()).has_value();
    if (isContainer && stem == "exchange")
      return {};
    Glvalue x = lowerGlvalue(e.getArg(0));
    if (isContainer) {
      Glvalue other = x ? lowerGlvalue(e.getArg(1)) : Glvalue();
      if (!other)
        return mlir::failure();
      SwapOp swap = SwapOp::create(builder, loc, x.place, other.place);
      if (getContainer(e.getArg(0)->getType())->kind == Container::Array)
        swap->setAttr("ad.fixed_shape", builder.getUnitAttr());
      return mlir::success();
    }
    if (QualType type = e.getArg(0)->getType();
        !mapType(type) && type->isRecordType() && getPointee(type).isNull()) {
      Glvalue other = x && stem == "swap" && isCopyable(type)
                          ? lowerGlvalue(e.getArg(1))
                          : Glvalue();
      if (!other)
        return mlir::failure(!x || refuseCall(e) == Value());
      return swapObjects(takePlace(x, e), takePlace(other, e), type,
                         e.getExprLoc());
    }
    Glvalue z = !x ? Glvalue()
                : e.getArg(1)->isGLValue()
                    ? lowerGlvalue(e.getArg(1))
                    : Glvalue{{}, lowerValue(e.getArg(1))};
    if (!z)
      return mlir::failure();
    Value before = load(x, e.getExprLoc());
    Value after = load(z, e.getExprLoc());
    if (stem == "exchange")
      result = before;
    if (failed(store(convert(after, before.getType(), loc), x, e)) ||
        (stem == "swap" && failed(store(before, z, e))))
      return mlir::failure();
    return mlir::success();
  }
  if (stem == "remquo" && arity == 3)
    return lowerRemquo(e, callee, result);
  bool isSplit = (stem == "modf" || stem == "frexp") && arity == 2;
  bool isSinCos = stem == "sincos" && arity == 3;
  if (!isSplit && !isSinCos)
    return {};
  Value x = lowerValue(e.getArg(0));
  Pointer first = x ? lowerPointer(e.getArg(1)) : Pointer();
  Pointer second = first && isSinCos ? lowerPointer(e.getArg(2)) : first;
  if (!first || !second)
    return mlir::failure();
  if (first.isNull || second.isNull)
    return refuse(Diag::NullDereference, e.getExprLoc());
  mlir::Type type = x.getType();
  if (!isReal(type)) {
    type = lowerType(e.getType(), e.getExprLoc());
    if (!type)
      return mlir::failure();
    x = convert(x, type, loc);
  }
  auto apply = [&](StringRef function, llvm::ArrayRef<Value> operands) {
    return lookupFunction(function, operands.size())
        ->build(builder, loc, operands);
  };
  if (isSinCos) {
    Value sine = apply("sin", x);
    Value cosine = apply("cos", x);
    if (failed(store(sine, first.object, e)) ||
        failed(store(cosine, second.object, e)))
      return mlir::failure();
    return mlir::success();
  }
  auto test = [&](StringRef function, mlir::Type type) -> Value {
    return TestOp::create(builder, loc, type, ("std::" + function).str(), x);
  };
  auto choose = [&](Value condition, llvm::function_ref<Value()> yes,
                    llvm::function_ref<Value()> no, mlir::Type type) -> Value {
    IfOp branch = IfOp::create(builder, loc, type, condition, mlir::ArrayAttr(),
                               /*expression=*/true);
    mlir::OpBuilder::InsertionGuard guard(builder);
    builder.createBlock(&branch.getThenRegion());
    yield(yes());
    builder.createBlock(&branch.getElseRegion());
    yield(no());
    return branch.getResult(0);
  };
  auto number = [&](double value) {
    return adgen::createConstant(builder, loc, type, value);
  };
  if (stem == "modf") {
    // Of an infinity nothing is left.
    result = choose(
        test("isinf", builder.getI1Type()),
        [&] { return apply("copysign", {number(0), x}); },
        [&] { return apply("fmod", {x, number(1)}); }, type);
    return store(apply("trunc", x), first.object, e);
  }
  // x = m * 2^n with 0.5 <= |m| < 1; n is 0 for 0, infinities and NaN.
  mlir::Type integer = mapType(ast.IntTy);
  Value isOrdinary = choose(
      test("isfinite", builder.getI1Type()),
      [&] { return createBinary(BO_NE, x, number(0), loc); },
      [&] { return createBool(false, loc); }, builder.getI1Type());
  Value exponent = choose(
      isOrdinary,
      [&] {
        Value one = adgen::createConstant(builder, loc, integer, 1);
        return createBinary(BO_Add, test("ilogb", integer), one, loc);
      },
      [&] { return adgen::createConstant(builder, loc, integer, 0); }, integer);
  Value opposite = NegOp::create(builder, loc, integer, exponent);
  result = apply("ldexp", {x, opposite});
  return store(exponent, first.object, e);
}
