//===- PointerLoads.h - Pointers that are read in memory ------------------===//
#ifndef ADGEN_LIB_FRONTEND_POINTERLOADS_H
#define ADGEN_LIB_FRONTEND_POINTERLOADS_H

#include "Requests.h"
#include "Spelling.h"

#include "adgen/Dialect/AD.h"

namespace adgen {

/// Notes of a pointer or reference, just loaded, that it points to what is const: its shadow
/// points to what is written. `type` is the pointer's.
inline void noteConstTarget(mlir::Value pointer, clang::QualType type,
                            const clang::ASTContext &ast, Spelling &spelling) {
  auto load = pointer ? pointer.getDefiningOp<LoadOp>() : LoadOp();
  clang::QualType target =
      type->isPointerType() || type->isReferenceType() ? type->getPointeeType()
                                                       : clang::QualType();
  if (!load || target.isNull() || !target.isConstQualified() ||
      !isDifferentiable(target))
    return;
  clang::QualType writable = ast.getPointerType(target.getUnqualifiedType());
  load->setAttr("to_const", mlir::StringAttr::get(load.getContext(),
                                                  spelling.type(writable)));
}

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_POINTERLOADS_H
