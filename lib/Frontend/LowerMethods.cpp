//===- LowerMethods.cpp - Methods and constructors as callees -------------===//
//
//   v.norm(), a + b            ad.call @"Vec3::norm()"(%v)
//   Vec3 v(x, y, z)            %v = ad.var; ad.call @"Vec3::Vec3(…)"(%x, %y,
//   %z, %v)
//
// The object is the last argument, a place. What reaches into private members
// is refused where it does, as the output cannot name these.
//
//===----------------------------------------------------------------------===//
#include "Requests.h"
#include "Subobjects.h"

using namespace clang;
using namespace adgen;
using mlir::Value;

const CXXRecordDecl *adgen::getObjectClass(const FunctionDecl &function) {
  const auto *method = dyn_cast<CXXMethodDecl>(&function);
  if (!method || method->isStatic() || method->isVirtual() ||
      method->getParent()->isLambda() ||
      isEmptyClass(
          method->getASTContext().getCanonicalTagType(method->getParent())))
    return nullptr;
  return method->getParent();
}

bool FunctionLowering::isObjectMethod(const FunctionDecl &callee) {
  const CXXRecordDecl *record = getObjectClass(callee);
  const FunctionDecl *definition = nullptr;
  // One without a body may have a derivative by hand.
  bool isKnown = callee.hasBody(definition) || !sources.isInSystemHeader(
                     sources.getExpansionLoc(callee.getLocation()));
  return record && !record->isInStdNamespace() && isKnown &&
         mapContent(ast.getCanonicalTagType(record));
}

QualType adgen::getObjectParameter(const FunctionDecl &callee) {
  const ASTContext &ast = callee.getASTContext();
  const CXXRecordDecl *record = getObjectClass(callee);
  if (!record)
    return {};
  QualType type = ast.getCanonicalTagType(record);
  if (cast<CXXMethodDecl>(callee).isConst())
    type.addConst();
  return ast.getLValueReferenceType(type);
}

const clang::Expr *adgen::getObjectArgument(const CallExpr &e) {
  if (const auto *member = dyn_cast<CXXMemberCallExpr>(&e))
    return member->getImplicitObjectArgument();
  if (isa<CXXOperatorCallExpr>(e) &&
      isa_and_nonnull<CXXMethodDecl>(e.getDirectCallee()))
    return e.getArg(0);
  return nullptr;
}

/// The initial values of bases and members, in the order of their declarations.
mlir::LogicalResult FunctionLowering::lowerInitializers() {
  const auto *constructor = dyn_cast<CXXConstructorDecl>(&function);
  if (!constructor || !objectPlace)
    return mlir::success();
  for (const CXXCtorInitializer *initializer : constructor->inits()) {
    StatementScope scope(*this, initializer, [&] {
      return quoteSource(ast, initializer->getSourceRange());
    });
    if (failed(Subobjects(*this).lowerInitializer(*initializer, *constructor, objectPlace)))
      return mlir::failure();
  }
  return mlir::success();
}
