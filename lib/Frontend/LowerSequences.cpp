//===- LowerSequences.cpp - What algorithms of the library work on --------===//
//
//   v.begin(), v.end()        all elements of v: as many as {0}.size()
//   v.rbegin(), v.rend()      the same, from the last one
//   std::back_inserter(v)     as many as are stored
//   x, x + n                  n elements behind x
//   first, last               last - first elements behind `first`
//
// And the functions that they call for each element.
//
//===----------------------------------------------------------------------===//
#include "Closures.h"
#include "Lowering.h"
#include "Sequences.h"

#include "llvm/ADT/StringSwitch.h"

using namespace clang;
using namespace adgen;
using llvm::StringRef;
using mlir::Location;
using mlir::Value;

//===----------------------------------------------------------------------===//
// Ranges
//===----------------------------------------------------------------------===//

bool adgen::isSameObject(const clang::Expr *a, const clang::Expr *b) {
  a = a->IgnoreParenImpCasts();
  b = b->IgnoreParenImpCasts();
  if (isa<CXXThisExpr>(a) && isa<CXXThisExpr>(b))
    return true;
  const auto *x = dyn_cast<DeclRefExpr>(a), *z = dyn_cast<DeclRefExpr>(b);
  if (x && z)
    return x->getDecl() == z->getDecl();
  const auto *first = dyn_cast<MemberExpr>(a);
  const auto *second = dyn_cast<MemberExpr>(b);
  return first && second &&
         first->getMemberDecl() == second->getMemberDecl() &&
         isSameObject(first->getBase(), second->getBase());
}

QualType adgen::getRangeElement(QualType type) {
  const auto *instance = dyn_cast_or_null<ClassTemplateSpecializationDecl>(
      type->getAsCXXRecordDecl());
  bool isReverse = instance && instance->isInStdNamespace() &&
                   instance->getName() == "reverse_iterator";
  return getPointee(isReverse ? instance->getTemplateArgs()[0].getAsType()
                              : type);
}

const clang::Expr *adgen::findWhole(const clang::Expr *e,
                                    llvm::ArrayRef<StringRef> names) {
  e = stripWrappers(e);
  if (const auto *copy = dyn_cast<CXXConstructExpr>(e);
      copy && copy->getNumArgs() > 0 && !getRangeElement(e->getType()).isNull())
    return findWhole(copy->getArg(0), names);
  const auto *call = dyn_cast<CallExpr>(e);
  const FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
  if (!callee || !callee->getIdentifier() ||
      !llvm::is_contained(names, callee->getName()))
    return nullptr;
  const clang::Expr *object = nullptr;
  if (const auto *member = dyn_cast<CXXMemberCallExpr>(call))
    object = member->getImplicitObjectArgument();
  else if (callee->isInStdNamespace() && call->getNumArgs() == 1)
    object = call->getArg(0);
  bool isContainer =
      object && object->isGLValue() && getContainer(object->getType());
  return isContainer ? object : nullptr;
}

/// `n` in `p + n` where `base` is p; null if it is something else.
static const clang::Expr *findLength(const clang::Expr *base,
                                     const clang::Expr *end) {
  const auto *sum = dyn_cast<BinaryOperator>(end->IgnoreParenImpCasts());
  if (!sum || sum->getOpcode() != BO_Add ||
      !sum->getLHS()->getType()->isPointerType())
    return nullptr;
  return isSameObject(base, sum->getLHS()) ? sum->getRHS() : nullptr;
}

std::optional<Sequence>
FunctionLowering::lowerRange(const clang::Expr &first,
                             const clang::Expr &last) {
  Location loc = at(first.getExprLoc());
  QualType element = getRangeElement(first.getType());
  bool isReversed = getPointee(first.getType()).isNull();
  const clang::Expr *whole = findWhole(&first, {"begin", "cbegin"});
  const clang::Expr *same = findWhole(&last, {"end", "cend"});
  if (isReversed) {
    whole = findWhole(&first, {"rbegin", "crbegin"});
    same = findWhole(&last, {"rend", "crend"});
  }
  bool isWhole = whole && same && isSameObject(whole, same);
  if (element.isNull() || !mapContent(element) || (isReversed && !isWhole)) {
    (void)refuseExpression(first);
    return {};
  }
  if (isWhole) {
    Value object = lowerObject(whole);
    if (!object)
      return {};
    Value count = QueryOp::create(builder, loc, mapType(ast.getSizeType()),
                                  "{0}.size()", object, mlir::ValueRange());
    return Sequence{object, {}, count, element, isReversed};
  }
  Value base = lowerIterator(first);
  if (!base)
    return {};
  if (const clang::Expr *length = findLength(&first, &last)) {
    Value count = lowerCount(*length);
    return count ? std::optional(Sequence{{}, base, count, element})
                 : std::nullopt;
  }
  Value end = lowerIterator(last);
  if (!end)
    return {};
  Value count = DistanceOp::create(
      builder, loc, mapType(ast.getPointerDiffType()), end, base);
  return Sequence{{}, base, count, element};
}

/// A range that begins at `first` and is as long as the algorithm needs.
std::optional<Sequence>
FunctionLowering::lowerOpenRange(const clang::Expr &first, Value count) {
  if (const clang::Expr *grown = findWhole(&first, {"back_inserter"})) {
    std::optional<Container> container = getContainer(grown->getType());
    Value object = container->kind == Container::Vector ? lowerObject(grown)
                                                        : refuseExpression(first);
    if (!object)
      return {};
    return Sequence{{}, {}, count, container->element, false, object};
  }
  QualType element = getRangeElement(first.getType());
  bool isReversed = !element.isNull() && getPointee(first.getType()).isNull();
  const clang::Expr *whole =
      findWhole(&first, {isReversed ? "rbegin" : "begin"});
  if (element.isNull() || !mapContent(element) || (isReversed && !whole)) {
    (void)refuseExpression(first);
    return {};
  }
  if (whole) {
    Value object = lowerObject(whole);
    return object ? std::optional(Sequence{object, {}, count, element, isReversed})
                  : std::nullopt;
  }
  Value base = lowerIterator(first);
  return base ? std::optional(Sequence{{}, base, count, element}) : std::nullopt;
}

Value FunctionLowering::createRangeElement(const Sequence &range, Value index,
                                           Location loc) {
  if (range.isReversed) {
    Value one = adgen::createConstant(builder, loc, range.count.getType(), 1);
    Value size = QueryOp::create(builder, loc, mapType(ast.getSizeType()),
                                 "{0}.size()", range.object, mlir::ValueRange());
    Value last = createBinary(BO_Sub, size, one, loc);
    index = createBinary(BO_Sub, last, convert(index, size.getType(), loc), loc);
  }
  if (range.object)
    return createContainerElement(range.object, index, range.element, loc);
  return createOffset(range.base, index, false, loc);
}

/// Where the element `index` of a range is, as an iterator or pointer.
Value FunctionLowering::createRangePointer(const Sequence &range, Value index,
                                           Location loc) {
  // Nobody can have such an iterator.
  if (range.isReversed || range.inserter)
    return range.count;
  Value base = range.base;
  if (range.object)
    base = createAccess("{0}.begin()", range.object, {},
                        mapContent(range.element), loc, "pointer");
  return createOffset(base, index, false, loc);
}

mlir::LogicalResult FunctionLowering::lowerForEach(
    const Sequence &range, SourceLocation where,
    llvm::function_ref<mlir::LogicalResult(Value)> body) {
  auto integer = cast<IntType>(range.count.getType());
  return lowerCounted(
      where, integer, spellCount(integer), [&] { return range.count; }, body);
}

//===----------------------------------------------------------------------===//
// Functions that algorithms call
//===----------------------------------------------------------------------===//

/// The call operator of a class for arguments of these types; null if there are
/// several, or none that is known.
static const FunctionDecl *findCallOperator(const CXXRecordDecl &record,
                                            llvm::ArrayRef<QualType> types,
                                            ASTContext &ast) {
  const FunctionDecl *found = nullptr;
  auto consider = [&](const FunctionDecl *candidate) {
    if (candidate->getNumParams() != types.size())
      return;
    for (auto [parameter, type] : llvm::zip(candidate->parameters(), types))
      if (!parameter->getType()->isDependentType() &&
          !ast.hasSameUnqualifiedType(
              parameter->getType().getNonReferenceType(), type) &&
          !parameter->getType()->isArithmeticType())
        return;
    found = found ? nullptr : candidate;
  };
  DeclarationName name = ast.DeclarationNames.getCXXOperatorName(OO_Call);
  for (const NamedDecl *decl : record.lookup(name)) {
    if (const auto *method = dyn_cast<FunctionDecl>(decl))
      consider(method);
    else if (const auto *pattern = dyn_cast<FunctionTemplateDecl>(decl))
      for (const FunctionDecl *instance : pattern->specializations())
        consider(instance);
  }
  return found;
}

/// `std::plus<>` and its like.
static std::optional<BinaryOperatorKind>
getStdOperation(const CXXRecordDecl &record) {
  if (!record.isInStdNamespace() || !record.getIdentifier())
    return {};
  return llvm::StringSwitch<std::optional<BinaryOperatorKind>>(record.getName())
      .Case("plus", BO_Add)
      .Case("minus", BO_Sub)
      .Case("multiplies", BO_Mul)
      .Case("divides", BO_Div)
      .Default({});
}

/// What `function`, a lambda with captures or anything that is called, gives for
/// each element: lowered once, before the first.
mlir::LogicalResult
FunctionLowering::lowerCallable(const clang::Expr &function,
                                std::shared_ptr<const Closure> &closure) {
  if (getClosureClass(function.getType()))
    closure = lowerClosure(function);
  return mlir::success(closure || !getClosureClass(function.getType()));
}

mlir::LogicalResult FunctionLowering::applyFunction(
    const CallExpr &e, const clang::Expr &function,
    std::shared_ptr<const Closure> closure, llvm::ArrayRef<Glvalue> objects,
    llvm::ArrayRef<QualType> types, Value &result) {
  Location loc = at(e.getExprLoc());
  const clang::Expr *object = stripWrappers(&function);
  while (const auto *copy = dyn_cast<CXXConstructExpr>(object)) {
    if (copy->getNumArgs() != 1)
      break;
    object = stripWrappers(copy->getArg(0))->IgnoreParenImpCasts();
  }
  const CXXRecordDecl *record = object->getType()->getAsCXXRecordDecl();
  if (record && objects.size() == 2)
    if (auto operation = getStdOperation(*record)) {
      Value values[] = {load(objects[0], e.getExprLoc()),
                        load(objects[1], e.getExprLoc())};
      auto [x, z] = promote(values[0], values[1], loc);
      // `std::plus<int>` converts its arguments first.
      const auto *instance = dyn_cast<ClassTemplateSpecializationDecl>(record);
      QualType own = instance ? instance->getTemplateArgs()[0].getAsType()
                              : ast.VoidTy;
      if (mlir::Type type = mapType(own)) {
        x = convert(values[0], type, loc);
        z = convert(values[1], type, loc);
        if (!isReal(type) && (!isa<IntType>(type) ||
                              cast<IntType>(type).getWidth() < 32))
          return mlir::success(bool(refuseExpression(function)));
      }
      result = x ? createBinary(*operation, x, z, loc) : Value();
      return mlir::success(result || refuseExpression(function));
    }
  const FunctionDecl *callee = nullptr;
  if (record && (closure || isEmptyClass(object->getType())))
    callee = findCallOperator(*record, types, ast);
  else if (!record)
    callee = findFunction(object);
  const FunctionDecl *definition = nullptr;
  if (!callee || !callee->hasBody(definition) ||
      definition->getNumParams() != objects.size() ||
      definition->isInStdNamespace())
    return mlir::success(bool(refuseExpression(function)));
  return lowerCallback(e, *definition, closure, objects, result);
}

/// Two numbers in the type in which C++ computes with them; null if it is not
/// known.
std::pair<Value, Value> FunctionLowering::promote(Value x, Value z,
                                                  Location loc) {
  mlir::Type a = x.getType(), b = z.getType();
  if (a == b && !a.isInteger(1) &&
      (isReal(a) || cast<IntType>(a).getWidth() >= 32))
    return {x, z};
  mlir::Type common;
  if (isReal(a) && isReal(b))
    common = a.getIntOrFloatBitWidth() > b.getIntOrFloatBitWidth() ? a : b;
  else if (isReal(a) || isReal(b))
    common = isReal(a) ? a : b;
  if (!common)
    return {};
  return {convert(x, common, loc), convert(z, common, loc)};
}
