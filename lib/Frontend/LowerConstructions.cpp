//===- LowerConstructions.cpp - How objects are made ----------------------===//
//
//   Vec3 d{a, b, 0}                an ad.var, and stores to its members
//   std::vector<double> v(n, x)    an ad.var with init "({0})", and a loop that
//                                  stores
//
// What carries no derivative, as sizes and constants, is part of the text that
// initializes the variable; the rest is stored behind it, one part after another.
//
//===----------------------------------------------------------------------===//
#include "Annotations.h"
#include "Construction.h"
#include "Lowering.h"
#include "Requests.h"
#include "Sequences.h"
#include "Subobjects.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace adgen;
using mlir::Location;
using mlir::Value;

const clang::Expr *adgen::stripWrappers(const clang::Expr *e) {
  while (true) {
    if (const auto *full = dyn_cast<FullExpr>(e))
      e = full->getSubExpr();
    else if (const auto *bound = dyn_cast<CXXBindTemporaryExpr>(e))
      e = bound->getSubExpr();
    else if (const auto *paren = dyn_cast<ParenExpr>(e))
      e = paren->getSubExpr();
    else if (const auto *temporary = dyn_cast<MaterializeTemporaryExpr>(e))
      e = temporary->getSubExpr();
    else if (const auto *member = dyn_cast<CXXDefaultInitExpr>(e))
      e = member->getExpr();
    else if (const auto *cast = dyn_cast<CastExpr>(e);
             cast && e->isPRValue() && e->getType()->isRecordType() &&
             (cast->getCastKind() == CK_NoOp ||
              cast->getCastKind() == CK_ConstructorConversion))
      e = cast->getSubExpr();
    else
      return e;
  }
}

/// The source of a copy or move; null for another expression. What is made in
/// place needs no copy.
static const clang::Expr *findCopied(const clang::Expr *e) {
  const auto *made = dyn_cast<CXXConstructExpr>(e);
  if (!made || made->getNumArgs() == 0 ||
      !made->getConstructor()->isCopyOrMoveConstructor())
    return nullptr;
  return made->getArg(0);
}

/// The arguments that the user wrote.
static llvm::ArrayRef<const clang::Expr *>
getWritten(const CXXConstructExpr &e) {
  llvm::ArrayRef<const clang::Expr *> arguments(e.getArgs(), e.getNumArgs());
  while (!arguments.empty() && isa<CXXDefaultArgExpr>(arguments.back()))
    arguments = arguments.drop_back();
  return arguments;
}

//===----------------------------------------------------------------------===//
// Initial values
//===----------------------------------------------------------------------===//

/// The list of a `std::array`'s elements; null if they are zero.
static const InitListExpr *getElements(const InitListExpr &list) {
  return list.getNumInits() == 1
             ? dyn_cast<InitListExpr>(stripWrappers(list.getInit(0)))
             : nullptr;
}

mlir::LogicalResult FunctionLowering::storeRecord(const clang::Expr *e, Value place,
                                                  bool isZeroed) {
  QualType type = e->getType();
  Location loc = at(e->getExprLoc());
  if (e->isGLValue() || findCopied(e)) {
    const clang::Expr *source = e->isGLValue() ? e : findCopied(e);
    source = stripWrappers(source);
    if (source->isPRValue())
      return storeInit(source, place, isZeroed);
    if (!isCopyable(type))
      return refuseType(type, e->getExprLoc(), e->getSourceRange());
    Glvalue object = lowerGlvalue(source);
    Value from = object ? takePlace(object, *source) : Value();
    return from ? copyObject(place, from, type, e->getExprLoc(), /*isNew=*/true)
                : mlir::failure();
  }
  std::optional<Container> container = getContainer(type);
  if (container && container->kind == Container::Vector &&
      !isa<ConditionalOperator>(e)) {
    const auto *list = dyn_cast<InitListExpr>(e);
    const auto *made = dyn_cast<CXXConstructExpr>(e);
    if (list ? list->getNumInits() == 0 : made && made->getNumArgs() == 0)
      return mlir::success();
    // `v(n)`: so many elements that are zero.
    bool isCount = made && getWritten(*made).size() == 1 &&
                   made->getArg(0)->getType()->isIntegerType() &&
                   mapType(container->element);
    if (isCount) {
      Value count = lowerCount(*made->getArg(0));
      if (!count)
        return mlir::failure();
      ResizeOp::create(builder, loc, place, count,
                       adgen::createConstant(builder, loc,
                                             mapType(ast.getSizeType()), 0));
      return mlir::success();
    }
    if (!isCopyable(type))
      return refuseType(type, e->getExprLoc(), e->getSourceRange());
    Value from = lowerTemporary(e);
    return from ? copyObject(place, from, type, e->getExprLoc(), /*isNew=*/true)
                : mlir::failure();
  }
  if (const auto *list = dyn_cast<InitListExpr>(e)) {
    if (container && container->kind == Container::Array) {
      const InitListExpr *elements = getElements(*list);
      if (!isZeroed && (!elements || hasOwnZeros(*elements))) {
        if (failed(storeZero(place, type, *e)))
          return mlir::failure();
        isZeroed = true;
      }
      if (!elements)
        return mlir::success();
      for (auto [i, part] : llvm::enumerate(elements->inits())) {
        Value index =
            adgen::createConstant(builder, loc, mapType(ast.IntTy), double(i));
        if (failed(storeInit(
                part, createContainerElement(place, index, container->element, loc),
                isZeroed)))
          return mlir::failure();
      }
      return mlir::success();
    }
    const CXXRecordDecl *record = getPlainClass(type);
    if (!record)
      return refuseType(type, e->getExprLoc(), e->getSourceRange());
    unsigned next = 0;
    for (const Member &member : getMembers(*record)) {
      if (next >= list->getNumInits())
        break;
      const clang::Expr *part = list->getInit(next++);
      if (isEmptyClass(member.type)) {
        if (part->HasSideEffects(ast))
          return mlir::success(bool(refuseExpression(*part)));
        continue;
      }
      if (!lowerContent(member.type, part->getExprLoc()))
        return mlir::failure();
      Value to = createMember(place, member, loc);
      // What the class gives a member may be computed of others.
      llvm::SaveAndRestore self(objectPlace,
                                isa<CXXDefaultInitExpr>(part) ? place : objectPlace);
      if (failed(member.type->isReferenceType()
                     ? Subobjects(*this).bindReference(*member.field, part, to)
                     : storeInit(part, to, isZeroed)))
        return mlir::failure();
    }
    return mlir::success();
  }
  if (const auto *conditional = dyn_cast<ConditionalOperator>(e)) {
    Value condition = lowerValue(conditional->getCond());
    if (!condition)
      return mlir::failure();
    IfOp branch = IfOp::create(builder, loc, mlir::TypeRange(), condition,
                               mlir::ArrayAttr(), /*expression=*/false);
    auto storeOne = [&](const clang::Expr *chosen) {
      return [this, chosen, place, isZeroed] {
        return storeInit(chosen, place, isZeroed);
      };
    };
    return mlir::failure(
        failed(lowerRegion(branch.getThenRegion(),
                           storeOne(conditional->getTrueExpr()),
                           [&] { yield(); })) ||
        failed(lowerRegion(branch.getElseRegion(),
                           storeOne(conditional->getFalseExpr()),
                           [&] { yield(); })));
  }
  if (const auto *made = dyn_cast<CXXConstructExpr>(e))
    return storeConstructed(*made, place);
  const auto *call = dyn_cast<CallExpr>(e);
  if (call && isObjectCall(*call)) {
    if (!isCopyable(type))
      return refuseType(type, e->getExprLoc(), e->getSourceRange());
    Value from = lowerTemporary(e);
    return from ? copyObject(place, from, type, e->getExprLoc())
                : mlir::failure();
  }
  const FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
  bool isTupleCall =
      callee && callee->isInStdNamespace() && callee->getIdentifier() &&
      (callee->getName() == "make_pair" || callee->getName() == "make_tuple");
  if (isTupleCall && getPlainClass(type))
    return storeTuple({call->getArgs(), call->getNumArgs()}, *getPlainClass(type), *e,
                      place);
  return mlir::success(bool(refuseExpression(*e)));
}

/// What a constructor that the compiler made leaves, and those of pairs and tuples.
mlir::LogicalResult
FunctionLowering::storeConstructed(const CXXConstructExpr &e, Value place) {
  const CXXConstructorDecl *constructor = e.getConstructor();
  const CXXRecordDecl *record = getPlainClass(e.getType());
  bool isTuple = record && adgen::isTuple(*record);
  if (record && constructor->isInheritingConstructor())
    return Subobjects(*this).storeInherited(*constructor, {e.getArgs(), e.getNumArgs()}, e, place);
  bool isUsers = record && !isTuple && constructor->isUserProvided();
  if (e.getNumArgs() == 0 && !isUsers)
    return storeDefault(place, e.getType(), e.requiresZeroInitialization(), e);
  if (isTuple)
    return storeTuple({e.getArgs(), e.getNumArgs()}, *record, e, place);
  if (isUsers)
    return lowerConstructorCall(*constructor, {e.getArgs(), e.getNumArgs()}, e,
                                place);
  return mlir::success(bool(refuseExpression(e)));
}

/// What `T t;` leaves in an object, or `T t{};` if it sets to zero what no
/// constructor does.
mlir::LogicalResult FunctionLowering::storeDefault(Value place, QualType type,
                                                   bool isZeroed,
                                                   const CXXConstructExpr &e) {
  Location loc = at(e.getExprLoc());
  type = type.getCanonicalType().getUnqualifiedType();
  const ConstantArrayType *array = ast.getAsConstantArrayType(type);
  std::optional<Container> container = getContainer(type);
  if (array || (container && container->kind == Container::Array)) {
    QualType element = array ? array->getElementType() : container->element;
    return lowerEach(array ? array->getZExtSize() : container->size,
                     e.getExprLoc(), [&](Value index) {
                       Value part = array ? createElement(place, index, loc)
                                          : createContainerElement(
                                                place, index, element, loc);
                       return storeDefault(part, element, isZeroed, e);
                     });
  }
  if (container)
    return mlir::success();
  const CXXRecordDecl *record = getPlainClass(type);
  if (!record)
    return isZeroed ? storeZero(place, type, e) : mlir::success();
  bool isTuple = adgen::isTuple(*record);
  const CXXConstructorDecl *constructor = getDefaultConstructor(*record);
  bool isUsers = !isTuple && constructor && constructor->isUserProvided();
  if (isUsers && isZeroed && failed(storeZero(place, type, e)))
    return mlir::failure();
  if (isUsers)
    return constructor->getNumParams() == 0
               ? lowerConstructorCall(*constructor, {}, e, place)
               : mlir::success(bool(refuseExpression(e)));
  for (const Member &member : getMembers(*record)) {
    if (isEmptyClass(member.type))
      continue;
    Value part = createMember(place, member, loc);
    const clang::Expr *init = member.getInit();
    llvm::SaveAndRestore self(objectPlace, init ? place : objectPlace);
    if (failed(init ? storeInit(init, part)
                    : storeDefault(part, member.type, isZeroed || isTuple, e)))
      return mlir::failure();
  }
  return mlir::success();
}

//===----------------------------------------------------------------------===//
// Variables
//===----------------------------------------------------------------------===//

/// A vector that is filled from another one or from a range.
mlir::LogicalResult
FunctionLowering::constructCopy(Value count, QualType element,
                                SourceLocation where, Construction &made,
                                std::function<Value(Value)> find) {
  if (!isCopyable(element))
    return refuseType(element, where);
  made.init = made.zero = "(" + made.add(count) + ")";
  auto integer = cast<IntType>(count.getType());
  made.fill = [=](Value place) {
    return lowerCounted(
        where, integer, spellCount(integer), [&] { return count; },
        [&](Value index) {
          return copyObject(
              createContainerElement(place, index, element, at(where)),
              find(index), element, where, /*isNew=*/true);
        });
  };
  return mlir::success();
}

/// Fills the elements of a container one after the other.
std::function<mlir::LogicalResult(Value)> FunctionLowering::fillElements(
    Value count, QualType element, SourceLocation where,
    std::function<mlir::LogicalResult(Value)> fill) {
  auto integer = cast<IntType>(count.getType());
  return [=](Value place) {
    return lowerCounted(
        where, integer, spellCount(integer), [&] { return count; },
        [&](Value index) {
          return fill(createContainerElement(place, index, element, at(where)));
        });
  };
}

mlir::LogicalResult FunctionLowering::constructVector(const CXXConstructExpr &e,
                                                      QualType element,
                                                      Construction &made) {
  llvm::ArrayRef<const clang::Expr *> arguments = getWritten(e);
  SourceLocation where = e.getExprLoc();
  Location loc = at(where);
  if (arguments.empty())
    return mlir::success();
  const clang::Expr *first = stripWrappers(arguments[0]);
  if (const clang::Expr *copied = findCopied(&e)) {
    const clang::Expr *source = stripWrappers(copied);
    if (source->isPRValue())
      return construct(source, made);
    Value from = lowerObject(source);
    if (!from)
      return mlir::failure();
    if (failed(constructCopy(createSize(from, loc), element, where, made,
                             [=](Value index) {
                               return createContainerElement(
                                   from, index, element, at(where));
                             })))
      return mlir::failure();
    if (source->isXValue())
      made.fill = [=, copy = made.fill, type = e.getType()](Value place) {
        return mlir::failure(failed(copy(place)) ||
                             failed(emptyObject(from, type, where)));
      };
    return mlir::success();
  }
  if (const auto *braces = dyn_cast<CXXStdInitializerListExpr>(first)) {
    const auto *list =
        dyn_cast<InitListExpr>(stripWrappers(braces->getSubExpr()));
    if (!list || arguments.size() != 1)
      return mlir::success(bool(refuseExpression(e)));
    made.zero = "(" + std::to_string(list->getNumInits()) + ")";
    if (isConstantList(list)) {
      made.init = spellList(list, made.arguments);
      return mlir::success();
    }
    made.init = made.zero;
    made.fill = [=](Value place) {
      for (auto [i, part] : llvm::enumerate(list->inits())) {
        Value index =
            adgen::createConstant(builder, loc, mapType(ast.IntTy), double(i));
        if (failed(storeInit(
                part, createContainerElement(place, index, element, loc))))
          return mlir::failure();
      }
      return mlir::success();
    };
    return mlir::success();
  }
  bool isCount = first->getType()->isIntegerType();
  if (arguments.size() == 1 && isCount) {
    Value count = lowerCount(*arguments[0]);
    made.init = made.zero = count ? "(" + made.add(count) + ")" : "";
    return mlir::success(bool(count));
  }
  if (arguments.size() != 2)
    return mlir::success(bool(refuseExpression(e)));
  if (!isCount) {
    if (getRangeElement(first->getType()).isNull() ||
        getRangeElement(arguments[1]->getType()).isNull())
      return mlir::success(bool(refuseExpression(e)));
    std::optional<Sequence> range = lowerRange(*arguments[0], *arguments[1]);
    if (!range)
      return mlir::failure();
    return constructCopy(range->count, element, where, made, [=](Value index) {
      return createRangeElement(*range, index, at(where));
    });
  }
  Value count = lowerCount(*arguments[0]);
  if (!count)
    return mlir::failure();
  std::string size = made.add(count);
  const clang::Expr *value = stripWrappers(arguments[1]);
  made.init = made.zero = "(" + size + ")";
  if (mapType(element)) {
    Value content = lowerValue(value);
    if (!content)
      return mlir::failure();
    content = convert(content, mapType(element), loc);
    if (value->isEvaluatable(ast)) {
      made.init = "(" + size + ", " + made.add(content) + ")";
      return mlir::success();
    }
    made.isRepeatable = true;
    made.fill = fillElements(count, element, where, [=](Value part) {
      StoreOp::create(builder, loc, content, part);
      return mlir::success();
    });
    return mlir::success();
  }
  // Rows that are all made alike.
  Construction row;
  row.arguments = made.arguments;
  bool isRow = value->isPRValue() && getContainer(element);
  if (isRow && failed(construct(value, row)))
    return mlir::failure();
  if (!isRow || (row.fill && !row.isRepeatable)) {
    Value from = lowerObject(value);
    if (!from)
      return mlir::failure();
    if (!isCopyable(element))
      return refuseType(element, where);
    made.fill = fillElements(count, element, where, [=](Value part) {
      return copyObject(part, from, element, where, /*isNew=*/true);
    });
    return mlir::success();
  }
  if (row.fill) {
    made.isRepeatable = true;
    made.fill = fillElements(count, element, where, row.fill);
  }
  std::string type = spelling.type(element.getUnqualifiedType());
  auto spell = [&](const std::string &init) {
    return "(" + size + ", " + type + (init.empty() ? "{{}}" : init) + ")";
  };
  made.arguments = row.arguments;
  made.init = spell(row.init);
  made.zero = spell(row.zero);
  return mlir::success();
}

/// `new double[n]` or `std::make_unique<double[]>(n)`.
mlir::LogicalResult FunctionLowering::constructUnique(const clang::Expr *e,
                                                      QualType element,
                                                      Construction &made) {
  const auto *call = dyn_cast<CallExpr>(e);
  const FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
  bool isMake = callee && callee->isInStdNamespace() &&
                callee->getIdentifier() && callee->getName() == "make_unique" &&
                call->getNumArgs() == 1;
  std::string type = escapeBraces(spelling.type(element));
  if (isMake) {
    Value count = lowerCount(*call->getArg(0));
    if (!count)
      return mlir::failure();
    made.init = made.zero =
        " = std::make_unique<" + type + "[]>(" + made.add(count) + ")";
    return mlir::success();
  }
  const auto *construct = dyn_cast<CXXConstructExpr>(e);
  const auto *allocated =
      construct && construct->getNumArgs() > 0
          ? dyn_cast<CXXNewExpr>(stripWrappers(construct->getArg(0)))
          : nullptr;
  if (!allocated || !allocated->isArray() ||
      allocated->getNumPlacementArgs() != 0 || !allocated->getArraySize())
    return mlir::success(bool(refuseExpression(*e)));
  const clang::Expr *init = allocated->getInitializer();
  if (init && !isa<ImplicitValueInitExpr>(init) &&
      !(isa<InitListExpr>(init) &&
        cast<InitListExpr>(init)->getNumInits() == 0))
    return mlir::success(bool(refuseExpression(*allocated)));
  Value count = lowerCount(**allocated->getArraySize());
  if (!count)
    return mlir::failure();
  std::string size = made.add(count);
  made.zero = "(new " + type + "[" + size + "]())";
  made.init = init ? made.zero : "(new " + type + "[" + size + "])";
  return mlir::success();
}

/// How the object that `e` gives is made in place.
mlir::LogicalResult FunctionLowering::construct(const clang::Expr *e,
                                                Construction &made) {
  e = stripWrappers(e);
  QualType type = e->getType();
  std::optional<Container> container = getContainer(type);
  if (container && container->kind == Container::UniqueArray)
    return constructUnique(e, container->element, made);
  if (container && container->kind == Container::Vector) {
    const auto *call = dyn_cast<CXXConstructExpr>(e);
    if (!call)
      return mlir::success(bool(refuseExpression(*e)));
    if (failed(constructVector(*call, container->element, made)))
      return mlir::failure();
    // `(n)` has elements as their class makes them.
    QualType element = container->element;
    bool isCounted = llvm::StringRef(made.zero).starts_with("(") &&
                     made.zero.find(", ") == std::string::npos;
    if (isCounted && isDifferentiable(element) && !getContainer(element) &&
        !isZeroByDefault(element, /*isZeroed=*/true, /*mayBeExplicit=*/true))
      if (std::string zero = spellZero(element); !zero.empty())
        made.zero.insert(made.zero.size() - 1,
                         ", " + spelling.type(element.getUnqualifiedType()) + zero);
    return mlir::success();
  }
  if (!isCopyable(type))
    return refuseType(type, e->getExprLoc(), e->getSourceRange());
  if (std::string zero = spellZero(type); !zero.empty())
    made.zero = " = " + zero;
  const auto *call = dyn_cast<CXXConstructExpr>(e);
  bool isZero =
      isa<CXXScalarValueInitExpr>(e) ||
      (call && call->getNumArgs() == 0 && call->requiresZeroInitialization() &&
       call->getConstructor()->isTrivial());
  // A small object becomes numbers (SplitObjects).
  bool isConstant =
      isa<InitListExpr>(e) && isConstantList(e) && !isSmallClass(type);
  if (isConstant)
    made.init = " = " + spellList(e, made.arguments);
  else if ((isZero || hasZeros(e)) && isZeroByDefault(type))
    made.init = " = {{}}";
  else if (isZero || hasZeros(e))
    return mlir::success(bool(refuseExpression(*e)));
  if (!isConstant && !isZero)
    made.fill = [=](Value place) { return storeInit(e, place, hasZeros(e)); };
  return mlir::success();
}

Value FunctionLowering::createObject(QualType type, LocalAttr local,
                                     Construction &made, SourceLocation loc) {
  if (llvm::is_contained(made.arguments, Value()))
    return {};
  auto text = [&](const std::string &t) {
    return t.empty() ? mlir::StringAttr() : builder.getStringAttr(t);
  };
  VarOp place =
      VarOp::create(builder, at(loc), placeOf(mapContent(type)), local,
                    made.arguments, text(made.init), text(made.zero));
  if (auto shape = describeShape(type); shape && *shape)
    place->setAttr("ad.shape", *shape);
  describeShadow(place, type);
  return made.fill && failed(made.fill(place)) ? Value() : Value(place);
}

Value FunctionLowering::lowerTemporary(const clang::Expr *e, LocalAttr local) {
  QualType type = e->getType().getUnqualifiedType();
  if (!lowerContent(type, e->getExprLoc()))
    return {};
  if (isView(type))
    return lowerView(*e);
  if (!type->isRecordType())
    return refuseExpression(*e);
  if (const auto *call = dyn_cast<CallExpr>(stripWrappers(e));
      call && isObjectCall(*call))
    return lowerObjectCall(*call, local);
  Construction made;
  if (failed(construct(e, made)))
    return {};
  if (!local)
    local = LocalAttr::get(module.getContext(), nextLocal++,
                           builder.getStringAttr("temporary"),
                           builder.getStringAttr(spelling.type(type)),
                           /*generated=*/true);
  return createObject(type, local, made, e->getExprLoc());
}

mlir::LogicalResult
FunctionLowering::lowerObjectVariable(const VarDecl &variable) {
  SourceLocation loc = variable.getLocation();
  QualType type = variable.getType();
  const clang::Expr *init = variable.getInit();
  if (!lowerContent(type, loc))
    return mlir::failure();
  StatementScope scope(*this, &variable, [&] {
    return quoteSource(ast, {loc, variable.getEndLoc()});
  });
  LocalAttr local = createLocal(variable);
  if (!init || variable.isStaticLocal())
    return variable.isStaticLocal() ? refuseVariable(variable)
                                    : refuseType(type, loc);
  if (isView(type)) {
    if (assigned.contains(&variable))
      return refuse(Diag::ViewChanged, loc, {variable.getNameAsString()});
    Value place = lowerView(*init);
    if (!place)
      return mlir::failure();
    variables[&variable] = {local, {namePlace(place, variable)}, {}, nullptr};
    return mlir::success();
  }
  if (const auto *call = dyn_cast<CallExpr>(stripWrappers(init));
      call && isObjectCall(*call)) {
    Value place = lowerObjectCall(*call, local);
    variables[&variable] = {local, {place}, {}, nullptr};
    return mlir::success(bool(place));
  }
  Construction made;
  if (failed(construct(init, made)))
    return mlir::failure();
  if (isConst(type) && !made.fill)
    local = LocalAttr::get(module.getContext(), local.getId(), local.getName(),
                           builder.getStringAttr(spelling.type(type)),
                           local.getGenerated());
  Value place = createObject(type, local, made, loc);
  variables[&variable] = {local, {place}, {}, nullptr};
  return mlir::success(bool(place));
}
