//===- Check.cpp - Building and running a check ---------------------------===//
//
// The user's source, the derivatives and the program that checks them are
// compiled side by side with the user's compiler (CXX, else the clang++ that is
// found) and the user's flags, linked and run. AddressSanitizer is there if the
// compiler has it: nobody says how large an array must be, and what is read
// beyond one that is too short would be taken for its content.
//
//===----------------------------------------------------------------------===//
#include "Check.h"

#include "adgen/Support/Diagnostics.h"

#include "llvm/ADT/StringExtras.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/MemoryBuffer.h"
#include "llvm/Support/Path.h"
#include "llvm/Support/Process.h"
#include "llvm/Support/Program.h"
#include "llvm/Support/Signals.h"
#include "llvm/Support/raw_ostream.h"
#include <unistd.h>

using namespace adgen;
using llvm::StringRef;
namespace fs = llvm::sys::fs;

using Words = std::vector<std::string>;

void adgen::showProgress(const llvm::Twine &what) {
  if (!llvm::sys::Process::StandardErrIsDisplayed())
    return;
  // Over what stood there.
  llvm::errs() << "\r\033[K";
  std::string text = what.str();
  if (!text.empty())
    llvm::errs() << "adgen: " << text << " ...";
}

void CheckFolder::remove() {
  if (!folder.empty())
    fs::remove_directories(folder);
}

/// What an interrupt leaves behind otherwise.
static std::string &folderToRemove() {
  static std::string folder;
  return folder;
}

bool CheckFolder::create() {
  std::error_code error = fs::createUniqueDirectory("adgen-check", folder);
  folderToRemove() = folder.str().str();
  llvm::sys::SetInterruptFunction([] {
    fs::remove_directories(folderToRemove());
    constexpr int interrupted = 130;
    _exit(interrupted);
  });
  if (error)
    printError(Diag::UnwritableOutput, {folder.str().str(), error.message()});
  return !error;
}

std::string CheckFolder::file(StringRef name) const {
  llvm::SmallString<128> path(folder);
  llvm::sys::path::append(path, name);
  return path.str().str();
}

namespace {

class CheckBuilder {
public:
  CheckBuilder(const DriverOptions &options, const CompileCommand &command,
               const CheckFiles &files, const CheckFolder &folder)
      : options(options), command(command), files(files), folder(folder) {}

  bool findCompiler();
  /// Whether the program is built; `log` is what the compiler said if not.
  bool build(bool isSanitized, std::string &log);
  int run();
  std::string compilerName() const { return llvm::join(compiler, " "); }

private:
  Words common(bool isSanitized) const;

  const DriverOptions &options;
  const CompileCommand &command;
  const CheckFiles &files;
  const CheckFolder &folder;
  /// With words before it, as in `CXX="ccache g++"`.
  Words compiler;
};

} // namespace

bool CheckBuilder::findCompiler() {
  if (std::optional<std::string> named = llvm::sys::Process::GetEnv("CXX")) {
    llvm::SmallVector<StringRef> words;
    llvm::SplitString(*named, words);
    for (StringRef word : words)
      compiler.push_back(word.str());
  }
  Words candidates = {"clang++", "clang++-22", ADGEN_CLANG_DRIVER, "g++",
                      "c++"};
  if (!compiler.empty())
    candidates = {compiler.front()};
  for (const std::string &name : candidates)
    if (auto found = llvm::sys::findProgramByName(name)) {
      compiler.resize(std::max<size_t>(compiler.size(), 1));
      compiler.front() = *found;
      return true;
    }
  printError(Diag::CheckBuild, {compiler.empty() ? "clang++" : compiler.front(),
                                "there is no such compiler"});
  return false;
}

/// A process that has been started, and the file that has what it says.
struct Started {
  llvm::sys::ProcessInfo process;
  std::string log;
};

static Started start(const Words &words, const std::string &log) {
  llvm::SmallVector<StringRef> arguments(words.begin(), words.end());
  std::optional<StringRef> redirects[] = {StringRef(""), StringRef(log),
                                          StringRef(log)};
  return {llvm::sys::ExecuteNoWait(words.front(), arguments, std::nullopt,
                                   redirects),
          log};
}

/// Whether it succeeded; else what it said is added to `text`.
static bool finish(const Started &started, std::string &text) {
  llvm::sys::ProcessInfo ended = llvm::sys::Wait(started.process, std::nullopt);
  if (started.process.Pid != llvm::sys::ProcessInfo::InvalidPid &&
      ended.ReturnCode == 0)
    return true;
  if (auto buffer = llvm::MemoryBuffer::getFile(started.log))
    text += (*buffer)->getBuffer().str();
  return false;
}

/// What every file is compiled with. The user's flags decide what they speak
/// of, but warnings are for the user's own build.
Words CheckBuilder::common(bool isSanitized) const {
  Words words = compiler;
  // As Clang 22 has read the input.
  words.insert(words.end(), {"-std=gnu++17", "-O1"});
  llvm::append_range(words, command.flags);
  words.push_back("-w");
#ifndef __APPLE__
  // Other functions of the input may need what is not here.
  words.push_back("-ffunction-sections");
  words.push_back("-Wl,--gc-sections");
#endif
  // Bounds are those of arrays in objects.
  if (isSanitized)
    words.insert(words.end(),
                 {"-fsanitize=address,bounds", "-fno-sanitize-recover=bounds"});
  return words;
}

bool CheckBuilder::build(bool isSanitized, std::string &log) {
  Words objects;
  std::vector<Started> started;
  auto compile = [&](const std::string &source, const Words &extra) {
    std::string object = folder.file("object" + std::to_string(objects.size()));
    Words words = common(isSanitized);
    llvm::append_range(words, extra);
    words.insert(words.end(), {"-c", "-x", "c++", source, "-o", object + ".o"});
    started.push_back(start(words, object + ".log"));
    objects.push_back(object + ".o");
  };
  // Waiting for the compiler takes longer than running what it could optimize.
  compile(files.program, {"-O0", "-fno-fast-math"});
  compile(files.derivative, {});
  // The program has a `main` of its own.
  compile(files.input, {"-Dmain=main_of_the_input"});
  bool succeeded = true;
  for (const Started &one : started)
    succeeded &= finish(one, log);
  if (!succeeded)
    return false;
  Words words = common(isSanitized);
  llvm::append_range(words, objects);
  llvm::append_range(words, options.link);
  words.insert(words.end(), {"-o", folder.file("check")});
  return finish(start(words, folder.file("link.log")), log);
}

int CheckBuilder::run() {
  std::string program = folder.file("check"), json = folder.file("check.json");
  llvm::SmallVector<StringRef> arguments = {program};
  std::optional<StringRef> redirects[] = {std::nullopt, std::nullopt,
                                          std::nullopt};
  if (options.json) {
    arguments.append({"--json", json});
    redirects[1] = StringRef("");
  }
  std::string message;
  int status = llvm::sys::ExecuteAndWait(
      program, arguments, std::nullopt, redirects,
      /*SecondsToWait=*/0, /*MemoryLimit=*/0, &message);
  if (options.json)
    if (auto buffer = llvm::MemoryBuffer::getFile(json))
      llvm::outs() << (*buffer)->getBuffer();
  if (status == 0 || status == 1)
    return status;
  // Behind what the program was writing.
  llvm::errs() << '\n';
  printError(Diag::CheckRun,
             {message.empty() ? "status " + std::to_string(status) : message});
  return 1;
}

int adgen::buildAndRunCheck(const DriverOptions &options,
                            const CompileCommand &command,
                            const CheckFiles &files,
                            const CheckFolder &folder) {
  DriverOptions absolute = options;
  for (std::string &file : absolute.link)
    if (fs::exists(file)) {
      llvm::SmallString<128> full(file);
      fs::make_absolute(full);
      file = full.str().str();
    }
  // Relative paths in flags are meant from there; all others are full ones.
  if (!command.directory.empty())
    fs::set_current_path(command.directory);
  CheckBuilder builder(absolute, command, files, folder);
  if (!builder.findCompiler())
    return 1;
  showProgress("compiling");
  std::string log, plain;
  bool isBuilt = builder.build(/*isSanitized=*/true, log);
  if (!isBuilt) {
    isBuilt = builder.build(/*isSanitized=*/false, plain);
    showProgress("");
    if (isBuilt)
      llvm::errs()
          << "adgen: note: built without -fsanitize=address, which this "
             "compiler does not have; what is read beyond arrays is not seen\n";
  }
  showProgress("");
  if (!isBuilt) {
    llvm::errs() << plain;
    printError(Diag::CheckBuild, {builder.compilerName(), "see above"});
    return 1;
  }
  return builder.run();
}
