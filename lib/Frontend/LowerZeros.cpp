//===- LowerZeros.cpp - Objects whose numbers are all zero ----------------===//
//
// An initial value `T{}`, and how the shadow of an object is made: of its
// shape, with zero for each number that derivatives can refer to.
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"
#include "MemberDescriptions.h"
#include "Requests.h"

using namespace clang;
using namespace adgen;
using mlir::Location;
using mlir::Value;

/// Stores zero to every part.
mlir::LogicalResult FunctionLowering::storeZero(Value place, QualType type,
                                                const clang::Expr &e) {
  Location loc = at(e.getExprLoc());
  type = type.getCanonicalType().getUnqualifiedType();
  if (mlir::Type scalar = mapType(type)) {
    StoreOp::create(builder, loc,
                    adgen::createConstant(builder, loc, scalar, 0), place);
    return mlir::success();
  }
  auto each = [&](uint64_t count, QualType element, auto find) {
    return lowerEach(count, e.getExprLoc(), [&](Value index) {
      return storeZero(find(index), element, e);
    });
  };
  if (const ConstantArrayType *array = ast.getAsConstantArrayType(type))
    return each(array->getZExtSize(), array->getElementType(),
                [&](Value index) { return createElement(place, index, loc); });
  std::optional<Container> container = getContainer(type);
  if (container && container->kind == Container::Array)
    return each(container->size, container->element, [&](Value index) {
      return createContainerElement(place, index, container->element, loc);
    });
  const CXXRecordDecl *record = getPlainClass(type);
  if (!record)
    return mlir::success(bool(refuseExpression(e)));
  for (const Member &member : getMembers(*record))
    if (!isEmptyClass(member.type) &&
        failed(storeZero(createMember(place, member, loc), member.type, e)))
      return mlir::failure();
  return mlir::success();
}

//===----------------------------------------------------------------------===//
// Shadows
//===----------------------------------------------------------------------===//

/// Whether objects of the class are a few numbers.
bool FunctionLowering::isSmallClass(QualType type) {
  const CXXRecordDecl *record = getPlainClass(type);
  return record && llvm::all_of(getMembers(*record), [&](const Member &member) {
           return mapType(member.type) || isSmallClass(member.type);
         });
}

/// Whether an initial value that a class gives a member leaves all its numbers zero.
bool FunctionLowering::isZeroInit(const clang::Expr *e) {
  e = stripWrappers(e);
  if (isa<ImplicitValueInitExpr, CXXScalarValueInitExpr>(e))
    return true;
  if (const auto *list = dyn_cast<InitListExpr>(e))
    return llvm::all_of(list->inits(),
                        [&](const clang::Expr *part) { return isZeroInit(part); }) &&
           (!list->hasArrayFiller() || isZeroInit(list->getArrayFiller()));
  if (const auto *made = dyn_cast<CXXConstructExpr>(e))
    return made->getNumArgs() == 0 &&
           isZeroByDefault(made->getType(), made->requiresZeroInitialization());
  // What a default constructor's parameter is without an argument.
  const auto *reference = dyn_cast<DeclRefExpr>(e->IgnoreParenImpCasts());
  if (const auto *parameter =
          reference ? dyn_cast<ParmVarDecl>(reference->getDecl()) : nullptr)
    return parameter->hasDefaultArg() && !parameter->hasUninstantiatedDefaultArg() &&
           isZeroInit(parameter->getDefaultArg());
  clang::Expr::EvalResult result;
  if (!mapType(e->getType()) || !e->EvaluateAsRValue(result, ast))
    return false;
  return result.Val.isFloat() ? result.Val.getFloat().isPosZero()
                              : result.Val.isInt() && result.Val.getInt() == 0;
}

/// The expression that the statement assigns to a member of its own, and to further
/// ones: `x = y = 0`; null for another statement.
static const clang::Expr *
collectAssigned(const Stmt *s, llvm::SmallVectorImpl<const FieldDecl *> &members) {
  const auto *e = dyn_cast<clang::Expr>(s);
  const clang::Expr *value = e ? e->IgnoreParenImpCasts() : nullptr;
  while (const auto *assignment = dyn_cast_or_null<BinaryOperator>(value)) {
    const auto *member = dyn_cast<MemberExpr>(assignment->getLHS());
    const auto *field =
        member && isa<CXXThisExpr>(member->getBase())
            ? dyn_cast<FieldDecl>(member->getMemberDecl())
            : nullptr;
    if (assignment->getOpcode() != BO_Assign || !field)
      return nullptr;
    members.push_back(field);
    value = assignment->getRHS()->IgnoreParenImpCasts();
  }
  return members.empty() ? nullptr : value;
}

/// With what a default constructor of the user's sets members, if it does no more.
static std::optional<llvm::StringMap<const clang::Expr *>>
getGiven(const CXXConstructorDecl &constructor) {
  llvm::StringMap<const clang::Expr *> given;
  const FunctionDecl *definition = nullptr;
  const auto *body = constructor.hasBody(definition)
                         ? dyn_cast<CompoundStmt>(definition->getBody())
                         : nullptr;
  if (!body)
    return {};
  for (const CXXCtorInitializer *part :
       cast<CXXConstructorDecl>(definition)->inits()) {
    std::optional<Member> member = getInitialized(*constructor.getParent(), *part);
    if (!member)
      return {};
    given[member->name] = part->getInit();
  }
  for (const Stmt *s : body->body()) {
    llvm::SmallVector<const FieldDecl *> members;
    const clang::Expr *value = collectAssigned(s, members);
    if (!value)
      return {};
    for (const FieldDecl *member : members)
      given[member->getName()] = value;
  }
  return given;
}

/// Whether `T{}` is all zero; without `isZeroed`, whether `T t;` is.
bool FunctionLowering::isZeroByDefault(QualType type, bool isZeroed,
                                       bool mayBeExplicit) {
  type = type.getCanonicalType();
  if (const ConstantArrayType *array = ast.getAsConstantArrayType(type))
    return isZeroByDefault(array->getElementType(), isZeroed, mayBeExplicit);
  if (mapType(type) || !getPointee(type).isNull())
    return isZeroed;
  if (std::optional<Container> container = getContainer(type))
    return container->kind != Container::Array ||
           isZeroByDefault(container->element, isZeroed, mayBeExplicit);
  const CXXRecordDecl *record = getPlainClass(type);
  const CXXConstructorDecl *constructor =
      record ? getDefaultConstructor(*record) : nullptr;
  if (!record)
    return false;
  bool isTuple = adgen::isTuple(*record);
  if (!isTuple &&
      (!record->hasDefaultConstructor() ||
       (constructor &&
        (constructor->isDeleted() || (constructor->isExplicit() && !mayBeExplicit)))))
    return false;
  // Those of tuples make each element anew.
  isZeroed |= isTuple;
  llvm::StringMap<const clang::Expr *> given;
  if (!isTuple && constructor && constructor->isUserProvided()) {
    auto found = getGiven(*constructor);
    if (!found)
      return false;
    given = *found;
    isZeroed = false;
  }
  return llvm::all_of(getMembers(*record), [&](const Member &member) {
    const clang::Expr *init = given.lookup(member.name);
    init = init ? init : member.getInit();
    return init ? isZeroInit(init)
                : isZeroByDefault(member.type, isZeroed, mayBeExplicit);
  });
}

/// Notes with what the shadow of a vector is filled whose elements do not start as
/// zero; false if that cannot be said.
bool FunctionLowering::noteElements(ObjectType container, QualType element) {
  if (!isDifferentiable(element) ||
      isZeroByDefault(element, /*isZeroed=*/true, /*mayBeExplicit=*/true))
    return true;
  std::string zero = spellZero(element);
  if (zero.empty() || getContainer(element))
    return false;
  mlir::NamedAttrList known(
      module->getAttrOfType<mlir::DictionaryAttr>("ad.zero_elements"));
  known.set(container.getSpelling(),
            builder.getStringAttr(spelling.type(element.getUnqualifiedType()) + zero));
  module->setAttr("ad.zero_elements", known.getDictionary(module.getContext()));
  return true;
}

mlir::LogicalResult FunctionLowering::checkElements(Value vector, QualType element,
                                                    SourceLocation where) {
  auto container = dyn_cast<ObjectType>(cast<PlaceType>(vector.getType()).getElement());
  if (container && noteElements(container, element))
    return mlir::success();
  return refuse(Diag::NonzeroElements, where,
                {element.getAsString(ast.getPrintingPolicy())});
}

/// The same for all vectors within an object of the type.
bool FunctionLowering::noteElements(QualType type) {
  type = type.getCanonicalType().getUnqualifiedType();
  if (!isDifferentiable(type) || mapType(type))
    return true;
  if (const ConstantArrayType *array = ast.getAsConstantArrayType(type))
    return noteElements(array->getElementType());
  std::optional<Container> container = getContainer(type);
  const CXXRecordDecl *record = container ? nullptr : getPlainClass(type);
  if (record)
    return llvm::all_of(getMembers(*record), [&](const Member &member) {
      return noteElements(member.type);
    });
  if (!container)
    return true;
  QualType element = container->element;
  if (container->kind == Container::UniqueArray)
    return isZeroByDefault(element);
  auto object = dyn_cast_or_null<ObjectType>(mapContent(type));
  bool isFilled = container->kind == Container::Vector && object;
  return (!isFilled || noteElements(object, element)) && noteElements(element);
}

/// Whether objects of the type have a size of their own.
static bool hasVector(QualType type, const ASTContext &ast) {
  type = ast.getBaseElementType(type.getCanonicalType());
  if (std::optional<Container> container = getContainer(type))
    return container->kind != Container::Array || hasVector(container->element, ast);
  const CXXRecordDecl *record = getPlainClass(type);
  return record && llvm::any_of(getMembers(*record), [&](const Member &member) {
           return hasVector(member.type, ast);
         });
}

/// Whether some numbers of such an object are not to be differentiated.
static bool hasPassiveParts(QualType type, const ASTContext &ast) {
  llvm::SmallVector<QualType> parts;
  collectParts(type, ast, parts);
  return llvm::any_of(
             parts,
             [](QualType part) { return !part->isRealFloatingType(); }) ||
         hasVector(type, ast);
}

/// Braces that make an object of the type all zero, or, where its numbers are
/// not to be differentiated, like `object`; empty if braces cannot do that.
std::string FunctionLowering::spellZero(QualType type,
                                        const std::string &object) {
  type = type.getCanonicalType().getUnqualifiedType();
  bool isCopied = !object.empty() && !isDifferentiable(type);
  if (isCopied)
    return object;
  if (mapType(type))
    return "0";
  bool hasOthers = !object.empty() && hasPassiveParts(type, ast);
  if (isZeroByDefault(type) && !hasOthers)
    return "{{}}";
  std::optional<Container> container = getContainer(type);
  if (container && container->kind == Container::Vector)
    return !object.empty() && (mapType(container->element) ||
                               (isZeroByDefault(container->element) &&
                                !hasPassiveParts(container->element, ast)))
               ? spelling.type(type) + "(" + object + ".size())"
               : "";
  std::string parts;
  auto add = [&](const std::string &part) {
    parts += (parts.empty() ? "" : ", ") + part;
    return !part.empty();
  };
  auto element = [&](uint64_t i) {
    return object.empty() ? "" : object + "[" + std::to_string(i) + "]";
  };
  const ConstantArrayType *array = ast.getAsConstantArrayType(type);
  bool isArray = container && container->kind == Container::Array;
  if (array || isArray) {
    uint64_t size = array ? array->getZExtSize() : container->size;
    QualType of = array ? array->getElementType() : container->element;
    for (uint64_t i = 0; i < size; ++i)
      if (!add(spellZero(of, element(i))))
        return "";
    return isArray ? "{{{{" + parts + "}}}}" : "{{" + parts + "}}";
  }
  const CXXRecordDecl *record = getPlainClass(type);
  if (!record || !record->isAggregate())
    return "";
  for (const Member &member : getMembers(*record))
    if ((member.base && member.isHidden() && !object.empty()) ||
        !add(spellZero(member.type, object.empty() ? "" : member.spell(object))))
      return "";
  return "{{" + parts + "}}";
}

bool FunctionLowering::collectReals(
    QualType type, const std::string &object,
    llvm::SmallVectorImpl<mlir::Attribute> &parts) {
  constexpr size_t most = 64;
  type = type.getCanonicalType().getUnqualifiedType();
  if (mlir::Type scalar = mapType(type)) {
    if (isReal(scalar))
      parts.push_back(builder.getArrayAttr(
          {builder.getStringAttr(object), mlir::TypeAttr::get(scalar)}));
    return parts.size() <= most;
  }
  std::optional<Container> container = getContainer(type);
  const ConstantArrayType *array = ast.getAsConstantArrayType(type);
  if (array || (container && container->kind == Container::Array)) {
    uint64_t size = array ? array->getZExtSize() : container->size;
    QualType of = array ? array->getElementType() : container->element;
    for (uint64_t i = 0; i < std::min<uint64_t>(size, most + 1); ++i)
      if (!collectReals(of, object + "[" + std::to_string(i) + "]", parts))
        return false;
    return true;
  }
  const CXXRecordDecl *record = container ? nullptr : getPlainClass(type);
  return record && llvm::all_of(getMembers(*record), [&](const Member &member) {
           return !member.isHidden() &&
                  collectReals(member.type, member.spell(object), parts);
         });
}

mlir::ArrayAttr FunctionLowering::listReals(QualType type) {
  llvm::SmallVector<mlir::Attribute> parts;
  return collectReals(type, "{0}", parts) ? builder.getArrayAttr(parts)
                                          : mlir::ArrayAttr();
}

/// Whether `T t;` leaves every vector within t without elements.
static bool startsEmpty(QualType type, const ASTContext &ast) {
  if (!hasVector(type, ast) || getContainer(type))
    return true;
  const CXXRecordDecl *record = getPlainClass(type);
  if (!record)
    return false;
  const CXXConstructorDecl *made =
      isTuple(*record) ? nullptr : getDefaultConstructor(*record);
  const FunctionDecl *definition = nullptr;
  if (made && made->isUserProvided()) {
    const auto *body = made->hasBody(definition)
                           ? dyn_cast<CompoundStmt>(definition->getBody())
                           : nullptr;
    if (!body || !body->body_empty())
      return false;
    for (const CXXCtorInitializer *part :
         cast<CXXConstructorDecl>(definition)->inits()) {
      const auto *init = dyn_cast<CXXConstructExpr>(part->getInit());
      QualType own = part->getInit()->getType();
      if (hasVector(own, ast) &&
          (!init || init->getNumArgs() != 0 || !startsEmpty(own, ast)))
        return false;
    }
    return true;
  }
  return llvm::all_of(getMembers(*record), [&](const Member &member) {
    return !hasVector(member.type, ast) ||
           (!member.getInit() && startsEmpty(member.type, ast));
  });
}

/// The members of a class that is made without arguments and copied number by number;
/// nothing for another one. `map` gives the types in the IR.
static std::optional<mlir::DictionaryAttr>
describeNumbers(QualType type, mlir::OpBuilder &b,
                llvm::function_ref<mlir::Type(QualType)> map) {
  mlir::NamedAttrList parts;
  const CXXRecordDecl *record = getPlainClass(type);
  if (!record && map(type) && !isConst(type)) {
    parts.set("number", b.getUnitAttr());
    return parts.getDictionary(b.getContext());
  }
  if (!record || !hasDefault(*record) ||
      llvm::any_of(getMembers(*record),
                   [](const Member &member) { return member.isHidden(); }))
    return {};
  auto members =
      describeMembers(*record, "part", b, map, [&](QualType member) {
        return describeNumbers(member, b, map);
      });
  if (!members)
    return {};
  parts.set("members", *members);
  return parts.getDictionary(b.getContext());
}

/// Whether there are derivatives by hand.
static bool hasRules(const LoweringContext &context) {
  return context.functionsWithRules && !context.functionsWithRules->empty();
}

/// The elements of a container of numbers, and their count if the type has it; the
/// members of a class of numbers; or the object as a whole.
mlir::DictionaryAttr FunctionLowering::describeContainer(QualType type) {
  if (!type->isRecordType() || isView(type) || sharingOf(type) != Sharing::None)
    return {};
  mlir::NamedAttrList parts;
  std::optional<Container> container = getContainer(type);
  if (isDifferentiable(type) && !isZeroByDefault(type))
    return {};
  bool isOwn = container && (container->kind == Container::Vector ||
                             container->kind == Container::Array);
  if (isOwn && mapType(container->element)) {
    parts.set("element", mlir::TypeAttr::get(mapType(container->element)));
    if (container->kind == Container::Array)
      parts.set("count", builder.getI64IntegerAttr(container->size));
  } else if (!hasRules(context)) {
    // Others are copied for derivatives by hand alone.
    return {};
  } else if (auto numbers = describeNumbers(
                 type.getUnqualifiedType(), builder, [&](QualType member) {
                   bool isNumber = mapType(member) || getPlainClass(member);
                   return isNumber ? mapContent(member) : mlir::Type();
                 })) {
    return *numbers;
  } else if (!isCopyable(type)) {
    return {};
  } else {
    parts.set("copy", builder.getUnitAttr());
  }
  return parts.getDictionary(builder.getContext());
}

/// Says how the shadow of a variable of the type is made.
void FunctionLowering::describeShadow(VarOp variable, QualType type) {
  if (mlir::DictionaryAttr container = describeContainer(type); container && hasRules(context))
    variable->setAttr("ad.container", container);
  if (type.isTriviallyCopyableType(ast))
    variable->setAttr("trivial", builder.getUnitAttr());
  if (sharingOf(type) != Sharing::None)
    variable->setAttr("pointers", builder.getUnitAttr());
  if (holdsPointers(type))
    variable->setAttr("refers", builder.getUnitAttr());
  const CXXRecordDecl *record = getPlainClass(type);
  if (!noteElements(type)) {
    variable.removeZeroInitAttr();
    variable->removeAttr("ad.shape");
    variable->setAttr("unshadowed", builder.getUnitAttr());
  }
  if (!record && !type->isArrayType())
    return;
  if (!variable.getZeroInit()) {
    if (mlir::ArrayAttr parts = listReals(type))
      variable->setAttr("zero_parts", parts);
    else
      variable->setAttr("unshadowed", builder.getUnitAttr());
  }
  // C++ makes no object of the class without arguments, or one that has elements
  // before those are added that the constructor adds here.
  bool isUnmade = record && (!hasDefault(*record) || !startsEmpty(type, ast));
  if (!variable.getInit() && isUnmade)
    variable->setAttr("unmade", builder.getUnitAttr());
}

std::optional<mlir::DictionaryAttr>
FunctionLowering::describeReals(QualType type) {
  type = type.getCanonicalType().getUnqualifiedType();
  mlir::NamedAttrList parts;
  if (mlir::Type scalar = mapType(type)) {
    if (!isReal(scalar))
      return mlir::DictionaryAttr();
    parts.set("real", mlir::TypeAttr::get(scalar));
    return parts.getDictionary(builder.getContext());
  }
  if (std::optional<Container> container = getContainer(type)) {
    auto inner = describeReals(container->element);
    bool isOwn = container->kind == Container::Vector ||
                 container->kind == Container::Array;
    if (!isOwn || !inner)
      return {};
    if (!*inner)
      return mlir::DictionaryAttr();
    parts.set("element", mlir::TypeAttr::get(mapContent(container->element)));
    parts.set("reals", *inner);
    return parts.getDictionary(builder.getContext());
  }
  if (const ConstantArrayType *array = ast.getAsConstantArrayType(type)) {
    auto inner = describeReals(array->getElementType());
    if (!inner || !*inner)
      return inner;
    parts.set("size", builder.getI64IntegerAttr(array->getZExtSize()));
    parts.set("element", mlir::TypeAttr::get(mapContent(array->getElementType())));
    parts.set("reals", *inner);
    return parts.getDictionary(builder.getContext());
  }
  const CXXRecordDecl *record = getPlainClass(type);
  if (!record)
    return {};
  auto members = describeMembers(
      *record, "reals", builder, [&](QualType type) { return mapContent(type); },
      [&](QualType type) { return describeReals(type); });
  if (!members)
    return {};
  if (members->empty())
    return mlir::DictionaryAttr();
  parts.set("members", *members);
  return parts.getDictionary(builder.getContext());
}

/// What two objects of the type must agree in to have one shape.
void FunctionLowering::collectShapes(
    QualType type, const std::string &object,
    llvm::SmallVectorImpl<mlir::Attribute> &shapes) {
  std::optional<Container> container = getContainer(type);
  bool isSized = container && (container->kind == Container::Vector ||
                               container->kind == Container::Span);
  if (isSized)
    shapes.push_back(builder.getStringAttr(object + ".size()"));
  const CXXRecordDecl *record = container ? nullptr : getPlainClass(type);
  if (!record)
    return;
  for (const Member &member : getMembers(*record))
    if (isDifferentiable(member.type) && !member.isHidden())
      collectShapes(member.type, member.spell(object), shapes);
}
