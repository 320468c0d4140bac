//===- Emitter.h - Value form → C++ ---------------------------------------===//
#ifndef ADGEN_EMITTER_EMITTER_H
#define ADGEN_EMITTER_EMITTER_H

#include "mlir/IR/BuiltinOps.h"
#include "mlir/Support/LogicalResult.h"
#include <string>

namespace adgen {

/// What to print and where it goes.
struct EmitOptions {
  /// Base name of the header, for the source's `#include`.
  std::string headerName = "out_grad.h";
  /// One compilable unit: the declarations stand in the source.
  bool singleUnit = false;
  /// The path of the output, to find the `.clang-format` that applies to it;
  /// empty for LLVM style.
  std::string formatPath;
};

/// The text of the two files; `header` is empty for a single unit.
struct EmittedCode {
  std::string header;
  std::string source;
};

/// Prints every function of `module` that has `ad.derivative`. Fails, with an
/// error at the operation, on what C++ text cannot say.
mlir::FailureOr<EmittedCode> emitCode(mlir::ModuleOp module,
                                      const EmitOptions &options);

} // namespace adgen

#endif // ADGEN_EMITTER_EMITTER_H
