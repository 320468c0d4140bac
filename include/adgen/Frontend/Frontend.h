//===- Frontend.h - C++ source → memory form ------------------------------===//
//
// Parses a C++ file once and lowers the functions that were asked for. Free of
// Clang's headers, so that the driver needs none of them.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_FRONTEND_FRONTEND_H
#define ADGEN_FRONTEND_FRONTEND_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/OwningOpRef.h"
#include <memory>
#include <string>
#include <vector>

namespace adgen {

/// How a compiler would be called for the file.
struct CompileCommand {
  /// The input as the user spelled it; diagnostics spell it likewise.
  std::string file;
  /// The compiler, its flags and the input.
  std::vector<std::string> arguments;
  /// Those that any compiler would get: the user's flags, and where adgen.h is.
  std::vector<std::string> flags;
  /// What relative paths in `arguments`, other than the input, are relative to;
  /// empty for the current folder.
  std::string directory;
};

enum class Mode { Reverse, Forward };

/// Whether the module says how a program makes the functions' arguments; `WithGaps`:
/// those that it cannot make are left to a person.
enum class ArgumentsWanted { None, All, WithGaps };

/// What the user asked for on the command line, in the user's words.
struct RequestOptions {
  /// `f`, `ns::f`, `f<double, 4>`, `f(const double *, int)`; empty: annotated
  /// functions, or else all that fit.
  std::vector<std::string> functions;
  /// Names or positions; empty: every differentiable parameter.
  std::vector<std::string> wrt;
  std::vector<std::string> inactive;
  /// Without repetition, in the order of the enumeration; empty if `--mode` was
  /// not given.
  std::vector<Mode> modes;
  bool withValue = false;
  std::string suffix;
  /// Headers whose derivatives are used, as the user spelled them.
  std::vector<std::string> use;
  /// Where the generated source and header will lie: quoted includes must be
  /// found from there, and what they declare already does not count as the
  /// user's. `outputFile` is empty for standard output.
  std::string outputFile;
  std::string outputHeader;
  /// Whether there will be a header, which may be included beside others.
  bool writesHeader = false;
  ArgumentsWanted arguments = ArgumentsWanted::None;
};

/// A parsed translation unit. Everything that goes wrong is reported through
/// Clang, on standard error.
class SourceFile {
public:
  /// Parses the file with the work of `-fsyntax-only`, and the headers `use` as
  /// if they were included at its end; null if something does not compile.
  static std::unique_ptr<SourceFile>
  parse(const CompileCommand &command, const std::vector<std::string> &use = {});
  ~SourceFile();

  /// Lowers what is asked for to a module in memory form that has the
  /// attributes of docs/architecture.md; null after an error.
  mlir::OwningOpRef<mlir::ModuleOp> lower(mlir::MLIRContext &context,
                                          const RequestOptions &options);

  /// Shows a diagnostic of a pass as Clang shows its own.
  void report(mlir::Diagnostic &diagnostic);

  /// Whether an error was reported, of Clang or of adgen.
  bool hasErrors() const;

  /// Ends the diagnostics as Clang does: `1 error generated.`
  void finishDiagnostics();

  /// The file and everything that it includes, for build systems.
  std::vector<std::string> getDependencies() const;

private:
  struct Implementation;
  explicit SourceFile(std::unique_ptr<Implementation> implementation);
  std::unique_ptr<Implementation> implementation;
};

} // namespace adgen

#endif // ADGEN_FRONTEND_FRONTEND_H
