//===- Pipeline.h - The order of the passes -------------------------------===//
#ifndef ADGEN_LIB_DRIVER_PIPELINE_H
#define ADGEN_LIB_DRIVER_PIPELINE_H

#include "mlir/Pass/PassManager.h"
#include "llvm/ADT/StringSet.h"

namespace adgen {

/// Memory form → value form. `disabled` names optimizations that are left out.
void addNormalization(mlir::OpPassManager &passes,
                      const llvm::StringSet<> &disabled);

/// Value form → derivatives, optimized; with `remarks`, they are reported on.
void addDifferentiation(mlir::OpPassManager &passes,
                        const llvm::StringSet<> &disabled, bool remarks);

/// The passes that change no result, only how it is computed.
llvm::ArrayRef<llvm::StringRef> optionalPasses();

} // namespace adgen

#endif // ADGEN_LIB_DRIVER_PIPELINE_H
