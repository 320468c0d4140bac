//===- CompileCommand.cpp - How the input is compiled ---------------------===//
//
// Flags come from behind `--`, else from the compilation database of `-p`, else
// from one that lies beside or above the input and lists it. Whatever
// compiler they were made for, Clang 22 reads them, with its own headers; those
// of a database that it does not know are another compiler's and left out.
//
// Clang's headers and adgen/adgen.h lie at fixed places relative to an
// installed adgen, which may be moved; one that is not installed knows where
// its build found them.
//
//===----------------------------------------------------------------------===//
#include "CompileCommand.h"

#include "adgen/Support/Diagnostics.h"

#include "clang/Options/Options.h"
#include "clang/Tooling/ArgumentsAdjusters.h"
#include "clang/Tooling/CompilationDatabase.h"
#include "clang/Tooling/Tooling.h"
#include "llvm/ADT/StringExtras.h"
#include "llvm/Option/ArgList.h"
#include "llvm/Option/OptTable.h"
#include "llvm/Support/FileSystem.h"
#include "llvm/Support/Path.h"

using namespace adgen;
using llvm::StringRef;
namespace tooling = clang::tooling;

/// The folder `relative`, seen from the executable's, if `file` lies in it;
/// else the one that the build used.
static std::string findResources(StringRef relative, StringRef file,
                                 StringRef ofBuild) {
  // Of the executable itself, not of a link to it.
  static int address;
  llvm::SmallString<256> folder(llvm::sys::path::parent_path(
      llvm::sys::fs::getMainExecutable("adgen", &address)));
  llvm::sys::path::append(folder, relative);
  llvm::sys::path::remove_dots(folder, /*remove_dot_dot=*/true);
  llvm::SmallString<256> witness(folder);
  llvm::sys::path::append(witness, file);
  return llvm::sys::fs::exists(witness) ? folder.str().str() : ofBuild.str();
}

/// The database that the options name or that lies near; null if there is none.
static std::unique_ptr<tooling::CompilationDatabase>
findDatabase(const DriverOptions &options, bool &failed) {
  std::string message;
  if (!options.databaseFolder)
    return tooling::CompilationDatabase::autoDetectFromSource(options.input,
                                                              message);
  auto database = tooling::CompilationDatabase::loadFromDirectory(
      *options.databaseFolder, message);
  if (!database) {
    failed = true;
    llvm::SmallVector<StringRef> reasons;
    StringRef(message).trim().split(reasons, '\n');
    printError(Diag::CompilationDatabase,
               {*options.databaseFolder, llvm::join(reasons, "; ")});
  }
  return database;
}

/// Takes out the words that are no option of Clang's, and the optimizations of
/// GCC's that Clang knows by name and warns of.
static void dropUnknownFlags(std::vector<std::string> &words) {
  namespace options = clang::options;
  std::vector<const char *> spelled;
  for (const std::string &word : words)
    spelled.push_back(word.c_str());
  unsigned missingIndex, missingCount;
  llvm::opt::InputArgList args = clang::getDriverOptTable().ParseArgs(
      spelled, missingIndex, missingCount,
      llvm::opt::Visibility(options::ClangOption));
  std::vector<bool> drop(words.size());
  for (const llvm::opt::Arg *arg :
       args.filtered(options::OPT_UNKNOWN,
                     options::OPT_clang_ignored_gcc_optimization_f_Group))
    drop[arg->getIndex()] = true;
  size_t index = 0;
  llvm::erase_if(words, [&](const std::string &) { return drop[index++]; });
}

/// The flags of a compiler's command: without the compiler, the input, and what
/// says where the object goes.
static std::vector<std::string> flagsOf(const tooling::CompileCommand &command,
                                        StringRef input) {
  tooling::ArgumentsAdjuster strip =
      tooling::combineAdjusters(tooling::getClangStripOutputAdjuster(),
                                tooling::getClangStripDependencyFileAdjuster());
  std::vector<std::string> words = strip(command.CommandLine, input);
  if (words.empty())
    return words;
  tooling::addTargetAndModeForProgramName(words, words.front());
  words.erase(words.begin());
  llvm::erase_if(words, [&](const std::string &word) {
    if (word == "-c" || word == "--" || word == command.Filename)
      return true;
    if (StringRef(word).starts_with("-"))
      return false;
    llvm::SmallString<256> path(word);
    llvm::sys::path::make_absolute(command.Directory, path);
    return llvm::sys::fs::equivalent(path, input);
  });
  dropUnknownFlags(words);
  // So it is with warnings.
  words.push_back("-Wno-unknown-warning-option");
  return words;
}

static bool isGiven(llvm::ArrayRef<std::string> flags, StringRef option) {
  return llvm::any_of(flags, [&](StringRef flag) {
    return flag == option || flag.starts_with((option + "=").str());
  });
}

std::optional<CompileCommand>
adgen::findCompileCommand(const DriverOptions &options) {
  CompileCommand command;
  command.file = options.input;
  std::vector<std::string> flags = options.extraArgsBefore;
  if (options.flags) {
    llvm::append_range(flags, *options.flags);
  } else {
    bool failed = false;
    auto database = findDatabase(options, failed);
    if (failed)
      return {};
    llvm::SmallString<256> absolute(options.input);
    llvm::sys::fs::make_absolute(absolute);
    auto found = database ? database->getCompileCommands(absolute)
                          : std::vector<tooling::CompileCommand>();
    // A database that nobody named says nothing of a file that it does not
    // list; of one that was named, Clang takes the flags of a similar file.
    bool isGuess = !found.empty() && !found.front().Heuristic.empty();
    if (!found.empty() && (options.databaseFolder || !isGuess)) {
      command.directory = found.front().Directory;
      llvm::append_range(flags, flagsOf(found.front(), options.input));
    }
  }
  llvm::append_range(flags, options.extraArgs);

  // Named as if it lay beside Clang, so that Clang finds what belongs to it.
  command.arguments = {ADGEN_CLANG_DRIVER, "--driver-mode=g++"};
  if (!isGiven(flags, "-resource-dir"))
    command.arguments.push_back("-resource-dir=" +
                                findResources(ADGEN_INSTALLED_RESOURCE_DIR,
                                              "include/stddef.h",
                                              ADGEN_RESOURCE_DIR));
  // Behind all of the user's folders.
  flags.insert(
      flags.end(),
      {"-idirafter", findResources(ADGEN_INSTALLED_INCLUDE_DIR, "adgen/adgen.h",
                                   ADGEN_INCLUDE_DIR)});
  llvm::append_range(command.arguments, flags);
  command.arguments.insert(command.arguments.end(),
                           {"-Qunused-arguments", "--", options.input});
  // What a database's command is in other words, for Clang.
  llvm::erase_if(flags, [](llvm::StringRef flag) {
    return flag.starts_with("--driver-mode=");
  });
  command.flags = std::move(flags);
  return command;
}
