//===- LowerConstants.cpp - Literals and named constants ------------------===//
//
// A constant has its value and the spelling that the output repeats: `1e-14`,
// `M_PI`, `Color::Red`, `std::numeric_limits<double>::epsilon()`.
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"

using namespace clang;
using namespace adgen;
using llvm::StringRef;
using mlir::Location;
using mlir::Value;

Value FunctionLowering::createConstant(const APValue &value, mlir::Type type,
                                       Location loc, StringRef spelled) {
  mlir::Attribute attribute;
  if (value.isFloat() && isReal(type)) {
    attribute = mlir::FloatAttr::get(type, value.getFloat());
  } else if (value.isInt() && type.isInteger(1)) {
    attribute = builder.getBoolAttr(!value.getInt().isZero());
  } else if (auto integer = dyn_cast<IntType>(type); integer && value.isInt()) {
    llvm::APInt number = value.getInt().extOrTrunc(integer.getWidth());
    attribute = mlir::IntegerAttr::get(
        builder.getIntegerType(integer.getWidth()), number);
  } else {
    return {};
  }
  auto text =
      spelled.empty() ? mlir::StringAttr() : builder.getStringAttr(spelled);
  return ConstantOp::create(builder, loc, type, attribute, text,
                            mlir::TypeAttr());
}

Value FunctionLowering::lowerFolded(const clang::Expr &e, StringRef spelled) {
  mlir::Type type = lowerType(e.getType(), e.getExprLoc());
  if (!type)
    return {};
  clang::Expr::EvalResult result;
  if (e.EvaluateAsRValue(result, ast) && !result.HasSideEffects)
    if (Value constant =
            createConstant(result.Val, type, at(e.getExprLoc()), spelled))
      return constant;
  return refuseExpression(e);
}

Value FunctionLowering::lowerLiteral(const clang::Expr &e) {
  llvm::SmallString<32> buffer;
  SourceLocation token = sources.getSpellingLoc(e.getBeginLoc());
  return lowerFolded(
      e, Lexer::getSpelling(token, buffer, sources, ast.getLangOpts()));
}

Value FunctionLowering::lowerZero(const clang::Expr &e) {
  mlir::Type type = lowerType(e.getType(), e.getExprLoc());
  return type ? adgen::createConstant(builder, at(e.getExprLoc()), type, 0)
              : Value();
}

Value FunctionLowering::lowerSizeOf(const UnaryExprOrTypeTraitExpr &e) {
  QualType type = e.getTypeOfArgument();
  std::string spelled;
  if (mapType(type))
    spelled = spelling.type(type.getUnqualifiedType());
  if (!spelled.empty() && e.getKind() == UETT_SizeOf)
    return lowerFolded(e, "sizeof(" + spelled + ")");
  if (!spelled.empty() && e.getKind() == UETT_AlignOf)
    return lowerFolded(e, "alignof(" + spelled + ")");
  return lowerFolded(e);
}

Value FunctionLowering::lowerEnumerator(const DeclRefExpr &e) {
  const auto *enumerator = dyn_cast<EnumConstantDecl>(e.getDecl());
  if (!enumerator)
    return refuseExpression(e);
  mlir::Type type = lowerType(e.getType(), e.getExprLoc());
  return type ? createConstant(APValue(enumerator->getInitVal()), type,
                               at(e.getExprLoc()), spellReference(e))
              : Value();
}

/// The initialized declaration of a constant outside of the function; nothing,
/// after a refusal, if there is none whose value is known.
Value FunctionLowering::lowerGlobal(const DeclRefExpr &e) {
  const auto &variable = *cast<VarDecl>(e.getDecl());
  QualType type = variable.getType();
  SourceLocation loc = e.getExprLoc();
  auto refuseNamed = [&](Diag diag) {
    (void)refuse(diag, loc, {variable.getQualifiedNameAsString()});
    ast.getDiagnostics().Report(variable.getLocation(), diag::note_declared_at);
    return Value();
  };
  // A constant of the function around a lambda is one of the lambda's, too.
  bool isConstant = type.isConstQualified() && variable.hasInit() &&
                    !variable.getInit()->isValueDependent();
  if (!variable.hasGlobalStorage() && !isConstant)
    return refuseExpression(e);
  if (variable.getTLSKind() != VarDecl::TLS_None)
    return refuseNamed(Diag::ThreadLocal);
  mlir::Type mapped = lowerType(type, loc);
  if (!mapped)
    return {};
  if (!type.isConstQualified())
    return refuseNamed(Diag::MutableGlobal);
  const VarDecl *definition = nullptr;
  const clang::Expr *init = variable.getAnyInitializer(definition);
  if (!init || !definition->evaluateValue())
    return refuseNamed(Diag::UnknownConstant);
  return createConstant(*definition->getEvaluatedValue(), mapped, at(loc),
                        spellReference(e));
}

std::string FunctionLowering::spellReference(const DeclRefExpr &e) {
  const ValueDecl &decl = *e.getDecl();
  if (decl.getParentFunctionOrMethod())
    return "";
  const auto *enumeration = dyn_cast<EnumDecl>(decl.getDeclContext());
  if (enumeration && enumeration->isScoped())
    return spelling.name(*enumeration) + "::" + decl.getNameAsString();
  return spelling.name(decl, e.getQualifier());
}

std::string FunctionLowering::spellLabel(const clang::Expr &e,
                                         const llvm::APSInt &value) {
  const clang::Expr *label = e.IgnoreParenImpCasts();
  if (const auto *constant = dyn_cast<ConstantExpr>(label))
    label = constant->getSubExpr()->IgnoreParenImpCasts();
  std::string spelled;
  if (const auto *reference = dyn_cast<DeclRefExpr>(label)) {
    spelled = spellReference(*reference);
  } else if (isa<IntegerLiteral, CharacterLiteral>(label)) {
    llvm::SmallString<32> buffer;
    SourceLocation token = sources.getSpellingLoc(label->getBeginLoc());
    spelled = Lexer::getSpelling(token, buffer, sources, ast.getLangOpts());
  }
  if (!spelled.empty())
    return spelled;
  std::string number = llvm::toString(value, 10);
  if (!label->getType()->isScopedEnumeralType())
    return number;
  return "static_cast<" + spelling.type(label->getType()) + ">(" + number + ")";
}

/// Whether the names in `e`, as written, mean the same in the header.
bool FunctionLowering::isRepeatable(const Stmt &e) {
  if (const auto *reference = dyn_cast<DeclRefExpr>(&e)) {
    std::string text = quoteSource(ast, reference->getSourceRange());
    if (isa<FunctionDecl>(reference->getDecl()))
      return llvm::StringRef(text).starts_with("std::");
    return text == spellReference(*reference);
  }
  return llvm::all_of(e.children(), [&](const Stmt *child) {
    return !child || isRepeatable(*child);
  });
}

std::string FunctionLowering::spellDefault(const ParmVarDecl &parameter) {
  if (!parameter.hasDefaultArg() || parameter.hasUninstantiatedDefaultArg())
    return "";
  const clang::Expr &e = *parameter.getDefaultArg();
  if (isRepeatable(e))
    return quoteSource(ast, e.getSourceRange());
  if (const auto *reference = dyn_cast<DeclRefExpr>(e.IgnoreParenImpCasts());
      reference && !spellReference(*reference).empty())
    return spellReference(*reference);
  clang::Expr::EvalResult result;
  if (!e.EvaluateAsRValue(result, ast) || result.HasSideEffects)
    return "";
  if (result.Val.isInt())
    return llvm::toString(result.Val.getInt(), 10);
  llvm::SmallString<32> digits;
  if (result.Val.isFloat() && result.Val.getFloat().isFinite())
    result.Val.getFloat().toString(digits);
  return digits.str().str();
}

/// Whether what is written at `loc` is in a file that the output includes too.
static bool isInHeader(SourceLocation loc, const SourceManager &sources) {
  SourceLocation place = sources.getSpellingLoc(loc);
  return !sources.isInMainFile(place) &&
         !sources.isWrittenInBuiltinFile(place) &&
         !sources.isWrittenInCommandLineFile(place) &&
         !sources.isWrittenInScratchSpace(place);
}

/// The outermost macro of a header, without parameters, whose expansion the
/// tokens from `begin` to `end` are; empty if there is none.
static std::string findHeaderMacro(SourceLocation begin, SourceLocation end,
                                   const ASTContext &ast) {
  const SourceManager &sources = ast.getSourceManager();
  std::string name;
  while (begin.isMacroID() && end.isMacroID()) {
    SourceLocation outerBegin, outerEnd;
    unsigned length = Lexer::MeasureTokenLength(sources.getSpellingLoc(end),
                                                sources, ast.getLangOpts());
    bool starts =
        sources.isAtStartOfImmediateMacroExpansion(begin, &outerBegin);
    bool ends = sources.isAtEndOfImmediateMacroExpansion(
        end.getLocWithOffset(length), &outerEnd);
    FileID beginFile = sources.getFileID(begin);
    if (beginFile != sources.getFileID(end)) {
      // One end comes from a macro inside of the other's.
      if (!starts && !ends)
        break;
      begin = starts ? outerBegin : begin;
      end = ends ? outerEnd : end;
      continue;
    }
    const auto &expansion = sources.getSLocEntry(beginFile).getExpansion();
    if (!starts || !ends || !expansion.isMacroBodyExpansion() ||
        expansion.isFunctionMacroExpansion())
      break;
    if (isInHeader(begin, sources))
      name = Lexer::getImmediateMacroName(begin, sources, ast.getLangOpts());
    begin = outerBegin;
    end = outerEnd;
  }
  return name;
}

/// Whether `e` names something that the output may lack although it has the
/// macro: anything but the builtins of `HUGE_VAL` and its like.
static bool namesDeclaration(const Stmt &e) {
  if (const auto *reference = dyn_cast<DeclRefExpr>(&e)) {
    const auto *callee = dyn_cast<FunctionDecl>(reference->getDecl());
    return !callee || callee->getBuiltinID() == 0;
  }
  return llvm::any_of(e.children(), [](const Stmt *child) {
    return child && namesDeclaration(*child);
  });
}

Value FunctionLowering::lowerHeaderMacro(const clang::Expr &e) {
  if (!e.getBeginLoc().isMacroID() || isa<ImplicitCastExpr>(e) ||
      !e.isPRValue() || !e.getType()->isArithmeticType())
    return {};
  mlir::Type type = mapType(e.getType());
  std::string name = findHeaderMacro(e.getBeginLoc(), e.getEndLoc(), ast);
  clang::Expr::EvalResult result;
  if (name.empty() || !type || namesDeclaration(e) ||
      !e.EvaluateAsRValue(result, ast) || result.HasSideEffects)
    return {};
  return createConstant(result.Val, type, at(e.getExprLoc()), name);
}
