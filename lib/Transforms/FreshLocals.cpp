//===- FreshLocals.cpp - Variables that a pass invents --------------------===//
#include "FreshLocals.h"

using namespace mlir;
using namespace adgen;

FreshLocals::FreshLocals(func::FuncOp function)
    : context(function.getContext()) {
  // Locals occur as attributes of their own, in arrays (`locals`) and in the
  // dictionaries of the arguments.
  AttrTypeWalker walker;
  walker.addWalk(
      [&](LocalAttr local) { next = std::max(next, local.getId() + 1); });
  function.walk([&](Operation *op) { walker.walk(op->getAttrDictionary()); });
}

LocalAttr FreshLocals::create(const Twine &name, StringRef type) {
  return LocalAttr::get(context, next++, StringAttr::get(context, name),
                        StringAttr::get(context, type), /*generated=*/true);
}
