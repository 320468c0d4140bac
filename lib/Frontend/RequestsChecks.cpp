//===- RequestsChecks.cpp - Names of the output that would clash ----------===//
//
// Two derivatives with one signature, or a derivative that the user's file
// already has, would not link or, worse, would: they are refused here. And the
// canonical form of the command.
//
//===----------------------------------------------------------------------===//
#include "Annotations.h"
#include "Requests.h"
#include "Signatures.h"

#include "clang/AST/ASTContext.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace adgen;
using llvm::StringRef;

namespace {

/// Name, namespace and parameter types of a function that will be generated.
struct Signature {
  std::string name;
  const clang::DeclContext *scope;
  llvm::SmallVector<clang::QualType> parameters;

  bool operator==(const Signature &other) const {
    return name == other.name && scope == other.scope &&
           parameters == other.parameters;
  }
};

} // namespace

/// The nearest enclosing namespace that has a name.
static const clang::DeclContext *
namedScope(const clang::FunctionDecl &function) {
  const clang::DeclContext *scope = function.getEnclosingNamespaceContext();
  while (auto *space = llvm::dyn_cast<clang::NamespaceDecl>(scope)) {
    if (!space->isAnonymousNamespace())
      break;
    scope = space->getParent()->getEnclosingNamespaceContext();
  }
  return scope->getPrimaryContext();
}

static clang::QualType comparable(clang::ASTContext &ast,
                                  clang::QualType type) {
  return ast.getCanonicalParamType(type);
}

static Signature signatureOf(clang::ASTContext &ast, const Request &request,
                             StringRef base) {
  const clang::FunctionDecl &function = *request.function;
  bool isReverse = request.mode == Mode::Reverse;
  Signature signature{
      (base + (isReverse ? "_grad" : "_jvp") + request.suffix).str(),
      namedScope(function),
      {}};
  for (const clang::ParmVarDecl *param : function.parameters())
    signature.parameters.push_back(comparable(ast, param->getType()));
  for (unsigned i = 0; i < function.getNumParams(); ++i) {
    const clang::ParmVarDecl &param = *function.getParamDecl(i);
    Passing passing = passingOf(param);
    bool isWanted = llvm::is_contained(request.wrt, i) ||
                    (passing == Passing::Writes &&
                     !llvm::is_contained(request.inactive, i));
    if (passing != Passing::None && isWanted &&
        !(isReverse && passing == Passing::Value))
      signature.parameters.push_back(
          comparable(ast, shadowType(ast, param, request.mode)));
  }
  clang::QualType result = function.getReturnType();
  if (isReverse && isDifferentiable(result))
    signature.parameters.push_back(comparable(ast, result));
  return signature;
}

/// Whether the header that is written declares this: then it is no user's.
static bool isInOutput(const clang::SourceManager &sources,
                       clang::SourceLocation loc, StringRef outputHeader) {
  auto file = sources.getFileEntryRefForID(
      sources.getFileID(sources.getExpansionLoc(loc)));
  return file && !outputHeader.empty() &&
         llvm::sys::fs::equivalent(file->getName(), outputHeader);
}

/// The user's own function with this signature: defined in the file, or at
/// least declared by a header other than the one that is written; or something
/// else of the name. A declaration in the file itself is how a caller there
/// knows the derivative.
static const clang::NamedDecl *
findExisting(clang::ASTContext &ast, const Signature &signature,
             StringRef outputHeader) {
  const clang::SourceManager &sources = ast.getSourceManager();
  clang::DeclarationName name(&ast.Idents.get(signature.name));
  for (clang::NamedDecl *decl : signature.scope->lookup(name)) {
    auto *function = llvm::dyn_cast<clang::FunctionDecl>(decl);
    if (!function && !llvm::isa<clang::FunctionTemplateDecl>(decl))
      return decl;
    if (!function ||
        function->getNumParams() != signature.parameters.size() ||
        !llvm::equal(function->parameters(), signature.parameters,
                     [&](const clang::ParmVarDecl *param, clang::QualType type) {
                       return comparable(ast, param->getType()) == type;
                     }))
      continue;
    for (const clang::FunctionDecl *declaration : function->redecls()) {
      if (declaration->isThisDeclarationADefinition() ||
          isMarkedDerivative(*declaration))
        return declaration;
      clang::SourceLocation loc = declaration->getLocation();
      if (!sources.isInMainFile(sources.getExpansionLoc(loc)) &&
          !isInOutput(sources, loc, outputHeader))
        return declaration;
    }
  }
  return nullptr;
}

mlir::LogicalResult adgen::checkSignatures(
    clang::ASTContext &ast, const RequestOptions &options,
    llvm::ArrayRef<std::pair<Request, mlir::func::FuncOp>> lowered,
    bool explicitly) {
  std::vector<Signature> signatures;
  for (auto [index, entry] : llvm::enumerate(lowered)) {
    auto [request, function] = entry;
    auto base = function->getAttrOfType<mlir::StringAttr>("ad.base");
    Signature signature = signatureOf(ast, request, base.getValue());
    auto loc = request.function->getLocation();
    auto same = llvm::find(signatures, signature);
    if (same != signatures.end()) {
      report(ast, loc, Diag::SameSignature, {signature.name});
      note(ast, lowered[same - signatures.begin()].first.function->getLocation(),
           "the other is the derivative of this function");
      return mlir::failure();
    }
    if (const clang::NamedDecl *existing =
            findExisting(ast, signature, options.outputHeader)) {
      report(ast, loc, Diag::DerivativeExists, {signature.name});
      note(ast, existing->getLocation(), "it is here");
      if (!explicitly)
        noteSelection(ast, *request.function);
      return mlir::failure();
    }
    signatures.push_back(std::move(signature));
  }
  return mlir::success();
}

std::vector<std::string>
adgen::takenNames(const clang::FunctionDecl &function, StringRef base,
                  const RequestOptions &options) {
  clang::ASTContext &ast = function.getASTContext();
  const clang::DeclContext *scope = namedScope(function);
  std::vector<std::string> taken;
  for (StringRef kind : {"_gradient", "_dual"})
    // `f_gradient`, `f_gradient2`, …
    for (unsigned number = 1; number < 16; ++number) {
      std::string name = (base + kind + options.suffix).str() +
                         (number > 1 ? std::to_string(number) : "");
      auto found = scope->lookup(&ast.Idents.get(name));
      if (!found.empty() &&
          !isInOutput(ast.getSourceManager(), found.front()->getLocation(),
                      options.outputHeader))
        taken.push_back(found.front()->getQualifiedNameAsString());
    }
  return taken;
}

/// Adds the names of `scope` that helpers and their structs might have.
static void addHelperNames(const clang::DeclContext &scope,
                           const RequestOptions &options,
                           std::vector<std::string> &names) {
  const clang::SourceManager &sources =
      scope.getParentASTContext().getSourceManager();
  for (const clang::Decl *decl : scope.decls()) {
    if (sources.isInSystemHeader(decl->getLocation()) ||
        isInOutput(sources, decl->getLocation(), options.outputHeader))
      continue;
    if (llvm::isa<clang::NamespaceDecl, clang::LinkageSpecDecl>(decl)) {
      addHelperNames(*llvm::cast<clang::DeclContext>(decl), options, names);
      continue;
    }
    const auto *named = llvm::dyn_cast<clang::NamedDecl>(decl);
    if (!named || !named->getIdentifier())
      continue;
    StringRef name = named->getName();
    bool isLikely = llvm::any_of(
        llvm::ArrayRef<StringRef>{"_dual", "_gradient", "_result", "_tape",
                                  "_grad", "_jvp", "_forward", "_reverse"},
        [&](StringRef kind) { return name.contains(kind); });
    if (isLikely && !llvm::is_contained(names, name))
      names.push_back(name.str());
  }
}

std::vector<std::string>
adgen::takenHelperNames(const clang::ASTContext &ast,
                        const RequestOptions &options) {
  std::vector<std::string> names;
  addHelperNames(*ast.getTranslationUnitDecl(), options, names);
  return names;
}

//===----------------------------------------------------------------------===//
// The canonical command
//===----------------------------------------------------------------------===//

/// `word` as a shell takes it.
static std::string quoted(std::string word) {
  bool isPlain = llvm::all_of(word, [](char c) {
    return llvm::isAlnum(c) || StringRef("_.,:/-+=@%").contains(c);
  });
  if (isPlain)
    return word;
  for (size_t at = 0; (at = word.find('\'', at)) != std::string::npos; at += 4)
    word.replace(at, 1, "'\\''");
  return "'" + word + "'";
}

std::string adgen::canonicalCommand(StringRef file,
                                    const RequestOptions &options) {
  std::string command = "adgen " + quoted(file.str());
  auto add = [&](StringRef option, llvm::ArrayRef<std::string> words) {
    if (!words.empty())
      command += (" " + option + " " + quoted(llvm::join(words, ","))).str();
  };
  add("--function", options.functions);
  llvm::SmallVector<std::string> modes;
  for (Mode mode : options.modes)
    modes.push_back(mode == Mode::Reverse ? "reverse" : "forward");
  // Annotations have modes of their own, so the default is left out only where
  // it is alone.
  if (modes.size() != 1 || modes[0] != "reverse")
    add("--mode", modes);
  add("--wrt", options.wrt);
  add("--inactive", options.inactive);
  if (options.withValue)
    command += " --with-value";
  if (!options.suffix.empty())
    add("--suffix", options.suffix);
  for (const std::string &header : options.use)
    add("--use", llvm::sys::path::filename(header).str());
  return command;
}
