//===- Rules.cpp - Derivatives that others have made ----------------------===//
//
// Finds the rules of the translation unit: functions that are annotated, whose
// mistakes are errors, and functions of the headers of `--use` that are named
// and typed like a derivative of a function that is known here. Then says in
// the module what calling them takes.
//
//===----------------------------------------------------------------------===//
#include "Rules.h"
#include "Annotations.h"
#include "Requests.h"
#include "Signatures.h"

#include "clang/AST/DeclTemplate.h"
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
  if (!mode || own != base) {
    report(ast, function.getLocation(), Diag::RuleName,
           {function.getNameAsString(), annotation.name, base.str()});
    return false;
  }
  auto *scope = const_cast<clang::DeclContext *>(function.getDeclContext());
  Candidates candidates = lookUp(name, scope, /*outward=*/true);
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

//===----------------------------------------------------------------------===//
// In the module
//===----------------------------------------------------------------------===//

static std::string qualifiedName(const clang::NamedDecl &decl) {
  clang::PrintingPolicy policy = decl.getASTContext().getPrintingPolicy();
  policy.SuppressUnwrittenScope = true;
  policy.SuppressTagKeyword = true;
  policy.SuppressInlineNamespace = llvm::to_underlying(
      clang::PrintingPolicy::SuppressInlineNamespaceMode::All);
  std::string text;
  llvm::raw_string_ostream os(text);
  decl.getNameForDiagnostic(os, policy, /*Qualified=*/true);
  return text;
}

/// Whether a namespace in `context` has a function of one of the names, or one
/// whose derivative will have it.
static bool isHidden(const clang::DeclContext &context,
                     llvm::ArrayRef<clang::DeclarationName> names) {
  for (const clang::Decl *decl : context.decls()) {
    auto *space = llvm::dyn_cast<clang::NamespaceDecl>(decl);
    if (!space || space->isStdNamespace())
      continue;
    for (clang::DeclarationName name : names)
      if (!space->lookup(name).empty())
        return true;
    if (isHidden(*space, names))
      return true;
  }
  return false;
}

/// How generated code calls the rule, from whatever namespace.
static std::string spellRule(const Rule &rule) {
  std::string name = qualifiedName(*rule.function);
  const clang::DeclContext *scope = rule.function->getDeclContext();
  clang::ASTContext &ast = rule.function->getASTContext();
  if (scope->getRedeclContext()->isTranslationUnit() &&
      isHidden(*ast.getTranslationUnitDecl(),
               {rule.function->getDeclName(), rule.primal->getDeclName()}))
    return "::" + name;
  return name;
}

namespace {

/// Writes down one rule as a `func.func` without a body, in value form. The
/// lowered primal has an argument for each parameter that hands over a number:
/// none for a null pointer, a function, an object without state.
class RuleDeclaration {
public:
  RuleDeclaration(const Rule &rule, mlir::func::FuncOp lowered);

  mlir::func::FuncOp create(mlir::ModuleOp module, StringRef symbol);

private:
  mlir::Type contentOf(unsigned argument) {
    mlir::Type type = lowered.getArgumentTypes()[argument];
    auto place = llvm::dyn_cast<PlaceType>(type);
    return place ? place.getElement() : type;
  }
  /// Whether the argument is the variable of one before it.
  bool isAlias(unsigned argument) {
    return llvm::isa<PlaceType>(lowered.getArgumentTypes()[argument]) &&
           !isInMemory(argument) && !lowered.getArgAttr(argument, "ad.out");
  }
  /// Whether the argument, and so its shadow, is an array or part of one.
  bool isInMemory(unsigned argument) {
    return bool(lowered.getArgAttr(argument, "ad.in_memory"));
  }
  /// Adds an argument for parameter `k` of the rule, which belongs to argument
  /// `of` of the primal.
  void addArgument(unsigned k, mlir::Type type, std::optional<unsigned> of,
                   StringRef name, StringRef role);
  void addShadow(unsigned k, unsigned of);
  void addResults();
  void setAttributes(mlir::func::FuncOp function);
  void setSpelling(mlir::func::FuncOp function);
  std::string spell(clang::QualType type) const {
    return type.getAsString(ast.getPrintingPolicy());
  }

  const Rule &rule;
  mlir::func::FuncOp lowered;
  mlir::Builder b;
  clang::ASTContext &ast;
  /// The argument of each of the primal's parameters.
  llvm::SmallVector<std::optional<unsigned>> argumentOf;
  llvm::SmallVector<mlir::Type> arguments, results;
  llvm::SmallVector<mlir::NamedAttrList> argumentAttrs, resultAttrs;
  /// What a call passes behind the primal's arguments.
  llvm::SmallVector<std::string> passed;
};

} // namespace

RuleDeclaration::RuleDeclaration(const Rule &rule, mlir::func::FuncOp lowered)
    : rule(rule), lowered(lowered), b(lowered.getContext()),
      ast(rule.function->getASTContext()),
      argumentOf(rule.primal->getNumParams()) {
  // A variable is numbered as its parameter.
  for (unsigned i = 0; i < lowered.getNumArguments(); ++i)
    argumentOf[lowered.getArgAttrOfType<LocalAttr>(i, "ad.local").getId()] = i;
}

void RuleDeclaration::addArgument(unsigned k, mlir::Type type,
                                  std::optional<unsigned> of, StringRef name,
                                  StringRef role) {
  clang::QualType own = rule.function->getParamDecl(k)->getType();
  clang::QualType pointee = own->getPointeeType();
  clang::QualType content = pointee.isNull() ? own : pointee;
  mlir::NamedAttrList attrs;
  attrs.set("ad.local",
            LocalAttr::get(b.getContext(), k, b.getStringAttr(name),
                           b.getStringAttr(spell(content.getUnqualifiedType())),
                           /*generated=*/!role.empty()));
  attrs.set("ad.type", b.getStringAttr(spell(own)));
  if (!role.empty())
    attrs.set("ad.role", b.getStringAttr(role));
  if (of && !role.empty())
    attrs.set("ad.of", b.getI64IntegerAttr(*of));
  if (!pointee.isNull())
    attrs.set("ad.pass", b.getStringAttr(own->isReferenceType() ? "reference"
                                                                : "pointer"));
  if (of && isInMemory(*of)) {
    type = PlaceType::get(b.getContext(), type);
    attrs.set("ad.in_memory", b.getUnitAttr());
    if (!pointee.getCanonicalType().isConstQualified())
      attrs.set("ad.out", b.getI64IntegerAttr(-1));
  } else if (!pointee.isNull()) {
    if (!pointee.isConstQualified() && !(of && isAlias(*of))) {
      attrs.set("ad.out",
                b.getI64IntegerAttr(rule.results.size() + results.size()));
      results.push_back(type);
    }
  }
  passed.push_back("{" + std::to_string(arguments.size()) + "}");
  arguments.push_back(type);
  argumentAttrs.push_back(attrs);
}

void RuleDeclaration::addShadow(unsigned k, unsigned of) {
  bool isReverse = rule.mode == Mode::Reverse;
  if (!argumentOf[of]) {
    passed.push_back("nullptr");
    return;
  }
  addArgument(k, contentOf(*argumentOf[of]), argumentOf[of],
              parameterName(*rule.primal, of) + (isReverse ? "_bar" : "_dot"),
              isReverse ? "adjoint" : "tangent");
}

/// What the rule returns comes before what it leaves in its arguments.
void RuleDeclaration::addResults() {
  llvm::SmallVector<mlir::Type> returned;
  for (auto [i, of] : llvm::enumerate(rule.results)) {
    returned.push_back(of < 0 ? lowered.getResultTypes().front()
                              : contentOf(*argumentOf[of]));
    std::string member = !rule.members.empty() ? rule.members[i]
                         : of < 0 ? "value"
                                  : parameterName(*rule.primal, of);
    mlir::NamedAttrList attrs;
    attrs.set("ad.member", b.getStringAttr(member));
    if (of >= 0)
      attrs.set("ad.of", b.getI64IntegerAttr(*argumentOf[of]));
    resultAttrs.push_back(attrs);
  }
  results.insert(results.begin(), returned.begin(), returned.end());
  resultAttrs.resize(results.size());
}

/// Where the primal is called with more than operands, so is the rule.
void RuleDeclaration::setSpelling(mlir::func::FuncOp function) {
  std::string name = spellRule(rule);
  auto format = lowered->getAttrOfType<mlir::StringAttr>("ad.call_format");
  bool hasNull = llvm::is_contained(passed, "nullptr");
  if (!format && !hasNull) {
    function->setAttr("ad.spelling", b.getStringAttr(name));
    return;
  }
  std::string primal;
  if (format)
    primal = format.getValue().split('(').second.drop_back().str();
  function->setAttr("ad.call_format",
                    b.getStringAttr(name + "(" + primal +
                                    (passed.empty() ? "" : ", ") +
                                    llvm::join(passed, ", ") + ")"));
}

void RuleDeclaration::setAttributes(mlir::func::FuncOp function) {
  auto set = [&](StringRef name, mlir::Attribute value) {
    if (value)
      function->setAttr(name, value);
  };
  std::string name = qualifiedName(*rule.function);
  set("ad.name", b.getStringAttr(name));
  for (StringRef same : {"ad.base", "ad.namespace", "ad.return_type"})
    set(same, lowered->getAttr(same));
  set("ad.derivative",
      b.getStringAttr(rule.mode == Mode::Reverse ? "reverse" : "forward"));
  llvm::SmallVector<int64_t> wrt;
  for (unsigned i : rule.wrt)
    if (argumentOf[i])
      wrt.push_back(*argumentOf[i]);
  set("ad.wrt", b.getI64ArrayAttr(wrt));
  if (rule.mode == Mode::Reverse && !rule.results.empty() &&
      rule.results.front() == -1)
    set("ad.with_value", b.getUnitAttr());
  if (rule.members.empty())
    return;
  const clang::RecordDecl &record =
      *rule.function->getReturnType()->getAsRecordDecl();
  set("ad.result_struct", b.getStringAttr(qualifiedName(record)));
}

mlir::func::FuncOp RuleDeclaration::create(mlir::ModuleOp module,
                                           StringRef symbol) {
  unsigned count = rule.primal->getNumParams();
  for (unsigned i = 0; i < count; ++i)
    if (argumentOf[i])
      addArgument(i, contentOf(*argumentOf[i]), argumentOf[i],
                  parameterName(*rule.primal, i), "");
  passed.clear();
  for (auto [k, of] : llvm::enumerate(rule.shadows))
    addShadow(count + k, of);
  if (rule.hasSeed)
    addArgument(count + rule.shadows.size(), lowered.getResultTypes().front(),
                {}, "seed", "seed");
  addResults();
  auto function = mlir::func::FuncOp::create(
      lowered.getLoc(), symbol, b.getFunctionType(arguments, results));
  for (auto [i, attrs] : llvm::enumerate(argumentAttrs))
    for (mlir::NamedAttribute attr : attrs)
      function.setArgAttr(i, attr.getName(), attr.getValue());
  for (auto [i, attrs] : llvm::enumerate(resultAttrs))
    for (mlir::NamedAttribute attr : attrs)
      function.setResultAttr(i, attr.getName(), attr.getValue());
  setAttributes(function);
  setSpelling(function);
  function.setPrivate();
  module.push_back(function);
  return function;
}

mlir::LogicalResult Rules::attach(const clang::FunctionDecl &g,
                                  mlir::func::FuncOp lowered,
                                  mlir::ModuleOp module) {
  mlir::Builder b(lowered.getContext());
  for (const Rule &rule : rules) {
    if (rule.primal != g.getCanonicalDecl())
      continue;
    // Of a module that has several forms of g, each has its rule.
    std::string symbol = "rule " + qualifiedName(*rule.function) + " of " +
                         lowered.getSymName().str();
    if (!module.lookupSymbol(symbol))
      RuleDeclaration(rule, lowered).create(module, symbol);
    lowered->setAttr(rule.mode == Mode::Reverse ? "ad.rule_grad"
                                                : "ad.rule_jvp",
                     mlir::FlatSymbolRefAttr::get(b.getContext(), symbol));
    if (!llvm::is_contained(attached, rule.function))
      attached.push_back(rule.function);
  }
  return mlir::success();
}

void Rules::addNeeds(SourceNeeds &needs) const {
  for (const clang::FunctionDecl *function : attached)
    needs.decls.insert(function->getCanonicalDecl());
}
