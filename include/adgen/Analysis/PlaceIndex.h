//===- PlaceIndex.h - Places by where they are ----------------------------===//
#ifndef ADGEN_ANALYSIS_PLACEINDEX_H
#define ADGEN_ANALYSIS_PLACEINDEX_H

#include "adgen/Analysis/Memory.h"

#include <set>

namespace adgen {

class PathCache;

/// Numbered places, to be asked which of them another place may share memory with,
/// without a look at those that it certainly does not: other objects, other members,
/// indices at a constant distance.
class PlaceIndex {
public:
  using Numbers = std::set<unsigned>;
  /// How much an access to a place touches.
  enum class Reach {
    /// What is at the place.
    Place,
    /// Anything in the objects that the place may be in.
    Object,
  };

  /// With paths that are there already; else it finds its own, and what these
  /// depend on must stay as it is.
  explicit PlaceIndex(PathCache *paths = nullptr);
  PlaceIndex(PlaceIndex &&) noexcept;
  ~PlaceIndex();

  void insert(unsigned number, mlir::Value place, Reach reach);
  /// Takes back what was inserted, with the same arguments.
  void erase(unsigned number, mlir::Value place, Reach reach);

  /// Calls `test` with sets that hold, among others, all numbers whose access may
  /// touch what one to `place` does, in the same trip of all loops if that reaches
  /// the place alone; until it returns true. Returns whether it did.
  bool anyOf(mlir::Value place, Reach reach,
             llvm::function_ref<bool(const Numbers &)> test);

  /// `adgen::mayOverlap`, with what is known of the places.
  bool mayOverlap(mlir::Value first, mlir::Value later, When when = When::SameTrip,
                  mlir::Operation *loop = nullptr);

private:
  struct Tables;
  std::unique_ptr<Tables> tables;
};

} // namespace adgen

#endif // ADGEN_ANALYSIS_PLACEINDEX_H
