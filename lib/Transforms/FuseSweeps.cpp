//===- FuseSweeps.cpp ------------------------------------------------------===//
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_FUSESWEEPS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {
struct FuseSweeps : adgen::impl::FuseSweepsBase<FuseSweeps> {
  void runOnOperation() override {}
};
} // namespace
