//===- LiveValues.h - Which values somebody needs -------------------------===//
#ifndef ADGEN_ANALYSIS_LIVEVALUES_H
#define ADGEN_ANALYSIS_LIVEVALUES_H

#include "adgen/Dialect/AD.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"

namespace adgen {

/// The values and operations within `root` (a function, usually) that its
/// result or an effect depends on: through operands, carried values, tapes, and
/// the conditions of what runs. Optimistic: carried values that only feed
/// themselves are not live, nor are records on a tape that nobody plays back, nor
/// what is stored in an object of the function's own that nobody reads.
class LiveValues {
public:
  explicit LiveValues(mlir::Operation *root);
  /// What `neededValues` and `neededOps` depend on, and nothing else.
  LiveValues(mlir::Operation *root, llvm::ArrayRef<mlir::Value> neededValues,
             llvm::ArrayRef<mlir::Operation *> neededOps);

  bool isLive(mlir::Value value) const { return values.contains(value); }
  bool isLive(mlir::Operation *op) const { return operations.contains(op); }

  /// Something has come to need the value.
  void add(mlir::Value value) {
    mark(value);
    markAll();
  }
  /// Finds anew what within `op` is live, of whose inside something has changed;
  /// what is live outside stays so.
  void update(mlir::Operation *op);

private:
  void markAll();
  void mark(mlir::Value value);
  void mark(mlir::Operation *op);
  /// Marks the values that result `slot` of a branch or loop comes from.
  void markSlot(mlir::Operation *op, unsigned slot);
  void visit(mlir::Value value);
  /// Something reads what is in the objects that `place` may be in, or, with
  /// `isShape`, how many elements they have.
  void markContent(mlir::Value place, bool isShape);

  mlir::Operation *root;
  llvm::DenseSet<mlir::Value> values;
  llvm::DenseSet<mlir::Operation *> operations;
  /// What is written to each object of the function's own.
  llvm::MapVector<mlir::Value, llvm::SmallVector<mlir::Operation *>> writers;
  /// Those of which something reads the content, or the shape.
  llvm::DenseSet<mlir::Value> objectsRead, shapesRead;
  llvm::SmallVector<mlir::Value> worklist;
};

} // namespace adgen

#endif // ADGEN_ANALYSIS_LIVEVALUES_H
