//===- Options.h - What the command line says -----------------------------===//
#ifndef ADGEN_LIB_DRIVER_OPTIONS_H
#define ADGEN_LIB_DRIVER_OPTIONS_H

#include "adgen/Emitter/CheckProgram.h"
#include "adgen/Frontend/Frontend.h"
#include "adgen/Support/Diagnostics.h"

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringSet.h"
#include <optional>

namespace adgen {

/// `MemoryIR` is what the front end makes; `IR` is in value form; `Check` is the
/// derivative and the program that checks it.
enum class EmitKind { Cpp, MemoryIR, IR, DerivativeIR, Check };

struct DriverOptions {
  std::string input;
  RequestOptions request;
  EmitKind emit = EmitKind::Cpp;
  /// `-o`; `"-"` is standard output; empty if not given.
  std::string output;
  std::string depfile;
  std::optional<std::string> databaseFolder;
  /// The flags behind `--`, if it is there.
  std::optional<std::vector<std::string>> flags;
  std::vector<std::string> extraArgs, extraArgsBefore;
  /// Optimizations that are left out.
  llvm::StringSet<> disabledPasses;
  bool printLocations = false;
  /// Whether to say what is taped and what runs again.
  bool remarks = false;
  /// Ids of the warnings that are not shown.
  llvm::StringSet<> quiet;
  /// `adgen check`: the program of EmitKind::Check is built and run.
  bool runsCheck = false;
  CheckOptions check;
  /// Whether the program reports in JSON.
  bool json = false;
  /// What it is linked with besides.
  std::vector<std::string> link;
};

/// The options, or the exit status if there is nothing to do: 0 after `--help`,
/// 2 after an error, which is printed.
struct ParsedOptions {
  std::optional<DriverOptions> options;
  int status = 0;
};
ParsedOptions parseOptions(llvm::ArrayRef<const char *> arguments);

/// Prints `adgen: error: …`.
void printError(const llvm::Twine &message);

/// Prints an error of the table, and the help for it as a note.
void printError(Diag diag, llvm::ArrayRef<std::string> args);

} // namespace adgen

#endif // ADGEN_LIB_DRIVER_OPTIONS_H
