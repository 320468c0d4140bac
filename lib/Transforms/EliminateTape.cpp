//===- EliminateTape.cpp ------------------------------------------------------===//
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_ELIMINATETAPE
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {
struct EliminateTape : adgen::impl::EliminateTapeBase<EliminateTape> {
  void runOnOperation() override {}
};
} // namespace
