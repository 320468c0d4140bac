//===- LowerNewElements.cpp - What is added to containers -----------------===//
//
//   v.push_back(x)             ad.push %v, %x
//   v.push_back(s)             ad.push %v, and s is copied to the last element
//   v.emplace_back(x, y)       an object is made of x and y, and copied likewise
//   v.emplace_back()           ad.push %v
//
//===----------------------------------------------------------------------===//
#include "Construction.h"
#include "Reshaping.h"

using namespace clang;
using namespace adgen;
using mlir::Location;
using mlir::Value;

/// The constructor of the class that takes so many numbers, if there is just one.
static const CXXConstructorDecl *findConstructor(const CXXRecordDecl &record,
                                                 size_t count) {
  const CXXConstructorDecl *found = nullptr;
  for (const CXXConstructorDecl *constructor : record.ctors()) {
    if (constructor->isCopyOrMoveConstructor() || constructor->isDeleted() ||
        constructor->getMinRequiredArguments() > count ||
        constructor->getNumParams() < count)
      continue;
    if (found)
      return nullptr;
    found = constructor;
  }
  return found;
}

/// `v.emplace_back(x, y)`: what a constructor or, without one, the members get.
mlir::FailureOr<FunctionLowering::Reshaping::NewElement>
FunctionLowering::Reshaping::constructElement(
    llvm::ArrayRef<const clang::Expr *> arguments, QualType element,
    const CallExpr &e) {
  const CXXRecordDecl *record = getPlainClass(element);
  SourceLocation where = e.getExprLoc();
  const CXXConstructorDecl *constructor =
      record ? findConstructor(*record, arguments.size()) : nullptr;
  // Those of the library are no constructors that can be followed.
  bool isTuple = record && adgen::isTuple(*record);
  llvm::SmallVector<Member> members;
  if (record)
    members = getMembers(*record);
  bool areMembers = record && record->isAggregate() && !record->getNumBases() &&
                    members.size() == arguments.size();
  areMembers &= llvm::none_of(members, [](const Member &member) {
    return member.type->isReferenceType();
  });
  auto isNumber = [&](QualType type) { return bool(f.mapType(type.getNonReferenceType())); };
  bool areNumbers = llvm::all_of(arguments, [&](const clang::Expr *argument) {
    return isNumber(argument->getType());
  });
  if (areMembers)
    areNumbers &= llvm::all_of(members, [&](const Member &member) {
      return isNumber(member.type);
    });
  // Default arguments stand in no call here.
  bool isUsers = constructor && constructor->isUserProvided() &&
                 constructor->getNumParams() == arguments.size() &&
                 llvm::all_of(constructor->parameters(), [&](const ParmVarDecl *p) {
                   return isNumber(p->getType());
                 });
  bool isKnown = isTuple || (areNumbers && (areMembers || isUsers));
  if (!f.isCopyable(element) || !isKnown) {
    (void)f.refuseType(element, where, e.getSourceRange());
    return mlir::failure();
  }
  Construction object;
  object.fill = [&](Value place) {
    return isTuple   ? f.storeTuple(arguments, *record, e, place)
           : isUsers ? f.lowerConstructorCall(*constructor, arguments, e, place)
                     : f.storeMembers(members, arguments, place);
  };
  if (std::string zero = f.spellZero(element); !zero.empty())
    object.zero = " = " + zero;
  auto local = LocalAttr::get(f.module.getContext(), f.nextLocal++,
                              f.builder.getStringAttr("element"),
                              f.builder.getStringAttr(f.spelling.type(element)),
                              /*generated=*/true);
  NewElement made;
  made.object = f.createObject(element, local, object, where);
  if (!made.object)
    return mlir::failure();
  return made;
}

/// What is to be the content of elements: computed before the vector changes.
mlir::FailureOr<FunctionLowering::Reshaping::NewElement>
FunctionLowering::Reshaping::lowerNewElement(const clang::Expr &e, QualType element) {
  NewElement made;
  Location loc = f.at(e.getExprLoc());
  if (mlir::Type type = f.mapType(element)) {
    llvm::SmallVector<Value> values;
    const clang::Expr *argument = &e;
    if (!f.lowerArguments(argument, values))
      return mlir::failure();
    made.value = f.convert(values[0], type, loc);
    return made;
  }
  if (!f.isCopyable(element) ||
      !f.ast.hasSameUnqualifiedType(e.getType(), element)) {
    (void)f.refuseExpression(e);
    return mlir::failure();
  }
  const clang::Expr *source = stripWrappers(&e);
  if (f.isNumberList(source)) {
    made.list = source;
    if (!f.lowerNumbers(source, made.numbers))
      return mlir::failure();
    return made;
  }
  made.object = f.withoutNames(f.lowerObject(source));
  made.isMoved = source->isXValue();
  if (!made.object)
    return mlir::failure();
  return made;
}

mlir::LogicalResult FunctionLowering::Reshaping::storeNewElement(const NewElement &made,
                                                      Value place,
                                                      QualType element,
                                                      SourceLocation where,
                                                      bool isNew) {
  if (made.value) {
    StoreOp::create(f.builder, f.at(where), made.value, place);
    return mlir::success();
  }
  if (made.list) {
    llvm::ArrayRef<Value> numbers = made.numbers;
    f.storeNumbers(made.list, place, numbers);
    return mlir::success();
  }
  return f.copyObject(place, made.object, element, where, isNew);
}

mlir::LogicalResult FunctionLowering::Reshaping::addElement(Value vector,
                                                 const NewElement &made,
                                                 QualType element,
                                                 SourceLocation where) {
  PushOp::create(f.builder, f.at(where), vector, made.value);
  return made.value
             ? mlir::success()
             : storeNewElement(made, f.createLast(vector, element, f.at(where)),
                               element, where, /*isNew=*/true);
}

mlir::LogicalResult
FunctionLowering::Reshaping::lowerPush(Value vector, QualType element,
                            llvm::ArrayRef<const clang::Expr *> arguments,
                            const CallExpr &e) {
  SourceLocation where = e.getExprLoc();
  Location loc = f.at(where);
  std::optional<Container> inner = getContainer(element);
  bool isRow = inner && inner->kind == Container::Vector;
  if (arguments.empty()) {
    PushOp::create(f.builder, loc, vector, Value());
    return mlir::success();
  }
  if (isRow && arguments[0]->getType()->isIntegerType()) {
    Value count = f.lowerCount(*arguments[0]);
    NewElement made;
    if (count && arguments.size() == 2) {
      auto lowered = lowerNewElement(*arguments[1], inner->element);
      if (failed(lowered))
        return mlir::failure();
      made = *lowered;
    }
    if (!count)
      return mlir::failure();
    PushOp::create(f.builder, loc, vector, Value());
    Value row = f.createLast(vector, element, loc);
    growVector(row, count, loc);
    return arguments.size() == 1
               ? mlir::success()
               : lowerElementsFrom(row, {}, inner->element, where,
                                   [&](Value part) {
                                     return storeNewElement(
                                         made, part, inner->element, where,
                                         /*isNew=*/true);
                                   });
  }
  bool isGiven = arguments.size() == 1 &&
                 (!getPlainClass(element) ||
                  f.ast.hasSameUnqualifiedType(arguments[0]->getType(), element));
  mlir::FailureOr<NewElement> made =
      isGiven ? lowerNewElement(*arguments[0], element)
              : constructElement(arguments, element, e);
  if (failed(made))
    return mlir::failure();
  if (failed(addElement(vector, *made, element, where)))
    return mlir::failure();
  return made->isMoved ? f.emptyObject(made->object, element, where)
                       : mlir::success();
}
