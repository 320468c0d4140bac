//===- LowerTuples.cpp - What is taken apart into variables ---------------===//
//
//   std::tie(a, b) = std::make_pair(x, y);   both values, then a = …, b = …
//   std::tie(a, b) = std::tie(b, a);         a = b, b = a: not a swap
//   auto [a, b] = std::tuple{x, y};          two variables
//   auto [low, high] = std::minmax_element(…)
//   auto [v, d] = value_and_slope(x);        copies of the object's members
//   for (auto &[x, w] : points)              the members themselves
//   std::get<1>(t) = std::get<0>(t);         ad.member %t "1", as of a class
//
// What is not taken apart at once is an object of a class: the elements of a tuple
// are its members.
//
//===----------------------------------------------------------------------===//
#include "Construction.h"
#include "Subobjects.h"

using namespace clang;
using namespace adgen;
using mlir::Location;
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

//===----------------------------------------------------------------------===//
// Elements of objects
//===----------------------------------------------------------------------===//

std::optional<unsigned> adgen::findElement(const CallExpr &e) {
  if (getStdCallee(&e) != "get" || e.getNumArgs() != 1)
    return {};
  const TemplateArgumentList *chosen =
      e.getDirectCallee()->getTemplateSpecializationArgs();
  QualType type = e.getArg(0)->getType();
  llvm::SmallVector<QualType> types = getElementTypes(type);
  std::optional<Container> container = getContainer(type);
  size_t count = container && container->kind == Container::Array ? container->size
                                                                  : types.size();
  if (!chosen || chosen->size() == 0)
    return {};
  const TemplateArgument &which = chosen->get(0);
  if (which.getKind() == TemplateArgument::Integral) {
    uint64_t index = which.getAsIntegral().getZExtValue();
    return index < count ? std::optional<unsigned>(index) : std::nullopt;
  }
  if (which.getKind() != TemplateArgument::Type)
    return {};
  // C++ allows that only where there is one of the type.
  QualType own = which.getAsType().getCanonicalType();
  for (auto [i, element] : llvm::enumerate(types))
    if (element.getCanonicalType() == own)
      return i;
  return {};
}

/// `std::get<0>(t)`.
Glvalue FunctionLowering::lowerElement(const CallExpr &e, unsigned index) {
  const clang::Expr *object = e.getArg(0);
  QualType type = object->getType();
  if (!mapContent(type) || !mapContent(e.getType())) {
    (void)refuseType(mapContent(type) ? e.getType() : type, e.getExprLoc(),
                     e.getSourceRange());
    return {};
  }
  Value place = lowerObject(object);
  return place ? Glvalue{createPart(place, type, index, at(e.getExprLoc()))} : Glvalue();
}

/// The element of an array, pair or tuple.
Value FunctionLowering::createPart(Value object, QualType type, unsigned index,
                                   mlir::Location loc) {
  if (std::optional<Container> container = getContainer(type))
    return createContainerElement(
        object, adgen::createConstant(builder, loc, mapType(ast.IntTy), index),
        container->element, loc);
  return createMember(object, getMembers(*getPlainClass(type))[index], loc);
}

/// Gives each member of the object at `place` the value of an argument.
mlir::LogicalResult
FunctionLowering::storeMembers(llvm::ArrayRef<Member> members, Written arguments,
                               Value place) {
  for (auto [member, argument] : llvm::zip_equal(members, arguments)) {
    const clang::Expr *part = stripWrappers(argument);
    Location loc = at(part->getExprLoc());
    Value to = createMember(place, member, loc);
    const CXXRecordDecl *record = getPlainClass(member.type);
    bool isConverted =
        record && isTuple(*record) &&
        !ast.hasSameUnqualifiedType(part->getType(), member.type);
    if (mlir::Type type = mapType(member.type)) {
      Value value = lowerValue(part);
      if (!value)
        return mlir::failure();
      StoreOp::create(builder, loc, convert(value, type, loc), to);
    } else if (failed(isConverted ? storeTuple(part, *record, *part, to)
                                  : storeInit(part, to))) {
      return mlir::failure();
    }
  }
  return mlir::success();
}

/// Makes a pair or tuple at `place` of values for its elements, or of another one.
mlir::LogicalResult
FunctionLowering::storeTuple(Written arguments, const CXXRecordDecl &record,
                             const clang::Expr &e, Value place) {
  llvm::SmallVector<Member> members = getMembers(record);
  const clang::Expr *first = arguments.empty() ? nullptr : stripWrappers(arguments[0]);
  if (arguments.size() == 1 && getElementTypes(first->getType()).size() == members.size() &&
      !ast.hasSameUnqualifiedType(first->getType(), members[0].type)) {
    Value from = lowerObject(first);
    return from ? convertTuple(from, first->getType(), record, first->getExprLoc(), place)
                : mlir::failure();
  }
  if (arguments.size() != members.size())
    return mlir::success(bool(refuseExpression(e)));
  return storeMembers(members, arguments, place);
}

/// Copies the elements of another pair or tuple, which is at `from`.
mlir::LogicalResult FunctionLowering::convertTuple(Value from, QualType type,
                                                   const CXXRecordDecl &record,
                                                   SourceLocation where, Value place) {
  const CXXRecordDecl *given = getPlainClass(type);
  llvm::SmallVector<Member> members = getMembers(record);
  if (!given || getMembers(*given).size() != members.size())
    return refuseType(type, where);
  Location loc = at(where);
  for (auto [to, own] : llvm::zip_equal(members, getMembers(*given))) {
    mlir::Type number = mapType(to.type);
    bool isSame = ast.hasSameUnqualifiedType(to.type, own.type);
    if (!isSame && !(number && mapType(own.type)))
      return refuseType(type, where);
    Value part = createMember(from, own, loc), target = createMember(place, to, loc);
    if (number)
      StoreOp::create(builder, loc, convert(LoadOp::create(builder, loc, part), number, loc),
                      target);
    else if (failed(copyObject(target, part, to.type, where, /*isNew=*/true)))
      return mlir::failure();
  }
  return mlir::success();
}

//===----------------------------------------------------------------------===//
// What is taken apart
//===----------------------------------------------------------------------===//

static bool isIgnore(const clang::Expr *e) {
  const auto *reference = dyn_cast<DeclRefExpr>(e->IgnoreParenImpCasts());
  return reference && reference->getDecl()->isInStdNamespace() &&
         reference->getDecl()->getName() == "ignore";
}

/// The elements of a pair or tuple that somebody else made.
mlir::LogicalResult
FunctionLowering::takeMembers(const clang::Expr &e,
                              llvm::SmallVectorImpl<Element> &elements) {
  Value object = lowerObject(&e);
  const CXXRecordDecl *record = getPlainClass(e.getType());
  if (!object || !record)
    return mlir::failure();
  for (const Member &member : getMembers(*record)) {
    if (!mapType(member.type))
      return refuseType(e.getType(), e.getExprLoc(), e.getSourceRange());
    elements.push_back({{}, {createMember(object, member, at(e.getExprLoc()))}});
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
  if (construction)
    return count && construction->getNumArgs() == count &&
           !construction->getConstructor()->isCopyOrMoveConstructor() &&
           getElementTypes(construction->getArg(0)->getType()).empty();
  return count && e->isPRValue() && !getStdCallee(e).empty();
}

/// Where the part of `object` is that the binding names.
Value FunctionLowering::findPart(Value object, QualType type,
                                 const BindingDecl &binding, unsigned index) {
  mlir::Location loc = at(binding.getLocation());
  if (ast.getAsConstantArrayType(type))
    return createElement(object, index, loc);
  if (getContainer(type) || !getElementTypes(type).empty())
    return createPart(object, type, index, loc);
  const auto *member =
      dyn_cast_or_null<MemberExpr>(binding.getBinding()->IgnoreParenImpCasts());
  const auto *field =
      member ? dyn_cast<FieldDecl>(member->getMemberDecl()) : nullptr;
  bool isAccepted = field && !field->isBitField() && mapContent(field->getType());
  // The members may all be those of a base.
  if (isAccepted && isBaseCast(*member->getBase()))
    object = Subobjects(*this).convert(object, *cast<CastExpr>(member->getBase()));
  return isAccepted && object ? createMember(object, *field, loc) : Value();
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
    // A copy of a pointer is a variable itself, whatever is done with it.
    if (!getPointee(own).isNull())
      locals[binding] = local =
          LocalAttr::get(module.getContext(), local.getId(), local.getName(),
                         builder.getStringAttr(spelling.type(own)), local.getGenerated());
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
