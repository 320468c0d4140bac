//===- LowerKeptStatements.cpp - Output, logging, the end of the program --===//
//
// A statement that computes nothing for the function, but has an effect on the
// world outside, is kept as the user wrote it. What it reads of the function's
// variables becomes operands:
//
//   std::printf("%g\n", x + 1);    ad.statement "std::printf(\"%g\\n\", {0})"(%v)
//   std::cerr << y << '\n';        ad.statement "std::cerr << {0} << '\\n'"(%y)
//   throw std::domain_error("x");  ad.statement "throw std::domain_error(\"x\")"()
//
// Names are spelled as the derivative sees them, without using-directives.
//
//===----------------------------------------------------------------------===//
#include "Annotations.h"
#include "Closures.h"
#include "Lowering.h"
#include "Requests.h"

#include "clang/AST/PrettyPrinter.h"
#include "clang/Lex/Lexer.h"
#include "llvm/ADT/StringSwitch.h"

using namespace clang;
using namespace adgen;
using mlir::Value;

/// The call or throw that an expression statement consists of; null if it is neither.
static const clang::Expr *findRoot(const clang::Expr &e) {
  const clang::Expr *inner = &e;
  while (true) {
    if (const auto *full = dyn_cast<FullExpr>(inner))
      inner = full->getSubExpr();
    else if (const auto *paren = dyn_cast<ParenExpr>(inner))
      inner = paren->getSubExpr();
    else if (const auto *temporary = dyn_cast<CXXBindTemporaryExpr>(inner))
      inner = temporary->getSubExpr();
    else if (const auto *cast = dyn_cast<CastExpr>(inner);
             cast && (cast->getCastKind() == CK_ToVoid ||
                      cast->getCastKind() == CK_NoOp))
      inner = cast->getSubExpr();
    else
      return isa<CallExpr, CXXThrowExpr>(inner) ? inner : nullptr;
  }
}

/// Whether the IR can pass an argument of this type.
bool FunctionLowering::canPass(QualType type) {
  QualType target = getTarget(type);
  return bool(mapContent(type)) ||
         (!target.isNull() && mapContent(target)) || getFunctionType(type) ||
         isEmptyClass(type) || getClosureClass(type);
}

bool FunctionLowering::isKept(const CallExpr &call) {
  const FunctionDecl *callee = call.getDirectCallee();
  if (!callee || hasRule(*callee) || isAlgorithm(call))
    return false;
  if (const auto *member = dyn_cast<CXXMemberCallExpr>(&call))
    return !findUserCallee(call) && !mapContent(member->getObjectType());
  if (const auto *operation = dyn_cast<CXXOperatorCallExpr>(&call))
    return !operation->isAssignmentOp() &&
           llvm::any_of(call.arguments(), [&](const clang::Expr *argument) {
             return argument->getType()->isRecordType() &&
                    !isEmptyClass(argument->getType()) &&
                    !getClosureClass(argument->getType()) &&
                    !mapContent(argument->getType());
           });
  if (callee->getReturnType()->isRealFloatingType() || findForwarded(call) ||
      findElement(call))
    return false;
  bool isLibrary =
      callee->getBuiltinID() != 0 || callee->isInStdNamespace() ||
      sources.isInSystemHeader(sources.getExpansionLoc(callee->getLocation()));
  if (isLibrary) {
    llvm::StringRef name =
        callee->getIdentifier() ? callee->getName() : llvm::StringRef();
    name.consume_front("__builtin_");
    return !isTest(name) && llvm::StringSwitch<bool>(name)
                                .Cases({"swap", "exchange", "sincos"}, false)
                                .Cases({"sincosf", "sincosl"}, false)
                                .Cases({"min", "max", "clamp"}, false)
                                .Cases({"abs", "labs", "llabs", "free"}, false)
                                .Default(true);
  }
  const FunctionDecl *definition = nullptr;
  bool isKnown = callee->hasBody(definition) &&
                 !isMarkedInactive(*callee->getMostRecentDecl());
  bool isPassed = llvm::all_of(callee->parameters(), [&](const ParmVarDecl *p) {
    return canPass(p->getType());
  });
  if (isKnown)
    return !isPassed || callee->isVariadic() || callee->isNoReturn();
  // What may write a number has to be known.
  return llvm::none_of(callee->parameters(), [](const ParmVarDecl *p) {
    QualType target = getTarget(p->getType());
    bool isNumber = !target.isNull() && (!getReferent(p->getType()).isNull() ||
                                         target->isArrayType());
    return (isNumber && !isConst(target)) ||
           (isDifferentiable(p->getType()) && isWritable(p->getType()));
  });
}

/// Prints the parts of a kept statement that are not what Clang prints.
class FunctionLowering::StatementPrinter : public PrinterHelper {
public:
  StatementPrinter(FunctionLowering &lowering, const clang::Expr &root)
      : lowering(lowering), root(root) {}

  bool handledStmt(Stmt *s, llvm::raw_ostream &out) override;

  llvm::SmallVector<Value> operands;
  bool failed = false;
  /// Stand for the braces of an operand until the text's own are escaped.
  static constexpr char open = '\1', close = '\2';

private:
  bool refuse(const clang::Expr &e);
  bool isLocal(const Stmt &s);
  bool hasLocals(const Stmt &s);

  FunctionLowering &lowering;
  const clang::Expr &root;
};

bool FunctionLowering::StatementPrinter::refuse(const clang::Expr &e) {
  // An algorithm of the library is no output or logging.
  const auto *call = dyn_cast<CallExpr>(&root);
  const FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
  bool isAlgorithm =
      callee && callee->isInStdNamespace() && callee->getPrimaryTemplate() &&
      !isa<CXXMethodDecl>(callee) && !callee->isOverloadedOperator();
  if (!failed && isAlgorithm)
    (void)lowering.refuseCall(*call);
  else if (!failed)
    (void)lowering.refuse(Diag::StatementEffect, e.getExprLoc(), {},
                          e.getSourceRange());
  failed = true;
  return true;
}

bool FunctionLowering::StatementPrinter::isLocal(const Stmt &s) {
  const auto *reference = dyn_cast<DeclRefExpr>(&s);
  const auto *variable =
      reference ? dyn_cast<VarDecl>(reference->getDecl()) : nullptr;
  return isa<CXXThisExpr>(s) ||
         (reference && isa<BindingDecl>(reference->getDecl())) ||
         (variable && (variable->isLocalVarDeclOrParm() ||
                       lowering.variables.contains(variable)));
}

bool FunctionLowering::StatementPrinter::hasLocals(const Stmt &s) {
  return isLocal(s) || llvm::any_of(s.children(), [&](const Stmt *part) {
           return part && hasLocals(*part);
         });
}

bool FunctionLowering::StatementPrinter::handledStmt(Stmt *s,
                                                     llvm::raw_ostream &out) {
  const auto *e = dyn_cast<clang::Expr>(s);
  if (failed || !e || e == &root)
    return failed;
  if (isa<LambdaExpr, StmtExpr>(e))
    return refuse(*e);
  if (hasLocals(*e)) {
    bool isRead = e->isPRValue() || e->getType().isConstQualified();
    if (isRead && lowering.mapType(e->getType())) {
      // The context converts it as it does the user's expression.
      const clang::Expr *read = e;
      while (const auto *cast = dyn_cast<ImplicitCastExpr>(read))
        read = cast->getSubExpr();
      if (!lowering.mapType(read->getType()))
        read = e;
      Value value = lowering.lowerValue(read);
      failed |= !value;
      bool isParenthesized = isa<ParenExpr>(read);
      out << (isParenthesized ? "(" : "") << open << operands.size() << close
          << (isParenthesized ? ")" : "");
      operands.push_back(value);
      return true;
    }
    const auto *unary = dyn_cast<UnaryOperator>(e);
    bool isAddress = unary && unary->getOpcode() == UO_AddrOf;
    bool isChanged = e->isGLValue() && lowering.mapType(e->getType());
    if (isAddress || isChanged || isLocal(*e))
      return refuse(*e);
  }
  if (isa<FloatingLiteral, IntegerLiteral>(e)) {
    llvm::SmallString<32> buffer;
    out << Lexer::getSpelling(
        lowering.sources.getSpellingLoc(e->getBeginLoc()), buffer,
        lowering.sources, lowering.ast.getLangOpts());
    return true;
  }
  if (const auto *reference = dyn_cast<DeclRefExpr>(e)) {
    if (reference->getDecl()->getParentFunctionOrMethod())
      return refuse(*e);
    out << lowering.spelling.reference(*reference);
    return true;
  }
  // A new object: its class as the derivative names it.
  if (isa<CXXTemporaryObjectExpr, CXXFunctionalCastExpr>(e)) {
    const clang::Expr *from = e;
    while (isa<CXXFunctionalCastExpr, CXXBindTemporaryExpr, ImplicitCastExpr>(from))
      from = cast<clang::Expr>(*from->children().begin());
    const auto *made = dyn_cast<CXXConstructExpr>(from);
    const auto *list = dyn_cast<InitListExpr>(from);
    bool hasBraces = list || (made && made->isListInitialization());
    llvm::SmallVector<const clang::Expr *> parts{from};
    if (list)
      parts.assign(list->inits().begin(), list->inits().end());
    else if (made)
      parts.assign(made->arg_begin(), made->arg_end());
    llvm::erase_if(parts, [](const clang::Expr *part) { return isa<CXXDefaultArgExpr>(part); });
    out << lowering.spelling.type(e->getType()) << (hasBraces ? '{' : '(');
    for (auto [i, part] : llvm::enumerate(parts)) {
      out << (i > 0 ? ", " : "");
      part->printPretty(out, this, lowering.ast.getPrintingPolicy(), 0, "\n", &lowering.ast);
    }
    out << (hasBraces ? '}' : ')');
    return true;
  }
  return false;
}

/// Keeps the statement if it is one to be kept; nothing otherwise.
std::optional<mlir::LogicalResult>
FunctionLowering::keepStatement(const clang::Expr &e) {
  const clang::Expr *root = findRoot(e);
  const auto *call = dyn_cast_or_null<CallExpr>(root);
  const auto *thrown = dyn_cast_or_null<CXXThrowExpr>(root);
  // `throw;` is for handlers.
  if (!(call && isKept(*call)) && !(thrown && thrown->getSubExpr()))
    return {};
  const FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
  if (callee && callee->getIdentifier() && callee->getName().ends_with("unreachable") &&
      (callee->getBuiltinID() != 0 || callee->isInStdNamespace())) {
    leave(e.getExprLoc());
    return mlir::success();
  }
  StatementPrinter printer(*this, *root);
  PrintingPolicy policy = ast.getPrintingPolicy();
  policy.SuppressUnwrittenScope = true;
  std::string printed;
  llvm::raw_string_ostream out(printed);
  root->printPretty(out, &printer, policy, 0, "\n", &ast);
  if (printer.failed)
    return mlir::failure();
  std::string text;
  for (char c : printed) {
    if (c == StatementPrinter::open || c == StatementPrinter::close) {
      text += c == StatementPrinter::open ? '{' : '}';
      continue;
    }
    text += c;
    if (c == '{' || c == '}')
      text += c;
  }
  auto kept = StatementOp::create(builder, at(e.getExprLoc()), text, printer.operands);
  if (thrown || callee->isNoReturn()) {
    kept->setAttr("ad.leaves", builder.getUnitAttr());
    // An object that is made behind it for the caller has to be there on all paths.
    if (!returnsObject() || result)
      leave(e.getExprLoc());
  }
  return mlir::success();
}
