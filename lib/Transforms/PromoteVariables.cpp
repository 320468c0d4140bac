//===- PromoteVariables.cpp ------------------------------------------------------===//
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_PROMOTEVARIABLES
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {
struct PromoteVariables : adgen::impl::PromoteVariablesBase<PromoteVariables> {
  void runOnOperation() override {}
};
} // namespace
