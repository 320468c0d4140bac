//===- Forward.cpp ------------------------------------------------------===//
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_FORWARD
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {
struct Forward : adgen::impl::ForwardBase<Forward> {
  void runOnOperation() override {}
};
} // namespace
