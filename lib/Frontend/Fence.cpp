//===- Fence.cpp - What is not accepted, and how that is said -------------===//
//
// Every node of the AST that the lowering does not know comes here and is
// refused by its nearest name; nothing is ever skipped.
//
//===----------------------------------------------------------------------===//
#include "Annotations.h"
#include "CallArguments.h"
#include "Requests.h"
#include "Signatures.h"

#include "clang/Basic/DiagnosticIDs.h"
#include "llvm/ADT/StringExtras.h"

using namespace clang;
using namespace adgen;
using llvm::StringRef;

DiagnosticBuilder adgen::report(ASTContext &ast, SourceLocation loc, Diag diag,
                                std::vector<std::string> args,
                                SourceRange range) {
  const SourceManager &sources = ast.getSourceManager();
  auto atUse = [&](SourceLocation place) {
    bool inSystem = place.isMacroID() &&
                    sources.isInSystemHeader(sources.getSpellingLoc(place));
    return inSystem ? sources.getExpansionLoc(place) : place;
  };
  DiagnosticsEngine &engine = ast.getDiagnostics();
  DiagnosticsEngine::Level level = DiagnosticsEngine::Error;
  if (getInfo(diag).severity == Severity::Warning)
    level = DiagnosticsEngine::Warning;
  else if (getInfo(diag).severity == Severity::Note)
    level = DiagnosticsEngine::Note;
  DiagnosticBuilder builder =
      engine.Report(atUse(loc), engine.getCustomDiagID(level, "%0"));
  builder.AddString(formatMessage(diag, args));
  if (range.isValid())
    builder << SourceRange(atUse(range.getBegin()), atUse(range.getEnd()));
  return builder;
}

mlir::LogicalResult FunctionLowering::refuse(Diag diag, SourceLocation loc,
                                             std::vector<std::string> args,
                                             SourceRange range) {
  report(ast, loc, diag, std::move(args), range);
  return mlir::failure();
}

/// A class of AST nodes in words: "compound literal expression".
static std::string inWords(const Stmt &node) {
  std::string words;
  StringRef name = node.getStmtClassName();
  name.consume_front("CXX");
  for (auto [i, c] : llvm::enumerate(name)) {
    bool startsWord = llvm::isUpper(c) && i > 0 && !llvm::isUpper(name[i - 1]);
    if (startsWord)
      words += ' ';
    words += llvm::toLower(c);
  }
  if (StringRef(words).ends_with(" expr"))
    return words + "ession";
  if (StringRef(words).ends_with(" stmt"))
    return words.substr(0, words.size() - 4) + "statement";
  return words;
}

mlir::LogicalResult FunctionLowering::checkSignature() {
  SourceLocation loc = function.getLocation();
  std::string name = function.getQualifiedNameAsString();
  bool isCallee = bool(chain);
  const auto *method = dyn_cast<CXXMethodDecl>(&function);
  if (method && !isCallee)
    return refuse(Diag::Method, loc, {name});
  if (!function.getDeclName().isIdentifier() && !isCallee)
    return refuse(Diag::OperatorFunction, loc, {name});
  if (function.isVariadic())
    return refuse(Diag::Variadic, loc, {name});
  const Stmt *body = isOpaque() ? nullptr : function.getBody();
  if (body && isa<CoroutineBodyStmt>(body))
    return refuse(Diag::Coroutine, loc);
  if (body && isa<CXXTryStmt>(body))
    return refuse(Diag::Exception, function.getBody()->getBeginLoc(), {"try"});
  for (auto [parameter, binding] : llvm::zip(parameters, pattern)) {
    // A function, a lambda or a stateless object.
    if (!binding.hasOperand())
      continue;
    QualType type = parameter->getType();
    QualType target = getTarget(type);
    bool isAccepted = bool(mapContent(target.isNull() ? type : target));
    // What it consists of would have an adjoint to return, what it points to
    // one to be added to.
    if (!isCallee && isHandleClass(type) && hasOwnReals(type))
      return refuse(Diag::MixedClass, parameter->getLocation(),
                    {type.getAsString(ast.getPrintingPolicy())},
                    parameter->getSourceRange());
    if (!isAccepted || (!isCallee && type->isRValueReferenceType()))
      return refuseType(parameter->getOriginalType(), parameter->getLocation(),
                        parameter->getSourceRange());
  }
  QualType result = function.getReturnType();
  if (result->isVoidType() || mapType(result) || returnsObject() ||
      (isCallee && (findReturnedParameter(function) || returnsPlace())))
    return mlir::success();
  return refuseType(result, loc, function.getReturnTypeSourceRange());
}

mlir::LogicalResult FunctionLowering::refuseType(QualType type,
                                                 SourceLocation loc,
                                                 SourceRange range) {
  Diag diag = Diag::Type;
  QualType canonical = type.getCanonicalType();
  QualType referred = canonical->getPointeeType();
  if (canonical.isVolatileQualified() ||
      (!referred.isNull() && referred.isVolatileQualified()))
    return refuse(Diag::Volatile, loc, {"volatile"}, range);
  if (canonical->isAtomicType() ||
      (!referred.isNull() && referred->isAtomicType()))
    return refuse(Diag::Volatile, loc, {"_Atomic"}, range);
  // What is referred to is what is not supported.
  if (QualType pointee = canonical->getPointeeType();
      !pointee.isNull() && pointee->isRecordType() && !mapContent(pointee)) {
    type = type->getPointeeType();
    canonical = pointee;
  }
  if (const auto *record = canonical->getAsCXXRecordDecl())
    diag = record->isLambda() ? Diag::Lambda : Diag::Class;
  else if (canonical->isReferenceType())
    diag = Diag::Reference;
  else if (canonical->isPointerType() || canonical->isMemberPointerType() ||
           canonical->isNullPtrType() || canonical->isFunctionType())
    diag = Diag::Pointer;
  else if (canonical->isArrayType())
    diag = Diag::Array;
  PrintingPolicy policy = ast.getPrintingPolicy();
  return refuse(diag, loc, {type.getAsString(policy)}, range);
}

mlir::LogicalResult FunctionLowering::refuseVariable(const VarDecl &variable) {
  SourceLocation loc = variable.getLocation();
  if (isa<DecompositionDecl>(variable))
    return refuseType(variable.getType(), loc);
  if (variable.getTLSKind() != VarDecl::TLS_None)
    return refuse(Diag::ThreadLocal, loc, {variable.getNameAsString()});
  return refuse(Diag::StaticLocal, loc, {variable.getNameAsString()});
}

/// The refusal that names the construct, with its argument.
static std::pair<Diag, std::string> nameRefusal(const clang::Expr &e,
                                                const ASTContext &ast) {
  auto spell = [&](QualType type) {
    return type.getAsString(ast.getPrintingPolicy());
  };
  std::string type = spell(e.getType());
  switch (e.getStmtClass()) {
  case Stmt::CXXThrowExprClass:
    return {Diag::Exception, "throw"};
  case Stmt::StmtExprClass:
    return {Diag::StatementExpression, ""};
  case Stmt::LambdaExprClass:
    return {Diag::Lambda, ""};
  case Stmt::CoawaitExprClass:
  case Stmt::CoyieldExprClass:
  case Stmt::DependentCoawaitExprClass:
    return {Diag::Coroutine, ""};
  case Stmt::CXXNewExprClass:
    return {Diag::Allocation, "new"};
  case Stmt::CXXDeleteExprClass:
    return {Diag::Allocation, "delete"};
  case Stmt::CXXNullPtrLiteralExprClass:
  case Stmt::GNUNullExprClass:
  case Stmt::AddrLabelExprClass:
    return {Diag::Pointer, type};
  case Stmt::StringLiteralClass:
  case Stmt::PredefinedExprClass:
  case Stmt::ArraySubscriptExprClass:
  case Stmt::ArrayInitLoopExprClass:
    if (const auto *element = dyn_cast<ArraySubscriptExpr>(&e)) {
      const clang::Expr *base = element->getBase()->IgnoreParenImpCasts();
      if (base->getType()->isPointerType())
        return {Diag::Pointer, spell(base->getType())};
      type = spell(base->getType());
    }
    return {Diag::Array, type};
  case Stmt::CXXOperatorCallExprClass:
    for (const clang::Expr *argument : cast<CallExpr>(e).arguments())
      if (argument->getType()->isRecordType())
        return {Diag::Class, spell(argument->getType().getUnqualifiedType())};
    break;
  case Stmt::MemberExprClass:
    return {Diag::Class, spell(cast<MemberExpr>(e).getBase()->getType())};
  case Stmt::CXXThisExprClass:
  case Stmt::CXXConstructExprClass:
  case Stmt::CXXTemporaryObjectExprClass:
  case Stmt::CXXBindTemporaryExprClass:
  case Stmt::CXXStdInitializerListExprClass:
  case Stmt::CXXTypeidExprClass:
    return {Diag::Class, type};
  case Stmt::UnaryOperatorClass: {
    UnaryOperatorKind opcode = cast<UnaryOperator>(e).getOpcode();
    if (opcode == UO_AddrOf)
      return {Diag::Pointer, type};
    if (opcode == UO_Deref)
      return {Diag::Pointer,
              spell(cast<UnaryOperator>(e).getSubExpr()->getType())};
    break;
  }
  default:
    break;
  }
  if (const auto *written = dyn_cast<ExplicitCastExpr>(&e);
      written && written->getTypeAsWritten()->isReferenceType())
    return {Diag::Reference, spell(written->getTypeAsWritten())};
  if (const auto *decay = dyn_cast<CastExpr>(&e);
      decay && decay->getCastKind() == CK_ArrayToPointerDecay)
    return {Diag::Array, spell(decay->getSubExpr()->getType())};
  return {Diag::UnsupportedExpression, inWords(e)};
}

/// Why a function without a body cannot be called.
static llvm::StringRef nameObstacle(const FunctionDecl &callee) {
  if (isa<CXXMethodDecl>(callee))
    return "is a method";
  return callee.getReturnType()->isRecordType() ? "returns an object"
                                                : "works on objects";
}

mlir::Value FunctionLowering::refuseExpression(const clang::Expr &e) {
  if (const auto *call = dyn_cast<CallExpr>(&e))
    if (const FunctionDecl *callee = findUserCallee(*call);
        callee && !callee->hasBody()) {
      (void)refuseMemoryCall(*callee, e, nameObstacle(*callee));
      return {};
    }
  auto [diag, argument] = nameRefusal(e, ast);
  // What has a type that is not accepted is best named by its type.
  if (diag == Diag::UnsupportedExpression && !e.getType()->isVoidType() &&
      !e.getType()->isPlaceholderType() && !mapType(e.getType()))
    (void)refuseType(e.getType(), e.getExprLoc(), e.getSourceRange());
  else
    (void)refuse(diag, e.getExprLoc(), {argument}, e.getSourceRange());
  return {};
}

mlir::LogicalResult FunctionLowering::refuseStatement(const Stmt &s) {
  SourceLocation loc = s.getBeginLoc();
  switch (s.getStmtClass()) {
  case Stmt::GotoStmtClass:
  case Stmt::IndirectGotoStmtClass:
  case Stmt::LabelStmtClass:
    return refuse(Diag::Goto, loc);
  case Stmt::CXXTryStmtClass:
  case Stmt::SEHTryStmtClass:
    return refuse(Diag::Exception, loc, {"try"});
  case Stmt::GCCAsmStmtClass:
  case Stmt::MSAsmStmtClass:
    return refuse(Diag::Assembly, loc);
  case Stmt::CXXForRangeStmtClass: {
    const clang::Expr *range = cast<CXXForRangeStmt>(s).getRangeInit();
    return refuseType(range->getType(), range->getExprLoc(),
                      range->getSourceRange());
  }
  case Stmt::CoreturnStmtClass:
  case Stmt::CoroutineBodyStmtClass:
    return refuse(Diag::Coroutine, loc);
  case Stmt::CaseStmtClass:
  case Stmt::DefaultStmtClass:
    return refuse(Diag::NestedLabel, loc);
  default:
    break;
  }
  StringRef kind = s.getStmtClassName();
  if (kind.starts_with("OMP"))
    return refuse(Diag::Directive, loc, {"OpenMP directives"});
  if (kind.starts_with("OpenACC"))
    return refuse(Diag::Directive, loc, {"OpenACC directives"});
  return refuse(Diag::UnsupportedStatement, loc, {inWords(s)});
}

mlir::Value FunctionLowering::refuseCall(const CallExpr &call) {
  if (refuseContainer(call))
    return {};
  const FunctionDecl *callee = call.getDirectCallee();
  bool fromLibrary =
      callee && (callee->getBuiltinID() != 0 || callee->isInStdNamespace() ||
                 sources.isInSystemHeader(
                     sources.getExpansionLoc(callee->getLocation())));
  if (callee && !fromLibrary && !callee->hasBody()) {
    (void)refuseMemoryCall(*callee, call, nameObstacle(*callee));
    return {};
  }
  if (isa<CXXMemberCallExpr>(call)) {
    const auto *member = cast<CXXMemberCallExpr>(&call);
    QualType object = member->getObjectType();
    (void)refuseType(object.getUnqualifiedType(), call.getExprLoc(), call.getSourceRange());
    return {};
  }
  if (const auto *operation = dyn_cast<CXXOperatorCallExpr>(&call))
    for (const clang::Expr *argument : operation->arguments())
      if (argument->getType()->isRecordType()) {
        (void)refuseType(argument->getType(), call.getExprLoc(),
                         argument->getSourceRange());
        return {};
      }
  if (!callee) {
    (void)refuse(Diag::IndirectCall, call.getExprLoc(), {},
                 call.getSourceRange());
    return {};
  }
  Diag diag = fromLibrary ? Diag::UnknownFunction : Diag::UserCall;
  (void)refuse(diag, call.getExprLoc(), {callee->getQualifiedNameAsString()},
               call.getSourceRange());
  if (!fromLibrary)
    ast.getDiagnostics().Report(callee->getLocation(), diag::note_declared_at);
  return {};
}

mlir::LogicalResult
FunctionLowering::refuseMemoryCall(const FunctionDecl &callee,
                                   const clang::Expr &call,
                                   llvm::StringRef reason) {
  (void)refuse(Diag::MemoryCall, call.getExprLoc(),
               {callee.getQualifiedNameAsString(), reason.str()},
               call.getSourceRange());
  note(ast, callee.getLocation(), "declared here");
  return mlir::failure();
}

mlir::LogicalResult FunctionLowering::checkOpaque(const Arguments &arguments) {
  const FunctionDecl &callee = *arguments.callee;
  const clang::Expr &call = *arguments.call;
  const FunctionDecl *definition = nullptr;
  bool isInactive = isMarkedInactive(*callee.getMostRecentDecl());
  bool isRuled = hasRule(callee);
  if (!isRuled && callee.hasBody(definition) && !isInactive)
    return mlir::success();
  bool mayWrite = llvm::any_of(callee.parameters(), [](const ParmVarDecl *p) {
    QualType target = getShared(p->getType());
    return !target.isNull() && isDifferentiable(target) && isWritable(p->getType());
  });
  QualType result = callee.getReturnType(), object = getObjectParameter(callee);
  mayWrite |= !object.isNull() && isDifferentiable(object) && isWritable(object);
  if (!isRuled && !mayWrite && (isInactive || !isDifferentiable(result)))
    return mlir::success();
  if (result->isRecordType())
    return refuseMemoryCall(callee, call, "returns an object");
  if (isa<CXXMethodDecl>(callee) && !callee.getDeclName().isIdentifier())
    return refuseMemoryCall(callee, call, "is an operator of a class");
  for (const ParmVarDecl *parameter : callee.parameters()) {
    QualType type = parameter->getType();
    bool isObject = type->isRecordType() && !isView(type) && !isHandleClass(type);
    if (isObject && isDifferentiable(type))
      return refuseMemoryCall(callee, call, "takes an object by value");
    // What it does through pointers that it finds is not known.
    QualType target = isView(type) ? getShared(type) : getTarget(type);
    if (sharingOf(target.isNull() ? type : target) != Sharing::None)
      return refuse(Diag::PointersInCall, call.getExprLoc(),
                    {callee.getQualifiedNameAsString()}, call.getSourceRange());
  }
  if (isRuled)
    return mlir::success();
  (void)refuse(Diag::OpaqueFunction, call.getExprLoc(),
               {displayName(callee, *context.variants)}, call.getSourceRange());
  note(ast, callee.getLocation(),
       "declared here; to write its derivative by hand, declare this behind it, "
       "outside of namespaces and classes, and define it in any file:" +
           ruleDeclarations(callee, context.modes));
  return mlir::failure();
}
