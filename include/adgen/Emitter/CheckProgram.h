//===- CheckProgram.h - The program that checks derivatives ---------------===//
#ifndef ADGEN_EMITTER_CHECKPROGRAM_H
#define ADGEN_EMITTER_CHECKPROGRAM_H

#include "mlir/IR/BuiltinOps.h"
#include <optional>
#include <string>
#include <vector>

namespace adgen {

/// What is the same at every point: `x[3]` is `1.5`, or `A` has 3 × 4 elements.
struct PointSetting {
  std::string place;
  /// As C++ spells it; empty if the setting is one of sizes.
  std::string value;
  std::vector<unsigned> sizes;
};

struct CheckOptions {
  unsigned samples = 5;
  uint64_t seed = 1;
  /// Between which numbers values lie; the program chooses if there are none.
  std::optional<std::pair<std::string, std::string>> range;
  std::vector<PointSetting> settings;
  /// The header of the derivatives, as the program includes it.
  std::string headerName;
  /// What that header includes is not included again if it has no guard.
  std::string headerText;
  /// Base name of the program's source.
  std::string programName;
  /// Its path, to find the `.clang-format` that applies to it.
  std::string formatPath;
};

/// A program in C++17 that checks the derivatives of the functions with
/// `ad.check`.
std::string printCheckProgram(mlir::ModuleOp module,
                              const CheckOptions &options);

} // namespace adgen

#endif // ADGEN_EMITTER_CHECKPROGRAM_H
