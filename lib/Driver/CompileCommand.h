//===- CompileCommand.h - How the input is compiled -----------------------===//
#ifndef ADGEN_LIB_DRIVER_COMPILECOMMAND_H
#define ADGEN_LIB_DRIVER_COMPILECOMMAND_H

#include "Options.h"

namespace adgen {

/// The compiler's command for the input: from behind `--`, from the compilation
/// database, or plain. Nothing after an error, which is printed.
std::optional<CompileCommand> findCompileCommand(const DriverOptions &options);

} // namespace adgen

#endif // ADGEN_LIB_DRIVER_COMPILECOMMAND_H
