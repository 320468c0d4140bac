//===- Outputs.h - Files written all or none ------------------------------===//
#ifndef ADGEN_LIB_DRIVER_OUTPUTS_H
#define ADGEN_LIB_DRIVER_OUTPUTS_H

#include "llvm/ADT/ArrayRef.h"
#include <string>

namespace adgen {

struct OutputFile {
  std::string path;
  std::string text;
};

/// Replaces the files. Each is first written in full beside its place and then
/// renamed, so that a reader finds the old or the new text, and after an error,
/// which is printed, all old ones. Returns whether it succeeded.
bool writeOutputs(llvm::ArrayRef<OutputFile> files);

/// Whether `path` is something else than a file, as /dev/null or a pipe, so that
/// it is written to and not replaced.
bool isStream(const std::string &path);

} // namespace adgen

#endif // ADGEN_LIB_DRIVER_OUTPUTS_H
