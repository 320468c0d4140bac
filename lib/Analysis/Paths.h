//===- Paths.h - Where in an object a place is ----------------------------===//
//
// Private to the analysis of memory: what its files share.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_ANALYSIS_PATHS_H
#define ADGEN_LIB_ANALYSIS_PATHS_H

#include "adgen/Analysis/Memory.h"

#include <unordered_map>

namespace adgen {

struct Step {
  enum Kind { Offset, Element, Member, Access } kind;
  IndexForm index;
  mlir::StringAttr name;
  llvm::SmallVector<IndexForm> others;
};

struct Path {
  mlir::Value start;
  llvm::SmallVector<Step> steps;
  /// An array was left by its element's address: steps say nothing.
  bool isLoose = false;
};

/// The paths of places, as long as what they depend on stays as it is.
class PathCache {
public:
  const Path &of(mlir::Value place);

private:
  std::unordered_map<void *, Path> paths;
};

bool mayOverlap(mlir::Value first, mlir::Value later, When when,
                mlir::Operation *loop, PathCache &paths);

bool mayFollow(mlir::Operation *first, mlir::Value place, mlir::Operation *later,
               mlir::Value laterPlace, PathCache &paths);

/// Whether two roots may be one object; null is a root that nobody knows.
bool mayBeOneObject(mlir::Value x, mlir::Value z);

} // namespace adgen

#endif // ADGEN_LIB_ANALYSIS_PATHS_H
