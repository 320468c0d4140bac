//===- LowerUserCalls.cpp - Calls of the user's functions -----------------===//
//
//   g(x, y)        a = f(x + 1, y) …    ad.call @"g(double, double)"(%x, %y)
//   g(x, y), where g(double, double &)  ad.call @"…"(%x, %place) {ties = [-1,
//   0]} g(y, y), where g(double &, double &)     … (%place, %place) {ties = [0,
//   0]}
//
// An argument by value is computed where it stands, one by reference is bound
// there and read by the callee: what is passed as a value in its place is
// loaded behind all arguments.
//
//===----------------------------------------------------------------------===//
#include "Annotations.h"
#include "CallArguments.h"
#include "Closures.h"

#include "llvm/ADT/Sequence.h"

using namespace clang;
using namespace adgen;
using mlir::Value;

const FunctionDecl *FunctionLowering::findUserCallee(const CallExpr &e) {
  const FunctionDecl *callee = e.getDirectCallee();
  if (!callee)
    callee = findFunction(e.getCallee());
  if (!callee)
    return nullptr;
  bool isLibrary =
      callee->getBuiltinID() != 0 || callee->isInStdNamespace() ||
      sources.isInSystemHeader(sources.getExpansionLoc(callee->getLocation()));
  if (isLibrary && !hasRule(*callee))
    return nullptr;
  const clang::Expr *object = getObjectArgument(e);
  if (!object && !callee->getDeclName().isIdentifier() &&
           !isa<CXXMethodDecl>(callee) &&
           callee->getOverloadedOperator() == OO_None)
    return nullptr;
  if (object) {
    QualType type = object->getType();
    if (type->isPointerType())
      type = type->getPointeeType();
    bool isEmpty = isEmptyClass(type) && !object->HasSideEffects(ast);
    const auto *method = dyn_cast<CXXMethodDecl>(callee);
    bool isLambda = getClosureClass(type) && method &&
                    method->getOverloadedOperator() == OO_Call &&
                    method->isImplicitObjectMemberFunction();
    if (!isEmpty && !isLambda && !isObjectMethod(*callee))
      return nullptr;
  }
  const FunctionDecl *definition = nullptr;
  return callee->hasBody(definition) ? definition : callee;
}

/// What the call passes to the parameters, without the object.
static llvm::ArrayRef<const clang::Expr *> getArguments(const CallExpr &e) {
  llvm::ArrayRef<const clang::Expr *> all(e.getArgs(), e.getNumArgs());
  const auto *callee = dyn_cast_or_null<CXXMethodDecl>(e.getDirectCallee());
  return isa<CXXOperatorCallExpr>(e) && callee ? all.drop_front() : all;
}

/// An object by value: the callee's own, unless it only reads it.
Value FunctionLowering::lowerObjectArgument(const clang::Expr &argument,
                                            const ParmVarDecl &parameter,
                                            const FunctionDecl &callee) {
  if (isView(argument.getType()))
    return lowerView(argument);
  const clang::Expr *made = stripWrappers(&argument);
  const auto *copy = dyn_cast<CXXConstructExpr>(made);
  const FunctionDecl *definition = nullptr;
  bool isChanged =
      callee.hasBody(definition) &&
      findAssignedVariables(*definition->getBody()).contains(&parameter);
  bool isCopy = copy && copy->getNumArgs() > 0 &&
                copy->getConstructor()->isCopyOrMoveConstructor();
  // The callee may change the source through another parameter.
  QualType object = getObjectParameter(callee);
  bool mayWrite = (!object.isNull() && isWritable(object)) ||
                  llvm::any_of(callee.parameters(), [](const ParmVarDecl *p) {
                    return isWritable(p->getType());
                  });
  if (isCopy && !isChanged && !mayWrite) {
    const clang::Expr *source = stripWrappers(copy->getArg(0));
    return lowerObject(source);
  }
  return lowerObject(made);
}

mlir::LogicalResult
FunctionLowering::lowerArgument(const clang::Expr &argument,
                                const ParmVarDecl &parameter,
                                Arguments &arguments) {
  QualType type = parameter.getType();
  Binding binding;
  Glvalue object;
  bool mayBeNull = false;
  QualType target = getTarget(type);
  if (getClosureClass(type)) {
    arguments.closures.push_back(lowerClosure(argument));
    arguments.add(type, &argument, {Binding::Lambda, 0, nullptr}, {});
    return mlir::success(bool(arguments.closures.back()));
  }
  bool isMemory = isMemoryParameter(parameter, context.variants->pointers);
  if (isMemory)
    binding.kind = Binding::Memory;
  if (isMemory && !target.isNull() && !mapContent(target))
    return refuseType(type.getNonReferenceType(), argument.getExprLoc(),
                      argument.getSourceRange());
  if (getFunctionType(type) || isEmptyClass(type))
    target = {};
  bool isObject = target.isNull() && isMemory;
  if (isObject) {
    if (!lowerContent(type, argument.getExprLoc()))
      return mlir::failure();
    object = {lowerObjectArgument(argument, parameter, *arguments.callee)};
    if (!object)
      return mlir::failure();
  } else if (!target.isNull() && !type->isReferenceType()) {
    Pointer pointer = lowerPointer(&argument);
    if (!pointer)
      return mlir::failure();
    object = pointer.object;
    mayBeNull = pointer.mayBeNull;
    if (pointer.isNull)
      binding.kind = Binding::Null;
  } else if (!target.isNull()) {
    object = lowerGlvalue(&argument);
    if (!object)
      return mlir::failure();
    if (object.value && (isMemory || !target.isConstQualified())) {
      // Only a temporary is bound to a reference that is not const.
      Value place = createTemporary(object.value, target.getUnqualifiedType(),
                                    argument.getExprLoc());
      object = {place, {}};
    }
  }
  // Nobody knows how much of it a function without a body reads.
  Value place = object.place;
  if (!arguments.callee->hasBody() && type->isPointerType() && place &&
      isInMemory(place))
    binding.kind = Binding::Memory;
  if (binding.kind == Binding::Memory) {
    place = takePlace(object, argument);
    if (!place)
      return mlir::failure();
    // What becomes a value cannot be walked from.
    bool isValue = isa<mlir::BlockArgument>(place) && !memory.contains(place);
    if (isValue || (place.getDefiningOp<VarOp>() && !isInMemory(place)))
      return refuse(Diag::Pointer, argument.getExprLoc(),
                    {type.getAsString(ast.getPrintingPolicy())},
                    argument.getSourceRange());
    object = {place};
  }
  if (!target.isNull() || isObject) {
  } else if (getFunctionType(type)) {
    binding.kind = Binding::Function;
    binding.function = findFunction(&argument);
    if (!binding.function)
      return refuse(Diag::IndirectCall, argument.getExprLoc(), {},
                    argument.getSourceRange());
    const FunctionDecl *definition = nullptr;
    if (binding.function->hasBody(definition))
      binding.function = definition;
  } else if (isEmptyClass(type)) {
    binding.kind = Binding::Object;
    if (argument.HasSideEffects(ast))
      return mlir::success(bool(refuseExpression(argument)));
  } else {
    if (!lowerType(type, argument.getExprLoc()))
      return mlir::failure();
    object.value = lowerValue(&argument);
    if (!object.value)
      return mlir::failure();
  }
  arguments.add(type, &argument, binding, object, mayBeNull);
  return mlir::success();
}

//===----------------------------------------------------------------------===//
// Memory
//===----------------------------------------------------------------------===//

/// The variable, argument or pointer that a place is reached from.
static Value findRoot(Value place) {
  while (mlir::Operation *op = place.getDefiningOp()) {
    if (!isa<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp>(op))
      break;
    place = op->getOperand(0);
  }
  return place;
}

bool FunctionLowering::isInMemory(Value place) {
  if (auto variable = place.getDefiningOp<VarOp>())
    return escaped.contains(place) ||
           isa<ArrayType, ObjectType>(variable.getType().getElement());
  const ParmVarDecl *parameter = memory.lookup(place);
  return parameter ? isMemoryParameter(*parameter, context.variants->pointers)
                   : !isa<mlir::BlockArgument>(place);
}

bool FunctionLowering::mayOverlap(Value a, Value b) {
  a = findRoot(a);
  b = findRoot(b);
  if (a == b)
    return true;
  if (!a.getDefiningOp<VarOp>())
    std::swap(a, b);
  if (a.getDefiningOp<GlobalOp>() || b.getDefiningOp<GlobalOp>())
    return false;
  // A local object may hold a pointer to another one.
  auto refers = [&](Value x, Value z) {
    auto variable = x.getDefiningOp<VarOp>();
    return variable && variable->hasAttr("refers") && isInMemory(z);
  };
  if (refers(a, b) || refers(b, a))
    return true;
  if (a.getDefiningOp<VarOp>())
    return isInMemory(a) && !b.getDefiningOp<VarOp>() &&
           !isa<mlir::BlockArgument>(b);
  auto isAlone = [&](Value root) {
    const ParmVarDecl *parameter = memory.lookup(root);
    return isa<mlir::BlockArgument>(root) && !parameter;
  };
  auto isRestrict = [&](Value root) {
    const ParmVarDecl *parameter = memory.lookup(root);
    return parameter && parameter->getType().isRestrictQualified();
  };
  if (isa<mlir::BlockArgument>(a) && isa<mlir::BlockArgument>(b) &&
      (isRestrict(a) || isRestrict(b)))
    return false;
  return !isAlone(a) && !isAlone(b);
}

mlir::LogicalResult FunctionLowering::bindMemory(Arguments &arguments) {
  auto getObject = [&](size_t i) {
    QualType type = arguments.types[i];
    return arguments.pattern[i].kind <= Binding::Memory ? getShared(type)
                                                        : QualType();
  };
  size_t count = arguments.objects.size();
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = 0; i < count; ++i)
      for (size_t j = 0; j < count; ++j) {
        Binding &x = arguments.pattern[i], &z = arguments.pattern[j];
        if (i == j || getObject(i).isNull() || getObject(j).isNull() ||
            z.kind == Binding::Memory ||
            (!isWritable(arguments.types[i]) &&
             !isWritable(arguments.types[j])) ||
            !mayShareMemory(getObject(i), getObject(j), ast))
          continue;
        const Glvalue &first = arguments.objects[i];
        const Glvalue &second = arguments.objects[j];
        bool isTouched = x.kind == Binding::Memory ||
                         (first.place && isInMemory(first.place)) ||
                         (second.place && isInMemory(second.place));
        if (!isTouched)
          continue;
        // What a call or `?:` chose may be part of the memory.
        if (second.choice || second.isCopy)
          return refuse(Diag::ChosenArgument, arguments.call->getExprLoc(), {},
                        arguments.written[j]->getSourceRange());
        if (!first.place || !second.place ||
            !mayOverlap(first.place, second.place))
          continue;
        x.kind = z.kind = Binding::Memory;
        changed = true;
      }
  }
  return mlir::success();
}

bool FunctionLowering::mayWrite(CallOp call) {
  if (call.getTies())
    return true;
  auto callee =
      module.lookupSymbol<mlir::func::FuncOp>(call.getCalleeAttr().getAttr());
  return llvm::any_of(
      llvm::seq<unsigned>(0, callee.getNumArguments()),
      [&](unsigned i) { return bool(callee.getArgAttr(i, "ad.out")); });
}

/// Whether one of the places that `glvalue` may be is `place`.
static bool mayBe(const Glvalue &glvalue, Value place) {
  if (glvalue.choice)
    return mayBe(glvalue.choice->yes, place) ||
           mayBe(glvalue.choice->no, place);
  return glvalue.place == place;
}

/// Finds out which arguments are one variable, and passes as values what is
/// only read.
mlir::LogicalResult FunctionLowering::bindArguments(Arguments &arguments) {
  if (failed(bindMemory(arguments)))
    return mlir::failure();
  SourceLocation loc = arguments.call->getExprLoc();
  auto isWritable = [&](size_t i) {
    QualType referent = getReferent(arguments.types[i]);
    return !referent.isNull() && !referent.isConstQualified() &&
           arguments.pattern[i].kind != Binding::Null &&
           arguments.pattern[i].kind != Binding::Memory;
  };
  size_t count = arguments.objects.size();
  for (size_t i = 0; i < count; ++i) {
    Glvalue &object = arguments.objects[i];
    if (!isWritable(i))
      continue;
    if (!object.place)
      return refuse(Diag::ChosenArgument, loc, {},
                    arguments.written[i]->getSourceRange());
    // The first of those that are the same variable stands for all.
    for (size_t j = 0; j < count; ++j) {
      const Glvalue &other = arguments.objects[j];
      QualType type = arguments.types[j];
      bool isReference = !getReferent(type).isNull();
      bool sharesType =
          isReference &&
          ast.hasSameUnqualifiedType(getReferent(type),
                                     getReferent(arguments.types[i]));
      if (isReference && ((other.choice && mayBe(other, object.place)) ||
                          (other.isCopy && sharesType)))
        return refuse(Diag::ChosenArgument, loc, {},
                      arguments.written[j]->getSourceRange());
      if (!isReference || other.place != object.place)
        continue;
      Binding &binding = arguments.pattern[j];
      if (binding.kind == Binding::Place || binding.kind == Binding::Memory)
        continue;
      unsigned first = j;
      for (size_t k = 0; k < j; ++k)
        if (arguments.pattern[k].kind == Binding::Place &&
            arguments.objects[k].place == object.place) {
          first = arguments.pattern[k].first;
          break;
        }
      binding = {Binding::Place, first, nullptr};
    }
  }
  return checkMemory(arguments);
}

/// What nobody knows of the parameters of a function that was asked for, a
/// callee must not depend on: whether two are one variable, or one is null.
mlir::LogicalResult FunctionLowering::checkMemory(Arguments &arguments) {
  const FunctionDecl &callee = *arguments.callee;
  auto named = [&](size_t i) {
    return memory.lookup(arguments.objects[i].place);
  };
  std::string name = callee.getQualifiedNameAsString();
  size_t count = arguments.objects.size();
  for (size_t i = 0; i < count; ++i) {
    const clang::Expr *argument = arguments.written[i];
    if (arguments.mayBeNull[i] &&
        arguments.pattern[i].kind != Binding::Memory &&
        !(callee.hasBody() && i < callee.getNumParams() &&
          isCertainlyDereferenced(callee, *callee.getParamDecl(i))))
      return refuse(Diag::PossiblyNull, argument->getExprLoc(), {name},
                    argument->getSourceRange());
    if (arguments.pattern[i].kind != Binding::Place || !named(i))
      continue;
    for (size_t j = 0; j < count; ++j) {
      bool isOther = named(j) && named(j) != named(i) &&
                     !getReferent(arguments.types[j]).isNull();
      if (isOther)
        return refuse(
            Diag::PossibleAlias, argument->getExprLoc(),
            {named(i)->getNameAsString(), named(j)->getNameAsString(), name},
            argument->getSourceRange());
    }
  }
  return mlir::success();
}

/// Binds the arguments `written`, and `object`, the place of a method's object.
mlir::LogicalResult
FunctionLowering::lowerArguments(llvm::ArrayRef<const clang::Expr *> written,
                                 Value object, Arguments &arguments) {
  const FunctionDecl &callee = *arguments.callee;
  const clang::Expr *snapshot = nullptr;
  for (auto [argument, parameter] : llvm::zip(written, callee.parameters())) {
    if (snapshot && mayAssign(*argument))
      return refuse(Diag::ArgumentOrder, snapshot->getExprLoc(), {},
                    snapshot->getSourceRange());
    if (failed(lowerArgument(*argument, *parameter, arguments)))
      return mlir::failure();
    if (arguments.objects.back().isCopy)
      snapshot = argument;
  }
  if (failed(passClosures(arguments)))
    return mlir::failure();
  if (object)
    arguments.add(getObjectParameter(callee), arguments.call,
                  {Binding::Memory, 0, nullptr}, {object});
  return mlir::success();
}

/// The member that a method does no more than return, as `rows()` does: known so
/// early, it is the bound of a counted loop.
static const FieldDecl *findReturnedMember(const FunctionDecl &callee) {
  const FunctionDecl *definition = nullptr;
  if (!getObjectClass(callee) || callee.getNumParams() != 0 ||
      !callee.hasBody(definition) || callee.getReturnType()->isReferenceType())
    return nullptr;
  const auto *body = dyn_cast<CompoundStmt>(definition->getBody());
  const auto *exit = body && body->size() == 1
                         ? dyn_cast<ReturnStmt>(body->body_front())
                         : nullptr;
  const auto *read = exit && exit->getRetValue()
                         ? dyn_cast<ImplicitCastExpr>(exit->getRetValue())
                         : nullptr;
  if (!read || read->getCastKind() != CK_LValueToRValue)
    return nullptr;
  const auto *member =
      dyn_cast<MemberExpr>(read->getSubExpr()->IgnoreParens());
  bool isOwn = member && isa<CXXThisExpr>(member->getBase()->IgnoreParens());
  const auto *field =
      isOwn ? dyn_cast<FieldDecl>(member->getMemberDecl()) : nullptr;
  return field && !field->isBitField() &&
                 !field->getType()->isReferenceType() &&
                 field->getType()->isArithmeticType()
             ? field
             : nullptr;
}

mlir::LogicalResult FunctionLowering::lowerUserCall(const CallExpr &e,
                                                    const FunctionDecl &callee,
                                                    Value &result,
                                                    Glvalue *returned,
                                                    LocalAttr local) {
  Value object;
  if (getObjectClass(callee)) {
    object = lowerObject(getObjectArgument(e));
    if (!object)
      return mlir::failure();
  }
  const FieldDecl *field = hasRule(callee) ? nullptr : findReturnedMember(callee);
  if (field && !isMarkedInactive(*callee.getMostRecentDecl())) {
    mlir::Location loc = at(e.getExprLoc());
    result = LoadOp::create(builder, loc, createMember(object, *field, loc));
    return mlir::success();
  }
  if (callee.isVariadic())
    return refuse(Diag::Variadic, e.getExprLoc(),
                  {callee.getQualifiedNameAsString()}, e.getSourceRange());
  context.variants->pointers.add(callee);
  Arguments arguments{&e, &callee};
  // Made or copied before the arguments are computed.
  if (const clang::Expr *called = getObjectArgument(e);
      called && getClosureClass(called->getType())) {
    arguments.closures.push_back(lowerClosure(*called));
    if (!arguments.closures.back())
      return mlir::failure();
  }
  if (failed(lowerArguments(getArguments(e), object, arguments)))
    return mlir::failure();
  return createCall(arguments, result, returned, local);
}

mlir::LogicalResult
FunctionLowering::lowerConstructorCall(
    const CXXConstructorDecl &constructor,
    llvm::ArrayRef<const clang::Expr *> written, const clang::Expr &e,
    Value place) {
  const FunctionDecl *definition = nullptr;
  if (!constructor.hasBody(definition) || !getObjectClass(constructor) ||
      constructor.isVariadic())
    return mlir::success(bool(refuseExpression(e)));
  context.variants->pointers.add(*definition);
  Arguments arguments{&e, definition};
  Value result;
  return mlir::failure(
      failed(lowerArguments(written, place, arguments)) ||
      failed(createCall(arguments, result, nullptr, {})));
}

/// A call with arguments that an algorithm of the library finds.
mlir::LogicalResult FunctionLowering::lowerCallback(
    const CallExpr &e, const FunctionDecl &callee,
    std::shared_ptr<const Closure> closure, llvm::ArrayRef<Glvalue> objects,
    Value &result) {
  context.variants->pointers.add(callee);
  Arguments arguments{&e, &callee};
  for (auto [parameter, object] : llvm::zip(callee.parameters(), objects)) {
    QualType type = parameter->getType();
    mlir::Type mapped = mapType(type.getNonReferenceType());
    bool isRead = !type->isReferenceType() ||
                  type.getNonReferenceType().isConstQualified();
    Value value = isRead ? load(object, e.getExprLoc()) : Value();
    if (!mapped || (!isRead && !object.place) ||
        isMemoryParameter(*parameter, context.variants->pointers))
      return mlir::success(bool(refuseExpression(e)));
    arguments.add(type, &e, {},
                  isRead ? Glvalue{{}, convert(value, mapped, at(e.getExprLoc()))}
                         : object);
  }
  if (closure)
    arguments.closures.push_back(closure);
  return mlir::failure(failed(passClosures(arguments)) ||
                       failed(createCall(arguments, result, nullptr, {})));
}

mlir::LogicalResult FunctionLowering::createCall(Arguments &arguments,
                                                 Value &result,
                                                 Glvalue *returned,
                                                 LocalAttr local) {
  const FunctionDecl &callee = *arguments.callee;
  SourceLocation loc = arguments.call->getExprLoc();
  unsigned written = 0;
  for (const clang::Expr *argument : arguments.written)
    written += !isa<CXXDefaultArgExpr>(argument);
  if (failed(bindArguments(arguments)) || failed(checkOpaque(arguments)))
    return mlir::failure();
  mlir::FailureOr<mlir::func::FuncOp> target =
      findCallee(callee, arguments.pattern, loc);
  if (failed(target))
    return mlir::failure();

  llvm::SmallVector<Value> operands;
  llvm::SmallVector<int64_t> ties;
  llvm::SmallVector<int64_t> outs(arguments.pattern.size(), -1);
  for (auto [i, binding] : llvm::enumerate(arguments.pattern)) {
    if (!binding.hasOperand())
      continue;
    const Glvalue &object = arguments.objects[i];
    bool isPlace = binding.kind == Binding::Place;
    if (auto out = target->getArgAttrOfType<mlir::IntegerAttr>(operands.size(),
                                                               "ad.out"))
      outs[i] = out.getInt();
    ties.push_back(isPlace ? outs[binding.first] : -1);
    bool isMemory = binding.kind == Binding::Memory;
    operands.push_back(isPlace || isMemory ? object.place : load(object, loc));
  }
  bool hasPlaces = llvm::any_of(ties, [](int64_t tie) { return tie >= 0; });
  bool hasDefaults = written < arguments.pattern.size();
  CallOp call = CallOp::create(
      builder, at(loc), mlir::TypeRange(target->getFunctionType().getResults()),
      target->getSymName(), mlir::ValueRange(operands),
      hasPlaces ? builder.getDenseI64ArrayAttr(ties)
                : mlir::DenseI64ArrayAttr(),
      local ? builder.getArrayAttr({local}) : mlir::ArrayAttr(),
      mlir::DenseI64ArrayAttr(), mlir::DenseI64ArrayAttr(),
      mlir::DenseI64ArrayAttr(),
      hasDefaults ? builder.getI64IntegerAttr(written) : mlir::IntegerAttr(),
      /*effects=*/false);
  if (call.getNumResults() == 1)
    result = call.getResult(0);
  if (std::optional<unsigned> same = findReturnedParameter(callee);
      returned && same)
    *returned = arguments.objects[*same];
  else if (returned && result && isa<PlaceType>(result.getType()))
    *returned = {result};
  return mlir::success();
}

std::optional<Glvalue>
FunctionLowering::lowerReturnedArgument(const CallExpr &e) {
  const FunctionDecl *callee = e.isGLValue() ? findUserCallee(e) : nullptr;
  if (!callee)
    return {};
  if (!findReturnedParameter(*callee) &&
      (!callee->hasBody() || !mapContent(getTarget(callee->getReturnType())))) {
    (void)refuse(Diag::ReferenceResult, e.getExprLoc(),
                 {callee->getQualifiedNameAsString()}, e.getSourceRange());
    return Glvalue();
  }
  Value result;
  Glvalue object;
  if (failed(lowerUserCall(e, *callee, result, &object)))
    return Glvalue();
  return object;
}
