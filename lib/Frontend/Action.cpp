//===- Action.cpp - One parse, one module ---------------------------------===//
//
// Runs Clang over the file, with the work of `-fsyntax-only` and no more, keeps
// the AST for as long as anybody may report a location in it, and puts together
// the module from what is selected, lowered and copied.
//
//===----------------------------------------------------------------------===//
#include "Annotations.h"
#include "CheckArguments.h"
#include "Reports.h"
#include "Requests.h"
#include "Rules.h"
#include "SourceNeeds.h"

#include "adgen/Dialect/CallLocations.h"

#include "clang/AST/ASTConsumer.h"
#include "clang/Driver/CreateInvocationFromArgs.h"
#include "clang/Frontend/CompilerInstance.h"
#include "clang/Frontend/FrontendActions.h"
#include "clang/Frontend/Utils.h"
#include "clang/Lex/HeaderSearchOptions.h"
#include "clang/Lex/PreprocessorOptions.h"
#include "llvm/Support/Path.h"

using namespace adgen;
using llvm::StringRef;

namespace {

/// Parses and checks, and looks at nothing until asked.
class ParseAction : public clang::ASTFrontendAction {
public:
  explicit ParseAction(std::vector<Inclusion> &inclusions)
      : inclusions(inclusions) {}

protected:
  std::unique_ptr<clang::ASTConsumer>
  CreateASTConsumer(clang::CompilerInstance &compiler, StringRef) override {
    recordInclusions(compiler.getPreprocessor(), inclusions);
    return std::make_unique<clang::ASTConsumer>();
  }

private:
  std::vector<Inclusion> &inclusions;
};

/// Also system headers: the derivative depends on them too.
class AllDependencies : public clang::DependencyCollector {
  bool needSystemDependencies() override { return true; }
};

} // namespace

struct SourceFile::Implementation {
  explicit Implementation(std::unique_ptr<clang::CompilerInvocation> invocation)
      : compiler(std::move(invocation)), action(inclusions) {}

  std::string file;
  std::vector<Inclusion> inclusions;
  std::shared_ptr<AllDependencies> dependencies =
      std::make_shared<AllDependencies>();
  clang::CompilerInstance compiler;
  ParseAction action;
  /// Between the action's begin and end of the source file.
  bool isOpen = false;
};

SourceFile::SourceFile(std::unique_ptr<Implementation> implementation)
    : implementation(std::move(implementation)) {}

SourceFile::~SourceFile() {
  if (implementation->isOpen)
    implementation->action.EndSourceFile();
}

//===----------------------------------------------------------------------===//
// Parsing
//===----------------------------------------------------------------------===//

/// Paths in flags become absolute, so that the input can stay as the user
/// spelled it, relative to another folder.
static void makeAbsolute(clang::CompilerInvocation &invocation,
                         StringRef directory) {
  auto absolute = [&](std::string &path) {
    if (path.empty() || llvm::sys::path::is_absolute(path) || path[0] == '=')
      return;
    llvm::SmallString<256> full(directory);
    llvm::sys::path::append(full, path);
    path = full.str().str();
  };
  for (auto &entry : invocation.getHeaderSearchOpts().UserEntries)
    absolute(entry.Path);
  for (std::string &path : invocation.getHeaderSearchOpts().VFSOverlayFiles)
    absolute(path);
  for (std::string &path : invocation.getPreprocessorOpts().Includes) {
    std::string full = path;
    absolute(full);
    if (llvm::sys::fs::exists(full))
      path = full;
  }
  absolute(invocation.getPreprocessorOpts().ImplicitPCHInclude);
}

/// Reads the flags as Clang's driver does; null after an error.
static std::unique_ptr<clang::CompilerInvocation>
createInvocation(llvm::ArrayRef<const char *> arguments) {
  clang::DiagnosticOptions diagnosticOptions;
  clang::CreateInvocationOptions options;
  options.Diags = clang::CompilerInstance::createDiagnostics(
      *llvm::vfs::getRealFileSystem(), diagnosticOptions);
  auto invocation = clang::createInvocation(arguments, options);
  if (!invocation || options.Diags->hasErrorOccurred() ||
      invocation->getFrontendOpts().Inputs.empty())
    return nullptr;
  return invocation;
}

/// Puts the inclusions of `use` behind the text of the main file.
static bool appendInclusions(clang::CompilerInstance &compiler,
                             const std::string &file,
                             const std::vector<std::string> &use) {
  auto entry = compiler.getFileManager().getOptionalFileRef(file);
  auto buffer =
      entry ? compiler.getFileManager().getBufferForFile(*entry)
            : std::make_error_code(std::errc::no_such_file_or_directory);
  if (!buffer)
    return false;
  compiler.getSourceManager().overrideFileContents(
      *entry, llvm::MemoryBuffer::getMemBufferCopy(
                  (*buffer)->getBuffer().str() + inclusionsOfUsed(use), file));
  return true;
}

std::unique_ptr<SourceFile>
SourceFile::parse(const CompileCommand &command,
                  const std::vector<std::string> &use) {
  // By itself first: what the compiler says of the file is then what it says
  // without the headers, and it says nothing twice.
  std::unique_ptr<SourceFile> alone;
  if (!use.empty()) {
    alone = parse(command);
    if (!alone)
      return nullptr;
    alone->finishDiagnostics();
  }
  std::vector<const char *> arguments;
  for (const std::string &argument : command.arguments)
    arguments.push_back(argument.c_str());
  std::unique_ptr<clang::CompilerInvocation> invocation =
      createInvocation(arguments);
  if (!invocation)
    return nullptr;
  if (!command.directory.empty())
    makeAbsolute(*invocation, command.directory);
  clang::FrontendInputFile input = invocation->getFrontendOpts().Inputs[0];

  auto parsed = std::make_unique<Implementation>(std::move(invocation));
  parsed->file = command.file;
  clang::CompilerInstance &compiler = parsed->compiler;
  // The text of a note may be code.
  compiler.getDiagnosticOpts().MessageLength = 0;
  compiler.createVirtualFileSystem();
  compiler.createDiagnostics();
  ReportConsumer::install(compiler.getDiagnostics());
  compiler.createFileManager();
  compiler.createSourceManager();
  compiler.addDependencyCollector(parsed->dependencies);
  bool saysWarnings = !compiler.getDiagnostics().getIgnoreAllWarnings();
  if (alone)
    compiler.getDiagnostics().setIgnoreAllWarnings(true);
  if (!compiler.createTarget() || !parsed->action.PrepareToExecute(compiler) ||
      (alone && !appendInclusions(compiler, input.getFile().str(), use)) ||
      !parsed->action.BeginSourceFile(compiler, input))
    return nullptr;
  parsed->isOpen = true;
  std::unique_ptr<SourceFile> source(new SourceFile(std::move(parsed)));
  llvm::Error error = source->implementation->action.Execute();
  bool failed = bool(error);
  llvm::consumeError(std::move(error));
  if (failed || source->hasErrors()) {
    source->finishDiagnostics();
    return nullptr;
  }
  compiler.getDiagnostics().setIgnoreAllWarnings(!saysWarnings);
  return source;
}

bool SourceFile::hasErrors() const {
  return implementation->compiler.getDiagnostics().hasErrorOccurred();
}

void SourceFile::finishDiagnostics() {
  implementation->compiler.printDiagnosticStats();
}

std::vector<std::string> SourceFile::getDependencies() const {
  return implementation->dependencies->getDependencies();
}

//===----------------------------------------------------------------------===//
// The module
//===----------------------------------------------------------------------===//

static mlir::ArrayAttr positions(mlir::Builder &b,
                                 llvm::ArrayRef<unsigned> values) {
  return b.getI64ArrayAttr(llvm::SmallVector<int64_t>(values));
}

static mlir::Attribute requestAttr(mlir::Builder &b, const Request &request) {
  llvm::SmallVector<mlir::NamedAttribute> entries{
      {"mode",
       b.getStringAttr(request.mode == Mode::Reverse ? "reverse" : "forward")},
      {"wrt", positions(b, request.wrt)},
      {"inactive", positions(b, request.inactive)},
      {"suffix", b.getStringAttr(request.suffix)}};
  if (request.namesWrt)
    entries.push_back(b.getNamedAttr("named", b.getUnitAttr()));
  if (request.withValue)
    entries.push_back(b.getNamedAttr("with_value", b.getUnitAttr()));
  return b.getDictionaryAttr(entries);
}

/// Gives each function its requests, in the order of `lowered`.
static void
setRequests(llvm::ArrayRef<std::pair<Request, mlir::func::FuncOp>> lowered) {
  for (auto [request, function] : lowered) {
    mlir::Builder b(function.getContext());
    llvm::SmallVector<mlir::Attribute> requests;
    if (auto before = function->getAttrOfType<mlir::ArrayAttr>("ad.requests"))
      llvm::append_range(requests, before);
    requests.push_back(requestAttr(b, request));
    function->setAttr("ad.requests", b.getArrayAttr(requests));
  }
}

static mlir::ArrayAttr strings(mlir::Builder &b,
                               llvm::ArrayRef<std::string> values) {
  return b.getStrArrayAttr(llvm::SmallVector<StringRef>(values));
}

/// Whether a header of the user's defines functions that a file has to use, or
/// compilers warn.
static bool headersDefineStatic(const clang::DeclContext &scope) {
  const clang::SourceManager &sources =
      scope.getParentASTContext().getSourceManager();
  return llvm::any_of(scope.decls(), [&](const clang::Decl *decl) {
    if (sources.isInMainFile(decl->getLocation()) ||
        sources.isInSystemHeader(decl->getLocation()))
      return false;
    if (auto *inner = llvm::dyn_cast<clang::DeclContext>(decl);
        inner && (inner->isNamespace() || inner->isTransparentContext()))
      return headersDefineStatic(*inner);
    const auto *function = llvm::dyn_cast<clang::FunctionDecl>(decl);
    return function && function->isThisDeclarationADefinition() &&
           !function->isExternallyVisible() && !function->isInlined();
  });
}

/// Records what the output needs of the source.
static void setCopiedSource(mlir::ModuleOp module, const CopiedSource &copied,
                            const clang::SourceManager &sources) {
  mlir::Builder b(module.getContext());
  llvm::SmallVector<mlir::Attribute> texts, names, needs, refusals;
  for (const CopiedDeclaration &declaration : copied.declarations) {
    texts.push_back(b.getStringAttr(declaration.text));
    names.push_back(strings(b, declaration.names));
    needs.push_back(b.getI64ArrayAttr(declaration.needs));
    if (!declaration.refusal) {
      refusals.push_back(b.getUnitAttr());
      continue;
    }
    clang::PresumedLoc loc = sources.getPresumedLoc(
        sources.getExpansionLoc(declaration.refusal->loc));
    mlir::LocationAttr place = mlir::FileLineColLoc::get(
        module.getContext(), loc.getFilename(), loc.getLine(), loc.getColumn());
    refusals.push_back(b.getDictionaryAttr(
        {b.getNamedAttr("loc", place),
         b.getNamedAttr("message",
                        b.getStringAttr(declaration.refusal->message))}));
  }
  module->setAttr("ad.includes", strings(b, copied.includes));
  if (!copied.unguardedIncludes.empty())
    module->setAttr("ad.unguarded_includes",
                    strings(b, copied.unguardedIncludes));
  module->setAttr("ad.header_declarations",
                  strings(b, copied.headerDeclarations));
  module->setAttr("ad.declarations", b.getArrayAttr(texts));
  module->setAttr("ad.declared_names", b.getArrayAttr(names));
  module->setAttr("ad.declared_needs", b.getArrayAttr(needs));
  module->setAttr("ad.declared_refusals", b.getArrayAttr(refusals));
}

/// Records how a program calls `functions`, and what it needs of the source to
/// do so.
static mlir::LogicalResult
describeCalls(clang::CompilerInstance &compiler, mlir::ModuleOp module,
              llvm::ArrayRef<Inclusion> inclusions,
              llvm::ArrayRef<const clang::FunctionDecl *> functions,
              llvm::ArrayRef<std::pair<Request, mlir::func::FuncOp>> lowered,
              const RequestOptions &options) {
  if (options.arguments == ArgumentsWanted::None)
    return mlir::success();
  clang::ASTContext &ast = compiler.getASTContext();
  SourceNeeds needs;
  bool leavesGaps = options.arguments == ArgumentsWanted::WithGaps;
  if (mlir::failed(describeArguments(ast, module, lowered, leavesGaps, needs)))
    return mlir::failure();
  CopiedSource copied = copySource(compiler.getPreprocessor(), ast, inclusions,
                                   functions, needs, options);
  std::vector<std::string> texts;
  for (const CopiedDeclaration &declaration : copied.declarations)
    texts.push_back(declaration.text);
  mlir::Builder b(module.getContext());
  module->setAttr("ad.check_declarations", strings(b, texts));
  return mlir::success();
}

/// Gives each function that is called its rules.
static mlir::LogicalResult attachRules(Rules &rules,
                                       const LoweringContext &lowering) {
  llvm::DenseSet<mlir::StringAttr> called;
  mlir::ModuleOp module = lowering.module;
  module.walk(
      [&](CallOp call) { called.insert(call.getCalleeAttr().getAttr()); });
  for (auto &[function, variants] : lowering.functions)
    for (mlir::func::FuncOp variant : variants)
      if (called.contains(variant.getSymNameAttr()) &&
          mlir::failed(rules.attach(*function, variant, module)))
        return mlir::failure();
  return mlir::success();
}

mlir::OwningOpRef<mlir::ModuleOp>
SourceFile::lower(mlir::MLIRContext &context, const RequestOptions &given) {
  clang::CompilerInstance &compiler = implementation->compiler;
  clang::ASTContext &ast = compiler.getASTContext();
  RequestOptions options = given;
  options.use.clear();
  for (const Inclusion &inclusion : implementation->inclusions)
    if (inclusion.isUsed)
      options.use.push_back(inclusion.path);
  std::optional<Rules> rules = Rules::collect(compiler.getSema(), options);
  if (!rules)
    return nullptr;
  std::optional<Selection> selection =
      selectRequests(compiler.getSema(), options);
  if (!selection)
    return nullptr;

  llvm::SetVector<Mode> modes;
  for (const Request &request : selection->requests)
    modes.insert(request.mode);
  rules->require(modes.getArrayRef());

  mlir::Builder b(&context);
  mlir::OwningOpRef<mlir::ModuleOp> module =
      mlir::ModuleOp::create(b.getUnknownLoc());
  SourceNeeds needs;
  LoweringContext lowering(ast, *module, needs);
  lowering.functionsWithRules = &rules->functions();
  lowering.modes = modes.takeVector();
  llvm::SmallVector<std::pair<Request, mlir::func::FuncOp>> lowered;
  llvm::SetVector<const clang::FunctionDecl *> functions;
  bool complete = true;
  for (const Request &request : selection->requests) {
    if (!functions.insert(request.function)) {
      // Another derivative of the function that was lowered last.
      if (!lowered.empty() && lowered.back().first.function == request.function)
        lowered.emplace_back(request, lowered.back().second);
      continue;
    }
    mlir::FailureOr<mlir::func::FuncOp> function =
        lowerFunction(*request.function, lowering);
    if (mlir::succeeded(function)) {
      lowered.emplace_back(request, *function);
      continue;
    }
    // It is the same with all of them.
    if (!selection->explicitly && complete)
      noteSelection(ast, *request.function);
    complete = false;
  }
  if (!complete || mlir::failed(checkSignatures(ast, options, lowered,
                                                selection->explicitly)))
    return nullptr;

  setRequests(lowered);
  markEffects(*module);
  if (mlir::failed(attachRules(*rules, lowering)))
    return nullptr;
  rules->addNeeds(needs);
  CopiedSource copied =
      copySource(compiler.getPreprocessor(), ast, implementation->inclusions,
                 functions.getArrayRef(), needs, options);
  StringRef file = llvm::sys::path::filename(implementation->file);
  (*module)->setAttr("ad.source", b.getStringAttr(file));
  (*module)->setAttr("ad.command",
                     b.getStringAttr(canonicalCommand(file, options)));
  setCopiedSource(*module, copied, compiler.getSourceManager());
  if (headersDefineStatic(*ast.getTranslationUnitDecl()))
    (*module)->setAttr("ad.unused_functions", b.getUnitAttr());
  if (mlir::failed(describeCalls(compiler, *module, implementation->inclusions,
                                 functions.getArrayRef(), lowered, options)))
    return nullptr;
  std::vector<std::string> taken;
  for (auto [request, function] : lowered)
    for (std::string &name : takenNames(
             *request.function,
             function->getAttrOfType<mlir::StringAttr>("ad.base"), options))
      if (!llvm::is_contained(taken, name))
        taken.push_back(std::move(name));
  (*module)->setAttr("ad.taken_names", strings(b, taken));
  (*module)->setAttr("ad.taken_helper_names",
                     strings(b, takenHelperNames(ast, options)));
  if (hasErrors())
    return nullptr;
  return module;
}

//===----------------------------------------------------------------------===//
// Diagnostics of the passes
//===----------------------------------------------------------------------===//

/// The place in the source that `loc` names; null if it names none.
static mlir::FileLineColLoc findPlace(mlir::Location loc) {
  mlir::FileLineColLoc place;
  loc->walk([&](mlir::Location part) {
    place = llvm::dyn_cast<mlir::FileLineColLoc>(part);
    return place ? mlir::WalkResult::interrupt() : mlir::WalkResult::advance();
  });
  return place;
}

static clang::DiagnosticsEngine::Level
getLevel(mlir::DiagnosticSeverity severity) {
  switch (severity) {
  case mlir::DiagnosticSeverity::Note:
    return clang::DiagnosticsEngine::Note;
  case mlir::DiagnosticSeverity::Warning:
    return clang::DiagnosticsEngine::Warning;
  case mlir::DiagnosticSeverity::Error:
    return clang::DiagnosticsEngine::Error;
  case mlir::DiagnosticSeverity::Remark:
    return clang::DiagnosticsEngine::Remark;
  }
  llvm_unreachable("no such severity");
}

/// Shows `text` at `place`, which may be null.
static void reportAt(clang::CompilerInstance &compiler,
                     mlir::FileLineColLoc place,
                     clang::DiagnosticsEngine::Level level, std::string text) {
  clang::SourceLocation loc;
  if (place) {
    if (auto file = compiler.getFileManager().getOptionalFileRef(
            place.getFilename().getValue()))
      loc = compiler.getSourceManager().translateFileLineCol(
          *file, place.getLine(), place.getColumn());
    if (loc.isInvalid())
      text = (place.getFilename().getValue() + ":" +
              llvm::Twine(place.getLine()) + ": " + text)
                 .str();
  }
  clang::DiagnosticsEngine &engine = compiler.getDiagnostics();
  engine.Report(loc, engine.getCustomDiagID(level, "%0")) << text;
}

void SourceFile::report(mlir::Diagnostic &diagnostic) {
  clang::CompilerInstance &compiler = implementation->compiler;
  reportAt(compiler, findPlace(diagnostic.getLocation()),
           getLevel(diagnostic.getSeverity()), diagnostic.str());
  for (mlir::Diagnostic &attached : diagnostic.getNotes())
    report(attached);
  if (diagnostic.getSeverity() != mlir::DiagnosticSeverity::Error &&
      diagnostic.getSeverity() != mlir::DiagnosticSeverity::Warning)
    return;
  for (const CallOnTheWay &call : findCalls(diagnostic.getLocation()))
    reportAt(compiler, call.place, clang::DiagnosticsEngine::Note,
             "in the call of '" + call.callee.str() + "' from '" +
                 call.caller.str() + "'");
}
