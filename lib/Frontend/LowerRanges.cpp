//===- LowerRanges.cpp - Range-based loops --------------------------------===//
//
//   for (double v : a) B         for (int i = 0; i < 3; ++i) { double v = a[i];
//   B }
//
// The counter is the output's own. A reference is bound to the element.
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace adgen;
using mlir::Value;

/// Makes the loop's variable, of the element at `place` of type `type`.
mlir::LogicalResult FunctionLowering::bindElement(const VarDecl &variable,
                                                  Value place, QualType type) {
  SourceLocation loc = variable.getLocation();
  QualType own = variable.getType();
  bool isSame = ast.hasSameUnqualifiedType(own.getNonReferenceType(), type);
  StatementScope scope(*this, &variable,
                       [&] { return variable.getNameAsString(); });
  if (own->isReferenceType() && isSame) {
    if (own->isRValueReferenceType() &&
        !isa<AutoType>(own->getPointeeType().getTypePtr()))
      return refuseType(own, loc);
    LocalAttr local = createLocal(variable);
    variables[&variable] = {local, {namePlace(place, variable)}, {}, nullptr};
    return mlir::success();
  }
  // A temporary behind a reference is a variable as well.
  mlir::Type mapped = lowerType(own.getNonReferenceType(), loc);
  if (!mapped || !mapType(type))
    return mapped ? refuseType(type, loc) : mlir::failure();
  LocalAttr local = createLocal(variable);
  Value held = VarOp::create(builder, at(loc), placeOf(mapped), local);
  if (context.variants->pointers.isWalked(variable))
    escaped.insert(held);
  Value value = LoadOp::create(builder, at(loc), place);
  StoreOp::create(builder, at(loc), convert(value, mapped, at(loc)), held);
  variables[&variable] = {local, {held}, {}, nullptr};
  return mlir::success();
}

mlir::LogicalResult FunctionLowering::lowerRangeFor(const CXXForRangeStmt &s) {
  llvm::SaveAndRestore leaves(broken, false);
  const clang::Expr *range = s.getRangeInit();
  const ConstantArrayType *array = ast.getAsConstantArrayType(range->getType());
  const VarDecl *variable = s.getLoopVariable();
  if (!array || !range->isGLValue() || isa<DecompositionDecl>(variable))
    return refuseStatement(s);
  if (s.getInit() && failed(lowerStatement(*s.getInit())))
    return mlir::failure();
  StatementScope scope(*this, &s, [&] {
    return quoteSource(ast, {s.getForLoc(), s.getRParenLoc()});
  });
  Glvalue object = lowerGlvalue(range);
  Value place = object ? takePlace(object, *range) : Value();
  if (!place)
    return mlir::failure();
  mlir::Location loc = at(s.getForLoc());
  mlir::Type integer = mapType(ast.IntTy);
  llvm::StringRef names[] = {"i", "j", "k", "l"};
  auto local =
      LocalAttr::get(module.getContext(), nextLocal++,
                     builder.getStringAttr(names[std::min(rangeDepth, 3u)]),
                     builder.getStringAttr("int"), /*generated=*/true);
  Value counter = VarOp::create(builder, loc, placeOf(integer), local);
  StoreOp::create(builder, loc, adgen::createConstant(builder, loc, integer, 0),
                  counter);
  WhileOp loop = createLoop(s.getForLoc(), "for");
  llvm::SaveAndRestore depth(rangeDepth, rangeDepth + 1);
  auto lowerHead = [&] {
    Value count = adgen::createConstant(builder, loc, integer,
                                        double(array->getZExtSize()));
    Value index = LoadOp::create(builder, loc, counter);
    Value go = createBinary(BO_LT, index, count, loc);
    NextOp::create(builder, loc, go, mlir::ValueRange());
    return mlir::success();
  };
  auto lowerBody = [&] {
    Value index = LoadOp::create(builder, loc, counter);
    Value element = createElement(place, index, loc);
    if (failed(bindElement(*variable, element, array->getElementType())))
      return mlir::failure();
    return lowerStatement(*s.getBody());
  };
  auto lowerStep = [&] {
    Value index = LoadOp::create(builder, loc, counter);
    Value one = adgen::createConstant(builder, loc, integer, 1);
    StoreOp::create(builder, loc, createBinary(BO_Add, index, one, loc),
                    counter);
    return mlir::success();
  };
  if (failed(lowerLoopRegion(loop.getHead(), lowerHead)) ||
      failed(lowerLoopRegion(loop.getBody(), lowerBody)) ||
      failed(lowerLoopRegion(loop.getStep(), lowerStep)))
    return mlir::failure();
  reachable = true;
  return mlir::success();
}
