//===- Paths.h - Where in an object a place is ----------------------------===//
//
// Private to the analysis of memory: what its files share.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_ANALYSIS_PATHS_H
#define ADGEN_LIB_ANALYSIS_PATHS_H

#include "adgen/Analysis/Memory.h"

#include <map>
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

/// A step without constants and names of members, and with these alone.
struct StepShape {
  Step::Kind kind;
  const void *name;
  IndexForm index;
  llvm::SmallVector<IndexForm> others;

  bool operator<(const StepShape &other) const {
    return std::tie(kind, name, index, others) <
           std::tie(other.kind, other.name, other.index, other.others);
  }
};
using StepKey = std::pair<int64_t, const void *>;
std::pair<StepShape, StepKey> split(const Step &step);

/// The paths of places, as long as what they depend on stays as it is.
class PathCache {
public:
  const Path &of(mlir::Value place);
  /// The answer for two accesses in different trips of the loop if it was given
  /// before for two places at the same distance; else that of `find`.
  bool answer(mlir::Value first, mlir::Value later, mlir::Operation *loop,
              llvm::function_ref<bool()> find);

private:
  /// A place but for where its path has constants.
  struct Shape {
    unsigned number;
    llvm::SmallVector<StepKey> keys;
    /// The indices consist of what the innermost loop around the place has.
    bool isOfLoop;
    mlir::Operation *loop;
  };
  const Shape &shapeOf(mlir::Value place);

  std::unordered_map<void *, Path> paths;
  std::unordered_map<void *, Shape> shapes;
  /// By start and type.
  std::map<std::tuple<const void *, const void *, const void *,
                      std::vector<StepShape>>,
           unsigned>
      numbers;
  std::map<std::tuple<unsigned, unsigned, mlir::Operation *, std::vector<int64_t>>,
           bool>
      answers;
};

/// Where the place is computed; accesses to it are there, or deeper.
mlir::Operation *originOf(mlir::Value place);

/// Whether the start of a path may be another one in another trip of the loop.
bool variesIn(mlir::Value start, mlir::Operation *loop);

bool mayOverlap(mlir::Value first, mlir::Value later, When when,
                mlir::Operation *loop, PathCache &paths);

bool mayFollow(mlir::Operation *first, mlir::Value place, mlir::Operation *later,
               mlir::Value laterPlace, PathCache &paths);

/// Whether two roots may be one object; null is a root that nobody knows.
bool mayBeOneObject(mlir::Value x, mlir::Value z);

} // namespace adgen

#endif // ADGEN_LIB_ANALYSIS_PATHS_H
