//===- Sequences.h - What algorithms of the library work on ---------------===//
#ifndef ADGEN_LIB_FRONTEND_SEQUENCES_H
#define ADGEN_LIB_FRONTEND_SEQUENCES_H

#include "adgen/Dialect/AD.h"

#include "clang/AST/Expr.h"

namespace adgen {

/// Elements side by side: of a container, or behind a pointer.
struct Sequence {
  /// The container, if the range is all of it.
  mlir::Value object;
  /// Where it begins, as a pointer or iterator, unless it is a container.
  mlir::Value base;
  mlir::Value count;
  clang::QualType element;
  /// From the last element of the container to the first one.
  bool isReversed = false;
  /// What is stored is pushed to this container.
  mlir::Value inserter = {};
};

/// The elements that an iterator or pointer goes through, also in reverse; null
/// for another type.
clang::QualType getRangeElement(clang::QualType type);

/// Whether two expressions name one variable, or one member of one.
bool isSameObject(const clang::Expr *a, const clang::Expr *b);

/// The container whose `begin` or `end` the call gives, as `names` say; null for
/// another one.
const clang::Expr *findWhole(const clang::Expr *e,
                             llvm::ArrayRef<llvm::StringRef> names);

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_SEQUENCES_H
