//===- SourceNeeds.cpp - What the output needs of the source --------------===//
//
// The generated file stands beside the original: what an included header
// declares it uses from there; of the main file it declares the functions and
// variables that the original defines for all, and copies the rest unchanged
// (constants, types, aliases, static, inline and template functions), with all
// that this needs.
//
// Starting from what the lowered code names, pieces (SourcePieces.h) are chosen
// until nothing is missing. Which piece needs which is recorded, since
// differentiation drops some of it again. Pieces that a signature needs go into
// the header.
//
//===----------------------------------------------------------------------===//
#include "SourceNeeds.h"
#include "SourcePieces.h"
#include "SourceReferences.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/MacroInfo.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/ADT/StringSet.h"
#include "llvm/Support/xxhash.h"
#include <set>

using namespace adgen;
using llvm::StringRef;

namespace {

/// A macro that copied text uses.
struct CopiedMacro {
  const clang::MacroInfo *macro;
  std::string definition;
  /// Other macros that the definition uses.
  std::vector<std::string> needs;
};

/// The pieces and macros that one of the output's files takes.
struct Choice {
  std::vector<bool> chosen;
  /// For each piece, those that it needs.
  std::vector<std::set<unsigned>> needs;
  std::vector<std::vector<std::string>> macroNeeds;
  std::vector<std::optional<CopyRefusal>> refusals;
  /// In the order in which they are to be defined.
  std::vector<std::string> macros;

  explicit Choice(size_t size)
      : chosen(size), needs(size), macroNeeds(size), refusals(size) {}
};

class SourceCopier {
public:
  SourceCopier(clang::Preprocessor &preprocessor, clang::ASTContext &ast,
               llvm::ArrayRef<Inclusion> inclusions,
               const RequestOptions &options)
      : preprocessor(preprocessor), ast(ast), sources(ast.getSourceManager()),
        inclusions(inclusions), options(options),
        mainFile(
            sources.getFileEntryRefForID(sources.getMainFileID())->getName()),
        pieces(preprocessor, ast) {}

  CopiedSource copy(llvm::ArrayRef<const clang::FunctionDecl *> functions,
                    const SourceNeeds &needs);

private:
  void choose(unsigned index, Choice &choice);
  void chooseFor(const clang::Decl &decl, std::optional<unsigned> user,
                 Choice &choice);
  static std::optional<CopyRefusal>
  findRefusal(const Piece &piece, const SourceReferences &references);
  void addMacros(StringRef text, clang::SourceLocation use, Choice &choice,
                 std::vector<std::string> &used);
  std::string print(const Piece &piece, bool isGuarded) const;
  std::vector<CopiedDeclaration> declare(const Choice &choice,
                                         bool isGuarded) const;

  clang::Preprocessor &preprocessor;
  clang::ASTContext &ast;
  const clang::SourceManager &sources;
  llvm::ArrayRef<Inclusion> inclusions;
  const RequestOptions &options;
  StringRef mainFile;
  SourcePieces pieces;
  llvm::StringMap<CopiedMacro> copiedMacros;
};

} // namespace

//===----------------------------------------------------------------------===//
// What is needed
//===----------------------------------------------------------------------===//

/// The macros of the main file and the command line that `text`, which stands
/// at `use`, expands, with those that they use themselves before them. Their
/// value is that of `use`, so one with several values cannot be copied.
void SourceCopier::addMacros(StringRef text, clang::SourceLocation use,
                             Choice &choice, std::vector<std::string> &used) {
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
    used.push_back(name->getName().str());
    auto [known, isNew] =
        copiedMacros.try_emplace(name->getName(), CopiedMacro{macro, {}, {}});
    if (!isNew) {
      if (known->second.macro != macro)
        report(ast, loc, Diag::MacroRedefined, {name->getName().str()});
      continue;
    }
    clang::CharSourceRange range = clang::CharSourceRange::getTokenRange(
        loc, macro->getDefinitionEndLoc());
    StringRef definition =
        clang::Lexer::getSourceText(range, sources, ast.getLangOpts());
    std::vector<std::string> needs;
    addMacros(definition.drop_front(name->getLength()), use, choice, needs);
    CopiedMacro &copied = copiedMacros[name->getName()];
    copied.needs = std::move(needs);
    copied.definition = "#define " + pieces.withoutAnnotations(definition);
    choice.macros.push_back(name->getName().str());
  }
}

static std::string nameOf(const Piece &piece) {
  auto *named = llvm::dyn_cast<clang::NamedDecl>(piece.decls.front());
  return named ? named->getQualifiedNameAsString() : "";
}

/// Why the output must not have a copy of the piece, which would have state of
/// its own.
std::optional<CopyRefusal>
SourceCopier::findRefusal(const Piece &piece,
                          const SourceReferences &references) {
  for (const clang::VarDecl *variable : references.staticLocals)
    return CopyRefusal{
        variable->getLocation(),
        formatMessage(Diag::CopiedStatic,
                      {nameOf(piece), variable->getName().str()})};
  for (const clang::Decl *decl : piece.decls) {
    auto *variable = llvm::dyn_cast<clang::VarDecl>(decl);
    if (variable && !isConstant(*variable) && !variable->isExternallyVisible())
      return CopyRefusal{variable->getLocation(),
                         formatMessage(Diag::CopiedVariable,
                                       {variable->getQualifiedNameAsString()})};
  }
  return {};
}

/// Takes what a use of `decl` needs; `user` is the piece that refers to it, if
/// it is one.
void SourceCopier::chooseFor(const clang::Decl &decl,
                             std::optional<unsigned> user, Choice &choice) {
  auto take = [&](unsigned index) {
    if (user && *user != index)
      choice.needs[*user].insert(index);
    choose(index, choice);
  };
  std::optional<unsigned> own = pieces.find(decl);
  if (!own)
    return;
  take(*own);
  // Used before it is defined: declared first.
  if (user && *user < *own)
    for (unsigned forward : pieces.findForward(decl))
      if (forward < *user)
        take(forward);
}

/// Takes a piece, with all that it needs in turn, and the macros that its text
/// uses.
void SourceCopier::choose(unsigned index, Choice &choice) {
  if (choice.chosen[index])
    return;
  choice.chosen[index] = true;
  const Piece &piece = pieces[index];
  addMacros(pieces.text(piece), piece.decls.front()->getLocation(), choice,
            choice.macroNeeds[index]);
  SourceReferences references;
  for (const clang::Decl *decl : piece.decls) {
    const clang::FunctionDecl *function = decl->getAsFunction();
    // A declaration has no need of what the body does.
    if (function && !isCopied(*function))
      addSignatureReferences(*function, references);
    else if (llvm::isa<clang::VarDecl>(decl) && !piece.declaration.empty())
      addTypeReferences(*llvm::cast<clang::VarDecl>(decl), references);
    else
      addReferences(*decl, references);
  }
  choice.refusals[index] = findRefusal(piece, references);
  for (unsigned companion : pieces.findCompanions(index)) {
    choice.needs[index].insert(companion);
    choose(companion, choice);
  }
  for (const clang::Decl *decl : references.decls)
    chooseFor(*decl, index, choice);
}

//===----------------------------------------------------------------------===//
// Text
//===----------------------------------------------------------------------===//

/// `namespace a {` … for all namespaces around `scope`, outermost first.
static llvm::SmallVector<std::string>
openings(const clang::DeclContext *scope) {
  llvm::SmallVector<std::string> lines;
  for (; scope; scope = scope->getParent())
    if (auto *space = llvm::dyn_cast<clang::NamespaceDecl>(scope))
      lines.insert(
          lines.begin(),
          std::string(space->isInline() ? "inline " : "") + "namespace " +
              (space->isAnonymousNamespace() ? std::string("{")
                                             : space->getName().str() + " {"));
  return lines;
}

/// The names that the piece declares; of a function also `f@12`, which tells
/// overloads apart by the lines of their declarations; of a variable in a namespace
/// `a::factor`.
static std::vector<std::string>
declaredNames(const Piece &piece, const clang::SourceManager &sources) {
  std::vector<std::string> names;
  auto add = [&](const clang::NamedDecl *decl) {
    const auto *space = llvm::dyn_cast<clang::NamespaceDecl>(decl->getDeclContext());
    bool isScoped = llvm::isa<clang::VarDecl>(decl) && space && space->getIdentifier();
    if (decl->getIdentifier())
      names.push_back(isScoped ? decl->getQualifiedNameAsString()
                               : decl->getNameAsString());
  };
  for (const clang::Decl *decl : piece.decls) {
    // A member is there for its class.
    const clang::FunctionDecl *function = decl->getAsFunction();
    bool isMember = function && llvm::isa<clang::CXXMethodDecl>(function);
    if (auto *named = llvm::dyn_cast<clang::NamedDecl>(decl);
        named && !isMember && !llvm::isa<clang::UsingDirectiveDecl>(decl))
      add(named);
    if (function && function->getIdentifier() && !isMember)
      for (const clang::FunctionDecl *other : function->redecls())
        names.push_back((function->getName() + "@" +
                         llvm::Twine(sources.getPresumedLineNumber(
                             sources.getExpansionLoc(other->getLocation()))))
                            .str());
    if (auto *enumeration = llvm::dyn_cast<clang::EnumDecl>(decl))
      for (const clang::EnumConstantDecl *constant : enumeration->enumerators())
        add(constant);
  }
  return names;
}

/// Whether one file may have the piece twice.
static bool isRepeatable(const Piece &piece) {
  return llvm::all_of(piece.decls, [](const clang::Decl *decl) {
    if (auto *tag = llvm::dyn_cast<clang::TagDecl>(decl))
      return !tag->isThisDeclarationADefinition();
    return llvm::isa<clang::TypedefNameDecl, clang::NamespaceAliasDecl,
                     clang::UsingDecl, clang::StaticAssertDecl>(decl);
  });
}

/// Two headers of one source may have copies of one type, and one program may
/// include both: a guard that is the name and a hash of the text, so that what
/// is written otherwise is still an error.
static std::string guard(const Piece &piece, const std::string &text) {
  std::string name = "ADGEN";
  bool separate = true;
  for (char c : nameOf(piece)) {
    bool isLetter = llvm::isAlnum(c);
    if (isLetter && separate)
      name += '_';
    if (isLetter)
      name += llvm::toUpper(c);
    separate = !isLetter;
  }
  uint32_t hash = llvm::xxh3_64bits(text);
  name += "_" + llvm::utohexstr(hash, /*LowerCase=*/false, /*Width=*/8);
  return "#ifndef " + name + "\n#define " + name + "\n" + text +
         "\n#endif\n";
}

/// The piece in its namespaces.
std::string SourceCopier::print(const Piece &piece, bool isGuarded) const {
  llvm::SmallVector<std::string> lines =
      openings(piece.scope->getEnclosingNamespaceContext());
  std::string body = llvm::join(lines, "\n");
  std::string text = pieces.text(piece);
  body += (lines.empty() ? "" : "\n") +
          (isGuarded && !isRepeatable(piece) ? guard(piece, text) : text);
  for (StringRef line : llvm::reverse(lines)) {
    line.consume_front("inline ");
    body += ("\n} // " + line.drop_back(2).rtrim()).str();
  }
  return body;
}

/// The macros, then the pieces in source order.
std::vector<CopiedDeclaration>
SourceCopier::declare(const Choice &choice, bool isGuarded) const {
  std::vector<CopiedDeclaration> declarations;
  llvm::StringMap<int64_t> macroPositions;
  auto needMacros = [&](llvm::ArrayRef<std::string> names,
                        CopiedDeclaration &declaration) {
    for (StringRef name : names) {
      auto position = macroPositions.find(name);
      if (position != macroPositions.end())
        declaration.needs.push_back(position->second);
    }
  };
  for (const std::string &name : choice.macros) {
    const CopiedMacro &macro = copiedMacros.find(name)->second;
    macroPositions[name] = declarations.size();
    declarations.push_back({macro.definition, {name}, {}, {}});
  }
  for (const std::string &name : choice.macros)
    needMacros(copiedMacros.find(name)->second.needs,
               declarations[macroPositions[name]]);

  std::vector<int64_t> positions(pieces.size(), -1);
  for (size_t i = 0; i < pieces.size(); ++i)
    if (choice.chosen[i]) {
      positions[i] = declarations.size();
      declarations.push_back({print(pieces[i], isGuarded),
                              declaredNames(pieces[i], sources),
                              {},
                              choice.refusals[i]});
    }
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (positions[i] < 0)
      continue;
    CopiedDeclaration &declaration = declarations[positions[i]];
    needMacros(choice.macroNeeds[i], declaration);
    for (unsigned needed : choice.needs[i])
      if (positions[needed] >= 0)
        declaration.needs.push_back(positions[needed]);
    // Copied text may rely on any of the user's using-directives.
    for (size_t j = 0; j < pieces.size(); ++j)
      if (j != i && positions[j] >= 0 &&
          llvm::isa<clang::UsingDirectiveDecl>(pieces[j].decls.front()))
        declaration.needs.push_back(positions[j]);
  }
  return declarations;
}

CopiedSource
SourceCopier::copy(llvm::ArrayRef<const clang::FunctionDecl *> functions,
                   const SourceNeeds &needs) {
  CopiedSource copied;
  SourceReferences signatures;
  for (const clang::FunctionDecl *function : functions)
    addSignatureReferences(*function, signatures);
  Choice header(pieces.size()), source(pieces.size());
  std::vector<std::string> used;
  for (const clang::FunctionDecl *function : functions) {
    signatures.decls.remove(function);
    for (clang::ParmVarDecl *param : function->parameters())
      if (param->hasDefaultArg() && !param->hasUninstantiatedDefaultArg()) {
        clang::SourceRange range = param->getDefaultArgRange();
        addMacros(clang::Lexer::getSourceText(sources.getExpansionRange(range),
                                              sources, ast.getLangOpts()),
                  sources.getExpansionLoc(range.getBegin()), header, used);
      }
  }
  for (const clang::Decl *decl : signatures.decls)
    chooseFor(*decl, {}, header);
  for (const clang::Decl *decl : needs.decls)
    chooseFor(*decl, {}, source);
  // Copied text may rely on the user's using-directives, which the header must
  // not have.
  if (llvm::is_contained(source.chosen, true))
    for (size_t i = 0; i < pieces.size(); ++i)
      if (llvm::isa<clang::UsingDirectiveDecl>(pieces[i].decls.front()))
        choose(i, source);
  for (size_t i = 0; i < pieces.size(); ++i)
    if (header.chosen[i])
      source.chosen[i] = false;

  llvm::StringSet<> seen;
  for (const Inclusion &inclusion : inclusions)
    if (isRepeatedInclusion(inclusion, options)) {
      std::string spelling = respellInclusion(inclusion, mainFile, options);
      if (!seen.insert(spelling).second)
        continue;
      copied.includes.push_back(spelling);
      if (!isGuarded(inclusion, preprocessor))
        copied.unguardedIncludes.push_back(spelling);
    }
  for (const CopiedDeclaration &declaration : declare(header, options.writesHeader))
    copied.headerDeclarations.push_back(declaration.text);
  copied.declarations = declare(source, /*isGuarded=*/false);
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
