//===- Simplify.cpp ------------------------------------------------------===//
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_SIMPLIFY
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {
struct Simplify : adgen::impl::SimplifyBase<Simplify> {
  void runOnOperation() override {}
};
} // namespace
