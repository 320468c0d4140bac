//===- Driver.cpp - From the command line to written files ----------------===//
//
// Options → compile command → parse → module → passes → text → files. Nothing
// is written before everything has succeeded. A check has one text more, the
// program, and its files lie in a folder of their own until it has run.
//
//===----------------------------------------------------------------------===//
#include "adgen/Driver/Driver.h"
#include "Check.h"
#include "CompileCommand.h"
#include "Options.h"
#include "Outputs.h"
#include "Pipeline.h"
#include "PruneDeclarations.h"

#include "adgen/Dialect/AD.h"
#include "adgen/Emitter/Emitter.h"
#include "adgen/Support/Diagnostics.h"

#include "mlir/IR/Diagnostics.h"
#include "mlir/IR/MLIRContext.h"
#include "llvm/Support/BuryPointer.h"
#include "llvm/Support/CrashRecoveryContext.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/raw_ostream.h"

#ifdef LLVM_ON_UNIX
#include <csignal>
#endif

using namespace adgen;
namespace path = llvm::sys::path;

namespace {

/// One run; each step returns whether it succeeded, having reported why not.
class Driver {
public:
  explicit Driver(DriverOptions options) : options(std::move(options)) {}

  /// Returns the exit status.
  int run();
  /// Removes what a check has made.
  void removeFolder() { checkFolder.remove(); }

private:
  bool checkInput();
  bool choosePaths();
  bool makeFiles();
  bool checkSettings();
  bool makeModule();
  bool runPasses();
  bool emitText();
  bool checkOverwriting();
  bool write();
  bool fail(Diag diag, llvm::ArrayRef<std::string> args) {
    printError(diag, args);
    return false;
  }
  /// Whether there are derivatives as C++ at the end.
  bool isCode() const {
    return options.emit == EmitKind::Cpp || options.emit == EmitKind::Check;
  }

  DriverOptions options;
  /// Where the source goes, also if it goes to a stream; and the header, unless
  /// there is none.
  std::string sourcePath, headerPath;
  bool toStream = false;
  /// Of the program that checks the derivatives, if there is one.
  std::string programPath, programText;
  CheckFolder checkFolder;
  std::optional<CompileCommand> command;
  mlir::MLIRContext context{mlir::MLIRContext::Threading::DISABLED};
  std::unique_ptr<SourceFile> source;
  mlir::OwningOpRef<mlir::ModuleOp> module;
  EmittedCode code;
};

} // namespace

/// Deeply nested programs need a deep stack.
constexpr unsigned stackSize = 256u << 20;

bool Driver::checkInput() {
  llvm::sys::fs::file_status status;
  if (llvm::sys::fs::status(options.input, status))
    return fail(Diag::MissingInput, {options.input});
  if (llvm::sys::fs::is_directory(status))
    return fail(Diag::UnreadableInput, {options.input, "it is a folder"});
  int descriptor;
  if (std::error_code error =
          llvm::sys::fs::openFileForRead(options.input, descriptor))
    return fail(Diag::UnreadableInput, {options.input, error.message()});
  llvm::sys::fs::closeFile(descriptor);
  return true;
}

bool Driver::choosePaths() {
  bool isCheck = options.emit == EmitKind::Check;
  std::string stem = path::stem(options.input).str();
  sourcePath = programPath = options.output;
  toStream = options.output == "-" || isStream(options.output) ||
             (options.output.empty() && !isCode());
  if (options.output.empty() || options.output == "-") {
    sourcePath = stem + "_grad.cpp";
    programPath = stem + "_check.cpp";
  }
  if (options.runsCheck) {
    if (!checkFolder.create())
      return false;
    sourcePath = checkFolder.file(sourcePath);
    programPath = checkFolder.file(programPath);
  } else if (isCheck) {
    // Beside the program.
    llvm::SmallString<256> beside(path::parent_path(programPath));
    path::append(beside, stem + "_grad.cpp");
    sourcePath = beside.str().str();
  }
  llvm::SmallString<256> header(sourcePath);
  path::replace_extension(header, ".h");
  if (isCode() && (isCheck || !toStream))
    headerPath = header.str().str();
  options.request.outputFile = sourcePath;
  options.request.outputHeader = header.str().str();
  options.request.writesHeader = !headerPath.empty();
  if (isCheck)
    options.request.arguments =
        options.runsCheck ? ArgumentsWanted::All : ArgumentsWanted::WithGaps;
  return true;
}

bool Driver::makeModule() {
  command = findCompileCommand(options);
  if (!command)
    return false;
  source = SourceFile::parse(*command, options.request.use);
  if (!source)
    return false;
  context.loadDialect<ADDialect, mlir::func::FuncDialect>();
  module = source->lower(context, options.request);
  return bool(module);
}

/// What --at names must be a parameter's.
bool Driver::checkSettings() {
  llvm::StringSet<> names;
  module->walk([&](mlir::func::FuncOp func) {
    if (mlir::Attribute check = func->getAttr("ad.check"))
      check.walk([&](mlir::DictionaryAttr parameter) {
        if (auto name = parameter.getAs<mlir::StringAttr>("name"))
          names.insert(name.getValue());
      });
  });
  for (const PointSetting &setting : options.check.settings) {
    llvm::StringRef name = setting.place;
    if (!names.contains(name.take_front(name.find_first_of(".["))))
      return fail(Diag::CheckPlace, {setting.place});
  }
  return true;
}

bool Driver::runPasses() {
  mlir::PassManager passes(&context);
  if (options.emit != EmitKind::MemoryIR)
    addNormalization(passes, options.disabledPasses);
  if (isCode() || options.emit == EmitKind::DerivativeIR)
    addDifferentiation(passes, options.disabledPasses, options.remarks);
  if (mlir::failed(passes.run(*module)))
    return false;
  return !isCode() || mlir::succeeded(pruneDeclarations(*module));
}

bool Driver::emitText() {
  if (!isCode()) {
    llvm::raw_string_ostream stream(code.source);
    mlir::OpPrintingFlags flags;
    if (options.printLocations)
      flags.enableDebugInfo();
    module->print(stream, flags);
    return true;
  }
  EmitOptions emit;
  emit.headerName = path::filename(options.request.outputHeader).str();
  emit.singleUnit = headerPath.empty();
  llvm::SmallString<256> absolute(sourcePath);
  llvm::sys::fs::make_absolute(absolute);
  emit.formatPath = absolute.str().str();
  mlir::FailureOr<EmittedCode> emitted = emitCode(*module, emit);
  if (mlir::failed(emitted))
    return false;
  code = std::move(*emitted);
  if (options.emit == EmitKind::Check) {
    options.check.headerName = emit.headerName;
    options.check.headerText = code.header;
    options.check.programName = path::filename(programPath).str();
    options.check.formatPath = emit.formatPath;
    programText = printCheckProgram(*module, options.check);
  }
  return true;
}

/// Whether adgen made the file in an earlier run.
static bool isGenerated(llvm::StringRef file) {
  auto buffer = llvm::MemoryBuffer::getFile(file);
  return buffer && (*buffer)->getBuffer().starts_with("// Generated by adgen");
}

/// Neither output may be the input or a header that the user wrote.
bool Driver::checkOverwriting() {
  for (const std::string &output :
       {sourcePath, headerPath, programPath, options.depfile}) {
    if (output.empty() || (toStream && output != options.depfile))
      continue;
    // Nor can the derivatives that are used be those that are made.
    for (const std::string &header : options.request.use)
      if (llvm::sys::fs::equivalent(output, header))
        return fail(Diag::OverwritesInput, {output});
    for (const std::string &input : source->getDependencies())
      if (llvm::sys::fs::equivalent(output, input) &&
          (input == options.input || !isGenerated(input)))
        return fail(Diag::OverwritesInput, {output});
  }
  if (sourcePath == headerPath)
    return fail(Diag::UnwritableOutput,
                {sourcePath, "the header that goes with it has the same name"});
  return true;
}

/// A path as make reads it.
static std::string escapeForMake(llvm::StringRef file) {
  std::string escaped;
  for (char c : file) {
    if (c == ' ' || c == '#')
      escaped += '\\';
    else if (c == '$')
      escaped += '$';
    escaped += c;
  }
  return escaped;
}

/// `foo_grad.cpp foo_grad.h: foo.cpp \` …
static std::string dependencyRule(llvm::ArrayRef<std::string> targets,
                                  llvm::ArrayRef<std::string> inputs) {
  std::string rule;
  for (const std::string &target : targets)
    if (!target.empty())
      rule += (rule.empty() ? "" : " ") + escapeForMake(target);
  rule += ":";
  for (const std::string &input : inputs)
    rule += " \\\n  " + escapeForMake(input);
  return rule + "\n";
}

bool Driver::write() {
  std::vector<OutputFile> files;
  bool isCheck = options.emit == EmitKind::Check;
  // A derivative by hand can be checked as well, and stays.
  auto add = [&](const std::string &file, const std::string &text) {
    if (!isCheck || !llvm::sys::fs::exists(file) || isGenerated(file))
      files.push_back({file, text});
  };
  if (!toStream)
    add(sourcePath, code.source);
  if (!headerPath.empty() && !toStream)
    add(headerPath, code.header);
  if (isCheck && !toStream)
    files.push_back({programPath, programText});
  if (!options.depfile.empty()) {
    // What adgen writes is not what it depends on, though the input include it.
    std::vector<std::string> inputs = source->getDependencies();
    llvm::erase_if(inputs, [&](const std::string &input) {
      return !headerPath.empty() &&
             llvm::sys::fs::equivalent(input, headerPath);
    });
    for (const std::string &header : options.request.use)
      for (std::string &input : inputs)
        if (llvm::sys::fs::equivalent(input, header))
          input = header;
    files.push_back(
        {options.depfile,
         isCheck ? dependencyRule({programPath, sourcePath, headerPath}, inputs)
                 : dependencyRule({sourcePath, headerPath}, inputs)});
  }
  if (toStream) {
    std::error_code error;
    bool isStandard = options.output.empty() || options.output == "-";
    llvm::raw_fd_ostream stream(isStandard ? "-" : options.output, error);
    if (!error) {
      stream << (isCheck ? programText : code.source);
      stream.flush();
      error = stream.error();
      stream.clear_error();
    }
    if (error)
      return fail(Diag::UnwritableOutput, {options.output, error.message()});
  }
  return writeOutputs(files);
}

bool Driver::makeFiles() {
  if (!checkInput() || !choosePaths())
    return false;
  bool reported = false;
  mlir::ScopedDiagnosticHandler handler(
      &context, [&](mlir::Diagnostic &diagnostic) {
        reported |= diagnostic.getSeverity() == mlir::DiagnosticSeverity::Error;
        bool isRemark =
            diagnostic.getSeverity() == mlir::DiagnosticSeverity::Remark;
        const DiagnosticInfo *info = findInfo(diagnostic.str());
        bool isQuiet = diagnostic.getSeverity() == mlir::DiagnosticSeverity::Warning &&
                       info && options.quiet.contains(info->id);
        if (isRemark ? options.remarks : !isQuiet)
          source->report(diagnostic);
        return mlir::success();
      });
  bool succeeded = makeModule() && runPasses() && emitText();
  if (succeeded)
    succeeded = !source->hasErrors() && checkSettings() && checkOverwriting() &&
                write();
  else if (source && !source->hasErrors() && !reported)
    fail(Diag::Internal, {"a step failed and does not say why"});
  if (source)
    source->finishDiagnostics();
  // A rule may be there for one of them alone.
  if (!succeeded && options.runsCheck && !options.request.use.empty() &&
      options.request.modes.size() > 1)
    llvm::errs()
        << "adgen: note: both modes are checked; with '--mode reverse' "
           "f_grad alone is\n";
  // The process ends: the parse need not be taken apart.
  llvm::BuryPointer(std::move(source));
  return succeeded;
}

int Driver::run() {
  if (!makeFiles())
    return 1;
  if (!options.runsCheck)
    return 0;
  llvm::SmallString<256> input(options.input);
  llvm::sys::fs::make_absolute(input);
  return buildAndRunCheck(options, *command,
                          {input.str().str(), sourcePath, programPath},
                          checkFolder);
}

/// Lets a thread whose stack has overflown end as after any other crash: the
/// handler of signals gets a stack of its own.
static void handleOverflows() {
#ifdef LLVM_ON_UNIX
  static char memory[256 << 10];
  stack_t stack = {};
  stack.ss_sp = memory;
  stack.ss_size = sizeof memory;
  sigaltstack(&stack, nullptr);
  for (int number : {SIGSEGV, SIGBUS}) {
    struct sigaction action;
    if (sigaction(number, nullptr, &action) == 0) {
      action.sa_flags |= SA_ONSTACK;
      sigaction(number, &action, nullptr);
    }
  }
#endif
}

int adgen::runDriver(llvm::ArrayRef<const char *> arguments) {
  ParsedOptions parsed = parseOptions(arguments);
  if (!parsed.options)
    return parsed.status;
  auto *driver = new Driver(std::move(*parsed.options));
  int status = 1;
  llvm::CrashRecoveryContext::Enable();
  llvm::CrashRecoveryContext guard;
  guard.DumpStackAndCleanupOnFailure = true;
  auto run = [&] {
    handleOverflows();
    status = driver->run();
  };
  if (!guard.RunSafelyOnThread(run, stackSize))
    printError(Diag::Internal, {"adgen has crashed"});
  driver->removeFolder();
  llvm::BuryPointer(driver);
  return status;
}
