//===- LiveValues.h - Which values somebody needs -------------------------===//
#ifndef ADGEN_ANALYSIS_LIVEVALUES_H
#define ADGEN_ANALYSIS_LIVEVALUES_H

#include "adgen/Dialect/AD.h"
#include "llvm/ADT/DenseSet.h"

namespace adgen {

/// The values of a function in value form that its result depends on, through
/// operands, carried values, tapes and the conditions of what runs. Optimistic:
/// carried values that only feed themselves are not live.
class LiveValues {
public:
  explicit LiveValues(mlir::func::FuncOp function);

  bool isLive(mlir::Value value) const { return live.contains(value); }

private:
  void mark(mlir::Value value);
  /// Marks what decides whether and how often `op` runs.
  void markControl(mlir::Operation *op);
  void visit(mlir::Value value);
  void visitResult(mlir::OpResult result);

  llvm::DenseSet<mlir::Value> live;
  llvm::DenseSet<mlir::Operation *> running;
  llvm::SmallVector<mlir::Value> worklist;
};

} // namespace adgen

#endif // ADGEN_ANALYSIS_LIVEVALUES_H
