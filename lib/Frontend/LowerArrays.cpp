//===- LowerArrays.cpp - Elements, local arrays and constant tables -------===//
//
//   a[i], m[i][j]                  ad.element %a, %i
//   p[i]                           ad.offset %p, %i
//   double a[3];                   an ad.var of an array
//   double a[2] = {1, 2.5};        its `init`, of constants
//   double a[2] = {x, y};          stores to its elements behind it
//   static const double w[] = …    outside of the function: ad.global "w"
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"

using namespace clang;
using namespace adgen;
using mlir::Location;
using mlir::Value;

//===----------------------------------------------------------------------===//
// Elements
//===----------------------------------------------------------------------===//

Value FunctionLowering::lowerIndex(const clang::Expr &e) {
  Value index = lowerValue(&e);
  if (index && index.getType().isInteger(1))
    index = convert(index, mapType(ast.IntTy), at(e.getExprLoc()));
  if (index && !isa<IntType>(index.getType()))
    return refuseExpression(e);
  return index;
}

Value FunctionLowering::createElement(Value array, Value index, Location loc) {
  auto type = cast<ArrayType>(cast<PlaceType>(array.getType()).getElement());
  return ElementOp::create(builder, loc, placeOf(type.getElement()), array,
                           index);
}

Value FunctionLowering::createElement(Value array, uint64_t index,
                                      Location loc) {
  Value number =
      adgen::createConstant(builder, loc, mapType(ast.IntTy), double(index));
  return createElement(array, number, loc);
}

/// Whether the pointer that was lowered to `place` stands for one variable.
bool FunctionLowering::isOneVariable(Value place) {
  if (!place || place.getDefiningOp<VarOp>())
    return true;
  if (!isa<mlir::BlockArgument>(place))
    return false;
  const ParmVarDecl *parameter = memory.lookup(place);
  return !parameter ||
         !isMemoryParameter(*parameter, context.variants->pointers);
}

Glvalue FunctionLowering::lowerSubscript(const ArraySubscriptExpr &e) {
  const clang::Expr *base = e.getBase();
  if (!mapContent(base->getType()) || e.getType()->isVectorType()) {
    (void)refuseExpression(e);
    return {};
  }
  // The operands in the order in which they are written.
  bool isIndexFirst = e.getLHS() == e.getIdx();
  Location loc = at(e.getExprLoc());
  Value index;
  if (isIndexFirst && !(index = lowerIndex(*e.getIdx())))
    return {};
  const auto *decay = dyn_cast<ImplicitCastExpr>(base->IgnoreParens());
  if (decay && decay->getCastKind() == CK_ArrayToPointerDecay) {
    Glvalue object = lowerGlvalue(decay->getSubExpr());
    Value array = object ? takePlace(object, *decay) : Value();
    if (array && !index)
      index = lowerIndex(*e.getIdx());
    return {array && index ? createElement(array, index, loc) : Value()};
  }
  std::optional<llvm::APSInt> number = e.getIdx()->getIntegerConstantExpr(ast);
  if (number && number->isZero() && !index) {
    Pointer pointer = lowerPointer(base);
    if (!pointer)
      return {};
    if (!pointer.isNull && isOneVariable(pointer.object.place))
      return pointer.object;
    Value place = takePlace(pointer, e);
    index = place ? lowerIndex(*e.getIdx()) : Value();
    return {index ? createOffset(place, index, false, loc) : Value()};
  }
  Value place = lowerPointerValue(base);
  if (place && !index)
    index = lowerIndex(*e.getIdx());
  return {place && index ? createOffset(place, index, false, loc) : Value()};
}

//===----------------------------------------------------------------------===//
// Local arrays
//===----------------------------------------------------------------------===//

/// The parts of a list for an array or an object; nothing for another
/// expression.
static std::optional<llvm::ArrayRef<const clang::Expr *>>
getParts(const clang::Expr *e) {
  const auto *list = dyn_cast<InitListExpr>(e);
  if (!list || list->getType()->isScalarType())
    return {};
  if (getContainer(list->getType())) {
    // The braces of a std::array's own array.
    const auto *inner = list->getNumInits() == 1
                            ? dyn_cast<InitListExpr>(list->getInit(0))
                            : nullptr;
    return inner ? getParts(inner) : llvm::ArrayRef<const clang::Expr *>();
  }
  return llvm::ArrayRef(list->getInits(), list->getNumInits());
}

bool FunctionLowering::isConstantList(const clang::Expr *e) {
  e = stripWrappers(e);
  if (auto parts = getParts(e))
    return llvm::all_of(*parts, [&](const clang::Expr *part) {
      return !part->isGLValue() && isConstantList(part);
    });
  return isa<ImplicitValueInitExpr>(e) ||
         (mapType(e->getType()) && e->isEvaluatable(ast));
}

/// Whether `{}` means the same.
static bool isAllZero(const clang::Expr *e) {
  e = stripWrappers(e);
  auto parts = getParts(e);
  return isa<ImplicitValueInitExpr>(e) || (parts && llvm::all_of(*parts, isAllZero));
}

/// The list as the text of an initializer, with `{0}` in place of a number.
std::string
FunctionLowering::spellList(const clang::Expr *e,
                            llvm::SmallVectorImpl<Value> &operands) {
  e = stripWrappers(e);
  auto parts = getParts(e);
  if (!parts && !mapType(e->getType()))
    return "{{}}";
  if (!parts) {
    operands.push_back(lowerValue(e));
    return "{" + std::to_string(operands.size() - 1) + "}";
  }
  // What is zero behind the last one that is not needs no words.
  while (!parts->empty() && isAllZero(parts->back()))
    parts = parts->drop_back();
  std::string text = "{{";
  for (auto [i, part] : llvm::enumerate(*parts))
    text += (i > 0 ? ", " : "") + spellList(part, operands);
  text += "}}";
  // The first braces within those of a std::array would be taken for its own array's.
  bool isNested = !parts->empty() && !parts->front()->getType()->isScalarType();
  return isNested && getContainer(e->getType()) ? "{{" + text + "}}" : text;
}

/// Stores an initial value, of a list one part after the other. What no list names is
/// set to zero, unless it is already.
mlir::LogicalResult FunctionLowering::storeInit(const clang::Expr *e, Value place,
                                                bool isZeroed) {
  e = stripWrappers(e);
  Location loc = at(e->getExprLoc());
  if (isa<ImplicitValueInitExpr>(e))
    return isZeroed ? mlir::success() : storeZero(place, e->getType(), *e);
  if (const auto *list = dyn_cast<InitListExpr>(e);
      list && list->getType()->isArrayType()) {
    if (!isZeroed && hasOwnZeros(*list)) {
      if (failed(storeZero(place, list->getType(), *list)))
        return mlir::failure();
      isZeroed = true;
    }
    for (auto [i, part] : llvm::enumerate(list->inits()))
      if (failed(storeInit(part, createElement(place, i, loc), isZeroed)))
        return mlir::failure();
    return mlir::success();
  }
  bool isPointer = !getPointee(e->getType()).isNull();
  if (e->getType()->isRecordType() && !isPointer)
    return storeRecord(e, place, isZeroed);
  if (!mapContent(e->getType()) || e->getType()->isArrayType())
    return mlir::success(bool(refuseExpression(*e)));
  Value value = lowerValue(e);
  if (!value)
    return mlir::failure();
  StoreOp::create(builder, loc, value, place);
  return mlir::success();
}

bool adgen::hasOwnZeros(const InitListExpr &list) {
  return list.hasArrayFiller() || llvm::any_of(list.inits(), [](const clang::Expr *e) {
           return isa<ImplicitValueInitExpr>(stripWrappers(e));
         });
}

bool adgen::hasZeros(const clang::Expr *e) {
  e = stripWrappers(e);
  const auto *list = dyn_cast<InitListExpr>(e);
  if (!list)
    return isa<ImplicitValueInitExpr>(e);
  return hasOwnZeros(*list) || llvm::any_of(list->inits(), hasZeros);
}

mlir::LogicalResult
FunctionLowering::lowerArrayVariable(const VarDecl &variable) {
  SourceLocation loc = variable.getLocation();
  mlir::Type type = lowerContent(variable.getType(), loc);
  if (!type)
    return mlir::failure();
  const clang::Expr *init = variable.getInit();
  const clang::Expr *made = init ? stripWrappers(init) : nullptr;
  const auto *list = dyn_cast_or_null<InitListExpr>(made);
  // Its objects start as a constructor leaves them.
  const auto *construction = dyn_cast_or_null<CXXConstructExpr>(made);
  if (init && !list && !construction)
    return mlir::success(bool(refuseExpression(*init)));
  bool isConstant = list && isConstantList(list);
  if (variable.isStaticLocal() && (!isConst(variable.getType()) ||
                                   !isConstant || !variable.evaluateValue()))
    return refuseVariable(variable);
  StatementScope scope(*this, &variable, [&] {
    return quoteSource(ast, {loc, variable.getEndLoc()});
  });
  LocalAttr local = createLocal(variable);
  llvm::SmallVector<Value> operands;
  std::string text;
  if (isConstant)
    text = spellList(list, operands);
  else if (list && hasZeros(list))
    text = "{{}}";
  if (llvm::is_contained(operands, Value()))
    return mlir::failure();
  if (!text.empty() && variable.getInitStyle() != VarDecl::ListInit)
    text = " = " + text;
  // Nothing is stored to it: it can be declared const, as the user did.
  if (isConst(variable.getType()) && isConstant)
    local =
        LocalAttr::get(module.getContext(), local.getId(), local.getName(),
                       builder.getStringAttr(spelling.type(variable.getType())),
                       local.getGenerated());
  VarOp place = VarOp::create(builder, at(loc), placeOf(type), local, operands,
                              text.empty() ? mlir::StringAttr()
                                           : builder.getStringAttr(text),
                              mlir::StringAttr());
  if (std::string zero = spellZero(variable.getType()); !zero.empty())
    place.setZeroInit(" = " + zero);
  if (ast.getBaseElementType(variable.getType())->isRecordType())
    describeShadow(place, variable.getType());
  variables[&variable] = {local, {place}, {}, nullptr};
  if (construction)
    return storeConstructed(*construction, place);
  return isConstant || !list ? mlir::success() : storeInit(list, place, hasZeros(list));
}

//===----------------------------------------------------------------------===//
// Tables
//===----------------------------------------------------------------------===//

Value FunctionLowering::lowerTable(const DeclRefExpr &e) {
  const auto &variable = *cast<VarDecl>(e.getDecl());
  SourceLocation loc = e.getExprLoc();
  auto refuseNamed = [&](Diag diag) {
    (void)refuse(diag, loc, {variable.getQualifiedNameAsString()});
    ast.getDiagnostics().Report(variable.getLocation(), diag::note_declared_at);
    return Value();
  };
  mlir::Type type = lowerContent(variable.getType(), loc);
  if (!type)
    return {};
  if (variable.getTLSKind() != VarDecl::TLS_None)
    return refuseNamed(Diag::ThreadLocal);
  if (!isConst(variable.getType()))
    return refuseNamed(Diag::MutableGlobal);
  const VarDecl *definition = nullptr;
  const clang::Expr *init = variable.getAnyInitializer(definition);
  std::string name = spellReference(e);
  if (name.empty() || !variable.hasGlobalStorage() ||
      variable.getType()->isReferenceType())
    return refuseExpression(e);
  if (!init || !definition->evaluateValue())
    return refuseNamed(Diag::UnknownConstant);
  return GlobalOp::create(builder, at(loc), placeOf(type), name);
}
