//===- Diagnostics.h - Everything that adgen says to a user ---------------===//
//
// The ids, severities and texts of Diagnostics.def. Independent of Clang and
// MLIR: the front end reports through Clang, the transforms through MLIR's
// diagnostics, which the driver hands to Clang; the text is the same.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_SUPPORT_DIAGNOSTICS_H
#define ADGEN_SUPPORT_DIAGNOSTICS_H

#include "llvm/ADT/ArrayRef.h"
#include "llvm/ADT/StringRef.h"
#include <string>
#include <vector>

namespace adgen {

enum class Severity { Note, Remark, Warning, Error };

/// One enumerator per row of Diagnostics.def.
enum class Diag {
#define ADGEN_DIAGNOSTIC(name, id, severity, text, help) name,
#include "adgen/Support/Diagnostics.def"
};

struct DiagnosticInfo {
  /// `"unsupported-goto"`; shown as `[adgen-unsupported-goto]`.
  llvm::StringRef id;
  Severity severity;
  /// The message, with `{0}`, `{1}` for its arguments.
  llvm::StringRef text;
  /// Why, and what the user can do: shown once in a run, and on the reference page.
  llvm::StringRef help;
};

const DiagnosticInfo &getInfo(Diag diag);

/// The message with its arguments filled in and its id appended:
/// `'goto' is not supported [adgen-unsupported-goto]`.
std::string formatMessage(Diag diag, llvm::ArrayRef<std::string> args = {});

/// What `message`, made by formatMessage, is an instance of; null if it is none.
const DiagnosticInfo *findInfo(llvm::StringRef message);

/// The help as a note: `a jump has no structure …; write a loop instead`.
std::string formatHelp(const DiagnosticInfo &info);

/// The ids of the warnings that the options `--warning` and `--no-warning` know: those that
/// derivatives come with.
std::vector<std::string> warningIds();

} // namespace adgen

#endif // ADGEN_SUPPORT_DIAGNOSTICS_H
