//===- Reverse.cpp ------------------------------------------------------===//
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_REVERSE
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {
struct Reverse : adgen::impl::ReverseBase<Reverse> {
  void runOnOperation() override {}
};
} // namespace
