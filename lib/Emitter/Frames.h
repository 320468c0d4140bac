//===- Frames.h - What forward sweeps leave for reverse sweeps ------------===//
//
// A frame is a struct of which the sweeps share one object that nobody changes:
// it is copied like a number, and may hold frames of its own type.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_EMITTER_FRAMES_H
#define ADGEN_LIB_EMITTER_FRAMES_H

#include "Emitted.h"

namespace adgen {

/// Whether functions of the module leave frames.
bool hasFrames(mlir::ModuleOp module);

/// Replaces the symbols in the frames' types by the names of their structs:
/// `sort_tape`, or, where the user has that, with a number.
void nameFrames(mlir::ModuleOp module);

/// The definitions of the structs of the frames that `functions` leave.
std::string printFrames(llvm::ArrayRef<EmittedFunction> functions);

/// The names of these structs and of their members.
void collectFrameNames(llvm::ArrayRef<EmittedFunction> functions,
                       llvm::StringSet<> &names);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_FRAMES_H
