//===- AssignedVariables.cpp - Which variables the code changes -----------===//
#include "Closures.h"
#include "Queries.h"

using namespace clang;
using namespace adgen;

namespace {
struct AssignedVariables {
  llvm::SmallPtrSet<const ValueDecl *, 8> found;
  /// The lambdas whose bodies are being looked at.
  llvm::SmallPtrSet<const CXXRecordDecl *, 4> active;

  void collect(const Stmt *s, bool isRead);
  void collectLambda(const LambdaExpr &lambda);
  void collectBodies(const CXXRecordDecl &closure);
};
} // namespace

/// What calls of a lambda change, but for copies of its own.
void AssignedVariables::collectBodies(const CXXRecordDecl &closure) {
  if (!active.insert(&closure).second)
    return;
  AssignedVariables inner;
  inner.active = active;
  forEachBody(closure, [&](const Stmt &body) { inner.collect(&body, false); });
  for (const LambdaCapture &capture : closure.captures())
    if (const ValueDecl *variable = getCaptured(capture);
        variable && capture.getCaptureKind() == LCK_ByCopy &&
        !variable->isInitCapture())
      inner.found.erase(variable);
  found.insert(inner.found.begin(), inner.found.end());
  active.erase(&closure);
}

void AssignedVariables::collectLambda(const LambdaExpr &lambda) {
  const CXXRecordDecl &closure = *lambda.getLambdaClass();
  collectBodies(closure);
  for (auto [capture, init] :
       llvm::zip(lambda.captures(), lambda.capture_inits())) {
    const ValueDecl *variable = getCaptured(capture);
    bool isReference = capture.getCaptureKind() == LCK_ByRef;
    // A variable that is referred to under its own name was found if so.
    if (!isReference || (variable && variable->isInitCapture()))
      collect(init, isReference && !found.contains(variable));
  }
}

/// The variables that `s` may change, except those that it only reads: `isRead`
/// says that of `s` itself.
void AssignedVariables::collect(const Stmt *s, bool isRead) {
  if (!s)
    return;
  auto visit = [&](const Stmt *part, bool isReadToo) {
    collect(part, isReadToo);
  };
  if (const auto *lambda = dyn_cast<LambdaExpr>(s))
    return collectLambda(*lambda);
  // What is done with a lambda may call it.
  if (const auto *e = dyn_cast<DeclRefExpr>(s))
    if (const CXXRecordDecl *closure = getClosureClass(e->getType()))
      collectBodies(*closure);
  if (const auto *reference = dyn_cast<DeclRefExpr>(s)) {
    const ValueDecl *variable = getNamed(*reference);
    if (variable && !isRead && !reference->getType().isConstQualified())
      found.insert(variable);
    return;
  }
  if (const auto *paren = dyn_cast<ParenExpr>(s))
    return visit(paren->getSubExpr(), isRead);
  // What is within an object is read with it.
  if (const auto *member = dyn_cast<MemberExpr>(s))
    return visit(member->getBase(), isRead && !member->isArrow());
  if (const auto *call = dyn_cast<CallExpr>(s); call && findElement(*call))
    return visit(call->getArg(0), isRead);
  if (const auto *element = dyn_cast<ArraySubscriptExpr>(s)) {
    visit(element->getBase(), isRead);
    return visit(element->getIdx(), false);
  }
  if (const auto *operation = dyn_cast<CXXOperatorCallExpr>(s);
      operation && operation->getOperator() == OO_Subscript && isRead &&
      getContainer(operation->getArg(0)->getType())) {
    visit(operation->getArg(0), true);
    return visit(operation->getArg(1), false);
  }
  if (const auto *cast = dyn_cast<CastExpr>(s)) {
    bool isToConst = cast->isGLValue() && cast->getType().isConstQualified();
    bool isSame = (cast->getCastKind() == CK_NoOp || isBaseCast(*cast) ||
                   isDerivedCast(*cast)) &&
                  cast->isGLValue();
    CastKind kind = cast->getCastKind();
    return visit(cast->getSubExpr(),
                 kind == CK_LValueToRValue ||
                     (kind == CK_ArrayToPointerDecay && isRead) ||
                     (isSame && (isToConst || isRead)));
  }
  if (const auto *conditional = dyn_cast<ConditionalOperator>(s)) {
    visit(conditional->getCond(), false);
    visit(conditional->getTrueExpr(), isRead);
    return visit(conditional->getFalseExpr(), isRead);
  }
  if (const auto *binary = dyn_cast<BinaryOperator>(s);
      binary && binary->getOpcode() == BO_Comma) {
    visit(binary->getLHS(), false);
    return visit(binary->getRHS(), isRead);
  }
  if (const auto *declaration = dyn_cast<DeclStmt>(s)) {
    for (const Decl *decl : declaration->decls())
      if (const auto *variable = dyn_cast<VarDecl>(decl))
        visit(variable->getInit(), false);
    return;
  }
  if (const auto *loop = dyn_cast<CXXForRangeStmt>(s)) {
    QualType type = loop->getLoopVariable()->getType();
    bool isChanged = type->isReferenceType() &&
                     !type.getNonReferenceType().isConstQualified();
    visit(loop->getInit(), false);
    visit(loop->getRangeInit(),
          !isChanged || isView(loop->getRangeInit()->getType()));
    return visit(loop->getBody(), false);
  }
  for (const Stmt *part : s->children())
    visit(part, false);
}

const ValueDecl *adgen::getNamed(const DeclRefExpr &e) {
  const ValueDecl *decl = e.getDecl();
  return isa<VarDecl, BindingDecl>(decl) ? decl : nullptr;
}

llvm::SmallPtrSet<const ValueDecl *, 8>
adgen::findAssignedVariables(const Stmt &code) {
  AssignedVariables assigned;
  assigned.collect(&code, false);
  return assigned.found;
}

/// Whether the code assigns to a place that has no variable's name, or may let a
/// callee do so.
static bool mayAssignPlaces(const Stmt &code) {
  if (const auto *binary = dyn_cast<BinaryOperator>(&code);
      binary && binary->isAssignmentOp())
    return true;
  if (const auto *unary = dyn_cast<UnaryOperator>(&code);
      unary && unary->isIncrementDecrementOp())
    return true;
  // Through a pointer that is passed by value.
  if (const auto *call = dyn_cast<CallExpr>(&code))
    for (const clang::Expr *argument : call->arguments()) {
      if (getClosureClass(argument->getType()))
        return true;
      QualType target = getTarget(argument->getType());
      if (!target.isNull() && !isConst(target))
        return true;
    }
  return llvm::any_of(code.children(), [](const Stmt *part) {
    return part && mayAssignPlaces(*part);
  });
}

bool adgen::mayAssign(const Stmt &code) {
  return !findAssignedVariables(code).empty() || mayAssignPlaces(code);
}
