//===- LowerClosures.cpp - Lambda expressions with captures ---------------===//
//
//   auto f = [a, &s](double v) { s += v; return a * v; };
//   y = f(x);                      ad.call @"f"(%x, %a, %s)
//
// A lambda is no object but what its captures are bound to: a copy of what was
// there when it was made, or a variable. Its call operator is a function that
// gets them behind its parameters; so does a function that a lambda is passed
// to, which knows from the type which one it is. A copy that the call operator
// changes is a variable of its own.
//
//===----------------------------------------------------------------------===//
#include "CallArguments.h"
#include "Closures.h"
#include "Construction.h"

using namespace clang;
using namespace adgen;
using mlir::Value;

llvm::ArrayRef<const ParmVarDecl *>
FunctionVariants::getParameters(const FunctionDecl &function, ASTContext &ast) {
  auto [entry, isNew] = parameters.try_emplace(&function);
  if (isNew) {
    std::vector<const ParmVarDecl *> made =
        makeParameters(function, pointers, ast);
    entry = parameters.find(&function);
    entry->second = std::move(made);
  }
  return entry->second;
}

//===----------------------------------------------------------------------===//
// How lambdas are made and copied
//===----------------------------------------------------------------------===//

/// Copies a captured variable as it is now; `isOwn` makes the copy a variable.
Glvalue FunctionLowering::copyCaptured(const Glvalue &object, QualType type,
                                       LocalAttr local, bool isOwn,
                                       SourceLocation where) {
  if (mlir::Type scalar = mapType(type)) {
    Value value = load(object, where);
    if (!isOwn)
      return {{}, value};
    Value place = VarOp::create(builder, at(where), placeOf(scalar), local);
    StoreOp::create(builder, at(where), value, place);
    return {place};
  }
  if (!object.place || !isCopyable(type)) {
    (void)refuseType(type, where);
    return {};
  }
  Construction made;
  Value from = object.place;
  std::optional<Container> container = getContainer(type);
  if (container && container->kind == Container::Vector) {
    if (failed(constructCopy(createSize(from, at(where)), container->element,
                             where, made, [=](Value index) {
                               return createContainerElement(
                                   from, index, container->element, at(where));
                             })))
      return {};
  } else {
    if (std::string zero = spellZero(type); !zero.empty())
      made.zero = " = " + zero;
    made.fill = [=](Value place) {
      return copyObject(place, from, type, where, /*isNew=*/true);
    };
  }
  return {createObject(type, local, made, where)};
}

std::optional<Variable>
FunctionLowering::bindCapture(const CXXRecordDecl &closure,
                              const LambdaCapture &capture) {
  SourceLocation where = capture.getLocation();
  const ValueDecl *variable = getCaptured(capture);
  auto refuseCapture = [&](QualType type) -> std::optional<Variable> {
    (void)refuseType(type, where);
    return {};
  };
  bool isReference = capture.getCaptureKind() == LCK_ByRef;
  if (capture.capturesThis()) {
    QualType type = getCaptureType(closure, capture, ast);
    bool isCopy = capture.getCaptureKind() == LCK_StarThis;
    bool isChanged = isCopy && !closure.getLambdaCallOperator()->isConst();
    if (!objectPlace || isChanged) {
      (void)refuse(Diag::Lambda, where);
      return {};
    }
    if (!isCopy)
      return Variable{{}, {objectPlace}, {}};
    type = type.getNonReferenceType().getUnqualifiedType();
    auto local = LocalAttr::get(module.getContext(), nextLocal++,
                                builder.getStringAttr("self"),
                                builder.getStringAttr(spelling.type(type)),
                                /*generated=*/true);
    Glvalue copy = copyCaptured({objectPlace}, type, local, true, where);
    return copy ? std::optional(Variable{{}, copy, {}}) : std::nullopt;
  }
  if (!variable) {
    (void)refuse(Diag::Lambda, where);
    return {};
  }
  // `[k = a * b]` declares k.
  if (variable->isInitCapture() && failed(lowerVariable(*cast<VarDecl>(variable))))
    return {};
  auto found = variables.find(variable);
  // Of a constant array the elements are constant.
  QualType type =
      ast.getUnqualifiedArrayType(variable->getType().getNonReferenceType());
  if (found == variables.end())
    return refuseCapture(type);
  Variable bound = found->second;
  bool isPointer = !getPointee(type).isNull();
  if (isReference && ((isPointer && !bound.pointer) ||
                      (isView(type) && assigned.contains(variable)))) {
    (void)refuse(Diag::PointerChanged, where, {variable->getNameAsString()});
    return {};
  }
  if (isPointer && !bound.pointer)
    bound.pointer = {{load(bound.object, where)}, false, /*mayBeNull=*/true};
  if (isReference || isPointer || isView(type) || isEmptyClass(type) ||
      getFunctionType(type))
    return bound;
  if (bound.closure) {
    bound.closure = copyClosure(*bound.closure, where);
    return bound.closure ? std::optional(bound) : std::nullopt;
  }
  bool isOwn = !getReferent(getCaptureType(closure, capture, ast)).isNull();
  // An init capture is a copy already, as is what never changes.
  bool isNeeded = !variable->isInitCapture() &&
                  (isOwn || mapType(type) || assigned.contains(variable) ||
                   variable->getType()->isReferenceType());
  if (isNeeded) {
    auto local = LocalAttr::get(
        module.getContext(), nextLocal++,
        builder.getStringAttr(variable->getName()),
        builder.getStringAttr(spelling.type(type)),
        /*generated=*/true);
    bound.object = copyCaptured(bound.object, type, local, isOwn, where);
  }
  return bound.object ? std::optional(bound) : std::nullopt;
}

std::shared_ptr<const Closure>
FunctionLowering::createClosure(const LambdaExpr &e) {
  auto closure = std::make_shared<Closure>();
  closure->record = e.getLambdaClass();
  for (const LambdaCapture &capture : e.captures()) {
    std::optional<Variable> bound = bindCapture(*closure->record, capture);
    if (!bound)
      return nullptr;
    closure->captures.push_back(*bound);
  }
  return closure;
}

std::shared_ptr<const Closure>
FunctionLowering::copyClosure(const Closure &source, SourceLocation where) {
  auto closure = std::make_shared<Closure>(source);
  if (!hasState(*source.record))
    return closure;
  for (auto [capture, bound] :
       llvm::zip(source.record->captures(), closure->captures)) {
    const ValueDecl *variable = getCaptured(capture);
    if (!variable || capture.getCaptureKind() == LCK_ByRef)
      continue;
    if (bound.closure) {
      bound.closure = copyClosure(*bound.closure, where);
      if (!bound.closure)
        return nullptr;
      continue;
    }
    QualType type = getCaptureType(*source.record, capture, ast);
    if (!type->isReferenceType() || isConst(type.getNonReferenceType()))
      continue;
    type = type.getNonReferenceType();
    auto local = LocalAttr::get(module.getContext(), nextLocal++,
                                builder.getStringAttr(variable->getName()),
                                builder.getStringAttr(spelling.type(type)),
                                /*generated=*/true);
    bound.object = copyCaptured(bound.object, type, local, true, where);
    if (!bound.object)
      return nullptr;
  }
  return closure;
}

/// Whether moving a lambda leaves something else than copying it.
static bool holdsObjects(const CXXRecordDecl &closure) {
  return llvm::any_of(closure.fields(), [](const FieldDecl *field) {
    QualType type = field->getType();
    const CXXRecordDecl *inner =
        type->isReferenceType() ? nullptr : getClosureClass(type);
    return inner ? holdsObjects(*inner)
                 : type->isRecordType() && !isEmptyClass(type) &&
                       getPointee(type).isNull() && !isView(type);
  });
}

std::shared_ptr<const Closure>
FunctionLowering::lowerClosure(const clang::Expr &e) {
  const clang::Expr *inner = stripWrappers(&e);
  if (const auto *cast = dyn_cast<CastExpr>(inner);
      cast && cast->getCastKind() == CK_NoOp)
    return lowerClosure(*cast->getSubExpr());
  if (const auto *lambda = dyn_cast<LambdaExpr>(inner))
    return createClosure(*lambda);
  if (const auto *made = dyn_cast<CXXConstructExpr>(inner);
      made && made->getNumArgs() == 1) {
    const clang::Expr *source = stripWrappers(made->getArg(0));
    const CXXRecordDecl *record = getClosureClass(source->getType());
    bool isMoved = made->getConstructor()->isMoveConstructor() &&
                   source->isGLValue() && record && holdsObjects(*record);
    std::shared_ptr<const Closure> copied =
        record && !isMoved ? lowerClosure(*source) : nullptr;
    if (copied || (record && !isMoved))
      return copied && source->isGLValue()
                 ? copyClosure(*copied, e.getExprLoc())
                 : copied;
  }
  if (const auto *call = dyn_cast<CallExpr>(inner))
    if (const clang::Expr *forwarded = findForwarded(*call))
      return lowerClosure(*forwarded);
  if (const auto *reference = dyn_cast<DeclRefExpr>(inner))
    if (const auto *variable = dyn_cast<VarDecl>(reference->getDecl()))
      if (auto found = variables.find(variable);
          found != variables.end() && found->second.closure)
        return found->second.closure;
  (void)refuse(Diag::Lambda, e.getExprLoc(), {}, e.getSourceRange());
  return nullptr;
}

/// A variable that holds a lambda, or refers to one.
mlir::LogicalResult
FunctionLowering::lowerClosureVariable(const VarDecl &variable) {
  const clang::Expr *init = variable.getInit();
  if (!init || variable.isStaticLocal())
    return refuse(Diag::Lambda, variable.getLocation());
  const CXXRecordDecl *record = getClosureClass(variable.getType());
  context.variants->lambdaNames.try_emplace(record, variable.getNameAsString());
  StatementScope scope(*this, &variable, [&] {
    return quoteSource(ast, {variable.getLocation(), variable.getEndLoc()});
  });
  Variable known{createLocal(variable), {}, {}};
  known.closure = lowerClosure(*init);
  variables[&variable] = known;
  return mlir::success(bool(known.closure));
}

//===----------------------------------------------------------------------===//
// How captures are passed
//===----------------------------------------------------------------------===//

mlir::LogicalResult FunctionLowering::passCapture(const Variable &bound,
                                                  const ParmVarDecl &parameter,
                                                  Arguments &arguments) {
  QualType type = parameter.getType();
  SourceLocation where = arguments.call->getExprLoc();
  Binding binding;
  Glvalue object = bound.object;
  bool mayBeNull = false;
  if (getFunctionType(type)) {
    binding = {Binding::Function, 0, bound.function};
    if (!bound.function)
      return refuse(Diag::IndirectCall, where, {},
                    arguments.call->getSourceRange());
  } else if (isEmptyClass(type)) {
    binding.kind = Binding::Object;
  } else {
    if (!getPointee(type).isNull()) {
      object = bound.pointer.object;
      mayBeNull = bound.pointer.mayBeNull;
      if (bound.pointer.isNull)
        binding.kind = Binding::Null;
    }
    if (binding.kind != Binding::Null && !object)
      return mlir::success(bool(refuseExpression(*arguments.call)));
    if (binding.kind != Binding::Null &&
        isMemoryParameter(parameter, context.variants->pointers)) {
      binding.kind = Binding::Memory;
      object = {takePlace(object, *arguments.call)};
      if (!object)
        return mlir::failure();
    }
  }
  arguments.add(type, arguments.call, binding, object, mayBeNull);
  return mlir::success();
}

mlir::LogicalResult
FunctionLowering::passClosure(const Closure &closure,
                              llvm::ArrayRef<const ParmVarDecl *> parameters,
                              Arguments &arguments) {
  for (const Variable &bound : closure.captures)
    if (failed(bound.closure
                   ? passClosure(*bound.closure, parameters, arguments)
                   : passCapture(bound, *parameters[arguments.types.size()],
                                 arguments)))
      return mlir::failure();
  return mlir::success();
}

mlir::LogicalResult FunctionLowering::passClosures(Arguments &arguments) {
  llvm::ArrayRef<const ParmVarDecl *> parameters =
      context.variants->getParameters(*arguments.callee, ast);
  for (const std::shared_ptr<const Closure> &closure : arguments.closures)
    if (failed(passClosure(*closure, parameters, arguments)))
      return mlir::failure();
  return mlir::success();
}

/// What the lambda's captures are in the function that gets them.
std::shared_ptr<const Closure>
FunctionLowering::takeClosure(const CXXRecordDecl &record, size_t &next) {
  auto closure = std::make_shared<Closure>();
  closure->record = &record;
  for (const LambdaCapture &capture : record.captures()) {
    const ValueDecl *variable = getCaptured(capture);
    if (const CXXRecordDecl *inner =
            variable ? getClosureClass(variable->getType()) : nullptr) {
      Variable bound;
      bound.closure = takeClosure(*inner, next);
      closure->captures.push_back(bound);
    } else {
      closure->captures.push_back(variables.lookup(parameters[next++]));
    }
  }
  return closure;
}

void FunctionLowering::takeClosures() {
  size_t next = function.getNumParams();
  const auto *method = dyn_cast<CXXMethodDecl>(&function);
  if (method)
    if (const CXXRecordDecl *own =
            getClosureClass(ast.getCanonicalTagType(method->getParent()))) {
      std::shared_ptr<const Closure> closure = takeClosure(*own, next);
      for (auto [capture, bound] :
           llvm::zip(own->captures(), closure->captures))
        if (const ValueDecl *variable = getCaptured(capture))
          variables[variable] = bound;
        else
          objectPlace = bound.object.place;
    }
  for (const ParmVarDecl *parameter : function.parameters())
    if (const CXXRecordDecl *taken = getClosureClass(parameter->getType()))
      variables[parameter].closure = takeClosure(*taken, next);
}
