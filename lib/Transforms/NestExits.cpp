//===- NestExits.cpp ------------------------------------------------------===//
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_NESTEXITS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {
struct NestExits : adgen::impl::NestExitsBase<NestExits> {
  void runOnOperation() override {}
};
} // namespace
