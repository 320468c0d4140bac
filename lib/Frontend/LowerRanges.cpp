//===- LowerRanges.cpp - Range-based loops --------------------------------===//
//
//   for (double v : a) B     for (int i = 0; i < 3; ++i) { double v = a[i]; B }
//
// The counter is the output's own. A reference is bound to the element.
//
//===----------------------------------------------------------------------===//
#include "Construction.h"
#include "Lowering.h"
#include "Sequences.h"
#include "Subobjects.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace adgen;
using mlir::Value;

/// `for (double v : x)`.
static std::string quoteHead(const ASTContext &ast, const CXXForRangeStmt &s) {
  return quoteSource(ast, {s.getForLoc(), s.getRParenLoc()});
}

/// Makes the loop's variable, of the element at `place` of type `type`.
mlir::LogicalResult FunctionLowering::bindElement(const CXXForRangeStmt &s,
                                                  Value place, QualType type) {
  const VarDecl &variable = *s.getLoopVariable();
  SourceLocation loc = variable.getLocation();
  QualType own = variable.getType();
  bool isSame = ast.hasSameUnqualifiedType(own.getNonReferenceType(), type);
  if (const auto *bindings = dyn_cast<DecompositionDecl>(&variable))
    return bindParts(*bindings, place, !own->isReferenceType());
  StatementScope scope(*this, &variable, [&] { return quoteHead(ast, s); });
  // `for (B &b : v)`, of elements of a derived class.
  const auto *init = dyn_cast_or_null<CastExpr>(variable.getInit());
  if (own->isReferenceType() && init && isBaseCast(*init)) {
    place = Subobjects(*this).convert(place, *init);
    if (!place)
      return mlir::failure();
    isSame = ast.hasSameUnqualifiedType(own.getNonReferenceType(), init->getType());
  }
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
    Construction made = constructCopyOf(place, type, loc);
    Value copy = createObject(own.getUnqualifiedType(), local, made, loc);
    variables[&variable] = {local, {copy}, {}, nullptr};
    return mlir::success(bool(copy));
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

/// The elements of `{a, b}` where a `std::initializer_list` is made of them; null for
/// another expression.
static const InitListExpr *findListed(const clang::Expr *e) {
  const auto *list = dyn_cast<CXXStdInitializerListExpr>(stripWrappers(e));
  return list ? dyn_cast<InitListExpr>(stripWrappers(list->getSubExpr())) : nullptr;
}

mlir::LogicalResult FunctionLowering::lowerRangeFor(const CXXForRangeStmt &s) {
  llvm::SaveAndRestore leaves(broken, false);
  const clang::Expr *range = s.getRangeInit();
  const InitListExpr *listed = findListed(range);
  QualType type = listed ? ast.getUnqualifiedArrayType(listed->getType()) : range->getType();
  const ConstantArrayType *array = ast.getAsConstantArrayType(type);
  std::optional<Container> container = getContainer(type);
  const VarDecl *variable = s.getLoopVariable();
  bool isRange =
      array || (container && container->kind != Container::UniqueArray);
  bool isSimple = !listed || (array && (mapType(array->getElementType()) ||
                                        isSmallClass(array->getElementType())));
  if (!isRange || !mapContent(type) || !isSimple)
    return refuseStatement(s);
  if (s.getInit() && failed(lowerStatement(*s.getInit())))
    return mlir::failure();
  StatementScope scope(*this, &s, [&] { return quoteHead(ast, s); });
  mlir::Location loc = at(s.getForLoc());
  Value place;
  if (listed) {
    // An array that the loop alone has.
    auto name = builder.getStringAttr(variable->getNameAsString() + "_list");
    auto spelled = builder.getStringAttr(spelling.type(type));
    VarOp list = VarOp::create(builder, loc, placeOf(mapContent(type)),
                               LocalAttr::get(module.getContext(), nextLocal++, name,
                                              spelled, /*generated=*/false));
    list.setZeroInit(" = " + spellZero(type));
    if (array->getElementType()->isRecordType())
      describeShadow(list, type);
    place = list;
    if (failed(storeInit(listed, place)))
      return mlir::failure();
  } else {
    place = lowerObject(stripWrappers(range));
  }
  if (!place)
    return mlir::failure();
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
    if (failed(bindElement(s, found, element)))
      return mlir::failure();
    return lowerStatement(*s.getBody());
  };
  mlir::LogicalResult result = lowerCounted(
      s.getForLoc(), counter, array ? "int" : "std::size_t", count, lowerBody);
  reachable = true;
  return result;
}

//===----------------------------------------------------------------------===//
// Backwards
//===----------------------------------------------------------------------===//

static bool isNamed(const clang::Expr *e, const VarDecl &variable) {
  const auto *reference = dyn_cast<DeclRefExpr>(e->IgnoreParenImpCasts());
  return reference && reference->getDecl() == &variable;
}

/// Whether `s` uses the iterator for nothing but `*it`.
static bool isOnlyDereferenced(const Stmt *s, const VarDecl &iterator) {
  if (!s)
    return true;
  if (const auto *star = dyn_cast<CXXOperatorCallExpr>(s);
      star && star->getOperator() == OO_Star && star->getNumArgs() == 1 &&
      isNamed(star->getArg(0), iterator))
    return true;
  if (const auto *reference = dyn_cast<DeclRefExpr>(s);
      reference && reference->getDecl() == &iterator)
    return false;
  return !isa<LambdaExpr>(s) &&
         llvm::all_of(s->children(), [&](const Stmt *part) {
           return isOnlyDereferenced(part, iterator);
         });
}

/// The operands of `a != b`, also where C++20 makes it `!(a == b)`; null for others.
static std::pair<const clang::Expr *, const clang::Expr *>
findUnequal(const clang::Expr *e) {
  e = stripWrappers(e)->IgnoreParenImpCasts();
  if (const auto *rewritten = dyn_cast<CXXRewrittenBinaryOperator>(e);
      rewritten && rewritten->getOperator() == BO_NE)
    return {rewritten->getLHS(), rewritten->getRHS()};
  const auto *test = dyn_cast<CXXOperatorCallExpr>(e);
  if (!test || test->getOperator() != OO_ExclaimEqual || test->getNumArgs() != 2)
    return {};
  return {test->getArg(0), test->getArg(1)};
}

/// `for (auto it = v.rbegin(); it != v.rend(); ++it)`, where no more is done
/// with `it` than to dereference it: a loop that counts; nothing for others.
std::optional<mlir::LogicalResult>
FunctionLowering::lowerReverseFor(const ForStmt &s) {
  const auto *declaration = dyn_cast_or_null<DeclStmt>(s.getInit());
  const auto *iterator =
      declaration && declaration->isSingleDecl()
          ? dyn_cast<VarDecl>(declaration->getSingleDecl())
          : nullptr;
  if (!iterator || !iterator->getInit() || !s.getCond() || !s.getInc() ||
      s.getConditionVariable() || !getPointee(iterator->getType()).isNull() ||
      getRangeElement(iterator->getType()).isNull())
    return {};
  auto [first, last] = findUnequal(s.getCond());
  const auto *step =
      dyn_cast<CXXOperatorCallExpr>(stripWrappers(s.getInc())->IgnoreParens());
  const clang::Expr *whole =
      findWhole(iterator->getInit(), {"rbegin", "crbegin"});
  const clang::Expr *end = first && isNamed(first, *iterator)
                               ? findWhole(last, {"rend", "crend"})
                               : nullptr;
  if (!whole || !end || !isSameObject(whole, end) || !step ||
      step->getOperator() != OO_PlusPlus ||
      !isNamed(step->getArg(0), *iterator) ||
      !isOnlyDereferenced(s.getBody(), *iterator))
    return {};
  llvm::SaveAndRestore leaves(broken, false);
  StatementScope scope(*this, &s, [&] {
    return quoteSource(ast, {s.getForLoc(), s.getRParenLoc()});
  });
  QualType element = getRangeElement(iterator->getType());
  mlir::Value object = lowerObject(whole);
  if (!object || !lowerContent(element, iterator->getLocation()))
    return mlir::failure();
  mlir::Type type = mapType(ast.getSizeType());
  SourceLocation where = s.getForLoc();
  auto size = [&] { return createSize(object, at(where)); };
  auto lowerBody = [&](mlir::Value index) {
    Sequence range{object, {}, index, element, /*isReversed=*/true};
    mlir::Value place = createRangeElement(range, index, at(where));
    variables[iterator] = {createLocal(*iterator), {}, {{place}}};
    return lowerStatement(*s.getBody());
  };
  mlir::LogicalResult result =
      lowerCounted(where, type, "std::size_t", size, lowerBody);
  reachable = true;
  return result;
}
