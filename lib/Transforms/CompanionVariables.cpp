//===- CompanionVariables.cpp - Variables that go with a user's variable --===//
#include "CompanionVariables.h"

using namespace mlir;
using namespace adgen;

/// `kind` tells the companions of one variable apart.
static LocalAttr companion(LocalAttr local, unsigned kind, StringRef suffix) {
  if (!local)
    return {};
  MLIRContext *context = local.getContext();
  return LocalAttr::get(context, local.getId() * 4 + kind,
                        StringAttr::get(context, local.getName().str() + suffix),
                        local.getType(), /*generated=*/true);
}

LocalAttr adgen::tangentVariable(LocalAttr local) {
  return companion(local, 1, "_dot");
}
LocalAttr adgen::adjointVariable(LocalAttr local) {
  return companion(local, 2, "_bar");
}
LocalAttr adgen::tapeVariable(LocalAttr local) {
  return companion(local, 3, "_tape");
}
