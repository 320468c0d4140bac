//===- PointerTypes.h - Types of pointers that the user has not named -----===//
#ifndef ADGEN_LIB_EMITTER_POINTERTYPES_H
#define ADGEN_LIB_EMITTER_POINTERTYPES_H

#include "VariablePlan.h"

namespace adgen {

/// Of which C++ type the pointers of a function are. One that the user has named has the
/// user's type; one without such a name takes what is copied to it, and is a pointer to
/// const if anything of that is, and an iterator if that is one:
///
///   const double *t;                       std::vector<double>::iterator t;
///   if (c)                                 if (c)
///     t = x;      x is a const double *      t = a_bar.begin();
///   else                                   else
///     t = y;      y is a double *            t = b_bar.begin();
class PointerTypes {
public:
  PointerTypes(mlir::func::FuncOp function, llvm::ArrayRef<RegionCopy> copies);
  /// Whether C++ reaches the place through a pointer or reference to const.
  bool leadsToConst(mlir::Value place) const;
  /// The type of the iterator to the place; empty if it is a pointer.
  std::string iteratorTo(mlir::Value place) const;

private:
  mlir::func::FuncOp function;
  /// What is found of those without a name.
  llvm::DenseSet<mlir::Value> constant;
  llvm::DenseMap<mlir::Value, std::string> iterators;
};

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_POINTERTYPES_H
