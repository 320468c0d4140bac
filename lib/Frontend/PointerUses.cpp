//===- PointerUses.cpp - Which pointers are walked along ------------------===//
//
// `*p`, `p[0]`, `p == nullptr` and passing p on to a function that does no more
// leave p what it is today: another name of one variable. Everything else makes
// it a value that points into memory:
//
//   p[i]  p + i  p - q  p < q  ++p  p = q  return p  return *p
//
// and so do `double *q = p` and `g(p)` where q and the parameter are walked,
// and for the variable a all of this with `&a`. The least fixed point over the
// functions that call each other.
//
//===----------------------------------------------------------------------===//
#include "PointerUses.h"
#include "Closures.h"
#include "Lowering.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"

using namespace clang;
using namespace adgen;

/// How the value of a pointer is used.
enum class PointerUse {
  /// For the one object that it points to, or not at all.
  One,
  Walk,
};

class PointerUses::Visitor {
public:
  Visitor(PointerUses &uses, const FunctionDecl &function)
      : uses(uses), assigned(findAssignedVariables(*function.getBody())),
        returnsPlace(function.getReturnType()->isReferenceType() &&
                     !findReturnedParameter(function)) {}

  void visit(const Stmt *s, PointerUse use = PointerUse::Walk);
  /// The address of what `e` denotes is used like this.
  void visitAddress(const clang::Expr &e, PointerUse use);
  void visitParameters(const FunctionDecl &function);
  void visitInitializers(const CXXConstructorDecl &constructor);
  bool changed = false;

private:
  void visitCall(const CallExpr &call);
  void visitConstruction(const CXXConstructExpr &e);
  void visitVariable(const VarDecl &variable);
  void visitLambda(const LambdaExpr &lambda);
  PointerUse ofPassing(const FunctionDecl *callee, unsigned i,
                       const clang::Expr &argument);
  bool isInMemory(const clang::Expr &e) const;

  PointerUses &uses;
  llvm::SmallPtrSet<const ValueDecl *, 8> assigned;
  /// It returns a reference that its caller walks from.
  bool returnsPlace;
};

/// A function of the library that writes one number through each pointer.
static bool writesNumbers(const FunctionDecl &callee) {
  if (!callee.getIdentifier())
    return false;
  llvm::StringRef name = callee.getName();
  name.consume_front("__builtin_");
  for (llvm::StringRef stem : {"frexp", "modf", "remquo", "sincos"})
    if (name.consume_front(stem))
      return name.empty() || name == "f" || name == "l";
  return false;
}

/// Of `*p` and `p[0]`, p: what they denote may be an object of its own. Null for another
/// expression.
static const clang::Expr *firstOf(const clang::Expr &e, const ASTContext &ast) {
  if (const auto *unary = dyn_cast<UnaryOperator>(&e))
    return unary->getOpcode() == UO_Deref ? unary->getSubExpr() : nullptr;
  const auto *element = dyn_cast<ArraySubscriptExpr>(&e);
  auto index = element ? element->getIdx()->getIntegerConstantExpr(ast) : std::nullopt;
  return index && index->isZero() ? element->getBase() : nullptr;
}

/// What the function does with the address that it gets as argument `i`.
PointerUse PointerUses::Visitor::ofPassing(const FunctionDecl *callee,
                                           unsigned i,
                                           const clang::Expr &argument) {
  if (callee && uses.functions.contains(callee)) {
    bool isWalked =
        i >= callee->getNumParams() || uses.isWalked(*callee->getParamDecl(i));
    return isWalked ? PointerUse::Walk : PointerUse::One;
  }
  // A reference to a number, or the address of one, leads to no other.
  const auto *unary = dyn_cast<UnaryOperator>(argument.IgnoreParenImpCasts());
  bool isOne = argument.isGLValue() || (callee && writesNumbers(*callee)) ||
               (unary && unary->getOpcode() == UO_AddrOf);
  return isOne ? PointerUse::One : PointerUse::Walk;
}

void PointerUses::Visitor::visitCall(const CallExpr &call) {
  const FunctionDecl *callee = call.getDirectCallee();
  visit(call.getCallee());
  const FunctionDecl *definition = nullptr;
  if (callee && callee->hasBody(definition)) {
    callee = definition;
    const SourceManager &sources = uses.ast.getSourceManager();
    if (!callee->isInStdNamespace() &&
        !sources.isInSystemHeader(
            sources.getExpansionLoc(callee->getLocation())))
      uses.functions.insert(callee);
  }
  bool hasObject =
      isa<CXXOperatorCallExpr>(call) && isa_and_nonnull<CXXMethodDecl>(callee);
  for (auto [i, argument] : llvm::enumerate(call.arguments())) {
    PointerUse use = hasObject && i == 0
                         ? PointerUse::Walk
                         : ofPassing(callee, i - hasObject, *argument);
    if (argument->isGLValue())
      visitAddress(*argument, use);
    else
      visit(argument, use);
  }
}

/// A constructor may let members refer to what it is given.
void PointerUses::Visitor::visitConstruction(const CXXConstructExpr &e) {
  const FunctionDecl *callee = e.getConstructor(), *definition = nullptr;
  if (callee->hasBody(definition) && !callee->isInStdNamespace() &&
      !uses.ast.getSourceManager().isInSystemHeader(
          uses.ast.getSourceManager().getExpansionLoc(definition->getLocation()))) {
    callee = definition;
    uses.functions.insert(callee);
  }
  for (auto [i, argument] : llvm::enumerate(e.arguments())) {
    PointerUse use = ofPassing(callee, i, *argument);
    if (argument->isGLValue())
      visitAddress(*argument, use);
    else
      visit(argument, use);
  }
}

/// What initializes bases and members.
void PointerUses::Visitor::visitInitializers(const CXXConstructorDecl &constructor) {
  for (const CXXCtorInitializer *initializer : constructor.inits()) {
    const FieldDecl *field = initializer->getMember();
    if (field && field->getType()->isReferenceType())
      visitAddress(*initializer->getInit(), PointerUse::Walk);
    else
      visit(initializer->getInit());
  }
}

void PointerUses::Visitor::visitVariable(const VarDecl &variable) {
  QualType type = variable.getType();
  bool isPointer = type->isPointerType();
  if (isPointer && (assigned.contains(&variable) || !variable.getInit()))
    changed |= uses.walked.insert(&variable).second;
  const clang::Expr *init = variable.getInit();
  // Structured bindings take its parts.
  bool isTakenApart = isa<DecompositionDecl>(variable);
  PointerUse use = isTakenApart || uses.isWalked(variable) ? PointerUse::Walk
                                                           : PointerUse::One;
  if (init && type->isReferenceType())
    visitAddress(*init, use);
  else
    visit(init, isPointer ? use : PointerUse::Walk);
}

/// What is captured is used in the bodies under the same name.
void PointerUses::Visitor::visitLambda(const LambdaExpr &lambda) {
  for (const LambdaCapture &capture : lambda.captures())
    if (const ValueDecl *variable = getCaptured(capture);
        variable && variable->isInitCapture())
      visitVariable(*cast<VarDecl>(variable));
  const CXXRecordDecl &record = *lambda.getLambdaClass();
  if (const FunctionTemplateDecl *pattern =
          record.getDependentLambdaCallOperator())
    for (const FunctionDecl *instance : pattern->specializations())
      uses.functions.insert(instance);
  else if (lambda.getCallOperator()->hasBody())
    uses.functions.insert(lambda.getCallOperator());
}

/// Whether `e` denotes an element or member, or a variable that lies in memory as
/// these do.
bool PointerUses::Visitor::isInMemory(const clang::Expr &e) const {
  const clang::Expr *place = e.IgnoreParenImpCasts();
  if (const auto *conditional = dyn_cast<ConditionalOperator>(place))
    return isInMemory(*conditional->getTrueExpr()) ||
           isInMemory(*conditional->getFalseExpr());
  if (const auto *unary = dyn_cast<UnaryOperator>(place);
      unary && unary->getOpcode() == UO_Deref)
    place = unary->getSubExpr()->IgnoreParenImpCasts();
  const auto *reference = dyn_cast<DeclRefExpr>(place);
  const auto *variable =
      reference ? dyn_cast<VarDecl>(reference->getDecl()) : nullptr;
  if (!variable)
    return true;
  bool isAlias = variable->getType()->isReferenceType() &&
                 !isa<ParmVarDecl>(variable) && variable->getInit();
  return uses.isWalked(*variable) || (isAlias && isInMemory(*variable->getInit()));
}

void PointerUses::Visitor::visitAddress(const clang::Expr &e, PointerUse use) {
  if (const auto *paren = dyn_cast<ParenExpr>(&e))
    return visitAddress(*paren->getSubExpr(), use);
  if (const auto *full = dyn_cast<FullExpr>(&e))
    return visitAddress(*full->getSubExpr(), use);
  if (const auto *cast = dyn_cast<CastExpr>(&e);
      cast && (cast->getCastKind() == CK_NoOp || isBaseCast(*cast) ||
               isDerivedCast(*cast)))
    return visitAddress(*cast->getSubExpr(), use);
  if (const auto *conditional = dyn_cast<ConditionalOperator>(&e)) {
    // One of two places: both are in memory, or both are variables.
    if (isInMemory(e))
      use = PointerUse::Walk;
    visit(conditional->getCond());
    visitAddress(*conditional->getTrueExpr(), use);
    return visitAddress(*conditional->getFalseExpr(), use);
  }
  if (const clang::Expr *pointer = firstOf(e, uses.ast))
    return visit(pointer, use);
  const auto *reference = dyn_cast<DeclRefExpr>(&e);
  const auto *variable =
      reference ? dyn_cast<VarDecl>(reference->getDecl()) : nullptr;
  if (!variable || variable->getType()->isPointerType())
    return visit(&e);
  if (use == PointerUse::Walk)
    changed |= uses.walked.insert(variable).second;
}

void PointerUses::Visitor::visitParameters(const FunctionDecl &function) {
  for (const ParmVarDecl *parameter : function.parameters())
    if (parameter->getType()->isPointerType() && assigned.contains(parameter))
      changed |= uses.walked.insert(parameter).second;
}

/// Whether `e` is a null pointer as such.
static bool isNull(const clang::Expr *e, ASTContext &ast) {
  return e->IgnoreParenImpCasts()->isNullPointerConstant(
             ast, clang::Expr::NPC_NeverValueDependent) !=
         clang::Expr::NPCK_NotNull;
}

void PointerUses::Visitor::visit(const Stmt *s, PointerUse use) {
  if (!s || isa<UnaryExprOrTypeTraitExpr, CXXNoexceptExpr>(s))
    return;
  if (const auto *lambda = dyn_cast<LambdaExpr>(s))
    return visitLambda(*lambda);
  if (const auto *reference = dyn_cast<DeclRefExpr>(s)) {
    const auto *variable = dyn_cast<VarDecl>(reference->getDecl());
    if (variable && variable->getType()->isPointerType() &&
        use == PointerUse::Walk)
      changed |= uses.walked.insert(variable).second;
    return;
  }
  if (const auto *paren = dyn_cast<ParenExpr>(s))
    return visit(paren->getSubExpr(), use);
  if (const auto *full = dyn_cast<FullExpr>(s))
    return visit(full->getSubExpr(), use);
  if (const auto *argument = dyn_cast<CXXDefaultArgExpr>(s))
    return visit(argument->getExpr(), use);
  if (const auto *replaced = dyn_cast<SubstNonTypeTemplateParmExpr>(s))
    return visit(replaced->getReplacement(), use);
  if (const auto *conversion = dyn_cast<CastExpr>(s)) {
    CastKind kind = conversion->getCastKind();
    bool isTest = kind == CK_PointerToBoolean || kind == CK_ToVoid;
    return visit(conversion->getSubExpr(), isTest ? PointerUse::One : use);
  }
  if (const auto *unary = dyn_cast<UnaryOperator>(s)) {
    if (unary->getOpcode() == UO_AddrOf)
      return visitAddress(*unary->getSubExpr(), use);
    return visit(unary->getSubExpr(), unary->getOpcode() == UO_Deref
                                          ? PointerUse::One
                                          : PointerUse::Walk);
  }
  if (const auto *element = dyn_cast<ArraySubscriptExpr>(s)) {
    visit(element->getBase(), firstOf(*element, uses.ast) ? PointerUse::One : PointerUse::Walk);
    return visit(element->getIdx());
  }
  if (const auto *member = dyn_cast<MemberExpr>(s))
    return visit(member->getBase(), member->isArrow() ? PointerUse::One : use);
  if (const auto *binary = dyn_cast<BinaryOperator>(s)) {
    bool isComma = binary->getOpcode() == BO_Comma;
    bool isTest =
        binary->isEqualityOp() && (isNull(binary->getLHS(), uses.ast) ||
                                   isNull(binary->getRHS(), uses.ast));
    visit(binary->getLHS(),
          isTest || isComma ? PointerUse::One : PointerUse::Walk);
    return visit(binary->getRHS(), isComma  ? use
                                   : isTest ? PointerUse::One
                                            : PointerUse::Walk);
  }
  if (const auto *conditional = dyn_cast<ConditionalOperator>(s)) {
    // Which of the two is chosen before anything else is computed.
    if (!isPlainPointer(conditional->getTrueExpr()) ||
        !isPlainPointer(conditional->getFalseExpr()))
      use = PointerUse::Walk;
    visit(conditional->getCond());
    visit(conditional->getTrueExpr(), use);
    return visit(conditional->getFalseExpr(), use);
  }
  if (const auto *call = dyn_cast<CallExpr>(s))
    return visitCall(*call);
  if (const auto *made = dyn_cast<CXXConstructExpr>(s))
    return visitConstruction(*made);
  if (const auto *list = dyn_cast<InitListExpr>(s))
    if (const RecordDecl *record = list->getType()->getAsRecordDecl()) {
      llvm::SmallVector<Member> members = getMembers(*record->getDefinition());
      for (auto [i, part] : llvm::enumerate(list->inits())) {
        if (i < members.size() && members[i].type->isReferenceType())
          visitAddress(*part, PointerUse::Walk);
        else
          visit(part);
      }
      return;
    }
  if (const auto *exit = dyn_cast<ReturnStmt>(s);
      exit && returnsPlace && exit->getRetValue())
    return visitAddress(*exit->getRetValue(), PointerUse::Walk);
  if (const auto *declaration = dyn_cast<DeclStmt>(s)) {
    for (const Decl *decl : declaration->decls())
      if (const auto *variable = dyn_cast<VarDecl>(decl))
        visitVariable(*variable);
    return;
  }
  for (const Stmt *part : s->children())
    visit(part);
}

void PointerUses::add(const FunctionDecl &function) {
  const FunctionDecl *definition = nullptr;
  if (!function.hasBody(definition) || !functions.insert(definition))
    return;
  for (bool changed = true; changed;) {
    changed = false;
    // More are found on the way.
    for (size_t i = 0; i < functions.size(); ++i) {
      const FunctionDecl &next = *functions[i];
      size_t known = functions.size();
      Visitor visitor(*this, next);
      visitor.visitParameters(next);
      visitor.visit(next.getBody());
      if (const auto *constructor = dyn_cast<CXXConstructorDecl>(&next))
        visitor.visitInitializers(*constructor);
      changed |= visitor.changed || functions.size() != known;
    }
  }
}
