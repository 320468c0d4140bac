//===- RaiseCountedLoops.cpp ------------------------------------------------------===//
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_RAISECOUNTEDLOOPS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {
struct RaiseCountedLoops : adgen::impl::RaiseCountedLoopsBase<RaiseCountedLoops> {
  void runOnOperation() override {}
};
} // namespace
