//===- RepeatedPart.h - What need not run twice in joined sweeps ----------===//
#ifndef ADGEN_LIB_TRANSFORMS_REPEATEDPART_H
#define ADGEN_LIB_TRANSFORMS_REPEATEDPART_H

#include "adgen/Dialect/AD.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/DenseSet.h"

namespace adgen {

/// What a reversed branch or trip runs again of the forward one that runs right
/// before it where they are joined: that need not run twice.
class RepeatedPart {
public:
  /// `values` maps what the reversed part knows to what the forward part knows.
  explicit RepeatedPart(mlir::IRMapping values) : values(std::move(values)) {}

  /// Finds the operations of `again` that are in `first`. Returns false if a part
  /// of what is done to an object would be done twice.
  bool find(mlir::Block &first, mlir::Block &again);
  bool contains(mlir::Operation *op) const { return repeated.contains(op); }
  /// Erases from `again` what is in `first`.
  void leaveOut(mlir::Block &first, mlir::Block &again);
  mlir::IRMapping values;

private:
  mlir::Value findRecorded(PlaybackOp playback, mlir::Block &first);
  mlir::Operation *match(mlir::Operation *op, mlir::Block::iterator from, mlir::Block &first);
  llvm::DenseSet<mlir::Operation *> repeated;
};

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_REPEATEDPART_H
