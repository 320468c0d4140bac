//===- LowerObjects.cpp - Objects of classes ------------------------------===//
//
//   p.x                      ad.member %p "x"
//   Vec3 d = p[i];  d = e    loads and stores, member by member
//
//===----------------------------------------------------------------------===//
#include "Annotations.h"
#include "Construction.h"
#include "Lowering.h"
#include "PointerLoads.h"
#include "Requests.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace adgen;
using mlir::Location;
using mlir::Value;

//===----------------------------------------------------------------------===//
// Members and elements
//===----------------------------------------------------------------------===//

/// Notes how the output gets at a private member of the object's class.
void FunctionLowering::revealMember(Value object, const FieldDecl &field) {
  auto type = cast<ObjectType>(cast<PlaceType>(object.getType()).getElement());
  llvm::SmallVector<mlir::Attribute> known;
  if (auto list = module->getAttrOfType<mlir::ArrayAttr>("ad.private_members"))
    known.assign(list.begin(), list.end());
  std::string stem =
      field.getParent()->getNameAsString() + "_" + field.getNameAsString();
  std::string member = spelling.qualifiedName(*field.getParent()) +
                       "::" + field.getNameAsString();
  std::string name = stem;
  unsigned number = 1;
  for (mlir::Attribute entry : known) {
    auto parts =
        cast<mlir::ArrayAttr>(entry).getAsValueRange<mlir::StringAttr>();
    llvm::SmallVector<llvm::StringRef> texts(parts.begin(), parts.end());
    if (texts[0] == type.getSpelling() && texts[1] == field.getName())
      return;
    // One and the same for classes that inherit it.
    if (texts[2] == member)
      name = stem = texts[3].str();
    else if (texts[3] == name)
      name = stem + std::to_string(++number);
  }
  known.push_back(builder.getStrArrayAttr(
      {type.getSpelling(), field.getName(), member, name}));
  module->setAttr("ad.private_members", builder.getArrayAttr(known));
}

Value FunctionLowering::createMember(Value object, const Member &member,
                                     Location loc) {
  MemberOp part =
      MemberOp::create(builder, loc, placeOf(mapContent(member.type)), object,
                       builder.getStringAttr(member.name));
  if (member.field && member.isHidden())
    revealMember(object, *member.field);
  if (member.isInactive())
    part->setAttr("inactive", builder.getUnitAttr());
  if (member.type->isReferenceType())
    part->setAttr("reference", builder.getUnitAttr());
  QualType target = getTarget(member.type);
  if (!target.isNull() && isConst(target) && getIteratorPointer(member.type).isNull())
    part->setAttr("pointer", builder.getStringAttr(
                                 spelling.type(ast.getPointerType(target))));
  return part;
}

Glvalue FunctionLowering::lowerMember(const MemberExpr &e) {
  const auto *field = dyn_cast<FieldDecl>(e.getMemberDecl());
  const clang::Expr *base = e.getBase();
  QualType type = base->getType();
  if (e.isArrow())
    type = getPointee(type);
  const CXXRecordDecl *record =
      type.isNull() ? nullptr : type->getAsCXXRecordDecl();
  bool isOwn = record && field && field->getParent() == record;
  bool isAccepted = isOwn && !field->isBitField() && field->getDeclName() &&
                    mapContent(field->getType()) && mapContent(type);
  if (!isAccepted) {
    if (field && !mapContent(field->getType()))
      (void)refuseType(field->getType(), e.getMemberLoc(), e.getSourceRange());
    else
      (void)refuseExpression(e);
    return {};
  }
  Value object = e.isArrow() ? lowerIterator(*base) : lowerObject(base);
  if (!object)
    return {};
  Value place = createMember(object, *field, at(e.getMemberLoc()));
  if (!field->getType()->isReferenceType())
    return {place};
  Value referred = LoadOp::create(builder, at(e.getMemberLoc()), place);
  noteConstTarget(referred, field->getType(), ast, spelling);
  return {referred};
}

Value FunctionLowering::createContainerElement(Value object, Value index,
                                               QualType element, Location loc) {
  return createAccess("{0}[{1}]", object, index, mapContent(element), loc);
}

std::string FunctionLowering::spellCount(IntType type) {
  if (type == mapType(ast.getSizeType()))
    return "std::size_t";
  return type == mapType(ast.getPointerDiffType()) ? "std::ptrdiff_t"
                                                   : type.getSpelling().str();
}

/// Lowers `body` for each index from 0 to what `count` gives.
mlir::LogicalResult FunctionLowering::lowerCounted(
    SourceLocation where, mlir::Type type, llvm::StringRef spelled,
    llvm::function_ref<Value()> count,
    llvm::function_ref<mlir::LogicalResult(Value)> body, Value start) {
  Location loc = at(where);
  llvm::StringRef names[] = {"i", "j", "k", "l"};
  auto local =
      LocalAttr::get(module.getContext(), nextLocal++,
                     builder.getStringAttr(names[std::min(rangeDepth, 3u)]),
                     builder.getStringAttr(spelled), /*generated=*/true);
  Value counter = VarOp::create(builder, loc, placeOf(type), local);
  if (!start)
    start = adgen::createConstant(builder, loc, type, 0);
  StoreOp::create(builder, loc, start, counter);
  WhileOp loop = createLoop(where, "for");
  llvm::SaveAndRestore depth(rangeDepth, rangeDepth + 1);
  auto lowerHead = [&] {
    Value index = LoadOp::create(builder, loc, counter);
    Value go = createBinary(BO_LT, index, count(), loc);
    NextOp::create(builder, loc, go, mlir::ValueRange());
    return mlir::success();
  };
  auto lowerBody = [&] { return body(LoadOp::create(builder, loc, counter)); };
  auto lowerStep = [&] {
    Value index = LoadOp::create(builder, loc, counter);
    Value one = adgen::createConstant(builder, loc, type, 1);
    StoreOp::create(builder, loc, createBinary(BO_Add, index, one, loc),
                    counter);
    return mlir::success();
  };
  return mlir::failure(failed(lowerLoopRegion(loop.getHead(), lowerHead)) ||
                       failed(lowerLoopRegion(loop.getBody(), lowerBody)) ||
                       failed(lowerLoopRegion(loop.getStep(), lowerStep)));
}

//===----------------------------------------------------------------------===//
// Copies
//===----------------------------------------------------------------------===//

bool FunctionLowering::isCopyable(QualType type) {
  type = type.getCanonicalType();
  if (const ConstantArrayType *array = ast.getAsConstantArrayType(type))
    return isCopyable(array->getElementType());
  if (mapType(type) || !getPointee(type).isNull() || type->isReferenceType())
    return bool(mapContent(type));
  if (std::optional<Container> container = getContainer(type))
    return (container->kind == Container::Array ||
            container->kind == Container::Vector) &&
           isCopyable(container->element);
  const CXXRecordDecl *record = getPlainClass(type);
  return record && llvm::all_of(getMembers(*record), [&](const Member &member) {
           return isCopyable(member.type);
         });
}

/// Lowers `body` for each of `count` elements, one by one where they are few.
mlir::LogicalResult FunctionLowering::lowerEach(
    uint64_t count, SourceLocation where,
    llvm::function_ref<mlir::LogicalResult(Value)> body) {
  mlir::Type integer = mapType(ast.IntTy);
  constexpr uint64_t few = 4;
  if (count > few)
    return lowerCounted(
        where, integer, "int",
        [&] {
          return adgen::createConstant(builder, at(where), integer,
                                       double(count));
        },
        body);
  for (uint64_t i = 0; i < count; ++i)
    if (failed(body(
            adgen::createConstant(builder, at(where), integer, double(i)))))
      return mlir::failure();
  return mlir::success();
}

mlir::LogicalResult FunctionLowering::copyElements(
    uint64_t count, QualType element, SourceLocation where,
    llvm::function_ref<std::pair<Value, Value>(Value)> find) {
  return lowerEach(count, where, [&](Value index) {
    auto [to, from] = find(index);
    return copyObject(to, from, element, where);
  });
}

mlir::LogicalResult FunctionLowering::copyObject(Value to, Value from,
                                                 QualType type,
                                                 SourceLocation where,
                                                 bool isNew) {
  Location loc = at(where);
  type = type.getCanonicalType().getUnqualifiedType();
  if (mapType(type) || !getPointee(type).isNull() || type->isReferenceType()) {
    Value value = LoadOp::create(builder, loc, from);
    noteConstTarget(value, type, ast, spelling);
    StoreOp::create(builder, loc, value, to);
    return mlir::success();
  }
  if (const ConstantArrayType *array = ast.getAsConstantArrayType(type))
    return copyElements(array->getZExtSize(), array->getElementType(), where,
                        [&](Value index) {
                          return std::pair(createElement(to, index, loc),
                                           createElement(from, index, loc));
                        });
  if (std::optional<Container> container = getContainer(type)) {
    QualType element = container->element;
    if (container->kind == Container::Vector)
      return copyVector(to, from, element, where, isNew);
    return copyElements(container->size, element, where, [&](Value index) {
      return std::pair(createContainerElement(to, index, element, loc),
                       createContainerElement(from, index, element, loc));
    });
  }
  const CXXRecordDecl *record = getPlainClass(type);
  if (!record)
    return refuse(Diag::Class, where,
                  {type.getAsString(ast.getPrintingPolicy())});
  for (const Member &member : getMembers(*record))
    if (!isEmptyClass(member.type) &&
        failed(copyObject(createMember(to, member, loc),
                          createMember(from, member, loc), member.type, where,
                          isNew)))
      return mlir::failure();
  return mlir::success();
}

/// An object that starts as a copy of the one at `from`.
FunctionLowering::Construction
FunctionLowering::constructCopyOf(Value from, QualType type,
                                  SourceLocation where) {
  Construction made;
  if (std::string zero = spellZero(type); !zero.empty())
    made.zero = " = " + zero;
  made.fill = [=](Value place) {
    return copyObject(place, from, type, where, /*isNew=*/true);
  };
  return made;
}

/// By way of a third one.
mlir::LogicalResult FunctionLowering::swapObjects(Value x, Value z,
                                                  QualType type,
                                                  SourceLocation where) {
  if (!x || !z)
    return mlir::failure();
  type = type.getUnqualifiedType();
  auto local = LocalAttr::get(module.getContext(), nextLocal++,
                              builder.getStringAttr("before"),
                              builder.getStringAttr(spelling.type(type)),
                              /*generated=*/true);
  Construction made = constructCopyOf(x, type, where);
  Value before = createObject(type, local, made, where);
  return mlir::failure(!before || failed(copyObject(x, z, type, where)) ||
                       failed(copyObject(z, before, type, where)));
}

//===----------------------------------------------------------------------===//
// Assignment
//===----------------------------------------------------------------------===//

/// Whether `e` is a list of numbers alone, one for each member.
bool FunctionLowering::isNumberList(const clang::Expr *e) {
  const auto *list = dyn_cast<InitListExpr>(e);
  const CXXRecordDecl *record = list ? getPlainClass(e->getType()) : nullptr;
  if (!record)
    return false;
  auto parts = list->inits();
  unsigned next = 0;
  for (const Member &member : getMembers(*record)) {
    if (next >= parts.size())
      return false;
    const clang::Expr *part = stripWrappers(parts[next++]);
    bool isNumber =
        mapType(member.type) && !isa<ImplicitValueInitExpr>(part);
    if (!isNumber && !isNumberList(part))
      return false;
  }
  return next > 0;
}

bool FunctionLowering::lowerNumbers(const clang::Expr *e,
                                    llvm::SmallVectorImpl<Value> &numbers) {
  e = stripWrappers(e);
  if (const auto *list = dyn_cast<InitListExpr>(e);
      list && list->getType()->isRecordType())
    return llvm::all_of(list->inits(), [&](const clang::Expr *part) {
      return lowerNumbers(part, numbers);
    });
  numbers.push_back(lowerValue(e));
  return bool(numbers.back());
}

void FunctionLowering::storeNumbers(const clang::Expr *e, Value place,
                                    llvm::ArrayRef<Value> &numbers) {
  e = stripWrappers(e);
  Location loc = at(e->getExprLoc());
  const auto *list = dyn_cast<InitListExpr>(e);
  if (!list || !list->getType()->isRecordType()) {
    StoreOp::create(builder, loc, numbers.front(), place);
    numbers = numbers.drop_front();
    return;
  }
  for (auto [member, part] :
       llvm::zip(getMembers(*getPlainClass(e->getType())), list->inits()))
    storeNumbers(part, createMember(place, member, loc), numbers);
}

std::optional<Glvalue>
FunctionLowering::lowerObjectAssignment(const CXXOperatorCallExpr &e) {
  if (std::optional<Glvalue> vector = lowerVectorAssignment(e))
    return *vector;
  const auto *method = dyn_cast_or_null<CXXMethodDecl>(e.getDirectCallee());
  if (e.getOperator() != OO_Equal || !method ||
      !isCopyable(e.getArg(0)->getType()) ||
      !getIteratorPointer(e.getArg(0)->getType()).isNull() ||
      mapType(e.getArg(0)->getType()))
    return {};
  bool isMemberwise =
      (method->isCopyAssignmentOperator() || method->isMoveAssignmentOperator()) &&
      (!method->isUserProvided() || method->getParent()->isInStdNamespace());
  const clang::Expr *source = stripWrappers(e.getArg(1));
  const CXXRecordDecl *record = getPlainClass(e.getArg(0)->getType());
  // Of another tuple.
  if (!isMemberwise && record && isTuple(*record) && method->getParent()->isInStdNamespace()) {
    Value from = lowerObject(source);
    Glvalue target = from ? lowerGlvalue(e.getArg(0)) : Glvalue();
    Value to = target ? takePlace(target, e) : Value();
    return to && succeeded(convertTuple(from, source->getType(), *record, e.getOperatorLoc(), to))
               ? Glvalue{to}
               : Glvalue();
  }
  if (!isMemberwise)
    return {};
  // Numbers are all computed before one is stored.
  llvm::SmallVector<Value> numbers;
  if (isNumberList(source)) {
    if (!lowerNumbers(source, numbers))
      return Glvalue();
    Glvalue target = lowerGlvalue(e.getArg(0));
    Value to = target ? takePlace(target, e) : Value();
    if (!to)
      return Glvalue();
    llvm::ArrayRef<Value> rest = numbers;
    storeNumbers(source, to, rest);
    return Glvalue{to};
  }
  Value from = lowerObject(source);
  Glvalue target = from ? lowerGlvalue(e.getArg(0)) : Glvalue();
  Value to = target ? takePlace(target, e) : Value();
  if (!to ||
      failed(copyObject(to, from, e.getArg(0)->getType(), e.getOperatorLoc())))
    return Glvalue();
  return Glvalue{to};
}
