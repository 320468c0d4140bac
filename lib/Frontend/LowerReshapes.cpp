//===- LowerReshapes.cpp - What changes containers as wholes --------------===//
//
//   v.push_back(x)             ad.push %v, %x
//   v.push_back(s)             ad.push %v, and s is copied to the last element
//   v.pop_back()               ad.pop %v
//   v.resize(n, x), assign     ad.resize %v to %n, and a loop that stores
//   v = w                      ad.resize %v to the size of w, and a loop
//   a.fill(x)                  a loop that stores
//   v = std::move(w)           ad.resize %v to 0, ad.swap %v, %w
//
// Of a container of containers, what is dropped is emptied first: then the reverse
// of each change adds empty elements.
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"
#include "MemberDescriptions.h"
#include "Reshaping.h"
#include "Sequences.h"

using namespace clang;
using namespace adgen;
using llvm::StringRef;
using mlir::Location;
using mlir::Value;

namespace {

/// A call that changes the shape of a vector.
struct ShapeCall {
  StringRef name;
  const clang::Expr *object;
  llvm::ArrayRef<const clang::Expr *> arguments;
  QualType element;
};

} // namespace

static std::optional<ShapeCall> findShapeCall(const CallExpr &e) {
  const auto *member = dyn_cast<CXXMemberCallExpr>(&e);
  const FunctionDecl *callee = e.getDirectCallee();
  if (!member || !callee || !callee->getIdentifier())
    return {};
  std::optional<Container> container = getContainer(member->getObjectType());
  StringRef name = callee->getName();
  unsigned arity = e.getNumArgs();
  bool isFill = container && container->kind == Container::Array &&
                name == "fill" && arity == 1;
  if (isFill)
    return ShapeCall{name, member->getImplicitObjectArgument(),
                     {e.getArgs(), arity}, container->element};
  if (!container || container->kind != Container::Vector)
    return {};
  bool isKnown = (name == "push_back" && arity == 1) ||
                 (name == "pop_back" && arity == 0) ||
                 (name == "clear" && arity == 0) ||
                 (name == "shrink_to_fit" && arity == 0) ||
                 (name == "reserve" && arity == 1) ||
                 (name == "swap" && arity == 1) ||
                 (name == "resize" && (arity == 1 || arity == 2)) ||
                 (name == "assign" && (arity == 1 || arity == 2)) ||
                 name == "emplace_back";
  const clang::Expr *whole =
      name == "insert" && (arity == 2 || arity == 3)
          ? findWhole(e.getArg(0), {"end", "cend"})
          : nullptr;
  isKnown |= whole && isSameObject(whole, member->getImplicitObjectArgument()) &&
             (arity == 2 || !getPointee(e.getArg(1)->getType()).isNull());
  if (!isKnown)
    return {};
  return ShapeCall{name, member->getImplicitObjectArgument(),
                   {e.getArgs(), arity}, container->element};
}

bool FunctionLowering::isShapeCall(const CallExpr &e) {
  return findShapeCall(e).has_value();
}

//===----------------------------------------------------------------------===//
// Shapes
//===----------------------------------------------------------------------===//

/// Whether there are vectors in objects of this type.
static bool hasVectors(QualType type) {
  type = type.getCanonicalType();
  if (const auto *array = dyn_cast<ConstantArrayType>(type.getTypePtr()))
    return hasVectors(array->getElementType());
  if (std::optional<Container> container = getContainer(type))
    return container->kind == Container::Vector ||
           (container->kind == Container::Array &&
            hasVectors(container->element));
  const CXXRecordDecl *record = type->getAsCXXRecordDecl();
  if (!record || !record->hasDefinition())
    return false;
  record = record->getDefinition();
  return llvm::any_of(getMembers(*record),
                      [](const Member &member) { return hasVectors(member.type); });
}

std::optional<mlir::DictionaryAttr>
FunctionLowering::describeShape(QualType type) {
  type = type.getCanonicalType().getUnqualifiedType();
  if (!hasVectors(type))
    return mlir::DictionaryAttr();
  std::optional<Container> container = getContainer(type);
  const CXXRecordDecl *record = container ? nullptr : getPlainClass(type);
  if (!container && !record)
    return {};
  mlir::NamedAttrList parts;
  if (container) {
    auto inner = describeShape(container->element);
    if (!inner)
      return {};
    parts.set("element", mlir::TypeAttr::get(mapContent(container->element)));
    if (container->kind == Container::Array)
      parts.set("count", builder.getI64IntegerAttr(container->size));
    if (*inner)
      parts.set("shape", *inner);
    return parts.getDictionary(builder.getContext());
  }
  auto members = describeMembers(
      *record, "shape", builder, [&](QualType type) { return mapContent(type); },
      [&](QualType type) { return describeShape(type); });
  if (!members)
    return {};
  parts.set("members", *members);
  return parts.getDictionary(builder.getContext());
}

Value FunctionLowering::createSize(Value container, Location loc) {
  return QueryOp::create(builder, loc, mapType(ast.getSizeType()), "{0}.size()",
                         container, mlir::ValueRange());
}

Value FunctionLowering::createLast(Value container, QualType element,
                                   Location loc) {
  Value last =
      QueryOp::create(builder, loc, mapType(ast.getSizeType()),
                      "{0}.size() - 1", container, mlir::ValueRange());
  return createContainerElement(container, last, element, loc);
}

/// An integer that others may use as well, in the type of sizes.
Value FunctionLowering::Reshaping::asSize(Value value, Location loc) {
  mlir::Type type = f.mapType(f.ast.getSizeType());
  if (value.getType() == type)
    return value;
  if (std::optional<llvm::APInt> constant = intConstant(value))
    return adgen::createConstant(f.builder, loc, type,
                                 double(constant->getSExtValue()));
  return CastOp::create(f.builder, loc, type, value, mlir::StringAttr());
}

/// Lowers `body` for the elements from `start` to the end.
mlir::LogicalResult FunctionLowering::Reshaping::lowerElementsFrom(
    Value container, Value start, QualType element, SourceLocation where,
    llvm::function_ref<mlir::LogicalResult(Value)> body) {
  Location loc = f.at(where);
  mlir::Type type = f.mapType(f.ast.getSizeType());
  Value end = f.createSize(container, loc);
  return f.lowerCounted(
      where, type, "std::size_t", [&] { return end; },
      [&](Value index) {
        return body(f.createContainerElement(container, index, element, loc));
      },
      start ? asSize(start, loc) : Value());
}

/// Leaves no elements in the vectors of an object.
mlir::LogicalResult FunctionLowering::emptyObject(Value place, QualType type,
                                                  SourceLocation where) {
  Reshaping reshaping(*this);
  type = type.getCanonicalType();
  if (!hasVectors(type))
    return mlir::success();
  Location loc = at(where);
  if (std::optional<Container> container = getContainer(type)) {
    QualType element = container->element;
    auto empty = [&](Value part) { return emptyObject(part, element, where); };
    if (container->kind == Container::Array) {
      mlir::Type integer = mapType(ast.IntTy);
      return lowerCounted(
          where, integer, "int",
          [&] {
            return adgen::createConstant(builder, loc, integer,
                                         double(container->size));
          },
          [&](Value index) {
            return empty(createContainerElement(place, index, element, loc));
          });
    }
    Value zero =
        adgen::createConstant(builder, loc, mapType(ast.getSizeType()), 0);
    return reshaping.resizeVector(place, zero, element, where);
  }
  const CXXRecordDecl *record = getPlainClass(type);
  if (!record)
    return refuseType(type, where);
  for (const Member &member : getMembers(*record))
    if (failed(emptyObject(hasVectors(member.type)
                               ? createMember(place, member, loc)
                               : place,
                           member.type, where)))
      return mlir::failure();
  return mlir::success();
}

mlir::LogicalResult FunctionLowering::Reshaping::resizeVector(Value vector, Value count,
                                                   QualType element,
                                                   SourceLocation where) {
  if (failed(f.checkElements(vector, element, where)))
    return mlir::failure();
  if (hasVectors(element) &&
      failed(lowerElementsFrom(vector, count, element, where, [&](Value part) {
        return f.emptyObject(part, element, where);
      })))
    return mlir::failure();
  ResizeOp::create(f.builder, f.at(where), vector, count, Value());
  return mlir::success();
}

void FunctionLowering::Reshaping::growVector(Value vector, Value count, Location loc) {
  Value none =
      adgen::createConstant(f.builder, loc, f.mapType(f.ast.getSizeType()), 0);
  ResizeOp::create(f.builder, loc, vector, count, none);
}

//===----------------------------------------------------------------------===//
// Whole vectors
//===----------------------------------------------------------------------===//

mlir::LogicalResult FunctionLowering::Reshaping::copyVector(Value to, Value from,
                                                 QualType element,
                                                 SourceLocation where,
                                                 bool isNew) {
  Location loc = f.at(where);
  mlir::Type type = f.mapType(f.ast.getSizeType());
  Value count = f.createSize(from, loc);
  if (isNew)
    growVector(to, count, loc);
  else if (failed(resizeVector(to, count, element, where)))
    return mlir::failure();
  return f.lowerCounted(
      where, type, "std::size_t", [&] { return count; },
      [&](Value index) {
        return f.copyObject(f.createContainerElement(to, index, element, loc),
                          f.createContainerElement(from, index, element, loc),
                          element, where, isNew);
      });
}

/// How many loops are around the object, if it is a variable or parameter.
static std::optional<unsigned> scopeOf(Value object) {
  mlir::Operation *op = object.getDefiningOp();
  if (op && !isa<VarOp>(op))
    return {};
  unsigned depth = 0;
  for (; op; op = op->getParentOp())
    depth += isa<WhileOp>(op);
  return depth;
}

mlir::LogicalResult FunctionLowering::Reshaping::moveVector(Value to, Value from,
                                                 QualType type,
                                                 SourceLocation where) {
  QualType element = getContainer(type)->element;
  std::optional<unsigned> scope = scopeOf(to);
  if (to != from && scope && scope == scopeOf(from)) {
    if (failed(f.emptyObject(to, type, where)))
      return mlir::failure();
    SwapOp::create(f.builder, f.at(where), to, from);
    return mlir::success();
  }
  return mlir::failure(failed(copyVector(to, from, element, where)) ||
                       failed(f.emptyObject(from, type, where)));
}

mlir::LogicalResult FunctionLowering::copyVector(Value to, Value from,
                                                 QualType element,
                                                 SourceLocation where,
                                                 bool isNew) {
  return Reshaping(*this).copyVector(to, from, element, where, isNew);
}

std::optional<Glvalue>
FunctionLowering::lowerVectorAssignment(const CXXOperatorCallExpr &e) {
  Reshaping reshaping(*this);
  QualType type = e.getArg(0)->getType();
  std::optional<Container> container = getContainer(type);
  if (e.getOperator() != OO_Equal || !container ||
      container->kind != Container::Vector || !isCopyable(type))
    return {};
  SourceLocation where = e.getOperatorLoc();
  const clang::Expr *source = stripWrappers(e.getArg(1));
  if (isa<CXXStdInitializerListExpr>(source)) {
    Glvalue target = lowerGlvalue(e.getArg(0));
    Value to = target ? takePlace(target, e) : Value();
    return to && succeeded(reshaping.assignList(to, *source, container->element, where))
               ? Glvalue{to}
               : Glvalue();
  }
  Value from = withoutNames(lowerObject(source));
  Glvalue target = from ? lowerGlvalue(e.getArg(0)) : Glvalue();
  Value to = target ? takePlace(target, e) : Value();
  if (!to)
    return Glvalue();
  bool isMoved = source->isXValue();
  if (failed(isMoved ? reshaping.moveVector(to, from, type, where)
                     : reshaping.copyVector(to, from, container->element, where)))
    return Glvalue();
  return Glvalue{to};
}

mlir::LogicalResult FunctionLowering::Reshaping::assignList(Value vector,
                                                 const clang::Expr &e,
                                                 QualType element,
                                                 SourceLocation where) {
  const auto *braces = dyn_cast<CXXStdInitializerListExpr>(&e);
  const auto *list =
      braces ? dyn_cast<InitListExpr>(stripWrappers(braces->getSubExpr()))
             : nullptr;
  mlir::Type type = f.mapType(element);
  if (!list || !type)
    return mlir::success(bool(f.refuseExpression(e)));
  Location loc = f.at(where);
  llvm::SmallVector<Value> values;
  for (const clang::Expr *part : list->inits()) {
    Value value = f.lowerValue(part);
    if (!value)
      return mlir::failure();
    values.push_back(f.convert(value, type, loc));
  }
  mlir::Type integer = f.mapType(f.ast.IntTy);
  ResizeOp::create(
      f.builder, loc, vector,
      adgen::createConstant(f.builder, loc, integer, double(values.size())),
      Value());
  for (auto [i, value] : llvm::enumerate(values)) {
    Value index = adgen::createConstant(f.builder, loc, integer, double(i));
    StoreOp::create(f.builder, loc, value,
                    f.createContainerElement(vector, index, element, loc));
  }
  return mlir::success();
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// `a.fill(x)` of a std::array.
mlir::LogicalResult
FunctionLowering::Reshaping::fillArray(Value array, QualType element,
                                       const clang::Expr &content, SourceLocation where) {
  mlir::FailureOr<NewElement> made = lowerNewElement(content, element);
  if (failed(made))
    return mlir::failure();
  return lowerElementsFrom(array, {}, element, where, [&](Value part) {
    return storeNewElement(*made, part, element, where, /*isNew=*/false);
  });
}

/// `resize(n, x)` gives new elements a content, `assign(n, x)` all of them.
mlir::LogicalResult
FunctionLowering::Reshaping::lowerFilling(Value vector, QualType element,
                               llvm::ArrayRef<const clang::Expr *> arguments,
                               bool isAll, SourceLocation where) {
  Value count = f.lowerCount(*arguments[0]);
  if (!count)
    return mlir::failure();
  if (arguments.size() == 1)
    return resizeVector(vector, count, element, where);
  mlir::FailureOr<NewElement> made = lowerNewElement(*arguments[1], element);
  if (failed(made))
    return mlir::failure();
  Value before = isAll ? Value() : f.createSize(vector, f.at(where));
  if (failed(resizeVector(vector, count, element, where)))
    return mlir::failure();
  return lowerElementsFrom(vector, before, element, where, [&](Value part) {
    return storeNewElement(*made, part, element, where, /*isNew=*/!isAll);
  });
}

mlir::LogicalResult FunctionLowering::lowerShapeCall(const CallExpr &e,
                                                     Glvalue *element) {
  Reshaping reshaping(*this);
  ShapeCall call = *findShapeCall(e);
  SourceLocation where = e.getExprLoc();
  Location loc = at(where);
  Value vector = lowerObject(call.object);
  if (!vector)
    return mlir::failure();
  QualType type = call.element;
  if (call.name == "fill")
    return reshaping.fillArray(vector, type, *call.arguments[0], where);
  if (failed(checkElements(vector, type, where)))
    return mlir::failure();
  if (call.name == "push_back" || call.name == "emplace_back") {
    if (!getPointee(type).isNull() || !(mapType(type) || isCopyable(type)))
      return refuseType(type, where, e.getSourceRange());
    if (failed(reshaping.lowerPush(vector, type, call.arguments, e)))
      return mlir::failure();
    if (element)
      *element = {createLast(vector, type, loc)};
    return mlir::success();
  }
  if (call.name == "pop_back") {
    if (hasVectors(type) &&
        failed(emptyObject(createLast(vector, type, loc), type, where)))
      return mlir::failure();
    PopOp::create(builder, loc, vector);
    return mlir::success();
  }
  if (call.name == "clear")
    return reshaping.resizeVector(
        vector,
        adgen::createConstant(builder, loc, mapType(ast.getSizeType()), 0),
        type, where);
  // No more than a hint.
  if (call.name == "reserve")
    return mlir::success(bool(lowerCount(*call.arguments[0])));
  if (call.name == "shrink_to_fit")
    return mlir::success();
  if (call.name == "swap") {
    Value other = lowerObject(call.arguments[0]);
    if (!other)
      return mlir::failure();
    SwapOp::create(builder, loc, vector, other);
    return mlir::success();
  }
  if (call.name == "insert" && call.arguments.size() == 2)
    return reshaping.lowerPush(vector, type, call.arguments.drop_front(), e);
  if (call.name == "insert") {
    std::optional<Sequence> range =
        lowerRange(*call.arguments[1], *call.arguments[2]);
    if (!range)
      return mlir::failure();
    return lowerForEach(*range, where, [&](Value index) {
      Reshaping::NewElement made;
      Value place = createRangeElement(*range, index, loc);
      if (mapType(type))
        made.value = LoadOp::create(builder, loc, place);
      else
        made.object = place;
      return reshaping.addElement(vector, made, type, where);
    });
  }
  const clang::Expr *first = call.arguments[0];
  if (call.arguments.size() == 1 && !first->getType()->isIntegerType())
    return reshaping.assignList(vector, *stripWrappers(first), type, where);
  if (first->getType()->isIntegerType())
    return reshaping.lowerFilling(vector, type, call.arguments, call.name == "assign",
                        where);
  std::optional<Sequence> range = lowerRange(*first, *call.arguments[1]);
  if (!range || failed(reshaping.resizeVector(vector, range->count, type, where)))
    return mlir::failure();
  return lowerForEach(*range, where, [&](Value index) {
    return copyObject(createContainerElement(vector, index, type, loc),
                      createRangeElement(*range, index, loc), type, where);
  });
}
