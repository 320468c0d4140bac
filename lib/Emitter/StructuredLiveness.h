//===- StructuredLiveness.h - When two values are needed at once ----------===//
//
// Liveness of SSA values in structured control flow, and program positions.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_EMITTER_STRUCTUREDLIVENESS_H
#define ADGEN_LIB_EMITTER_STRUCTUREDLIVENESS_H

#include "adgen/Dialect/AD.h"

#include <vector>

namespace adgen {

inline bool isLoop(mlir::Operation *op) {
  return llvm::isa<ForOp, WhileOp>(op);
}

/// Answers about the function as it is; any change invalidates it.
class StructuredLiveness {
public:
  explicit StructuredLiveness(mlir::func::FuncOp func);

  /// The position of an operation in the text, and the position past its
  /// regions.
  unsigned begin(mlir::Operation *op) const { return extents.lookup(op).first; }
  unsigned end(mlir::Operation *op) const { return extents.lookup(op).second; }
  /// The same for a block.
  unsigned begin(mlir::Block *block) const { return blocks.lookup(block).first; }
  unsigned end(mlir::Block *block) const { return blocks.lookup(block).second; }

  /// Positions around all at which `v` is assigned or needed: values interfere
  /// only where theirs overlap.
  std::pair<unsigned, unsigned> extent(mlir::Value v) const;

  /// Whether `v` may still be read after `after`, an operation of `block` (null:
  /// from the start of `block`). Its own definition must dominate that point.
  bool isLiveAfter(mlir::Value v, mlir::Block *block,
                   mlir::Operation *after) const;

  /// Whether one variable cannot hold both: one is still needed where the
  /// other is assigned. Carried values are assigned before the loop and at the
  /// ends of its regions, results at the ends of regions.
  bool interfere(mlir::Value a, mlir::Value b) const;

private:
  void number(mlir::Block &block);
  unsigned definition(mlir::Value v) const;
  bool isDefinedBefore(mlir::Value a, mlir::Value b) const;
  bool isReadInLoop(mlir::Value v, mlir::Operation *loop) const;
  bool isNeededPastEntry(mlir::Value v, mlir::Value carried) const;
  /// Whether an operation between the positions uses `v`.
  bool isUsedBetween(mlir::Value v, unsigned from, unsigned to) const;

  unsigned next = 0;
  /// Where each value that was asked about is used, in order.
  mutable llvm::DenseMap<mlir::Value, std::vector<unsigned>> uses;
  llvm::DenseMap<mlir::Operation *, std::pair<unsigned, unsigned>> extents;
  llvm::DenseMap<mlir::Block *, std::pair<unsigned, unsigned>> blocks;
};

/// Whether `block` is `ancestor` or nested in one of its operations.
bool isNestedIn(mlir::Block *block, mlir::Block *ancestor);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_STRUCTUREDLIVENESS_H
