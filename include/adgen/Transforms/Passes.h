//===- Passes.h - The passes of adgen -------------------------------------===//
#ifndef ADGEN_TRANSFORMS_PASSES_H
#define ADGEN_TRANSFORMS_PASSES_H

#include "mlir/Pass/Pass.h"
#include <memory>

namespace adgen {

#define GEN_PASS_DECL
#include "adgen/Transforms/Passes.h.inc"
#define GEN_PASS_REGISTRATION
#include "adgen/Transforms/Passes.h.inc"

} // namespace adgen

#endif // ADGEN_TRANSFORMS_PASSES_H
