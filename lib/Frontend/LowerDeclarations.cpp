//===- LowerDeclarations.cpp - Local variables ----------------------------===//
#include "Annotations.h"
#include "Closures.h"
#include "Lowering.h"

using namespace clang;
using namespace adgen;

mlir::LogicalResult FunctionLowering::lowerDeclarations(const DeclStmt &s) {
  for (const Decl *decl : s.decls()) {
    switch (decl->getKind()) {
    case Decl::Var:
    case Decl::Decomposition:
      if (failed(lowerVariable(*cast<VarDecl>(decl))))
        return mlir::failure();
      break;
    // Names and compile-time checks; what is refused is their use.
    case Decl::Typedef:
    case Decl::TypeAlias:
    case Decl::Enum:
    case Decl::Using:
    case Decl::UsingEnum:
    case Decl::UsingDirective:
    case Decl::NamespaceAlias:
    case Decl::StaticAssert:
    case Decl::Empty:
    case Decl::Function:
      break;
    case Decl::CXXRecord:
      if (isEmptyClass(ast.getCanonicalTagType(cast<CXXRecordDecl>(decl))))
        break;
      return refuse(Diag::Class, decl->getLocation(),
                    {cast<NamedDecl>(decl)->getNameAsString()});
    case Decl::Label:
      return refuse(Diag::Goto, decl->getLocation());
    default:
      return refuse(Diag::UnsupportedStatement, decl->getLocation(),
                    {std::string(decl->getDeclKindName()) + " declaration"});
    }
  }
  return mlir::success();
}

mlir::LogicalResult FunctionLowering::lowerVariable(const VarDecl &variable) {
  // Of a variable that lives elsewhere, the use is refused.
  if (variable.hasExternalStorage())
    return mlir::success();
  if (variable.getTLSKind() != VarDecl::TLS_None)
    return refuseVariable(variable);
  if (const auto *bindings = dyn_cast<DecompositionDecl>(&variable))
    return lowerBindings(*bindings);
  if (variable.hasAttr<CleanupAttr>())
    return refuse(Diag::UnsupportedStatement, variable.getLocation(),
                  {"a variable with a cleanup function"});
  QualType type = variable.getType();
  bool isLocal = !variable.isStaticLocal();
  QualType target = getTarget(type);
  bool isHandle = !target.isNull() && mapContent(target);
  if (isMarkedInactive(variable))
    return refuse(Diag::InactiveVariable, variable.getLocation(),
                  {variable.getNameAsString()});
  if (getClosureClass(type))
    return lowerClosureVariable(variable);
  if (isLocal && isHandle && type->isReferenceType())
    return lowerReferenceVariable(variable);
  if (isLocal && (getFunctionType(type) || isHandle))
    return lowerPointerVariable(variable);
  if (ast.getAsConstantArrayType(type))
    return lowerArrayVariable(variable);
  if (type->isRecordType() && mapContent(type))
    return lowerObjectVariable(variable);
  if (isEmptyClass(type) && !type->isReferenceType() && variable.getInit() &&
      !variable.getInit()->HasSideEffects(ast)) {
    // It carries nothing: its calls are those of functions.
    const auto *record = type->getAsCXXRecordDecl();
    context.variants->lambdaNames[record] = variable.getNameAsString();
    variables[&variable] = {createLocal(variable), {}, {}, nullptr};
    return mlir::success();
  }
  if (!lowerType(type, variable.getLocation()))
    return mlir::failure();
  // A constant static one has the same value in every call.
  if (variable.isStaticLocal() &&
      (!variable.getType().isConstQualified() || !variable.hasInit() ||
       !variable.evaluateValue()))
    return refuseVariable(variable);
  if (failed(declareVariable(variable)))
    return mlir::failure();
  return initializeVariable(variable);
}

mlir::LogicalResult FunctionLowering::declareVariable(const VarDecl &variable) {
  SourceLocation loc = variable.getLocation();
  if (isMarkedInactive(variable))
    return refuse(Diag::InactiveVariable, loc, {variable.getNameAsString()});
  mlir::Type type = lowerContent(variable.getType(), loc);
  if (!type)
    return mlir::failure();
  StatementScope scope(*this, &variable, [&] {
    return quoteSource(ast, {loc, variable.getEndLoc()});
  });
  LocalAttr local = createLocal(variable);
  mlir::Value place = VarOp::create(builder, at(loc), placeOf(type), local);
  if (context.variants->pointers.isWalked(variable))
    escaped.insert(place);
  variables[&variable] = {local, {place, {}}, {}, nullptr};
  return mlir::success();
}

/// A reference is the variable that it is bound to. A temporary lives as long
/// as the reference, which is then a variable itself.
mlir::LogicalResult
FunctionLowering::lowerReferenceVariable(const VarDecl &variable) {
  const clang::Expr *init = variable.getInit();
  StatementScope scope(*this, &variable, [&] {
    return quoteSource(ast, {variable.getLocation(), variable.getEndLoc()});
  });
  LocalAttr local = createLocal(variable);
  // An object without another name gets this one.
  const clang::Expr *made = stripWrappers(init);
  if (made->isPRValue() && made->getType()->isRecordType() &&
      getPointee(made->getType()).isNull() && !isView(made->getType())) {
    mlir::Value place = lowerTemporary(made, local);
    variables[&variable] = {local, {place}, {}, nullptr};
    return mlir::success(bool(place));
  }
  std::optional<Glvalue> chosen = lowerChosen(*init);
  Glvalue object = chosen ? *chosen : lowerGlvalue(init);
  if (!object)
    return mlir::failure();
  // What a call chose of its arguments may change behind the reference.
  bool isSame = object.isCopy && isUnchanging(*init);
  if (object.isCopy && !isSame)
    return refuse(Diag::Reference, init->getExprLoc(),
                  {variable.getType().getAsString(ast.getPrintingPolicy())},
                  init->getSourceRange());
  bool isTemporary =
      isSame ||
      isa<MaterializeTemporaryExpr>(init->IgnoreParenNoopCasts(ast)) ||
      isa<ExprWithCleanups>(init);
  if (object.value && isTemporary) {
    mlir::Location loc = at(variable.getLocation());
    mlir::Value place = VarOp::create(
        builder, loc,
        PlaceType::get(module.getContext(), object.value.getType()), local);
    StoreOp::create(builder, loc, object.value, place);
    if (context.variants->pointers.isWalked(variable))
      escaped.insert(place);
    object = {place, {}};
  }
  if (object.place)
    object.place = namePlace(object.place, variable);
  variables[&variable] = {local, object, {}, nullptr};
  return mlir::success();
}

mlir::Value FunctionLowering::namePlace(mlir::Value place,
                                        const ValueDecl &variable) {
  // The names of whole variables stand for these.
  bool isVariable =
      isa<mlir::BlockArgument>(place) || place.getDefiningOp<VarOp>();
  bool isWalked = !getPointee(variable.getType()).isNull() &&
                  (getReferent(variable.getType()).isNull() ||
                   context.variants->pointers.isWalked(variable));
  if (isVariable && !isWalked)
    return place;
  LocalAttr local = createLocal(variable);
  QualType own = variable.getType().getUnqualifiedType();
  if (isa<BindingDecl>(variable))
    own = ast.getLValueReferenceType(variable.getType());
  // A reference to what a branch chooses is a pointer, which is set there.
  if (place.getDefiningOp<IfOp>() && own->isReferenceType())
    own = ast.getPointerType(own->getPointeeType());
  std::string type = spelling.type(own);
  local = LocalAttr::get(module.getContext(), local.getId(), local.getName(),
                         builder.getStringAttr(type), local.getGenerated());
  if (auto branch = place.getDefiningOp<IfOp>())
    branch->setAttr("locals", builder.getArrayAttr(local));
  return LetOp::create(builder, at(variable.getLocation()), place, local);
}

mlir::LogicalResult
FunctionLowering::lowerPointerVariable(const VarDecl &variable) {
  SourceLocation loc = variable.getLocation();
  const clang::Expr *init = variable.getInit();
  bool isChanged = !init || assigned.contains(&variable);
  if (isChanged && getFunctionType(variable.getType()))
    return refuse(Diag::PointerChanged, loc, {variable.getNameAsString()});
  StatementScope scope(*this, &variable, [&] {
    return quoteSource(ast, {loc, variable.getEndLoc()});
  });
  std::optional<mlir::Value> memory = lowerAllocation(variable, isChanged);
  if (memory && !*memory)
    return mlir::failure();
  if (isChanged) {
    if (failed(declareVariable(variable)))
      return mlir::failure();
    if (!memory)
      return initializeVariable(variable);
    StoreOp::create(builder, at(loc), *memory, variables.lookup(&variable).object.place);
    return mlir::success();
  }
  if (memory) {
    variables[&variable] = {createLocal(variable), {}, {{*memory}}, nullptr};
    return mlir::success();
  }
  Variable known{createLocal(variable), {}, {}, nullptr};
  if (getFunctionType(variable.getType())) {
    known.function = findFunction(init);
    if (!known.function)
      return refuse(Diag::IndirectCall, init->getExprLoc(), {},
                    init->getSourceRange());
  } else {
    known.pointer = lowerPointer(init);
    if (!known.pointer)
      return mlir::failure();
    Glvalue &object = known.pointer.object;
    if (context.variants->pointers.isWalked(variable) && object)
      object = {takePlace(known.pointer, *init)};
    if (object.place)
      object.place = namePlace(object.place, variable);
    if (!known.pointer)
      return mlir::failure();
  }
  variables[&variable] = known;
  return mlir::success();
}

mlir::Value FunctionLowering::createTemporary(mlir::Value value, QualType type,
                                              SourceLocation loc) {
  auto local = LocalAttr::get(
      module.getContext(), nextLocal++, builder.getStringAttr("temporary"),
      builder.getStringAttr(spelling.type(type)), /*generated=*/true);
  mlir::Value place = VarOp::create(
      builder, at(loc), PlaceType::get(module.getContext(), value.getType()),
      local);
  StoreOp::create(builder, at(loc), value, place);
  return place;
}

mlir::LogicalResult
FunctionLowering::initializeVariable(const VarDecl &variable) {
  const clang::Expr *init = variable.getInit();
  if (!init)
    return mlir::success();
  StatementScope scope(*this, &variable, [] { return std::string(); });
  mlir::Value value = lowerValue(init);
  if (!value)
    return mlir::failure();
  StoreOp::create(builder, at(variable.getLocation()), value,
                  variables.lookup(&variable).object.place);
  return mlir::success();
}
