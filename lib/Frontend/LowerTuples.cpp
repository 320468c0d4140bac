//===- LowerTuples.cpp - What is taken apart into variables ---------------===//
//
//   std::tie(a, b) = std::make_pair(x, y);   both values, then a = …, b = …
//   std::tie(a, b) = std::tie(b, a);         a = b, b = a: not a swap
//   auto [a, b] = std::tuple{x, y};          two variables
//   auto [low, high] = std::minmax_element(…)
//   auto [v, d] = value_and_slope(x);        copies of the object's members
//   for (auto &[x, w] : points)              the members themselves
//
// A tuple that has a name is refused; a pair is a class as any other.
//
//===----------------------------------------------------------------------===//
#include "Construction.h"
#include "Lowering.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace adgen;
using mlir::Value;

/// A value, or the object that an element of reference type refers to.
struct FunctionLowering::Element {
  Value value;
  Glvalue object;
  Pointer pointer = {};
};

static const clang::Expr *stripWords(const clang::Expr *e) {
  while (true) {
    if (const auto *full = dyn_cast<FullExpr>(e))
      e = full->getSubExpr();
    else if (const auto *temporary = dyn_cast<MaterializeTemporaryExpr>(e))
      e = temporary->getSubExpr();
    else if (const auto *bound = dyn_cast<CXXBindTemporaryExpr>(e))
      e = bound->getSubExpr();
    else if (const auto *paren = dyn_cast<ParenExpr>(e))
      e = paren->getSubExpr();
    else if (const auto *cast = dyn_cast<CastExpr>(e);
             cast && (cast->getCastKind() == CK_NoOp ||
                      cast->getCastKind() == CK_ConstructorConversion))
      e = cast->getSubExpr();
    else
      return e;
  }
}

/// The name of the function of the standard library that `e` calls.
static llvm::StringRef getStdCallee(const clang::Expr *e) {
  const auto *call = dyn_cast<CallExpr>(e);
  const FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
  bool isNamed = callee && callee->isInStdNamespace() &&
                 !isa<CXXMethodDecl>(callee) && callee->getIdentifier();
  return isNamed ? callee->getName() : llvm::StringRef();
}

/// The types of the elements of a `std::pair` or `std::tuple`; nothing for
/// another type.
static llvm::SmallVector<QualType> getElementTypes(QualType type) {
  llvm::SmallVector<QualType> types;
  const auto *instance = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      type.getNonReferenceType()->getAsCXXRecordDecl());
  if (!instance || !instance->isInStdNamespace() ||
      (instance->getName() != "pair" && instance->getName() != "tuple"))
    return types;
  for (const TemplateArgument &argument :
       instance->getTemplateArgs().asArray()) {
    if (argument.getKind() == TemplateArgument::Type)
      types.push_back(argument.getAsType());
    else if (argument.getKind() == TemplateArgument::Pack)
      for (const TemplateArgument &part : argument.pack_elements())
        types.push_back(part.getAsType());
  }
  return types;
}

static bool isIgnore(const clang::Expr *e) {
  const auto *reference = dyn_cast<DeclRefExpr>(e->IgnoreParenImpCasts());
  return reference && reference->getDecl()->isInStdNamespace() &&
         reference->getDecl()->getName() == "ignore";
}

/// The members of a pair that somebody else made.
mlir::LogicalResult
FunctionLowering::takeMembers(const clang::Expr &e,
                              llvm::SmallVectorImpl<Element> &elements) {
  Value object = lowerObject(&e);
  const CXXRecordDecl *record = getPlainClass(e.getType());
  if (!object || !record)
    return mlir::failure();
  for (const FieldDecl *field : record->fields()) {
    if (!mapType(field->getType()))
      return refuseType(e.getType(), e.getExprLoc(), e.getSourceRange());
    elements.push_back({{}, {createMember(object, *field, at(e.getExprLoc()))}});
  }
  return mlir::success();
}

mlir::LogicalResult
FunctionLowering::lowerElements(const clang::Expr &e,
                                llvm::SmallVectorImpl<Element> &elements) {
  const clang::Expr *made = stripWords(&e);
  if (auto extremes = lowerExtremes(*made)) {
    elements.push_back({{}, {}, {{extremes->first}}});
    elements.push_back({{}, {}, {{extremes->second}}});
    return mlir::success(extremes->second);
  }
  llvm::SmallVector<QualType> types = getElementTypes(made->getType());
  llvm::SmallVector<const clang::Expr *> arguments;
  llvm::StringRef name = getStdCallee(made);
  bool refers = name == "tie" || name == "forward_as_tuple";
  if (const auto *call = dyn_cast<CallExpr>(made);
      call && (refers || name == "make_pair" || name == "make_tuple"))
    arguments.assign(call->arg_begin(), call->arg_end());
  if (const auto *construction = dyn_cast<CXXConstructExpr>(made)) {
    bool isCopy =
        construction->getNumArgs() == 1 &&
        ast.hasSameUnqualifiedType(construction->getArg(0)->getType(),
                                   made->getType());
    if (isCopy)
      return lowerElements(*construction->getArg(0), elements);
    arguments.assign(construction->arg_begin(), construction->arg_end());
  }
  if (!refers && !types.empty() && arguments.empty() && mapContent(made->getType()))
    return takeMembers(*made, elements);
  bool isKnown = !types.empty() && types.size() == arguments.size();
  for (auto [type, argument] : llvm::zip(types, arguments))
    isKnown &= mapType(type.getNonReferenceType()) &&
               mapType(argument->getType()) &&
               type->isReferenceType() == refers;
  if (!isKnown)
    return refuseType(made->getType(), made->getExprLoc(),
                      made->getSourceRange());
  if (refers) {
    for (const clang::Expr *argument : arguments) {
      Glvalue object = lowerGlvalue(argument);
      if (!object)
        return mlir::failure();
      if (object.isCopy)
        return mlir::success(bool(refuseExpression(*argument)));
      elements.push_back({{}, object});
    }
    return mlir::success();
  }
  llvm::SmallVector<Value> values;
  if (!lowerArguments(arguments, values))
    return mlir::failure();
  for (auto [value, type] : llvm::zip_equal(values, types))
    elements.push_back(
        {convert(value, mapType(type), at(made->getExprLoc())), {}});
  return mlir::success();
}

bool FunctionLowering::isTupleAssignment(const CallExpr &e) {
  const auto *operation = dyn_cast<CXXOperatorCallExpr>(&e);
  return operation && operation->getOperator() == OO_Equal &&
         getStdCallee(stripWords(operation->getArg(0))) == "tie";
}

mlir::LogicalResult
FunctionLowering::lowerTupleAssignment(const CXXOperatorCallExpr &e) {
  llvm::SmallVector<Element> elements;
  if (failed(lowerElements(*e.getArg(1), elements)))
    return mlir::failure();
  const auto *tie = cast<CallExpr>(stripWords(e.getArg(0)));
  llvm::SmallVector<Glvalue> targets;
  for (const clang::Expr *argument : tie->arguments()) {
    targets.push_back(isIgnore(argument) ? Glvalue() : lowerGlvalue(argument));
    if (!targets.back() && !isIgnore(argument))
      return mlir::failure();
  }
  // Positions in a container are declared, not assigned to.
  if (!elements.empty() && elements.front().pointer)
    return mlir::success(bool(refuseExpression(*e.getArg(1))));
  // One element after the other, in their order.
  for (auto [element, target, argument] :
       llvm::zip_equal(elements, targets, tie->arguments())) {
    if (!target)
      continue;
    mlir::Type type = lowerType(argument->getType(), argument->getExprLoc());
    if (!type)
      return mlir::failure();
    Value value = element.value ? element.value
                                : load(element.object, argument->getExprLoc());
    if (failed(store(convert(value, type, at(argument->getExprLoc())), target,
                     *argument)))
      return mlir::failure();
  }
  return mlir::success();
}

/// Whether `e` is a pair or tuple of values that are given one by one.
static bool isListed(const clang::Expr *e) {
  const auto *construction = dyn_cast<CXXConstructExpr>(e);
  unsigned count = getElementTypes(e->getType()).size();
  return count && (construction ? construction->getNumArgs() == count
                                : !getStdCallee(e).empty());
}

/// Where the part of `object` is that the binding names.
Value FunctionLowering::findPart(Value object, QualType type,
                                 const BindingDecl &binding, unsigned index) {
  mlir::Location loc = at(binding.getLocation());
  if (ast.getAsConstantArrayType(type))
    return createElement(object, index, loc);
  if (std::optional<Container> container = getContainer(type))
    return createContainerElement(
        object, adgen::createConstant(builder, loc, mapType(ast.IntTy), index),
        container->element, loc);
  if (!getElementTypes(type).empty())
    return createMember(
        object, **std::next(getPlainClass(type)->field_begin(), index), loc);
  const auto *member =
      dyn_cast_or_null<MemberExpr>(binding.getBinding()->IgnoreParenImpCasts());
  const auto *field =
      member ? dyn_cast<FieldDecl>(member->getMemberDecl()) : nullptr;
  bool isAccepted = field && !field->isBitField() && mapContent(field->getType());
  return isAccepted ? createMember(object, *field, loc) : Value();
}

/// Names the parts of `object`, or makes variables of them.
mlir::LogicalResult
FunctionLowering::bindParts(const DecompositionDecl &variable, Value object,
                            bool isCopy) {
  QualType type = variable.getType().getNonReferenceType();
  if (!mapContent(type) || !isa<ObjectType, ArrayType>(mapContent(type)))
    return refuseVariable(variable);
  for (auto [index, binding] : llvm::enumerate(variable.bindings())) {
    SourceLocation where = binding->getLocation();
    Value part = findPart(object, type, *binding, index);
    QualType own = binding->getType().getNonReferenceType().getUnqualifiedType();
    if (!part || (isCopy && !isCopyable(own)))
      return refuseVariable(variable);
    LocalAttr local = createLocal(*binding);
    if (!isCopy) {
      variables[binding] = {local, {namePlace(part, *binding)}, {}, nullptr};
      continue;
    }
    Construction made = constructCopyOf(part, own, where);
    Value place = createObject(own, local, made, where);
    if (!place)
      return mlir::failure();
    variables[binding] = {local, {place}, {}, nullptr};
  }
  return mlir::success();
}

mlir::LogicalResult
FunctionLowering::lowerBindings(const DecompositionDecl &variable) {
  const clang::Expr *init = variable.getInit();
  if (!init || variable.isStaticLocal())
    return refuseVariable(variable);
  StatementScope scope(*this, &variable, [&] {
    return quoteSource(ast, {variable.getLocation(), variable.getEndLoc()});
  });
  if (!isListed(stripWords(init))) {
    const clang::Expr *made = stripWrappers(init);
    // Of an array each element is copied.
    const auto *elements = dyn_cast<ArrayInitLoopExpr>(made);
    Value object = lowerObject(
        elements ? elements->getCommonExpr()->getSourceExpr() : made);
    if (!object)
      return mlir::failure();
    bool isCopy = !variable.getType()->isReferenceType() || made->isPRValue();
    return bindParts(variable, object, isCopy);
  }
  llvm::SmallVector<Element> elements;
  if (failed(lowerElements(*init, elements)))
    return mlir::failure();
  mlir::Location declared = at(variable.getLocation());
  for (auto [binding, element] :
       llvm::zip_equal(variable.bindings(), elements)) {
    LocalAttr local = createLocal(*binding);
    Glvalue object = element.object;
    if (element.value) {
      object.place = VarOp::create(
          builder, declared,
          PlaceType::get(module.getContext(), element.value.getType()), local);
      StoreOp::create(builder, declared, element.value, object.place);
    } else if (object.value) {
      // A temporary is gone by now.
      return refuseVariable(variable);
    }
    variables[binding] = {local, object, element.pointer, nullptr};
  }
  return mlir::success();
}
