//===- LowerDeclarations.cpp - Local variables ----------------------------===//
#include "Annotations.h"
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
  if (isa<DecompositionDecl>(variable) ||
      variable.getTLSKind() != VarDecl::TLS_None)
    return refuseVariable(variable);
  if (variable.hasAttr<CleanupAttr>())
    return refuse(Diag::UnsupportedStatement, variable.getLocation(),
                  {"a variable with a cleanup function"});
  if (!lowerType(variable.getType(), variable.getLocation()))
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
  mlir::Type type = lowerType(variable.getType(), loc);
  if (!type)
    return mlir::failure();
  StatementScope scope(*this, &variable, [&] {
    return quoteSource(ast, {loc, variable.getEndLoc()});
  });
  LocalAttr local = createLocal(variable);
  mlir::Value place = VarOp::create(
      builder, at(loc), PlaceType::get(module.getContext(), type), local);
  variables[&variable] = {local, place, {}};
  return mlir::success();
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
                  variables.lookup(&variable).place);
  return mlir::success();
}
