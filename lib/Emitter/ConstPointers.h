//===- ConstPointers.h - Pointers that may lead to what is const ----------===//
#ifndef ADGEN_LIB_EMITTER_CONSTPOINTERS_H
#define ADGEN_LIB_EMITTER_CONSTPOINTERS_H

#include "VariablePlan.h"

namespace adgen {

/// Which places of a function C++ reaches through pointers and references to const. A
/// pointer that the user has named has the user's type; one without such a name leads to
/// const if anything does that is copied to it:
///
///   const double *t;
///   if (c)
///     t = x;             x is a const double *, y a double *
///   else
///     t = y;
class ConstPointers {
public:
  ConstPointers(mlir::func::FuncOp function, llvm::ArrayRef<RegionCopy> copies);
  bool lead(mlir::Value place) const;

private:
  mlir::func::FuncOp function;
  /// Of those without a name.
  llvm::DenseSet<mlir::Value> found;
};

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_CONSTPOINTERS_H
