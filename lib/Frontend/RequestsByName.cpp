//===- RequestsByName.cpp - From `ns::f<double>(int)` to a declaration ----===//
//
// Takes the name of `--function` apart, looks its parts up as C++ does, picks
// the overload with the given parameter types, and instantiates a template with
// the given arguments.
//
//===----------------------------------------------------------------------===//
#include "RequestsTypes.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclTemplate.h"
#include "clang/Parse/Parser.h"
#include "clang/Sema/Lookup.h"
#include "clang/Sema/Scope.h"
#include "clang/Sema/Template.h"
#include "clang/Sema/TemplateDeduction.h"
#include "llvm/ADT/StringExtras.h"

using namespace adgen;
using llvm::StringRef;

namespace {

/// The parts of a name on the command line.
struct FunctionName {
  /// `ns`, `f`; at least one.
  llvm::SmallVector<StringRef> path;
  /// The texts between `<` and `>`, and between `(` and `)`.
  std::optional<llvm::SmallVector<StringRef>> templateArguments;
  std::optional<llvm::SmallVector<StringRef>> parameters;
};

class FunctionFinder {
public:
  FunctionFinder(clang::Sema &sema, StringRef text)
      : sema(sema), ast(sema.Context), text(text) {}

  const clang::FunctionDecl *find();

private:
  bool parse();
  bool lookUp();
  void addCandidate(clang::NamedDecl *decl);
  clang::FunctionDecl *instantiate(clang::FunctionTemplateDecl *pattern);
  bool hasParameters(const clang::FunctionDecl &function);
  const clang::FunctionDecl *fail(Diag diag, std::vector<std::string> args,
                                  bool showCandidates = false);
  const clang::FunctionDecl *reportUnknown();
  const clang::FunctionDecl *define(clang::FunctionDecl *function);

  clang::Sema &sema;
  clang::ASTContext &ast;
  StringRef text;
  FunctionName name;
  llvm::SmallVector<clang::NamedDecl *> found;
  llvm::SetVector<clang::FunctionDecl *> candidates;
};

} // namespace

/// The words of `list` that are separated by commas outside of brackets.
static llvm::SmallVector<StringRef> splitArguments(StringRef list) {
  llvm::SmallVector<StringRef> words;
  int depth = 0;
  size_t start = 0;
  for (size_t i = 0; i < list.size(); ++i) {
    if (StringRef("<([{").contains(list[i]))
      ++depth;
    else if (StringRef(">)]}").contains(list[i]))
      --depth;
    else if (list[i] == ',' && depth == 0) {
      words.push_back(list.slice(start, i).trim());
      start = i + 1;
    }
  }
  if (!list.trim().empty())
    words.push_back(list.drop_front(start).trim());
  return words;
}

/// The position of the bracket that `close`, at the end of `list`, matches.
static size_t findOpening(StringRef list, char open, char close) {
  int depth = 0;
  for (size_t i = list.size(); i-- > 0;) {
    if (list[i] == close)
      ++depth;
    else if (list[i] == open && --depth == 0)
      return i;
  }
  return StringRef::npos;
}

bool FunctionFinder::parse() {
  StringRef rest = text.trim();
  if (rest.ends_with(")")) {
    size_t open = findOpening(rest, '(', ')');
    if (open == StringRef::npos)
      return false;
    name.parameters = splitArguments(rest.slice(open + 1, rest.size() - 1));
    if (name.parameters->size() == 1 && name.parameters->front() == "void")
      name.parameters->clear();
    rest = rest.take_front(open).rtrim();
  }
  if (rest.ends_with(">") && !rest.contains("operator")) {
    size_t open = findOpening(rest, '<', '>');
    if (open == StringRef::npos)
      return false;
    name.templateArguments =
        splitArguments(rest.slice(open + 1, rest.size() - 1));
    rest = rest.take_front(open).rtrim();
  }
  rest.consume_front("::");
  rest.split(name.path, "::");
  return llvm::all_of(name.path, [](StringRef part) {
    return !part.empty() && !part.contains(' ') && !part.contains('<');
  });
}

bool FunctionFinder::lookUp() {
  clang::DeclContext *scope = ast.getTranslationUnitDecl();
  for (StringRef part : llvm::ArrayRef(name.path).drop_back()) {
    clang::LookupResult result(sema,
                               clang::DeclarationName(&ast.Idents.get(part)),
                               {}, clang::Sema::LookupNestedNameSpecifierName);
    result.suppressDiagnostics();
    sema.LookupQualifiedName(result, scope);
    clang::NamedDecl *decl =
        result.empty() ? nullptr : (*result.begin())->getUnderlyingDecl();
    if (auto *alias = llvm::dyn_cast_or_null<clang::NamespaceAliasDecl>(decl))
      decl = alias->getNamespace();
    if (auto *type = llvm::dyn_cast_or_null<clang::TypedefNameDecl>(decl))
      decl = type->getUnderlyingType()->getAsCXXRecordDecl();
    scope = llvm::dyn_cast_or_null<clang::DeclContext>(decl);
    if (!scope)
      return false;
  }
  clang::LookupResult result(
      sema, clang::DeclarationName(&ast.Idents.get(name.path.back())), {},
      clang::Sema::LookupOrdinaryName);
  result.suppressDiagnostics();
  sema.LookupQualifiedName(result, scope);
  for (clang::NamedDecl *decl : result)
    found.push_back(decl->getUnderlyingDecl());
  return !found.empty();
}

/// Makes the instance with the given arguments, if they fit.
clang::FunctionDecl *
FunctionFinder::instantiate(clang::FunctionTemplateDecl *pattern) {
  clang::TemplateArgumentListInfo arguments;
  for (StringRef word : *name.templateArguments) {
    std::optional<clang::TemplateArgumentLoc> argument =
        parseTemplateArgument(sema, *pattern, word);
    if (!argument)
      return nullptr;
    arguments.addArgument(*argument);
  }
  clang::FunctionDecl *instance = nullptr;
  clang::sema::TemplateDeductionInfo info(pattern->getLocation());
  clang::Sema::SFINAETrap trap(sema);
  clang::TemplateDeductionResult result =
      sema.DeduceTemplateArguments(pattern, &arguments, instance, info);
  return result == clang::TemplateDeductionResult::Success ? instance : nullptr;
}

bool FunctionFinder::hasParameters(const clang::FunctionDecl &function) {
  if (!name.parameters)
    return true;
  if (function.getNumParams() != name.parameters->size())
    return false;
  for (auto [param, word] : llvm::zip(function.parameters(), *name.parameters))
    if (!denotesType(sema, function, word, param->getOriginalType()))
      return false;
  return true;
}

void FunctionFinder::addCandidate(clang::NamedDecl *decl) {
  auto *function = llvm::dyn_cast<clang::FunctionDecl>(decl);
  if (function && name.templateArguments)
    return;
  if (auto *pattern = llvm::dyn_cast<clang::FunctionTemplateDecl>(decl)) {
    if (name.templateArguments) {
      function = instantiate(pattern);
    } else {
      // The instances that the file has count like overloads.
      for (clang::FunctionDecl *instance : pattern->specializations())
        if (hasParameters(*instance))
          candidates.insert(instance->getCanonicalDecl());
      return;
    }
  }
  if (function && hasParameters(*function))
    candidates.insert(function->getCanonicalDecl());
}

/// `f<double>(double)`: a name that denotes this function alone.
static std::string fullName(clang::ASTContext &ast,
                            const clang::NamedDecl &decl) {
  std::string full;
  llvm::raw_string_ostream os(full);
  const clang::FunctionDecl *function = decl.getAsFunction();
  decl.getNameForDiagnostic(os, ast.getPrintingPolicy(), /*Qualified=*/true);
  if (!function)
    return full;
  os << '(';
  llvm::interleaveComma(function->parameters(), os, [&](auto *param) {
    os << param->getOriginalType().getAsString(ast.getPrintingPolicy());
  });
  os << ')';
  return full;
}

const clang::FunctionDecl *FunctionFinder::fail(Diag diag,
                                                std::vector<std::string> args,
                                                bool showCandidates) {
  report(ast, {}, diag, std::move(args));
  llvm::SmallVector<clang::NamedDecl *> shown(candidates.begin(),
                                              candidates.end());
  if (shown.empty())
    llvm::append_range(shown, found);
  if (showCandidates)
    for (clang::NamedDecl *decl : shown)
      note(ast, decl->getLocation(),
           "candidate '" + fullName(ast, *decl) + "'");
  return nullptr;
}

const clang::FunctionDecl *FunctionFinder::reportUnknown() {
  std::vector<std::string> names;
  for (const clang::FunctionDecl *function : definedInMainFile(ast))
    if (function->getIdentifier())
      names.push_back(function->getQualifiedNameAsString());
  std::string wanted =
      name.path.empty() ? text.str() : llvm::join(name.path, "::");
  StringRef last = name.path.empty() ? text : name.path.back();
  // The same name in another namespace is nearer than any misspelling.
  for (const std::string &candidate : names)
    if (StringRef(candidate).ends_with(("::" + last).str()))
      return fail(Diag::NoSuchFunction,
                  {wanted, "; did you mean '" + candidate + "'?"});
  return fail(Diag::NoSuchFunction, {wanted, suggest(wanted, names)});
}

/// The definition, made from its template if there is none yet.
const clang::FunctionDecl *
FunctionFinder::define(clang::FunctionDecl *function) {
  const clang::FunctionDecl *definition = nullptr;
  if (!function->isDefined(definition) &&
      function->getTemplateInstantiationPattern()) {
    // Statements such as range-based loops are looked up in the parser's scope, which is
    // gone by now.
    clang::Parser parser(sema.getPreprocessor(), sema, /*SkipFunctionBodies=*/false);
    parser.EnterScope(clang::Scope::DeclScope);
    sema.InstantiateFunctionDefinition(function->getLocation(), function,
                                       /*Recursive=*/true,
                                       /*DefinitionRequired=*/true,
                                       /*AtEndOfTU=*/true);
    sema.PerformPendingInstantiations();
    if (ast.getDiagnostics().hasErrorOccurred())
      return nullptr;
    function->isDefined(definition);
  }
  if (definition && definition->doesThisDeclarationHaveABody())
    return definition;
  report(ast, function->getLocation(), Diag::NoDefinition,
         {fullName(ast, *function)});
  return nullptr;
}

const clang::FunctionDecl *FunctionFinder::find() {
  if (!parse() || !lookUp())
    return reportUnknown();
  for (clang::NamedDecl *decl : found)
    addCandidate(decl);
  if (candidates.size() == 1)
    return define(candidates.front());
  if (candidates.size() > 1)
    return fail(Diag::AmbiguousFunction,
                {text.str(), fullName(ast, *candidates.front())}, true);
  bool onlyTemplates = llvm::all_of(found, [](clang::NamedDecl *decl) {
    return llvm::isa<clang::FunctionTemplateDecl>(decl);
  });
  bool anyFunction = llvm::any_of(found, [](clang::NamedDecl *decl) {
    return decl->getAsFunction() != nullptr;
  });
  if (!anyFunction)
    return reportUnknown();
  if (onlyTemplates && !name.templateArguments)
    return fail(Diag::TemplateArguments, {llvm::join(name.path, "::")}, true);
  return fail(Diag::NoMatchingFunction, {text.str()}, true);
}

const clang::FunctionDecl *adgen::findFunction(clang::Sema &sema,
                                               StringRef name) {
  return FunctionFinder(sema, name).find();
}
