//===- RuleDeclarations.cpp - Derivatives of others in the module ---------===//
//
// Writes down each rule of a function that is called as a `func.func` without a body:
// what a call of it takes and gives, in the order of its own parameters. A method's
// object is its first, and the last argument of the method itself.
//
//===----------------------------------------------------------------------===//
#include "Classes.h"
#include "Requests.h"
#include "Rules.h"
#include "Signatures.h"

#include "llvm/ADT/StringExtras.h"

using namespace adgen;
using llvm::StringRef;

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
      argumentOf(countParameters(*rule.primal)) {
  // A variable is numbered as its parameter; that of the object has a number of its
  // own.
  unsigned self = hasSelf(*rule.primal), last = lowered.getNumArguments() - 1;
  for (unsigned i = 0; i < lowered.getNumArguments(); ++i) {
    auto local = lowered.getArgAttrOfType<LocalAttr>(i, "ad.local");
    unsigned parameter = self && i == last ? 0 : local.getId() + self;
    // Not what a lambda captured.
    if (parameter < argumentOf.size())
      argumentOf[parameter] = i;
  }
}

void RuleDeclaration::addArgument(unsigned k, mlir::Type type,
                                  std::optional<unsigned> of, StringRef name,
                                  StringRef role) {
  clang::QualType own = rule.function->getParamDecl(k)->getType();
  clang::QualType pointee = own->getPointeeType();
  clang::QualType content = pointee.isNull() ? own : pointee;
  bool isHandle = isView(own) || isHandleClass(own);
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
  else if (of)
    attrs.set("ad.parameter", b.getI64IntegerAttr(*of));
  if (!pointee.isNull())
    attrs.set("ad.pass", b.getStringAttr(own->isReferenceType() ? "reference"
                                                                : "pointer"));
  else if (isHandle)
    attrs.set("ad.pass", b.getStringAttr("view"));
  if (of && isInMemory(*of)) {
    type = PlaceType::get(b.getContext(), type);
    attrs.set("ad.in_memory", b.getUnitAttr());
    if (lowered.getArgAttr(*of, "ad.fixed_shape"))
      attrs.set("ad.fixed_shape", b.getUnitAttr());
    if (isView(own.getNonReferenceType()) || isHandleClass(own))
      attrs.set("ad.view", b.getUnitAttr());
    bool isWritten = isHandle ? isWritable(own)
                              : !pointee.isNull() &&
                                    !pointee.getCanonicalType().isConstQualified();
    if (isWritten || isWritable(own))
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
              ruleParameterName(*rule.primal, of) + (isReverse ? "_bar" : "_dot"),
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
                                  : ruleParameterName(*rule.primal, of);
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
  // That of a method says where the object stands.
  if ((!format || hasSelf(*rule.primal)) && !hasNull) {
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
  unsigned count = countParameters(*rule.primal);
  for (unsigned i = 0; i < count; ++i)
    if (argumentOf[i])
      addArgument(i, contentOf(*argumentOf[i]), argumentOf[i],
                  ruleParameterName(*rule.primal, i), "");
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
