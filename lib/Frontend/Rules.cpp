//===- Rules.cpp - Derivatives that others have made ----------------------===//
//
// Finds the rules of the translation unit: functions that are annotated, whose
// mistakes are errors, and functions of the headers of `--use` that are named
// and typed like a derivative of a function that is known here. What calling them
// takes the module says (RuleDeclarations.cpp).
//
//===----------------------------------------------------------------------===//
#include "Rules.h"
#include "Annotations.h"
#include "Requests.h"
#include "Signatures.h"

#include "clang/AST/DeclTemplate.h"
#include "clang/AST/DeclCXX.h"
#include "clang/Sema/Lookup.h"
#include "llvm/ADT/StringExtras.h"

using namespace adgen;
using llvm::StringRef;

//===----------------------------------------------------------------------===//
// Collecting
//===----------------------------------------------------------------------===//

namespace adgen {

class RuleCollector {
public:
  RuleCollector(clang::Sema &sema, const RequestOptions &options)
      : sema(sema), ast(sema.Context), sources(ast.getSourceManager()) {
    for (const std::string &path : options.use)
      if (auto file = sources.getFileManager().getOptionalFileRef(path))
        headers.push_back(*file);
  }

  bool visit(const clang::DeclContext &context);

  Rules rules;

private:
  struct Candidates : llvm::SmallVector<const clang::FunctionDecl *> {
    /// The name is that of a template, of which any instance may be meant.
    bool areInstances = false;
  };

  bool visitFunction(const clang::FunctionDecl &function);
  bool addAnnotated(const clang::FunctionDecl &function,
                    const DerivativeAnnotation &annotation);
  bool addDeclared(const clang::FunctionDecl &function);
  bool add(Rule rule);
  bool choose(const Candidates &candidates, const clang::FunctionDecl &function,
              Mode mode, clang::SourceLocation loc);
  bool isUsed(const clang::FunctionDecl &function) const;
  Candidates lookUp(StringRef name, clang::DeclContext *scope, bool outward);
  void addMethods(StringRef name, clang::DeclContext *scope, Candidates &found);

  clang::Sema &sema;
  clang::ASTContext &ast;
  const clang::SourceManager &sources;
  llvm::SmallVector<clang::FileEntryRef> headers;
  llvm::DenseSet<const clang::FunctionDecl *> seen;
};

} // namespace adgen

/// The mode that the ending of a derivative's name stands for, which is
/// removed.
static std::optional<Mode> consumeEnding(StringRef &name) {
  if (name.consume_back("_grad"))
    return Mode::Reverse;
  if (name.consume_back("_jvp"))
    return Mode::Forward;
  return {};
}

/// Finds the functions that `name`, `ns::g`, denotes in `scope` or, if
/// `outward`, in the nearest scope around it that has the name.
RuleCollector::Candidates
RuleCollector::lookUp(StringRef name, clang::DeclContext *scope, bool outward) {
  Candidates found;
  if (name.consume_front("::")) {
    scope = ast.getTranslationUnitDecl();
    outward = false;
  }
  llvm::SmallVector<StringRef> path;
  name.split(path, "::");
  for (auto [i, part] : llvm::enumerate(path)) {
    bool isLast = i + 1 == path.size();
    if (part.trim().empty())
      return found;
    clang::DeclarationName identifier(&ast.Idents.get(part.trim()));
    clang::LookupResult result(
        sema, identifier, {},
        isLast ? clang::Sema::LookupOrdinaryName
               : clang::Sema::LookupNestedNameSpecifierName);
    result.suppressDiagnostics();
    for (; scope; scope = outward ? scope->getParent() : nullptr)
      if (!scope->isTransparentContext() &&
          sema.LookupQualifiedName(result, scope))
        break;
    if (result.empty())
      return found;
    if (isLast) {
      for (clang::NamedDecl *decl : result) {
        decl = decl->getUnderlyingDecl();
        if (auto *function = llvm::dyn_cast<clang::FunctionDecl>(decl))
          found.push_back(function->getCanonicalDecl());
        if (auto *pattern = llvm::dyn_cast<clang::FunctionTemplateDecl>(decl)) {
          found.areInstances = true;
          for (clang::FunctionDecl *instance : pattern->specializations())
            found.push_back(instance->getCanonicalDecl());
        }
      }
      return found;
    }
    clang::NamedDecl *decl = (*result.begin())->getUnderlyingDecl();
    if (auto *alias = llvm::dyn_cast<clang::NamespaceAliasDecl>(decl))
      decl = alias->getNamespace();
    scope = llvm::dyn_cast<clang::DeclContext>(decl);
    outward = false;
  }
  return found;
}

/// Adds the methods that `Outer_Inner_m` names, of classes in `scope`.
void RuleCollector::addMethods(StringRef name, clang::DeclContext *scope,
                               Candidates &found) {
  for (size_t at = name.find('_'); at != StringRef::npos;
       at = name.find('_', at + 1)) {
    StringRef outer = name.take_front(at), rest = name.drop_front(at + 1);
    if (outer.empty() || rest.empty())
      continue;
    for (clang::NamedDecl *decl : scope->lookup(&ast.Idents.get(outer))) {
      auto *record = llvm::dyn_cast<clang::CXXRecordDecl>(decl->getUnderlyingDecl());
      record = record ? record->getDefinition() : nullptr;
      if (!record || record->isInjectedClassName())
        continue;
      for (clang::NamedDecl *member : record->lookup(&ast.Idents.get(rest)))
        if (auto *method = llvm::dyn_cast<clang::CXXMethodDecl>(member))
          found.push_back(method->getCanonicalDecl());
      addMethods(rest, record, found);
    }
  }
}

/// `C_m` of a method, as its derivative is named: the classes around, then its name.
static std::string stemOf(const clang::FunctionDecl &function) {
  std::string stem = function.getNameAsString();
  for (const clang::DeclContext *scope = function.getDeclContext();
       scope->isRecord(); scope = scope->getParent())
    stem = llvm::cast<clang::RecordDecl>(scope)->getNameAsString() + "_" + stem;
  return stem;
}

bool RuleCollector::add(Rule rule) {
  for (const Rule &other : rules.rules)
    if (other.primal == rule.primal && other.mode == rule.mode) {
      report(ast, rule.function->getLocation(), Diag::RuleTwice,
             {rule.primal->getQualifiedNameAsString()});
      note(ast, other.function->getLocation(), "the other one is here");
      return false;
    }
  rules.primals.insert(rule.primal);
  rules.rules.push_back(std::move(rule));
  return true;
}

/// Adds the rule for the one of `candidates` that `function` is made for.
bool RuleCollector::choose(const Candidates &candidates,
                           const clang::FunctionDecl &function, Mode mode,
                           clang::SourceLocation loc) {
  llvm::SmallVector<Rule> fitting;
  for (const clang::FunctionDecl *candidate : candidates)
    if (std::optional<Rule> rule = matchRule(*candidate, function, mode))
      fitting.push_back(std::move(*rule));
  if (fitting.size() == 1)
    return add(std::move(fitting.front()));
  if (!fitting.empty()) {
    report(ast, loc, Diag::RuleAmbiguous,
           {function.getNameAsString(),
            candidates.front()->getQualifiedNameAsString()});
    for (const Rule &rule : fitting)
      note(ast, rule.primal->getLocation(), "it may be the derivative of this");
    return false;
  }
  // The overload that it comes nearest to.
  const clang::FunctionDecl *meant = candidates.front();
  for (const clang::FunctionDecl *candidate : candidates)
    if (startsWithParameters(function, *candidate))
      meant = candidate;
  report(ast, loc, Diag::RuleSignature,
         {function.getNameAsString(), meant->getQualifiedNameAsString(),
          derivativeSignature(*meant, mode)});
  note(ast, meant->getLocation(), "it is to be the derivative of this");
  return false;
}

static std::string withoutBlanks(StringRef text) {
  std::string result;
  llvm::copy_if(text, std::back_inserter(result),
                [](char c) { return !llvm::isSpace(c); });
  return result;
}

/// `double,3>` of the instance `f<double, 3>`.
static std::string instanceArguments(const clang::FunctionDecl &function) {
  std::string text;
  llvm::raw_string_ostream os(text);
  function.getNameForDiagnostic(os,
                                function.getASTContext().getPrintingPolicy(),
                                /*Qualified=*/false);
  return withoutBlanks(StringRef(text).split('<').second);
}

bool RuleCollector::addAnnotated(const clang::FunctionDecl &function,
                                 const DerivativeAnnotation &annotation) {
  StringRef name = StringRef(annotation.name).split('<').first.trim();
  std::string arguments =
      withoutBlanks(StringRef(annotation.name).split('<').second);
  StringRef base = name.rsplit("::").second;
  base = base.empty() ? name : base.trim();
  StringRef own = function.getIdentifier() ? function.getName() : "";
  std::optional<Mode> mode = consumeEnding(own);
  auto *scope = const_cast<clang::DeclContext *>(function.getDeclContext());
  Candidates candidates = lookUp(name, scope, /*outward=*/true);
  // The derivative of a method has the names of its classes in its own.
  std::string stem = base.str();
  if (!candidates.empty() && hasSelf(*candidates.front()))
    stem = stemOf(*candidates.front());
  if (!mode || own != stem) {
    report(ast, function.getLocation(), Diag::RuleName,
           {function.getNameAsString(), annotation.name, stem});
    return false;
  }
  if (candidates.empty() && !candidates.areInstances) {
    std::vector<std::string> known;
    for (const clang::FunctionDecl *other : definedInMainFile(ast))
      if (other->getIdentifier())
        known.push_back(other->getNameAsString());
    report(ast, function.getLocation(), Diag::RuleUnknown,
           {function.getNameAsString(), annotation.name, suggest(base, known)});
    return false;
  }
  // Which instance of a template is meant follows from its arguments, if they
  // are given, and from the parameters; nobody may have made it.
  if (!arguments.empty())
    llvm::erase_if(candidates, [&](const clang::FunctionDecl *candidate) {
      return instanceArguments(*candidate) != arguments;
    });
  if (candidates.areInstances)
    llvm::erase_if(candidates, [&](const clang::FunctionDecl *candidate) {
      return !startsWithParameters(function, *candidate);
    });
  return (candidates.empty() && candidates.areInstances) ||
         choose(candidates, function, *mode, function.getLocation());
}

bool RuleCollector::isUsed(const clang::FunctionDecl &function) const {
  auto file = sources.getFileEntryRefForID(
      sources.getFileID(sources.getExpansionLoc(function.getLocation())));
  return file && llvm::any_of(headers, [&](clang::FileEntryRef header) {
           return &header.getFileEntry() == &file->getFileEntry();
         });
}

/// A header may have derivatives of functions, or overloads, that this file
/// does not know, and functions that are no derivatives.
bool RuleCollector::addDeclared(const clang::FunctionDecl &function) {
  StringRef base = function.getIdentifier() ? function.getName() : "";
  std::optional<Mode> mode = consumeEnding(base);
  if (!mode || base.empty())
    return true;
  auto *scope = const_cast<clang::DeclContext *>(
      function.getDeclContext()->getRedeclContext());
  Candidates candidates = lookUp(base, scope, /*outward=*/false);
  addMethods(base, scope, candidates);
  llvm::erase_if(candidates, [&](const clang::FunctionDecl *candidate) {
    return !startsWithParameters(function, *candidate);
  });
  return candidates.empty() ||
         choose(candidates, function, *mode, function.getLocation());
}

bool RuleCollector::visitFunction(const clang::FunctionDecl &function) {
  bool mayBeRule = function.hasAttrs() || !headers.empty();
  if (!mayBeRule || seen.contains(function.getCanonicalDecl()))
    return true;
  if (auto annotation = getDerivativeAnnotation(function)) {
    seen.insert(function.getCanonicalDecl());
    return addAnnotated(function, *annotation);
  }
  if (!isUsed(function))
    return true;
  seen.insert(function.getCanonicalDecl());
  return addDeclared(function);
}

/// Visits the functions at namespace scope.
bool RuleCollector::visit(const clang::DeclContext &context) {
  bool complete = true;
  for (const clang::Decl *decl : context.decls()) {
    if (llvm::isa<clang::NamespaceDecl, clang::LinkageSpecDecl,
                  clang::ExportDecl>(decl))
      complete &= visit(*llvm::cast<clang::DeclContext>(decl));
    else if (auto *function = llvm::dyn_cast<clang::FunctionDecl>(decl))
      complete &= visitFunction(*function);
    else if (auto *pattern = llvm::dyn_cast<clang::FunctionTemplateDecl>(decl);
             pattern && isMarkedDerivative(*pattern->getTemplatedDecl())) {
      report(ast, pattern->getLocation(), Diag::RuleTemplate,
             {pattern->getNameAsString()});
      complete = false;
    }
  }
  return complete;
}

std::optional<Rules> Rules::collect(clang::Sema &sema,
                                    const RequestOptions &options) {
  RuleCollector collector(sema, options);
  if (!collector.visit(*sema.Context.getTranslationUnitDecl()))
    return {};
  return std::move(collector.rules);
}

void Rules::require(llvm::ArrayRef<Mode> modes) {
  primals.clear();
  for (const Rule &rule : rules)
    if (llvm::all_of(modes, [&](Mode mode) {
          return llvm::any_of(rules, [&](const Rule &other) {
            return other.primal == rule.primal && other.mode == mode;
          });
        }))
      primals.insert(rule.primal);
}
