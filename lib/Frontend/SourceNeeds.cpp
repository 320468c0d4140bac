//===- SourceNeeds.cpp - What the output needs of the source --------------===//
//
// The generated file stands beside the original: what an included header
// declares it uses from there, what the main file declares (constants,
// enumerations, aliases) it must copy, unchanged, with all that this needs.
//
// Copies are made of whole *pieces*: the text of a declaration statement at
// namespace scope. `const double a = 1, b = 2;` is a piece for a and one for b, so
// that none is copied that nobody uses. Pieces that a signature needs go into the
// header.
//
//===----------------------------------------------------------------------===//
#include "SourceNeeds.h"

#include "clang/AST/RecursiveASTVisitor.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/MacroInfo.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"

using namespace adgen;
using llvm::StringRef;

static bool isIdentifierCharacter(char c) {
  return llvm::isAlnum(c) || c == '_';
}

//===----------------------------------------------------------------------===//
// Pieces
//===----------------------------------------------------------------------===//

namespace {

/// A declaration statement of the main file at namespace scope, or one of the
/// variables that it declares.
struct Piece {
  unsigned begin, end;
  const clang::DeclContext *scope;
  llvm::SmallVector<const clang::Decl *> decls;
  /// What stands before the first of several variables.
  llvm::StringRef specifiers;
};

/// Gathers the declarations that a declaration refers to.
class ReferenceCollector
    : public clang::RecursiveASTVisitor<ReferenceCollector> {
public:
  explicit ReferenceCollector(llvm::SetVector<const clang::Decl *> &found)
      : found(found) {}

  bool shouldVisitImplicitCode() const { return true; }

  bool VisitDeclRefExpr(clang::DeclRefExpr *reference) {
    add(reference->getDecl());
    add(reference->getFoundDecl());
    return true;
  }
  bool VisitTypedefType(clang::TypedefType *type) { return add(type->getDecl()); }
  bool VisitTypedefTypeLoc(clang::TypedefTypeLoc loc) {
    return add(loc.getDecl());
  }
  bool VisitTagType(clang::TagType *type) { return add(type->getDecl()); }
  bool VisitTagTypeLoc(clang::TagTypeLoc loc) { return add(loc.getDecl()); }
  bool VisitUsingType(clang::UsingType *type) { return add(type->getDecl()); }
  bool VisitUsingTypeLoc(clang::UsingTypeLoc loc) { return add(loc.getDecl()); }

private:
  bool add(const clang::Decl *decl) {
    found.insert(decl);
    // A name that a using-declaration brings in needs that one too.
    if (auto *shadow = llvm::dyn_cast<clang::UsingShadowDecl>(decl)) {
      found.insert(shadow->getIntroducer());
      found.insert(shadow->getTargetDecl());
    }
    return true;
  }

  llvm::SetVector<const clang::Decl *> &found;
};

class SourceCopier {
public:
  SourceCopier(clang::Preprocessor &preprocessor, clang::ASTContext &ast,
               llvm::ArrayRef<Inclusion> inclusions,
               const RequestOptions &options)
      : preprocessor(preprocessor), ast(ast), sources(ast.getSourceManager()),
        inclusions(inclusions), options(options),
        mainFile(sources.getFileEntryRefForID(sources.getMainFileID())
                     ->getName()) {
    findPieces(*ast.getTranslationUnitDecl());
  }

  CopiedSource copy(llvm::ArrayRef<const clang::FunctionDecl *> functions,
                    const SourceNeeds &needs);

private:
  void findPieces(const clang::DeclContext &context);
  const Piece *findPiece(const clang::Decl &decl) const;
  std::vector<bool> close(llvm::SetVector<const clang::Decl *> needed,
                          std::vector<std::string> &macros);
  void addMacros(StringRef text, clang::SourceLocation use,
                 std::vector<std::string> &macros);
  std::vector<std::string>
  print(const std::vector<bool> &chosen,
        std::vector<std::vector<std::string>> *names = nullptr) const;
  bool splitVariable(const clang::Decl &decl, unsigned start);
  StringRef slice(unsigned begin, unsigned end) const {
    return sources.getBufferData(sources.getMainFileID()).slice(begin, end);
  }
  std::string text(const Piece &piece) const {
    StringRef own = slice(piece.begin, piece.end);
    return piece.specifiers.empty() ? own.str()
                                    : (piece.specifiers + own + ";").str();
  }

  clang::Preprocessor &preprocessor;
  clang::ASTContext &ast;
  const clang::SourceManager &sources;
  llvm::ArrayRef<Inclusion> inclusions;
  const RequestOptions &options;
  StringRef mainFile;
  std::vector<Piece> pieces;
  llvm::StringMap<const clang::MacroInfo *> copiedMacros;
};

} // namespace

/// The offset behind the semicolon that ends what reaches to `end`.
static unsigned afterSemicolon(clang::SourceLocation end,
                               const clang::SourceManager &sources,
                               const clang::LangOptions &language) {
  clang::SourceLocation loc = end;
  for (int tokens = 0; tokens < 64; ++tokens) {
    std::optional<clang::Token> token =
        clang::Lexer::findNextToken(loc, sources, language);
    if (!token || token->is(clang::tok::eof))
      break;
    if (token->is(clang::tok::semi))
      return sources.getFileOffset(token->getEndLoc());
    loc = token->getLocation();
  }
  return sources.getFileOffset(
      clang::Lexer::getLocForEndOfToken(end, 0, sources, language));
}

/// Whether `decl` is one more variable of the last piece's statement, which then
/// has a piece of its own.
bool SourceCopier::splitVariable(const clang::Decl &decl, unsigned start) {
  if (pieces.empty() || !llvm::isa<clang::VarDecl>(decl) ||
      !llvm::isa<clang::VarDecl>(pieces.back().decls.front()))
    return false;
  auto nameOffset = [&](const clang::Decl &variable) {
    return sources.getFileOffset(
        sources.getExpansionLoc(variable.getLocation()));
  };
  auto endOffset = [&](const clang::Decl &variable) {
    return sources.getFileOffset(clang::Lexer::getLocForEndOfToken(
        sources.getExpansionRange(variable.getEndLoc()).getEnd(), 0, sources,
        ast.getLangOpts()));
  };
  Piece &last = pieces.back();
  const clang::Decl &before = *last.decls.front();
  bool isSecond = last.specifiers.empty() && last.begin == start;
  bool isLater = !last.specifiers.empty() &&
                 last.specifiers.data() == slice(start, start).data();
  if (!isSecond && !isLater)
    return false;
  if (isSecond) {
    StringRef specifiers = slice(start, nameOffset(before));
    if (specifiers.find_first_of("*&(") != StringRef::npos)
      return false;
    last.specifiers = specifiers;
    last.begin = nameOffset(before);
    last.end = endOffset(before);
  }
  pieces.push_back({nameOffset(decl), endOffset(decl), decl.getDeclContext(),
                    {&decl}, last.specifiers});
  return true;
}

/// Whether the output can have a function of its own: what a constant's
/// initializer calls has no other place to come from.
static bool isCopiedFunction(const clang::Decl &decl) {
  const clang::FunctionDecl *function = decl.getAsFunction();
  return function && function->isThisDeclarationADefinition() &&
         (function->isConstexpr() || function->isInlined() ||
          function->getStorageClass() == clang::SC_Static ||
          function->getDescribedFunctionTemplate());
}

void SourceCopier::findPieces(const clang::DeclContext &context) {
  for (const clang::Decl *decl : context.decls()) {
    clang::SourceRange range = decl->getSourceRange();
    clang::SourceLocation begin = sources.getExpansionLoc(range.getBegin());
    if (decl->isImplicit() || !sources.isInMainFile(begin))
      continue;
    if (llvm::isa<clang::NamespaceDecl, clang::LinkageSpecDecl>(decl)) {
      findPieces(*llvm::cast<clang::DeclContext>(decl));
      continue;
    }
    if (!llvm::isa<clang::VarDecl, clang::TagDecl, clang::TypedefNameDecl,
                   clang::UsingDecl, clang::UsingDirectiveDecl,
                   clang::NamespaceAliasDecl, clang::UsingEnumDecl,
                   clang::VarTemplateDecl, clang::TypeAliasTemplateDecl,
                   clang::ClassTemplateDecl>(decl) &&
        !isCopiedFunction(*decl))
      continue;
    unsigned start = sources.getFileOffset(begin);
    if (splitVariable(*decl, start))
      continue;
    const clang::FunctionDecl *function = decl->getAsFunction();
    unsigned end =
        function ? sources.getFileOffset(clang::Lexer::getLocForEndOfToken(
                       sources.getExpansionRange(range.getEnd()).getEnd(), 0,
                       sources, ast.getLangOpts()))
                 : afterSemicolon(sources.getExpansionRange(range.getEnd()).getEnd(),
                       sources, ast.getLangOpts());
    // `typedef enum { A } E;` is two declarations, the inner one first.
    if (!pieces.empty() && start < pieces.back().end &&
        end >= pieces.back().begin) {
      pieces.back().begin = std::min(pieces.back().begin, start);
      pieces.back().end = std::max(pieces.back().end, end);
    } else {
      pieces.push_back({start, end, decl->getDeclContext(), {}});
    }
    pieces.back().decls.push_back(decl);
  }
}

/// The piece that declares `decl`; null if no copy is needed.
const Piece *SourceCopier::findPiece(const clang::Decl &decl) const {
  const clang::Decl *definition = &decl;
  if (auto *function = llvm::dyn_cast<clang::FunctionDecl>(&decl))
    if (function->getDefinition())
      definition = function->getDefinition();
  if (auto *tag = llvm::dyn_cast<clang::TagDecl>(&decl))
    if (tag->getDefinition())
      definition = tag->getDefinition();
  if (auto *var = llvm::dyn_cast<clang::VarDecl>(&decl))
    if (var->getInitializingDeclaration())
      definition = var->getInitializingDeclaration();
  // Inside of all pieces that declare it, also of those that start at a name.
  clang::SourceLocation loc =
      sources.getExpansionLoc(definition->getLocation());
  if (!sources.isInMainFile(loc))
    return nullptr;
  unsigned offset = sources.getFileOffset(loc);
  auto found = llvm::find_if(pieces, [&](const Piece &piece) {
    return piece.begin <= offset && offset < piece.end;
  });
  return found == pieces.end() ? nullptr : &*found;
}

/// The macros of the main file and the command line that `text`, which stands at
/// `use`, expands, with those that they use themselves before them. Their value
/// is that of `use`, so one with several values cannot be copied.
void SourceCopier::addMacros(StringRef text, clang::SourceLocation use,
                             std::vector<std::string> &macros) {
  std::string buffer = text.str();
  clang::Lexer lexer({}, ast.getLangOpts(), buffer.data(), buffer.data(),
                     buffer.data() + buffer.size());
  clang::Token token;
  token.startToken();
  for (bool isLast = false; !isLast;) {
    isLast = lexer.LexFromRawLexer(token);
    if (token.isNot(clang::tok::raw_identifier))
      continue;
    clang::IdentifierInfo *name =
        preprocessor.getIdentifierInfo(token.getRawIdentifier());
    const clang::MacroInfo *macro =
        preprocessor.getMacroDefinitionAtLoc(name, use).getMacroInfo();
    if (!macro || macro->isBuiltinMacro())
      continue;
    clang::SourceLocation loc = macro->getDefinitionLoc();
    if (!sources.isInMainFile(loc) && !sources.isWrittenInCommandLineFile(loc))
      continue;
    auto [known, isNew] = copiedMacros.try_emplace(name->getName(), macro);
    if (!isNew) {
      if (known->second != macro)
        report(ast, loc, Diag::MacroRedefined, {name->getName().str()});
      continue;
    }
    clang::CharSourceRange range = clang::CharSourceRange::getTokenRange(
        loc, macro->getDefinitionEndLoc());
    StringRef definition =
        clang::Lexer::getSourceText(range, sources, ast.getLangOpts());
    addMacros(definition.drop_front(name->getLength()), use, macros);
    macros.push_back(("#define " + definition).str());
  }
}

/// Which pieces `needed` takes, with all that they need in turn, and the macros
/// that their text uses.
std::vector<bool>
SourceCopier::close(llvm::SetVector<const clang::Decl *> needed,
                    std::vector<std::string> &macros) {
  std::vector<bool> chosen(pieces.size());
  for (size_t i = 0; i < needed.size(); ++i) {
    const Piece *piece = findPiece(*needed[i]);
    if (!piece)
      continue;
    size_t index = piece - pieces.data();
    if (chosen[index])
      continue;
    chosen[index] = true;
    addMacros(text(*piece), piece->decls.front()->getLocation(), macros);
    ReferenceCollector collector(needed);
    for (const clang::Decl *decl : piece->decls)
      collector.TraverseDecl(const_cast<clang::Decl *>(decl));
  }
  return chosen;
}

/// `namespace a {` … for all namespaces around `scope`, outermost first.
static llvm::SmallVector<std::string>
openings(const clang::DeclContext *scope) {
  llvm::SmallVector<std::string> lines;
  for (; scope; scope = scope->getParent())
    if (auto *space = llvm::dyn_cast<clang::NamespaceDecl>(scope))
      lines.insert(lines.begin(),
                   std::string(space->isInline() ? "inline " : "") +
                       "namespace " +
                       (space->isAnonymousNamespace()
                            ? std::string("{")
                            : space->getName().str() + " {"));
  return lines;
}

static std::vector<std::string> declaredNames(const Piece &piece) {
  std::vector<std::string> names;
  auto add = [&](const clang::NamedDecl *decl) {
    if (decl->getIdentifier())
      names.push_back(decl->getNameAsString());
  };
  for (const clang::Decl *decl : piece.decls) {
    if (auto *named = llvm::dyn_cast<clang::NamedDecl>(decl))
      add(named);
    if (auto *enumeration = llvm::dyn_cast<clang::EnumDecl>(decl))
      for (const clang::EnumConstantDecl *constant : enumeration->enumerators())
        add(constant);
  }
  return names;
}

/// The chosen pieces in source order, each in its namespaces.
std::vector<std::string>
SourceCopier::print(const std::vector<bool> &chosen,
                    std::vector<std::vector<std::string>> *names) const {
  std::vector<std::string> texts;
  for (auto [piece, isChosen] : llvm::zip(pieces, chosen)) {
    if (!isChosen)
      continue;
    llvm::SmallVector<std::string> lines =
        openings(piece.scope->getEnclosingNamespaceContext());
    std::string body = llvm::join(lines, "\n");
    body += (lines.empty() ? "" : "\n") + text(piece);
    for (StringRef line : llvm::reverse(lines)) {
      line.consume_front("inline ");
      body += ("\n} // " + line.drop_back(2)).str();
    }
    texts.push_back(body);
    if (names)
      names->push_back(declaredNames(piece));
  }
  return texts;
}

CopiedSource
SourceCopier::copy(llvm::ArrayRef<const clang::FunctionDecl *> functions,
                   const SourceNeeds &needs) {
  CopiedSource copied;
  llvm::SetVector<const clang::Decl *> signatureNeeds;
  ReferenceCollector collector(signatureNeeds);
  for (const clang::FunctionDecl *function : functions) {
    collector.TraverseType(function->getReturnType());
    if (clang::TypeSourceInfo *info = function->getTypeSourceInfo())
      collector.TraverseTypeLoc(info->getTypeLoc());
    for (clang::ParmVarDecl *param : function->parameters())
      if (param->hasDefaultArg() && !param->hasUninstantiatedDefaultArg())
        collector.TraverseStmt(param->getDefaultArg());
  }
  std::vector<std::string> headerMacros, macros;
  for (const clang::FunctionDecl *function : functions) {
    signatureNeeds.remove(function);
    for (const clang::ParmVarDecl *param : function->parameters())
      if (param->hasDefaultArg() && !param->hasUninstantiatedDefaultArg()) {
        clang::SourceRange range = param->getDefaultArgRange();
        addMacros(clang::Lexer::getSourceText(sources.getExpansionRange(range),
                                              sources, ast.getLangOpts()),
                  sources.getExpansionLoc(range.getBegin()), headerMacros);
      }
  }
  std::vector<bool> inHeader = close(signatureNeeds, headerMacros);
  std::vector<bool> inSource = close(needs.decls, macros);
  for (size_t i = 0; i < pieces.size(); ++i)
    if (inHeader[i])
      inSource[i] = false;
  // Copied text may rely on the user's using-directives, which the header must
  // not have.
  if (llvm::is_contained(inSource, true))
    for (size_t i = 0; i < pieces.size(); ++i)
      if (llvm::isa<clang::UsingDirectiveDecl>(pieces[i].decls.front()))
        inSource[i] = true;

  llvm::StringSet<> seen;
  for (const Inclusion &inclusion : inclusions)
    if (isRepeatedInclusion(inclusion, options)) {
      std::string spelling = respellInclusion(inclusion, mainFile, options);
      if (seen.insert(spelling).second)
        copied.includes.push_back(spelling);
    }
  copied.headerDeclarations = std::move(headerMacros);
  llvm::append_range(copied.headerDeclarations, print(inHeader));
  for (const std::string &macro : macros) {
    copied.declarations.push_back(macro);
    StringRef definition = StringRef(macro).drop_front(strlen("#define "));
    copied.declaredNames.push_back(
        {definition.take_while(isIdentifierCharacter).str()});
  }
  llvm::append_range(copied.declarations,
                     print(inSource, &copied.declaredNames));
  return copied;
}

CopiedSource
adgen::copySource(clang::Preprocessor &preprocessor, clang::ASTContext &ast,
                  llvm::ArrayRef<Inclusion> inclusions,
                  llvm::ArrayRef<const clang::FunctionDecl *> functions,
                  const SourceNeeds &needs, const RequestOptions &options) {
  return SourceCopier(preprocessor, ast, inclusions, options)
      .copy(functions, needs);
}
