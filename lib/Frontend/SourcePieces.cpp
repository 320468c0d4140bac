//===- SourcePieces.cpp - The declarations of the main file ---------------===//
//
// Takes the main file apart into the declaration statements at namespace scope.
// `const double a = 1, b = 2;` is a piece for a and one for b, so that none is
// copied that nobody uses. What has external linkage, and is thus defined by
// the original's object file, becomes a declaration.
//
//===----------------------------------------------------------------------===//
#include "SourcePieces.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/Lex/Lexer.h"
#include "clang/Lex/MacroInfo.h"

using namespace adgen;
using llvm::StringRef;

/// The declaration that stands in the source for `function`, which may be an
/// instance of a template.
static const clang::FunctionDecl &
writtenFunction(const clang::FunctionDecl &function) {
  if (function.getTemplateSpecializationKind() ==
      clang::TSK_ExplicitSpecialization)
    return function;
  const clang::FunctionDecl *pattern = function.getTemplateInstantiationPattern(
      /*ForDefinition=*/false);
  return pattern ? *pattern : function;
}

bool adgen::isCopied(const clang::FunctionDecl &function) {
  if (llvm::isa<clang::CXXDeductionGuideDecl>(function))
    return true;
  if (function.getDescribedFunctionTemplate() ||
      function.isDependentContext() || function.isConstexpr() ||
      !function.isExternallyVisible())
    return true;
  return llvm::any_of(function.redecls(), [](const clang::FunctionDecl *decl) {
    return decl->isInlined();
  });
}

static bool addsDefault(const clang::FunctionDecl &function) {
  return llvm::any_of(function.parameters(), [](const clang::ParmVarDecl *p) {
    return p->hasDefaultArg() && !p->hasInheritedDefaultArg();
  });
}

//===----------------------------------------------------------------------===//
// Places and texts
//===----------------------------------------------------------------------===//

unsigned SourcePieces::offsetOf(clang::SourceLocation loc) const {
  return sources.getFileOffset(sources.getExpansionLoc(loc));
}

/// The offset behind the token at `loc`, or behind the macro that it comes
/// from.
unsigned SourcePieces::endOffsetOf(clang::SourceLocation loc) const {
  return sources.getFileOffset(clang::Lexer::getLocForEndOfToken(
      sources.getExpansionRange(loc).getEnd(), 0, sources, ast.getLangOpts()));
}

/// The offset of the declaration's first token, attributes in brackets
/// included.
unsigned SourcePieces::beginOffsetOf(const clang::Decl &decl) const {
  unsigned begin = offsetOf(decl.getBeginLoc());
  while (true) {
    StringRef before = slice(0, begin).rtrim();
    size_t open = before.rfind("[[");
    if (!before.ends_with("]]") || open == StringRef::npos)
      return begin;
    begin = open;
  }
}

StringRef SourcePieces::slice(unsigned begin, unsigned end) const {
  return sources.getBufferData(sources.getMainFileID()).slice(begin, end);
}

bool SourcePieces::isInMainFile(const clang::Decl &decl) const {
  return sources.isInMainFile(sources.getExpansionLoc(decl.getLocation()));
}

/// Calls `handle` with each token of `text`.
static void forEachToken(
    StringRef text, const clang::LangOptions &language,
    llvm::function_ref<void(const clang::Token &, unsigned offset)> handle) {
  std::string buffer = text.str();
  clang::Lexer lexer({}, language, buffer.data(), buffer.data(),
                     buffer.data() + buffer.size());
  clang::Token token;
  token.startToken();
  while (true) {
    lexer.LexFromRawLexer(token);
    if (token.is(clang::tok::eof))
      return;
    handle(token, lexer.getCurrentBufferOffset() - token.getLength());
  }
}

bool SourcePieces::isAnnotation(StringRef name) const {
  if (!name.starts_with("ADGEN_"))
    return false;
  const clang::MacroInfo *macro =
      preprocessor.getMacroInfo(preprocessor.getIdentifierInfo(name));
  return macro && sources.getFilename(macro->getDefinitionLoc())
                      .ends_with("adgen/adgen.h");
}

std::string SourcePieces::withoutAnnotations(StringRef text) const {
  if (!text.contains("ADGEN_"))
    return text.str();
  std::string kept;
  unsigned copied = 0;
  int depth = -1;
  bool mayOpen = false;
  forEachToken(text, ast.getLangOpts(),
               [&](const clang::Token &token, unsigned offset) {
                 unsigned end = offset + token.getLength();
                 if (depth > 0) {
                   depth += token.is(clang::tok::l_paren) -
                            token.is(clang::tok::r_paren);
                   copied = end;
                 } else if (mayOpen && token.is(clang::tok::l_paren)) {
                   depth = 1;
                   copied = end;
                 } else if (token.is(clang::tok::raw_identifier) &&
                            isAnnotation(token.getRawIdentifier())) {
                   kept += text.slice(copied, offset);
                   copied = end;
                   mayOpen = true;
                   return;
                 } else if (copied != 0 && copied < offset &&
                            text.slice(copied, offset).trim().empty() &&
                            (kept.empty() || llvm::isSpace(kept.back()))) {
                   // The blank behind an annotation goes with it.
                   copied = offset;
                 }
                 mayOpen = false;
               });
  return kept + text.drop_front(copied).str();
}

std::string SourcePieces::text(const Piece &piece) const {
  if (!piece.declaration.empty())
    return withoutAnnotations(piece.declaration);
  StringRef own = slice(piece.begin, piece.end);
  return withoutAnnotations(piece.specifiers.empty()
                                ? own.str()
                                : (piece.specifiers + own + ";").str());
}

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

//===----------------------------------------------------------------------===//
// Taking the file apart
//===----------------------------------------------------------------------===//

SourcePieces::SourcePieces(clang::Preprocessor &preprocessor,
                           clang::ASTContext &ast)
    : preprocessor(preprocessor), ast(ast), sources(ast.getSourceManager()) {
  add(*ast.getTranslationUnitDecl());
}

void SourcePieces::addPiece(Piece piece, const clang::Decl &decl) {
  // `typedef enum { A } E;` is two declarations, the inner one first; so are
  // all that one macro makes.
  bool overlaps = !pieces.empty() && piece.declaration.empty() &&
                  pieces.back().declaration.empty() &&
                  piece.begin < pieces.back().end &&
                  piece.end >= pieces.back().begin;
  if (overlaps) {
    pieces.back().begin = std::min(pieces.back().begin, piece.begin);
    pieces.back().end = std::max(pieces.back().end, piece.end);
  } else {
    pieces.push_back(std::move(piece));
  }
  pieces.back().decls.push_back(&decl);
  pieceOf[&decl] = pieces.size() - 1;
}

/// Whether `decl` is one more variable of the last piece's statement, which
/// then has a piece of its own.
bool SourcePieces::splitVariable(const clang::Decl &decl, unsigned start) {
  if (pieces.empty() || !llvm::isa<clang::VarDecl>(decl) ||
      !llvm::isa<clang::VarDecl>(pieces.back().decls.front()) ||
      !pieces.back().declaration.empty())
    return false;
  Piece &last = pieces.back();
  const clang::Decl &before = *last.decls.front();
  bool isSecond = last.specifiers.empty() && last.begin == start;
  bool isLater = !last.specifiers.empty() &&
                 last.specifiers.data() == slice(start, start).data();
  if (!isSecond && !isLater)
    return false;
  if (isSecond) {
    StringRef specifiers = slice(start, offsetOf(before.getLocation()));
    if (specifiers.find_first_of("*&(") != StringRef::npos)
      return false;
    last.specifiers = specifiers;
    last.begin = offsetOf(before.getLocation());
    last.end = endOffsetOf(before.getEndLoc());
  }
  pieces.push_back({offsetOf(decl.getLocation()),
                    endOffsetOf(decl.getEndLoc()),
                    decl.getLexicalDeclContext(),
                    {&decl},
                    last.specifiers,
                    {}});
  pieceOf[&decl] = pieces.size() - 1;
  return true;
}

/// `extern "C" ` where a declaration outside of such a block needs it.
static std::string linkageOf(const clang::Decl &decl) {
  for (const clang::DeclContext *scope = decl.getLexicalDeclContext(); scope;
       scope = scope->getLexicalParent())
    if (auto *linkage = llvm::dyn_cast<clang::LinkageSpecDecl>(scope))
      return linkage->getLanguage() == clang::LinkageSpecLanguageIDs::C
                 ? "extern \"C\" "
                 : "";
  return "";
}

/// The text of a function's declaration without its body.
std::string SourcePieces::declarationOf(const clang::FunctionDecl &function,
                                        const clang::Decl &decl) const {
  std::string linkage = linkageOf(decl);
  unsigned begin = beginOffsetOf(decl);
  clang::SourceLocation last = function.getEndLoc();
  if (function.doesThisDeclarationHaveABody())
    last = function.getBody()->getBeginLoc();
  unsigned end = offsetOf(last);
  bool isShared =
      begin >= end ||
      (!pieces.empty() && beginOffsetOf(*pieces.back().decls.back()) == begin);
  if (isShared) {
    // From a macro, or one of several in a statement: as Clang prints it.
    std::string text;
    llvm::raw_string_ostream os(text);
    clang::PrintingPolicy policy = ast.getPrintingPolicy();
    policy.TerseOutput = true;
    policy.PolishForDeclaration = true;
    function.print(os, policy);
    return linkage + text + ";";
  }
  if (!function.doesThisDeclarationHaveABody())
    return linkage + slice(begin, endOffsetOf(last)).str() + ";";
  // Up to the last token: a comment may stand before the brace.
  StringRef head = slice(begin, end);
  unsigned length = 0;
  forEachToken(head, ast.getLangOpts(),
               [&](const clang::Token &token, unsigned offset) {
                 length = offset + token.getLength();
               });
  return linkage + head.take_front(length).str() + ";";
}

/// `decl` is the function, or the template that it is the pattern of.
void SourcePieces::addFunction(const clang::FunctionDecl &function,
                               const clang::Decl &decl) {
  if (function.isMain())
    return;
  unsigned begin = beginOffsetOf(decl);
  Piece piece{begin, 0, decl.getLexicalDeclContext(), {}, {}, {}};
  bool isDefinition = function.isThisDeclarationADefinition();
  if (!isCopied(function)) {
    // What is qualified must be declared in its own scope first.
    if (function.isOutOfLine())
      return;
    piece.declaration = declarationOf(function, decl);
    piece.end = endOffsetOf(decl.getEndLoc());
  } else if (isDefinition && function.doesThisDeclarationHaveABody()) {
    piece.end = endOffsetOf(decl.getEndLoc());
    std::string linkage = linkageOf(decl);
    if (!linkage.empty() && function.isExternallyVisible())
      piece.declaration = linkage + slice(begin, piece.end).str();
  } else {
    piece.end =
        afterSemicolon(sources.getExpansionRange(decl.getEndLoc()).getEnd(),
                       sources, ast.getLangOpts());
  }
  addPiece(std::move(piece), decl);
  pieceOf[&function] = pieceOf[&decl];
}

/// A variable that the original's object file defines.
void SourcePieces::addExternal(const clang::VarDecl &variable) {
  if (variable.isOutOfLine())
    return;
  std::string text = linkageOf(variable) + "extern ";
  if (variable.getTLSKind() != clang::VarDecl::TLS_None)
    text += "thread_local ";
  llvm::raw_string_ostream os(text);
  variable.getType().print(os, ast.getPrintingPolicy(), variable.getName());
  addPiece({offsetOf(variable.getBeginLoc()),
            endOffsetOf(variable.getEndLoc()),
            variable.getLexicalDeclContext(),
            {},
            {},
            text + ";"},
           variable);
}

/// A declaration up to its semicolon.
void SourcePieces::addStatement(const clang::Decl &decl) {
  unsigned start = offsetOf(decl.getBeginLoc());
  if (splitVariable(decl, start))
    return;
  unsigned end =
      afterSemicolon(sources.getExpansionRange(decl.getEndLoc()).getEnd(),
                     sources, ast.getLangOpts());
  addPiece({start, end, decl.getLexicalDeclContext(), {}, {}, {}}, decl);
}

/// Whether the variable is defined once in the program, by the original.
static bool isExternal(const clang::VarDecl &variable) {
  return variable.isExternallyVisible() && !variable.isInline() &&
         !variable.getDescribedVarTemplate() &&
         !llvm::isa<clang::VarTemplateSpecializationDecl>(variable) &&
         !variable.getDeclContext()->isDependentContext();
}

/// Whether the compiler made the declaration from a template.
static bool isInstance(const clang::Decl &decl) {
  auto isMade = [](clang::TemplateSpecializationKind kind) {
    return kind != clang::TSK_Undeclared &&
           kind != clang::TSK_ExplicitSpecialization;
  };
  if (auto *variable = llvm::dyn_cast<clang::VarDecl>(&decl))
    return isMade(variable->getTemplateSpecializationKind());
  if (auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(&decl))
    return isMade(record->getTemplateSpecializationKind());
  auto *function = llvm::dyn_cast<clang::FunctionDecl>(&decl);
  return function && isMade(function->getTemplateSpecializationKind());
}

void SourcePieces::add(const clang::DeclContext &context) {
  for (const clang::Decl *decl : context.decls()) {
    if (decl->isImplicit() || isInstance(*decl) ||
        !sources.isInMainFile(sources.getExpansionLoc(decl->getBeginLoc())))
      continue;
    if (llvm::isa<clang::NamespaceDecl, clang::LinkageSpecDecl,
                  clang::ExportDecl>(decl))
      add(*llvm::cast<clang::DeclContext>(decl));
    else if (const clang::FunctionDecl *function = decl->getAsFunction())
      addFunction(*function, *decl);
    else if (auto *variable = llvm::dyn_cast<clang::VarDecl>(decl);
             variable && isExternal(*variable))
      addExternal(*variable);
    else if (llvm::isa<clang::VarDecl, clang::TagDecl, clang::TypedefNameDecl,
                       clang::UsingDecl, clang::UsingDirectiveDecl,
                       clang::NamespaceAliasDecl, clang::UsingEnumDecl,
                       clang::VarTemplateDecl, clang::TypeAliasTemplateDecl,
                       clang::ClassTemplateDecl, clang::ConceptDecl>(decl))
      addStatement(*decl);
  }
}

//===----------------------------------------------------------------------===//
// Finding them
//===----------------------------------------------------------------------===//

/// The piece that `decl` stands in, as itself or as a part.
std::optional<unsigned> SourcePieces::pieceAt(const clang::Decl &decl) const {
  auto known = pieceOf.find(&decl);
  if (known != pieceOf.end())
    return known->second;
  if (!isInMainFile(decl))
    return {};
  unsigned offset = offsetOf(decl.getLocation());
  for (auto [i, piece] : llvm::enumerate(pieces))
    if (piece.begin <= offset && offset < piece.end &&
        piece.declaration.empty())
      return i;
  return {};
}

std::optional<unsigned>
SourcePieces::findFunction(const clang::FunctionDecl &function) const {
  const clang::FunctionDecl *definition = nullptr;
  if (isCopied(function))
    return function.isDefined(definition) ? pieceAt(*definition)
                                          : pieceAt(function);
  std::optional<unsigned> first;
  for (const clang::FunctionDecl *decl : function.redecls()) {
    if (!isInMainFile(*decl) &&
        !sources.isWrittenInBuiltinFile(decl->getLocation()) &&
        !decl->isImplicit())
      return {};
    auto known = pieceOf.find(decl);
    if (known != pieceOf.end() && (!first || known->second < *first))
      first = known->second;
  }
  // A member function stands in its class.
  return first || function.getDeclContext()->isFileContext()
             ? first
             : pieceAt(*function.getCanonicalDecl());
}

std::optional<unsigned> SourcePieces::find(const clang::Decl &decl) const {
  const clang::Decl *written = &decl;
  if (const clang::FunctionDecl *function = decl.getAsFunction())
    return findFunction(writtenFunction(*function));
  if (auto *pattern = llvm::dyn_cast<clang::TemplateDecl>(&decl);
      pattern && pattern->getTemplatedDecl())
    written = pattern->getTemplatedDecl();
  if (auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(written))
    if (auto *pattern = record->getTemplateInstantiationPattern())
      written = pattern;
  if (auto *tag = llvm::dyn_cast<clang::TagDecl>(written))
    if (tag->getDefinition())
      written = tag->getDefinition();
  if (auto *variable = llvm::dyn_cast<clang::VarDecl>(written)) {
    if (auto *pattern = variable->getTemplateInstantiationPattern())
      variable = pattern;
    written = variable;
    if (variable->getInitializingDeclaration())
      written = variable->getInitializingDeclaration();
    for (const clang::VarDecl *other : variable->redecls())
      if (isExternal(*variable) && !isInMainFile(*other))
        return {};
  }
  if (std::optional<unsigned> piece = pieceAt(*written))
    return piece;
  return pieceAt(decl);
}

llvm::SmallVector<unsigned>
SourcePieces::findForward(const clang::Decl &decl) const {
  llvm::SmallVector<unsigned> found;
  const clang::Decl *written = &decl;
  if (const clang::FunctionDecl *function = decl.getAsFunction())
    written = &writtenFunction(*function);
  if (auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(written))
    if (auto *pattern = record->getTemplateInstantiationPattern())
      written = pattern;
  std::optional<unsigned> own = find(decl);
  for (const clang::Decl *other : written->redecls()) {
    if (auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(other);
        record && record->getDescribedClassTemplate())
      other = record->getDescribedClassTemplate();
    auto known = pieceOf.find(other);
    if (known != pieceOf.end() && known->second != own)
      found.push_back(known->second);
  }
  return found;
}

/// The definitions outside of the class of members that the output needs.
void SourcePieces::addMembers(const clang::CXXRecordDecl &record,
                              llvm::SmallVectorImpl<unsigned> &found) const {
  for (const clang::Decl *member : record.decls()) {
    if (auto *nested = llvm::dyn_cast<clang::CXXRecordDecl>(member);
        nested && !nested->isImplicit() && nested != &record)
      addMembers(*nested, found);
    const clang::FunctionDecl *method = member->getAsFunction();
    const clang::FunctionDecl *definition = nullptr;
    if (!method || !method->isDefined(definition))
      continue;
    // One of internal linkage that is called comes by its own reference; one
    // that is not would be an unused function.
    bool mayBeUnused =
        !method->isExternallyVisible() && !method->isDependentContext() &&
        !definition->isInlined() && !method->isVirtualAsWritten();
    if (mayBeUnused && !llvm::isa<clang::CXXDestructorDecl>(method))
      continue;
    auto known = pieceOf.find(definition);
    if (known != pieceOf.end())
      found.push_back(known->second);
  }
}

llvm::SmallVector<unsigned> SourcePieces::findCompanions(unsigned i) const {
  llvm::SmallVector<unsigned> found;
  auto addPieceOf = [&](const clang::Decl *decl) {
    auto known = pieceOf.find(decl);
    if (known != pieceOf.end() && known->second != i)
      found.push_back(known->second);
  };
  for (const clang::Decl *decl : pieces[i].decls) {
    if (const clang::FunctionDecl *function = decl->getAsFunction()) {
      // A definition need not repeat what an earlier declaration says.
      bool repeats = !isCopied(*function) || !function->isOutOfLine();
      bool isStatic = function->getStorageClass() == clang::SC_Static ||
                      function->isInAnonymousNamespace();
      if (isCopied(*function) && !function->isInlineSpecified() &&
          !function->isConstexprSpecified() && !isStatic &&
          !function->getDescribedFunctionTemplate())
        repeats = false;
      for (const clang::FunctionDecl *other : function->redecls())
        if (!repeats || addsDefault(*other))
          addPieceOf(other);
    }
    if (auto *pattern = llvm::dyn_cast<clang::FunctionTemplateDecl>(decl))
      for (const clang::FunctionDecl *instance : pattern->specializations())
        for (const clang::FunctionDecl *other : instance->redecls())
          addPieceOf(other);
    if (auto *pattern = llvm::dyn_cast<clang::ClassTemplateDecl>(decl)) {
      for (const clang::Decl *instance : pattern->specializations())
        addPieceOf(instance);
      llvm::SmallVector<clang::ClassTemplatePartialSpecializationDecl *>
          partial;
      const_cast<clang::ClassTemplateDecl *>(pattern)
          ->getPartialSpecializations(partial);
      for (const clang::Decl *instance : partial)
        addPieceOf(instance);
      addMembers(*pattern->getTemplatedDecl(), found);
      for (auto [j, piece] : llvm::enumerate(pieces))
        if (auto *guide = llvm::dyn_cast_or_null<clang::CXXDeductionGuideDecl>(
                piece.decls.front()->getAsFunction());
            guide && guide->getDeducedTemplate()->getCanonicalDecl() ==
                         pattern->getCanonicalDecl())
          found.push_back(j);
    }
    if (auto *pattern = llvm::dyn_cast<clang::VarTemplateDecl>(decl)) {
      for (const clang::Decl *instance : pattern->specializations())
        addPieceOf(instance);
      llvm::SmallVector<clang::VarTemplatePartialSpecializationDecl *> partial;
      const_cast<clang::VarTemplateDecl *>(pattern)->getPartialSpecializations(
          partial);
      for (const clang::Decl *instance : partial)
        addPieceOf(instance);
    }
    if (auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(decl))
      addMembers(*record, found);
  }
  llvm::erase_if(found, [&](unsigned piece) { return piece == i; });
  return found;
}
