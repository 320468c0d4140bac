//===- LowerContainers.cpp - Elements, sizes and iterators of containers --===//
//
//   v[i], v.at(i), v.back()      ad.access "{0}[{1}]" (%v, %i)
//   v.data(), v.begin()          ad.access, marked `pointer`
//   v.size(), v.empty()          ad.query "{0}.size()" (%v)
//   *it, it[i], it + 1, ++it     as of a pointer (LowerPointers)
//   std::span<double>(x, n), s.subspan(1)     ad.access that gives a view
//
// An `ad.access` is an lvalue of C++ unless it is marked `pointer`; its base is
// one unless it is marked `of_pointer`.
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"
#include "Sequences.h"

#include "llvm/ADT/StringSwitch.h"

using namespace clang;
using namespace adgen;
using llvm::StringRef;
using mlir::Location;
using mlir::Value;

namespace {

/// A call that finds something in a container.
struct ContainerCall {
  enum Kind { Element, Pointer, Query, View };
  Kind kind;
  std::string text;
  const clang::Expr *object;
  llvm::ArrayRef<const clang::Expr *> arguments;
  QualType objectType;
};

} // namespace

/// `{0}.at({1}, {2})`.
static std::string spellMember(StringRef name, unsigned arguments) {
  std::string text = "{0}." + name.str() + "(";
  for (unsigned i = 1; i <= arguments; ++i)
    text += (i > 1 ? ", {" : "{") + std::to_string(i) + "}";
  return text + ")";
}

static std::optional<ContainerCall::Kind>
findKind(StringRef name, Container::Kind container, unsigned arguments) {
  using Kind = std::optional<ContainerCall::Kind>;
  bool isOwner = container == Container::UniqueArray;
  if (isOwner)
    return name == "get" && arguments == 0 ? Kind(ContainerCall::Pointer)
                                           : Kind();
  if (name == "at" && arguments == 1)
    return ContainerCall::Element;
  if (container == Container::Span && name == "subspan" && arguments > 0)
    return ContainerCall::View;
  if (container == Container::Span && arguments == 1)
    return name == "first" || name == "last" ? Kind(ContainerCall::View)
                                             : Kind();
  if (arguments != 0)
    return {};
  return llvm::StringSwitch<Kind>(name)
      .Cases({"front", "back"}, ContainerCall::Element)
      .Cases({"data", "begin", "end", "cbegin", "cend"}, ContainerCall::Pointer)
      .Cases({"size", "empty", "max_size", "size_bytes"}, ContainerCall::Query)
      .Default({});
}

/// The call of a member of a container; nothing for another call, or one that
/// does more than find something.
static std::optional<ContainerCall> findContainerCall(const CallExpr &e) {
  const clang::Expr *object = nullptr;
  llvm::ArrayRef<const clang::Expr *> arguments(e.getArgs(), e.getNumArgs());
  while (!arguments.empty() && isa<CXXDefaultArgExpr>(arguments.back()))
    arguments = arguments.drop_back();
  const FunctionDecl *callee = e.getDirectCallee();
  if (!callee)
    return {};
  if (const auto *operation = dyn_cast<CXXOperatorCallExpr>(&e)) {
    if (operation->getOperator() != OO_Subscript || arguments.size() != 2 ||
        !getContainer(arguments[0]->getType()))
      return {};
    return ContainerCall{ContainerCall::Element, "{0}[{1}]", arguments[0],
                         arguments.drop_front(), arguments[0]->getType()};
  }
  if (const auto *member = dyn_cast<CXXMemberCallExpr>(&e)) {
    object = member->getImplicitObjectArgument();
  } else if (callee->isInStdNamespace() && callee->getIdentifier() &&
             arguments.size() == 1 &&
             llvm::is_contained(
                 {"begin", "end", "cbegin", "cend", "size", "data", "empty"},
                 callee->getName())) {
    object = arguments[0];
    arguments = {};
  }
  if (!object || !callee->getIdentifier())
    return {};
  QualType type = object->getType();
  if (type->isPointerType())
    type = type->getPointeeType();
  std::optional<Container> container = getContainer(type);
  if (!container)
    return {};
  StringRef name = callee->getName();
  auto kind = findKind(name, container->kind, arguments.size());
  if (!kind)
    return {};
  // On the shadow the same call has to give what can be written through.
  if (kind == ContainerCall::Pointer)
    name.consume_front("c");
  return ContainerCall{*kind, spellMember(name, arguments.size()), object,
                       arguments, type};
}

/// An index as the user wrote it: C++ converts it again.
static const clang::Expr *stripConversion(const clang::Expr *e) {
  const auto *cast = dyn_cast<ImplicitCastExpr>(e);
  bool isConversion = cast && cast->getCastKind() == CK_IntegralCast &&
                      cast->getSubExpr()->getType()->isIntegerType() &&
                      !cast->getSubExpr()->getType()->isBooleanType();
  return isConversion ? cast->getSubExpr() : e;
}

Value FunctionLowering::lowerCount(const clang::Expr &e) {
  return lowerIndex(*stripConversion(&e));
}

Value FunctionLowering::lowerObject(const clang::Expr *e) {
  if (e->getType()->isPointerType())
    return lowerPointerValue(e);
  Glvalue object =
      e->isGLValue() ? lowerGlvalue(e) : Glvalue{lowerTemporary(e)};
  return object ? takePlace(object, *e) : Value();
}

Value FunctionLowering::createAccess(StringRef text, Value base,
                                     mlir::ValueRange arguments,
                                     mlir::Type type, Location loc,
                                     StringRef mark) {
  AccessOp access =
      AccessOp::create(builder, loc, placeOf(type), text, base, arguments);
  if (!mark.empty())
    access->setAttr(mark, builder.getUnitAttr());
  return access;
}

static bool isContainerKind(const std::optional<ContainerCall> &call,
                            std::initializer_list<ContainerCall::Kind> kinds) {
  return call && llvm::is_contained(kinds, call->kind);
}

/// Lowers the object and the arguments of a call, in this order.
Value FunctionLowering::lowerContainerCall(const CallExpr &e) {
  std::optional<ContainerCall> call = findContainerCall(e);
  Value object = lowerObject(call->object);
  llvm::SmallVector<Value> arguments;
  for (const clang::Expr *argument : call->arguments) {
    Value index = object ? lowerCount(*argument) : Value();
    if (!index)
      return {};
    arguments.push_back(index);
  }
  if (!object)
    return {};
  Location loc = at(e.getExprLoc());
  if (call->kind == ContainerCall::Query) {
    mlir::Type type = lowerType(e.getType(), e.getExprLoc());
    return type ? QueryOp::create(builder, loc, type, call->text, object,
                                  arguments)
                : Value();
  }
  // The last element of what may grow is found by its index.
  std::optional<Container> container = getContainer(call->objectType);
  if (call->text == "{0}.back()" && container->kind == Container::Vector)
    return createLast(object, container->element, loc);
  bool isPointer = call->kind == ContainerCall::Pointer;
  mlir::Type type = mapContent(call->kind == ContainerCall::View ? e.getType()
                               : isPointer ? getPointee(e.getType())
                                           : e.getType());
  if (!type) {
    (void)refuseType(e.getType(), e.getExprLoc(), e.getSourceRange());
    return {};
  }
  return createAccess(call->text, object, arguments, type, loc,
                      isPointer ? "pointer" : "");
}

bool FunctionLowering::isElementCall(const CallExpr &e) {
  return isContainerKind(findContainerCall(e), {ContainerCall::Element});
}
bool FunctionLowering::isQueryCall(const CallExpr &e) {
  return isContainerKind(findContainerCall(e), {ContainerCall::Query});
}
bool FunctionLowering::isPointerCall(const CallExpr &e) {
  return isContainerKind(findContainerCall(e), {ContainerCall::Pointer});
}
bool FunctionLowering::isViewCall(const CallExpr &e) {
  return isContainerKind(findContainerCall(e), {ContainerCall::View});
}

/// Refuses what a container does and is not accepted, by its name.
bool FunctionLowering::refuseContainer(const CallExpr &e) {
  QualType object;
  if (const auto *member = dyn_cast<CXXMemberCallExpr>(&e))
    object = member->getObjectType();
  else if (isa<CXXOperatorCallExpr>(e) && e.getNumArgs() > 0)
    object = e.getArg(0)->getType();
  if (object.isNull() || !getContainer(object))
    return false;
  const FunctionDecl *callee = e.getDirectCallee();
  std::string name =
      callee && callee->getIdentifier() ? callee->getName().str()
      : isa<CXXOperatorCallExpr>(e)
          ? getOperatorSpelling(cast<CXXOperatorCallExpr>(e).getOperator())
          : "";
  PrintingPolicy policy = ast.getPrintingPolicy();
  (void)refuse(
      Diag::ContainerCall, e.getExprLoc(),
      {name,
       object.getCanonicalType().getUnqualifiedType().getAsString(policy)},
      e.getSourceRange());
  return true;
}

//===----------------------------------------------------------------------===//
// Iterators
//===----------------------------------------------------------------------===//

/// The operator of an iterator; nothing for another call.
static std::optional<OverloadedOperatorKind>
getIteratorOperator(const clang::Expr &e) {
  const auto *call = dyn_cast<CXXOperatorCallExpr>(&e);
  if (!call || call->getNumArgs() == 0)
    return {};
  bool isIterator = !getIteratorPointer(call->getArg(0)->getType()).isNull();
  if (!isIterator &&
      !(call->getNumArgs() == 2 &&
        !getIteratorPointer(call->getArg(1)->getType()).isNull()))
    return {};
  return call->getOperator();
}

std::optional<Glvalue>
FunctionLowering::lowerIteratorGlvalue(const clang::Expr &e) {
  // The element that a loop backwards is at (lowerReverseFor).
  if (const auto *star = dyn_cast<CXXOperatorCallExpr>(&e);
      star && star->getOperator() == OO_Star && star->getNumArgs() == 1 &&
      getPointee(star->getArg(0)->getType()).isNull())
    if (const auto *reference =
            dyn_cast<DeclRefExpr>(star->getArg(0)->IgnoreParenImpCasts()))
      if (const auto *variable = dyn_cast<VarDecl>(reference->getDecl());
          variable && !getRangeElement(variable->getType()).isNull() &&
          variables.lookup(variable).pointer)
        return variables.lookup(variable).pointer.object;
  std::optional<OverloadedOperatorKind> kind = getIteratorOperator(e);
  if (!kind)
    return {};
  const auto &call = cast<CXXOperatorCallExpr>(e);
  const clang::Expr *first = call.getArg(0);
  Location loc = at(e.getExprLoc());
  switch (*kind) {
  case OO_Star:
    if (std::optional<Glvalue> found = lowerExtremumElement(*first))
      return *found;
    return Glvalue{lowerIterator(*first)};
  case OO_Subscript: {
    Value base = lowerIterator(*first);
    Value index = base ? lowerCount(*call.getArg(1)) : Value();
    return Glvalue{index ? createOffset(base, index, false, loc) : Value()};
  }
  case OO_PlusPlus:
  case OO_MinusMinus: {
    if (call.getNumArgs() != 1)
      return {};
    Value one = adgen::createConstant(builder, loc, mapType(ast.IntTy), 1);
    return stepPointer(*first, one, *kind == OO_MinusMinus, e);
  }
  case OO_PlusEqual:
  case OO_MinusEqual: {
    Value count = lowerCount(*call.getArg(1));
    return count ? stepPointer(*first, count, *kind == OO_MinusEqual, e)
                 : Glvalue();
  }
  case OO_Equal: {
    Value value = lowerIterator(*call.getArg(1));
    Glvalue target = value ? lowerGlvalue(first) : Glvalue();
    if (!target || failed(store(value, target, e)))
      return Glvalue();
    return target;
  }
  default:
    return {};
  }
}

/// The iterator as a value, whether or not it is an lvalue.
Value FunctionLowering::lowerIterator(const clang::Expr &e) {
  Pointer pointer = lowerPointer(&e);
  return pointer ? takePlace(pointer, e) : Value();
}

std::optional<Pointer>
FunctionLowering::lowerIteratorPointer(const clang::Expr &e) {
  // Copies, and conversions to one that only reads.
  if (const auto *made = dyn_cast<CXXConstructExpr>(&e))
    if (!getIteratorPointer(e.getType()).isNull() && made->getNumArgs() > 0 &&
        !getIteratorPointer(made->getArg(0)->getType()).isNull())
      return lowerPointer(made->getArg(0));
  if (const auto *temporary = dyn_cast<MaterializeTemporaryExpr>(&e))
    return lowerPointer(temporary->getSubExpr());
  std::optional<OverloadedOperatorKind> kind = getIteratorOperator(e);
  if (!kind)
    return {};
  const auto &call = cast<CXXOperatorCallExpr>(e);
  if (*kind == OO_Arrow)
    return lowerPointer(call.getArg(0));
  Location loc = at(e.getExprLoc());
  bool isStep = *kind == OO_PlusPlus || *kind == OO_MinusMinus;
  if (isStep && call.getNumArgs() == 2) {
    Value one = adgen::createConstant(builder, loc, mapType(ast.IntTy), 1);
    Value before;
    Glvalue variable =
        stepPointer(*call.getArg(0), one, *kind == OO_MinusMinus, e, &before);
    return variable ? Pointer{{before}} : Pointer();
  }
  bool isSum = (*kind == OO_Plus || *kind == OO_Minus) &&
               call.getNumArgs() == 2 &&
               call.getArg(1)->getType()->isIntegerType();
  if (isSum) {
    Value base = lowerIterator(*call.getArg(0));
    Value index = base ? lowerCount(*call.getArg(1)) : Value();
    if (!index)
      return Pointer();
    return Pointer{{createOffset(base, index, *kind == OO_Minus, loc)}};
  }
  if (e.isGLValue())
    if (std::optional<Glvalue> object = lowerIteratorGlvalue(e)) {
      if (!*object)
        return Pointer();
      return Pointer{{load(*object, e.getExprLoc())}, false, true};
    }
  return {};
}

static std::optional<BinaryOperatorKind>
getComparison(OverloadedOperatorKind kind) {
  switch (kind) {
  case OO_EqualEqual:
    return BO_EQ;
  case OO_ExclaimEqual:
    return BO_NE;
  case OO_Less:
    return BO_LT;
  case OO_LessEqual:
    return BO_LE;
  case OO_Greater:
    return BO_GT;
  case OO_GreaterEqual:
    return BO_GE;
  default:
    return {};
  }
}

std::optional<Value>
FunctionLowering::lowerIteratorValue(const CXXOperatorCallExpr &e) {
  std::optional<OverloadedOperatorKind> kind = getIteratorOperator(e);
  if (!kind || e.getNumArgs() != 2)
    return {};
  std::optional<BinaryOperatorKind> comparison = getComparison(*kind);
  bool isDistance = *kind == OO_Minus && mapType(e.getType());
  if (!comparison && !isDistance)
    return {};
  Value x = lowerIterator(*e.getArg(0));
  Value z = x ? lowerIterator(*e.getArg(1)) : Value();
  if (!z)
    return Value();
  Location loc = at(e.getOperatorLoc());
  if (comparison)
    return createBinary(*comparison, x, z, loc);
  return createDistance(x, z, mapType(e.getType()), loc);
}

std::optional<Value>
FunctionLowering::lowerRewritten(const CXXRewrittenBinaryOperator &e) {
  // `a != b` for `!(a == b)`, of iterators.
  auto form = e.getDecomposedForm();
  if (getIteratorPointer(form.LHS->getType()).isNull() ||
      getIteratorPointer(form.RHS->getType()).isNull())
    return {};
  Value x = lowerIterator(*form.LHS);
  Value z = x ? lowerIterator(*form.RHS) : Value();
  return z ? createBinary(form.Opcode, x, z, at(e.getOperatorLoc())) : Value();
}

//===----------------------------------------------------------------------===//
// Views
//===----------------------------------------------------------------------===//

Value FunctionLowering::lowerView(const clang::Expr &e) {
  const clang::Expr *made = stripWrappers(&e);
  if (made->isGLValue()) {
    Glvalue object = lowerGlvalue(made);
    return object ? takePlace(object, *made) : Value();
  }
  if (const auto *call = dyn_cast<CallExpr>(made); call && isViewCall(*call))
    return lowerContainerCall(*call);
  const auto *construct = dyn_cast<CXXConstructExpr>(made);
  unsigned count = construct ? construct->getNumArgs() : 0;
  if (count == 0 || count > 2)
    return refuseExpression(*made);
  const clang::Expr *first = construct->getArg(0);
  bool isSame = ast.hasSameUnqualifiedType(first->getType(), made->getType());
  if (count == 1 && isSame)
    return lowerView(*first);
  mlir::Type type = lowerContent(made->getType(), made->getExprLoc());
  if (!type)
    return {};
  std::string spelled = spelling.type(made->getType().getUnqualifiedType());
  // The shadow's is a type that says where `const` stands, not a deduced one.
  if (isConst(getContainer(made->getType())->element) &&
      !StringRef(spelled).starts_with("std::span<const ")) {
    constexpr StringRef dynamicExtent = ", 18446744073709551615";
    spelled = spelling.type(made->getType().getCanonicalType().getUnqualifiedType());
    if (size_t at = spelled.find(dynamicExtent); at != std::string::npos)
      spelled.erase(at, dynamicExtent.size());
  }
  auto createView = [&](StringRef call, Value object, mlir::ValueRange arguments,
                        StringRef mark) {
    Value view = createAccess(spelled + call.str(), object, arguments, type,
                              at(made->getExprLoc()), mark);
    if (StringRef(spelled).starts_with("std::span<const "))
      view.getDefiningOp()->setAttr(
          "writable", builder.getStringAttr(
                          "std::span<" + spelled.substr(16) + call.str()));
    return view;
  };
  if (count == 2) {
    if (getPointee(first->getType()).isNull() ||
        !construct->getArg(1)->getType()->isIntegerType())
      return refuseExpression(*made);
    Value base = lowerIterator(*first);
    Value size = base ? lowerCount(*construct->getArg(1)) : Value();
    return size ? createView("({0}, {1})", base, size, "of_pointer") : Value();
  }
  if (!getContainer(first->getType()) && !first->getType()->isArrayType())
    return refuseExpression(*made);
  Value object =
      isView(first->getType()) ? lowerView(*first) : lowerObject(first);
  return object ? createView("({0})", object, {}, "") : Value();
}
