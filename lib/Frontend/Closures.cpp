//===- Closures.cpp - Lambda expressions with captures --------------------===//
#include "Closures.h"
#include "Queries.h"

#include "clang/AST/DeclTemplate.h"

using namespace clang;
using namespace adgen;

const CXXRecordDecl *adgen::getClosureClass(QualType type) {
  if (type.isNull())
    return nullptr;
  type = type.getNonReferenceType();
  const CXXRecordDecl *record = type->getAsCXXRecordDecl();
  return record && record->isLambda() && !isEmptyClass(type) ? record : nullptr;
}

void adgen::forEachBody(const CXXRecordDecl &closure,
                        llvm::function_ref<void(const Stmt &)> see) {
  auto visit = [&](const FunctionDecl &candidate) {
    const FunctionDecl *definition = nullptr;
    if (candidate.hasBody(definition) && !definition->isDependentContext())
      see(*definition->getBody());
  };
  if (const FunctionTemplateDecl *pattern =
          closure.getDependentLambdaCallOperator())
    for (const FunctionDecl *instance : pattern->specializations())
      visit(*instance);
  else if (const CXXMethodDecl *callee = closure.getLambdaCallOperator())
    visit(*callee);
}

const ValueDecl *adgen::getCaptured(const LambdaCapture &capture) {
  return capture.capturesVariable() ? capture.getCapturedVar() : nullptr;
}

static bool isMutable(const CXXRecordDecl &closure) {
  const CXXMethodDecl *callee = closure.getLambdaCallOperator();
  return !callee || !callee->isConst();
}

/// Whether the lambda's body may change what the capture is.
static bool isChanged(const CXXRecordDecl &closure, const ValueDecl &variable) {
  bool found = false;
  forEachBody(closure, [&](const Stmt &body) {
    found |= findAssignedVariables(body).contains(&variable);
  });
  return found;
}

bool adgen::hasState(const CXXRecordDecl &closure) {
  return llvm::any_of(closure.captures(), [&](const LambdaCapture &capture) {
    const ValueDecl *variable = getCaptured(capture);
    if (!variable || capture.getCaptureKind() == LCK_ByRef)
      return false;
    if (const CXXRecordDecl *inner = getClosureClass(variable->getType()))
      return hasState(*inner);
    return isMutable(closure) && isChanged(closure, *variable);
  });
}

QualType adgen::getCaptureType(const CXXRecordDecl &closure,
                               const LambdaCapture &capture, ASTContext &ast) {
  const ValueDecl *variable = getCaptured(capture);
  bool isReference = capture.getCaptureKind() == LCK_ByRef;
  if (!variable) {
    for (auto [own, field] : llvm::zip(closure.captures(), closure.fields()))
      if (own.capturesThis()) {
        QualType type = field->getType();
        type = type->isPointerType() ? type->getPointeeType()
                                     : type.withConst();
        return ast.getLValueReferenceType(type);
      }
    return {};
  }
  QualType type = variable->getType().getNonReferenceType();
  bool isHandle = !getPointee(type).isNull() || isView(type);
  if (isHandle || getFunctionType(type) || isEmptyClass(type))
    return type.getUnqualifiedType();
  bool mayChange = (isReference || isMutable(closure)) &&
                   isChanged(closure, *variable);
  bool isNumber = type->isArithmeticType() || type->isEnumeralType();
  if (!isReference && !mayChange && isNumber)
    return type.getUnqualifiedType();
  return ast.getLValueReferenceType(mayChange ? type : type.withConst());
}

static void addCaptures(const CXXRecordDecl &closure,
                        const FunctionDecl &function, PointerUses &pointers,
                        ASTContext &ast,
                        std::vector<const ParmVarDecl *> &parameters) {
  for (const LambdaCapture &capture : closure.captures()) {
    const ValueDecl *variable = getCaptured(capture);
    if (const CXXRecordDecl *inner =
            variable ? getClosureClass(variable->getType()) : nullptr) {
      addCaptures(*inner, function, pointers, ast, parameters);
      continue;
    }
    IdentifierInfo *name =
        variable ? variable->getIdentifier() : &ast.Idents.get("self");
    ParmVarDecl *parameter = ParmVarDecl::Create(
        ast, const_cast<FunctionDecl *>(&function), capture.getLocation(),
        capture.getLocation(), name, getCaptureType(closure, capture, ast),
        /*TInfo=*/nullptr, SC_None, /*DefArg=*/nullptr);
    parameter->setScopeInfo(0, parameters.size());
    if (variable && pointers.isWalked(*variable))
      pointers.markWalked(*parameter);
    parameters.push_back(parameter);
  }
}

std::vector<const ParmVarDecl *>
adgen::makeParameters(const FunctionDecl &function, PointerUses &pointers,
                      ASTContext &ast) {
  std::vector<const ParmVarDecl *> parameters(function.param_begin(),
                                              function.param_end());
  const auto *method = dyn_cast<CXXMethodDecl>(&function);
  if (method)
    if (const CXXRecordDecl *own =
            getClosureClass(ast.getCanonicalTagType(method->getParent())))
      addCaptures(*own, function, pointers, ast, parameters);
  for (const ParmVarDecl *parameter : function.parameters())
    if (const CXXRecordDecl *taken = getClosureClass(parameter->getType()))
      addCaptures(*taken, function, pointers, ast, parameters);
  return parameters;
}
