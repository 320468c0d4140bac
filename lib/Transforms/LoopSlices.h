//===- LoopSlices.h - Parts of a loop that get a loop of their own --------===//
#ifndef ADGEN_LIB_TRANSFORMS_LOOPSLICES_H
#define ADGEN_LIB_TRANSFORMS_LOOPSLICES_H

#include "adgen/Analysis/PlaceIndex.h"
#include "adgen/Dialect/AD.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

namespace adgen {

/// A loop that may be distributed over several: what it reads and writes, what a
/// value is computed from, and what may run ahead of all the rest.
class LoopSlices {
public:
  using Slice = llvm::SetVector<mlir::Operation *>;

  explicit LoopSlices(ForOp loop);

  /// Whether there is nothing in the body but computations, loads, stores and
  /// sums.
  bool isPlain() const { return plain; }

  /// Collects what the value is computed from in the loop; fails if that is more
  /// than loads, sums and products, which are cheap to compute once more.
  bool addSlice(mlir::Value value, Slice &slice) const;

  /// Whether the slice computes the same, and `term` adds the same if it is given,
  /// where all its trips come before everything else in the loop.
  bool mayRunAhead(const Slice &slice, AccumulateOp term = {}) const;

  /// Whether the slice computes the same behind the loop without it.
  bool mayRunBehind(const Slice &slice) const;

  /// Whether the two touch the same in different trips, before the loop is changed.
  bool meetAcrossTrips(mlir::Operation *x, mlir::Operation *z) const;

  /// Whether the two touch the same in one trip or in two.
  bool meet(mlir::Operation *x, mlir::Operation *z) const;

  /// Copies the operations of the slice and of `more` to `b`, in their order.
  void copy(const Slice &slice, llvm::ArrayRef<AccumulateOp> more,
            mlir::OpBuilder &b, mlir::IRMapping &mapping) const;

private:
  mutable ForOp loop;
  mutable PlaceIndex places;
  bool plain = true;
  /// What reads or writes memory.
  llvm::SmallVector<mlir::Operation *> accesses;
};

/// On a loop that runs only where a longer one is not worth it: it stays as it is.
constexpr llvm::StringLiteral shortMark = "ad.short";

/// On a tape: a row of numbers that one loop leaves for the next one; nothing is kept for
/// the reverse sweep.
constexpr llvm::StringLiteral rowMark = "ad.row";

/// How many operations on reals there are in the slice.
unsigned countArithmetic(const LoopSlices::Slice &slice, bool withLoads = true);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_LOOPSLICES_H
