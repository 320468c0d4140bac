//===- RequestsTypes.cpp - Types and values named on the command line -----===//
//
// A small parser for what follows a function's name in `--function`: built-in
// and named types with qualifiers, pointers, references and bounds; integers,
// `true`, `false` and named constants. A class template's instance is only
// recognized where the source spells it in the same words.
//
//===----------------------------------------------------------------------===//
#include "RequestsTypes.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/AST/ExprCXX.h"
#include "clang/Sema/Lookup.h"
#include "llvm/ADT/StringExtras.h"
#include <map>

using namespace adgen;
using llvm::StringRef;

static bool isWordCharacter(char c) { return llvm::isAlnum(c) || c == '_'; }

/// Words and signs; `::`, `&&` are one.
static llvm::SmallVector<StringRef> tokenize(StringRef text) {
  llvm::SmallVector<StringRef> tokens;
  while (!(text = text.ltrim()).empty()) {
    size_t size = text.take_while(isWordCharacter).size();
    if (size == 0)
      size = text.starts_with("::") || text.starts_with("&&") ? 2 : 1;
    tokens.push_back(text.take_front(size));
    text = text.drop_front(size);
  }
  return tokens;
}

/// What `name` denotes where `scope` stands: there, or in what encloses it.
static clang::NamedDecl *lookUp(clang::Sema &sema, clang::DeclContext *scope,
                                StringRef name, bool outward) {
  clang::IdentifierInfo *identifier = &sema.Context.Idents.get(name);
  for (; scope; scope = outward ? scope->getParent() : nullptr) {
    clang::LookupResult result(sema, clang::DeclarationName(identifier), {},
                               clang::Sema::LookupOrdinaryName);
    result.suppressDiagnostics();
    if (sema.LookupQualifiedName(result, scope) && result.isSingleResult())
      return result.getFoundDecl()->getUnderlyingDecl();
  }
  return nullptr;
}

namespace {

class ArgumentParser {
public:
  ArgumentParser(clang::Sema &sema, const clang::DeclContext *scope,
                 StringRef text)
      : sema(sema), ast(sema.Context),
        scope(const_cast<clang::DeclContext *>(scope)),
        tokens(tokenize(text)) {}

  /// The whole text as a type; null if it is none.
  clang::QualType parseType();
  /// The whole text as a value; null if it is none.
  clang::Expr *parseValue();

private:
  bool at(StringRef token) const {
    return next < tokens.size() && tokens[next] == token;
  }
  bool consume(StringRef token) { return at(token) && ++next; }
  void parseQualifiers(bool &isConst, bool &isVolatile);
  clang::QualType parseBuiltin();
  clang::NamedDecl *parseName();
  clang::QualType parseDeclarator(clang::QualType type);

  clang::Sema &sema;
  clang::ASTContext &ast;
  clang::DeclContext *scope;
  llvm::SmallVector<StringRef> tokens;
  size_t next = 0;
};

} // namespace

void ArgumentParser::parseQualifiers(bool &isConst, bool &isVolatile) {
  while (true) {
    if (consume("const"))
      isConst = true;
    else if (consume("volatile"))
      isVolatile = true;
    else
      return;
  }
}

/// `unsigned long int` in any order of its words.
clang::QualType ArgumentParser::parseBuiltin() {
  static const llvm::StringLiteral words[] = {
      "bool",   "char",   "short",  "int",   "long",    "float",
      "double", "signed", "unsigned", "wchar_t", "char8_t", "char16_t",
      "char32_t", "void"};
  std::map<StringRef, int> count;
  size_t start = next;
  while (next < tokens.size() && llvm::is_contained(words, tokens[next]))
    ++count[tokens[next++]];
  if (next == start)
    return {};
  bool isUnsigned = count["unsigned"];
  int longs = count["long"];
  if (count["double"])
    return longs ? ast.LongDoubleTy : ast.DoubleTy;
  if (count["char"])
    return isUnsigned        ? ast.UnsignedCharTy
           : count["signed"] ? ast.SignedCharTy
                             : ast.CharTy;
  if (count["short"])
    return isUnsigned ? ast.UnsignedShortTy : ast.ShortTy;
  if (longs == 2)
    return isUnsigned ? ast.UnsignedLongLongTy : ast.LongLongTy;
  if (longs == 1)
    return isUnsigned ? ast.UnsignedLongTy : ast.LongTy;
  if (count["int"] || isUnsigned || count["signed"])
    return isUnsigned ? ast.UnsignedIntTy : ast.IntTy;
  const std::pair<StringRef, clang::QualType> others[] = {
      {"bool", ast.BoolTy},        {"float", ast.FloatTy},
      {"wchar_t", ast.WideCharTy}, {"char8_t", ast.Char8Ty},
      {"char16_t", ast.Char16Ty},  {"char32_t", ast.Char32Ty},
      {"void", ast.VoidTy}};
  for (auto [word, type] : others)
    if (count[word])
      return type;
  return {};
}

clang::NamedDecl *ArgumentParser::parseName() {
  clang::DeclContext *context = scope;
  bool outward = !consume("::");
  if (!outward)
    context = ast.getTranslationUnitDecl();
  while (next < tokens.size() && isWordCharacter(tokens[next][0])) {
    clang::NamedDecl *decl = lookUp(sema, context, tokens[next++], outward);
    if (!decl || !consume("::"))
      return decl;
    outward = false;
    if (auto *alias = llvm::dyn_cast<clang::NamespaceAliasDecl>(decl))
      decl = alias->getNamespace();
    context = llvm::dyn_cast<clang::DeclContext>(decl);
    if (!context)
      return nullptr;
  }
  return nullptr;
}

clang::QualType ArgumentParser::parseDeclarator(clang::QualType type) {
  while (next < tokens.size()) {
    if (consume("*")) {
      type = ast.getPointerType(type);
      bool isConst = false, isVolatile = false;
      parseQualifiers(isConst, isVolatile);
      if (isConst)
        type = type.withConst();
      if (isVolatile)
        type = type.withVolatile();
    } else if (consume("&")) {
      type = ast.getLValueReferenceType(type);
    } else if (consume("&&")) {
      type = ast.getRValueReferenceType(type);
    } else if (consume("[")) {
      // A parameter's array is a pointer; its bound does not matter.
      while (next < tokens.size() && !consume("]"))
        ++next;
      type = ast.getPointerType(type);
    } else {
      return {};
    }
  }
  return type;
}

clang::QualType ArgumentParser::parseType() {
  bool isConst = false, isVolatile = false;
  parseQualifiers(isConst, isVolatile);
  consume("struct") || consume("class") || consume("enum");
  clang::QualType type = parseBuiltin();
  if (type.isNull())
    if (auto *decl = llvm::dyn_cast_or_null<clang::TypeDecl>(parseName()))
      type = ast.getTypeDeclType(decl);
  if (type.isNull())
    return {};
  parseQualifiers(isConst, isVolatile);
  if (isConst)
    type = type.withConst();
  if (isVolatile)
    type = type.withVolatile();
  return parseDeclarator(type);
}

clang::Expr *ArgumentParser::parseValue() {
  clang::SourceLocation loc;
  bool isNegative = consume("-");
  if (next >= tokens.size())
    return nullptr;
  StringRef word = tokens[next];
  clang::Expr *value = nullptr;
  llvm::APInt number(64, 0);
  StringRef digits = word.rtrim("uUlL");
  if (consume("true") || consume("false")) {
    value = clang::CXXBoolLiteralExpr::Create(ast, word == "true", ast.BoolTy,
                                              loc);
  } else if (llvm::isDigit(word[0]) && !digits.getAsInteger(0, number)) {
    ++next;
    clang::QualType type = number.getActiveBits() < 32 ? ast.IntTy : ast.LongTy;
    number = number.zextOrTrunc(ast.getTypeSize(type));
    value = clang::IntegerLiteral::Create(ast, number, type, loc);
  } else if (auto *decl =
                 llvm::dyn_cast_or_null<clang::ValueDecl>(parseName())) {
    bool isEnumerator = llvm::isa<clang::EnumConstantDecl>(decl);
    value = sema.BuildDeclRefExpr(
        decl, decl->getType().getNonReferenceType(),
        isEnumerator ? clang::VK_PRValue : clang::VK_LValue, loc);
  }
  if (value && isNegative)
    value = sema.BuildUnaryOp(nullptr, loc, clang::UO_Minus, value).get();
  return next == tokens.size() ? value : nullptr;
}

/// Without the spaces that do not separate words.
static std::string normalize(StringRef text) {
  std::string result;
  for (StringRef token : tokenize(text)) {
    if (!result.empty() && isWordCharacter(result.back()) &&
        isWordCharacter(token[0]))
      result += ' ';
    result += token;
  }
  return result;
}

bool adgen::denotesType(clang::Sema &sema, const clang::FunctionDecl &function,
                        StringRef text, clang::QualType type) {
  clang::ASTContext &ast = sema.Context;
  std::string wanted = normalize(text);
  for (clang::QualType form : {type, type.getCanonicalType()})
    if (normalize(form.getAsString(ast.getPrintingPolicy())) == wanted)
      return true;
  ArgumentParser parser(sema, function.getDeclContext(), text);
  clang::QualType parsed = parser.parseType();
  return !parsed.isNull() &&
         ast.getCanonicalParamType(parsed) ==
             ast.getCanonicalParamType(ast.getAdjustedParameterType(type));
}

std::optional<clang::TemplateArgumentLoc>
adgen::parseTemplateArgument(clang::Sema &sema,
                             const clang::FunctionTemplateDecl &pattern,
                             StringRef text) {
  const clang::DeclContext *scope = pattern.getDeclContext();
  clang::QualType type = ArgumentParser(sema, scope, text).parseType();
  if (!type.isNull())
    return clang::TemplateArgumentLoc(
        clang::TemplateArgument(type),
        sema.Context.getTrivialTypeSourceInfo(type, pattern.getLocation()));
  if (clang::Expr *value = ArgumentParser(sema, scope, text).parseValue())
    return clang::TemplateArgumentLoc(
        clang::TemplateArgument(value, /*IsCanonical=*/false), value);
  return {};
}
