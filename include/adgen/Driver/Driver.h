//===- Driver.h - The command line of adgen -------------------------------===//
#ifndef ADGEN_DRIVER_DRIVER_H
#define ADGEN_DRIVER_DRIVER_H

#include "llvm/ADT/ArrayRef.h"

namespace adgen {

/// Runs adgen on the arguments behind the program's name. Returns the exit
/// status: 0 written; 2 the command line cannot be understood; 1 all else that
/// fails. Unless it is 0, no file has changed.
int runDriver(llvm::ArrayRef<const char *> arguments);

} // namespace adgen

#endif // ADGEN_DRIVER_DRIVER_H
