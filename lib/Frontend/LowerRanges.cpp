//===- LowerRanges.cpp - Range-based loops --------------------------------===//
//
//   for (double v : a) B     for (int i = 0; i < 3; ++i) { double v = a[i]; B }
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
  if (!own->isReferenceType() && isSame && isCopyable(type) && !mapType(type) &&
      getPointee(type).isNull()) {
    LocalAttr local = createLocal(variable);
    mlir::StringAttr zero = builder.getStringAttr(" = {{}}");
    Value copy =
        VarOp::create(builder, at(loc), placeOf(mapContent(own)), local,
                      mlir::ValueRange(), mlir::StringAttr(), zero);
    if (auto shape = describeShape(own); shape && *shape)
      copy.getDefiningOp()->setAttr("ad.shape", *shape);
    variables[&variable] = {local, {copy}, {}, nullptr};
    return copyObject(copy, place, type, loc, /*isNew=*/true);
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
  QualType type = range->getType();
  const ConstantArrayType *array = ast.getAsConstantArrayType(type);
  std::optional<Container> container = getContainer(type);
  const VarDecl *variable = s.getLoopVariable();
  bool isRange =
      array || (container && container->kind != Container::UniqueArray);
  if (!isRange || !mapContent(type) || isa<DecompositionDecl>(variable))
    return refuseStatement(s);
  if (s.getInit() && failed(lowerStatement(*s.getInit())))
    return mlir::failure();
  StatementScope scope(*this, &s, [&] {
    return quoteSource(ast, {s.getForLoc(), s.getRParenLoc()});
  });
  Value place = lowerObject(stripWrappers(range));
  if (!place)
    return mlir::failure();
  mlir::Location loc = at(s.getForLoc());
  mlir::Type counter = mapType(array ? ast.IntTy : ast.getSizeType());
  auto count = [&]() -> Value {
    if (array)
      return adgen::createConstant(builder, loc, counter,
                                   double(array->getZExtSize()));
    return QueryOp::create(builder, loc, counter, "{0}.size()", place,
                           mlir::ValueRange());
  };
  auto lowerBody = [&](Value index) {
    QualType element = array ? array->getElementType() : container->element;
    Value found = array ? createElement(place, index, loc)
                        : createContainerElement(place, index, element, loc);
    if (failed(bindElement(*variable, found, element)))
      return mlir::failure();
    return lowerStatement(*s.getBody());
  };
  mlir::LogicalResult result = lowerCounted(
      s.getForLoc(), counter, array ? "int" : "std::size_t", count, lowerBody);
  reachable = true;
  return result;
}
