//===- LowerPointers.cpp - Pointers whose target is known -----------------===//
//
// A pointer is never a value of the IR: it is what it points to. That is known
// as long as no pointer is assigned to:
//
//   double *p = &a;  *p = x;     is   a = x
//   g(&a), g(p)                  pass the place of a
//   c ? &a : &b                  is one of two places
//   p != nullptr                 is decided; of a parameter of the requested
//                                function, a test without operands
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"

using namespace clang;
using namespace adgen;
using mlir::Value;

/// The variable of the function that `e` names; null if it names none.
static const VarDecl *findVariable(const clang::Expr *e) {
  const auto *reference = dyn_cast<DeclRefExpr>(e->IgnoreParens());
  return reference ? dyn_cast<VarDecl>(reference->getDecl()) : nullptr;
}

static bool isStdFunction(const clang::Expr &e, llvm::StringRef name) {
  const auto *call = dyn_cast<CallExpr>(&e);
  const FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
  return callee && callee->isInStdNamespace() && callee->getIdentifier() &&
         callee->getName() == name && call->getNumArgs() == 1;
}

Pointer FunctionLowering::lowerPointer(const clang::Expr *e) {
  if (const auto *paren = dyn_cast<ParenExpr>(e))
    return lowerPointer(paren->getSubExpr());
  if (const auto *full = dyn_cast<FullExpr>(e))
    return lowerPointer(full->getSubExpr());
  if (const auto *replaced = dyn_cast<SubstNonTypeTemplateParmExpr>(e))
    return lowerPointer(replaced->getReplacement());
  if (const auto *argument = dyn_cast<CXXDefaultArgExpr>(e))
    return lowerPointer(argument->getExpr());
  if (isa<CXXNullPtrLiteralExpr, GNUNullExpr, ImplicitValueInitExpr,
          CXXScalarValueInitExpr>(e))
    return {{}, /*isNull=*/true};
  if (const auto *list = dyn_cast<InitListExpr>(e)) {
    if (list->getNumInits() == 0)
      return {{}, /*isNull=*/true};
    return lowerPointer(list->getInit(0));
  }
  if (const VarDecl *variable = findVariable(e))
    if (Pointer pointer = variables.lookup(variable).pointer)
      return pointer;
  if (const auto *cast = dyn_cast<CastExpr>(e)) {
    switch (cast->getCastKind()) {
    case CK_NoOp:
      if (!isa<CXXConstCastExpr>(cast) &&
          (cast->getType()->getPointeeType().isConstQualified() ||
           !cast->getSubExpr()->getType()->getPointeeType().isConstQualified()))
        return lowerPointer(cast->getSubExpr());
      break;
    case CK_NullToPointer:
      if (!cast->getSubExpr()->HasSideEffects(ast))
        return {{}, /*isNull=*/true};
      break;
    case CK_LValueToRValue: {
      const clang::Expr *read = cast->getSubExpr()->IgnoreParens();
      if (isa<DeclRefExpr, ConditionalOperator>(read))
        return lowerPointer(read);
      break;
    }
    default:
      break;
    }
  }
  if (const auto *unary = dyn_cast<UnaryOperator>(e))
    if (unary->getOpcode() == UO_AddrOf) {
      if (Glvalue object = lowerGlvalue(unary->getSubExpr());
          !object || !object.isCopy)
        return {object};
    }
  if (isStdFunction(*e, "addressof"))
    return {lowerGlvalue(cast<CallExpr>(e)->getArg(0))};
  if (const auto *binary = dyn_cast<BinaryOperator>(e);
      binary && binary->getOpcode() == BO_Comma)
    return succeeded(lowerDiscarded(binary->getLHS()))
               ? lowerPointer(binary->getRHS())
               : Pointer();
  if (const auto *conditional = dyn_cast<ConditionalOperator>(e))
    return lowerConditionalPointer(*conditional);
  if (const auto *call = dyn_cast<CallExpr>(e))
    if (const FunctionDecl *callee = findUserCallee(*call)) {
      (void)refuse(Diag::ReferenceResult, e->getExprLoc(),
                   {callee->getQualifiedNameAsString()}, e->getSourceRange());
      return {};
    }
  (void)refuse(Diag::Pointer, e->getExprLoc(),
               {e->getType().getAsString(ast.getPrintingPolicy())},
               e->getSourceRange());
  return {};
}

Pointer
FunctionLowering::lowerConditionalPointer(const ConditionalOperator &e) {
  if (!e.getTrueExpr()->HasSideEffects(ast) &&
      !e.getFalseExpr()->HasSideEffects(ast)) {
    Value condition = lowerValue(e.getCond());
    if (!condition)
      return {};
    if (std::optional<bool> isTaken = takeDecision(condition))
      return lowerPointer(*isTaken ? e.getTrueExpr() : e.getFalseExpr());
    Pointer yes = lowerPointer(e.getTrueExpr());
    Pointer no = yes ? lowerPointer(e.getFalseExpr()) : Pointer();
    if (!no)
      return {};
    if (yes.object && no.object)
      return {{{},
               {},
               std::make_shared<Choice>(Choice{condition, yes.object, no.object,
                                               e.getQuestionLoc()})},
              false,
              yes.mayBeNull || no.mayBeNull};
  }
  (void)refuse(Diag::Pointer, e.getExprLoc(),
               {e.getType().getAsString(ast.getPrintingPolicy())},
               e.getSourceRange());
  return {};
}

Glvalue FunctionLowering::lowerDereference(const clang::Expr *pointer,
                                           const clang::Expr &e) {
  if (getReferent(pointer->getType()).isNull()) {
    (void)refuseExpression(e);
    return {};
  }
  Pointer target = lowerPointer(pointer);
  if (target.isNull)
    (void)refuse(Diag::NullDereference, e.getExprLoc(), {},
                 e.getSourceRange());
  return target.object;
}

Value FunctionLowering::lowerNullTest(const clang::Expr *pointer, bool isNull,
                                      const clang::Expr &e) {
  Pointer target = lowerPointer(pointer);
  if (!target)
    return {};
  mlir::Location loc = at(e.getExprLoc());
  if (!target.mayBeNull || isLeftOut)
    return createDecided(target.isNull == isNull, loc);
  const ParmVarDecl *parameter = memory.lookup(target.object.place);
  if (!parameter) {
    (void)refuse(Diag::NullTest, e.getExprLoc(), {}, e.getSourceRange());
    return {};
  }
  // The same in the whole run, and for the parameter's shadow.
  TestOp test = TestOp::create(builder, loc, builder.getI1Type(), "!= nullptr",
                               mlir::ValueRange());
  test->setAttr("ad.parameter", createLocal(*parameter));
  if (isNull)
    return NotOp::create(builder, loc, test);
  return test;
}

Value FunctionLowering::createDecided(bool value, mlir::Location loc) {
  Value constant = createBool(value, loc);
  decided.insert(constant);
  return constant;
}

std::optional<bool> FunctionLowering::takeDecision(Value condition) {
  std::optional<llvm::APInt> value = intConstant(condition);
  if (!value || !decided.erase(condition))
    return {};
  condition.getDefiningOp()->erase();
  return !value->isZero();
}

const FunctionDecl *FunctionLowering::findFunction(const clang::Expr *e) {
  if (const auto *paren = dyn_cast<ParenExpr>(e))
    return findFunction(paren->getSubExpr());
  if (const auto *full = dyn_cast<FullExpr>(e))
    return findFunction(full->getSubExpr());
  if (const auto *replaced = dyn_cast<SubstNonTypeTemplateParmExpr>(e))
    return findFunction(replaced->getReplacement());
  if (const auto *argument = dyn_cast<CXXDefaultArgExpr>(e))
    return findFunction(argument->getExpr());
  if (const auto *list = dyn_cast<InitListExpr>(e); list && list->getNumInits())
    return findFunction(list->getInit(0));
  if (const auto *unary = dyn_cast<UnaryOperator>(e)) {
    UnaryOperatorKind opcode = unary->getOpcode();
    bool isSame =
        opcode == UO_AddrOf || opcode == UO_Deref || opcode == UO_Plus;
    return isSame ? findFunction(unary->getSubExpr()) : nullptr;
  }
  if (const auto *reference = dyn_cast<DeclRefExpr>(e)) {
    if (const auto *named = dyn_cast<FunctionDecl>(reference->getDecl()))
      return named;
    const auto *variable = dyn_cast<VarDecl>(reference->getDecl());
    return variable ? variables.lookup(variable).function : nullptr;
  }
  if (const auto *conversion = dyn_cast<CXXMemberCallExpr>(e)) {
    // A lambda without captures as a pointer to a function.
    const CXXRecordDecl *record = conversion->getRecordDecl();
    bool isPointer = record && record->isLambda() && record->isEmpty() &&
                     !record->isGenericLambda() &&
                     !conversion->getImplicitObjectArgument()->HasSideEffects(
                         ast) &&
                     isa_and_nonnull<CXXConversionDecl>(
                         conversion->getMethodDecl());
    return isPointer ? record->getLambdaCallOperator() : nullptr;
  }
  const auto *cast = dyn_cast<CastExpr>(e);
  if (!cast)
    return nullptr;
  switch (cast->getCastKind()) {
  case CK_NoOp:
  case CK_LValueToRValue:
  case CK_FunctionToPointerDecay:
  case CK_UserDefinedConversion:
    return findFunction(cast->getSubExpr());
  default:
    return nullptr;
  }
}
