//===- CompanionVariables.cpp - Variables that go with a user's variable --===//
#include "CompanionVariables.h"
#include "CalleeDerivatives.h"

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

LocalAttr adgen::writable(LocalAttr local) {
  StringRef type = local.getType().getValue();
  if (!type.consume_front("const ") || type.contains('*'))
    return local;
  return LocalAttr::get(local.getContext(), local.getId(), local.getName(),
                        StringAttr::get(local.getContext(), type),
                        local.getGenerated());
}

LocalAttr adgen::adjointVariable(VarOp variable) {
  LocalAttr local = adjointVariable(writable(variable.getLocal()));
  Type type = variable.getType().getElement();
  bool isArray = isa<ArrayType>(type);
  while (auto array = dyn_cast<ArrayType>(type))
    type = array.getElement();
  if (!local || !isArray || !isa<PlaceType>(type))
    return local;
  StringAttr spelled = StringAttr::get(
      local.getContext(), withoutConst(local.getType().getValue()));
  return LocalAttr::get(local.getContext(), local.getId(), local.getName(),
                        spelled, local.getGenerated());
}
