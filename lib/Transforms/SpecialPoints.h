//===- SpecialPoints.h - Where derivatives are infinite or jump -----------===//
#ifndef ADGEN_LIB_TRANSFORMS_SPECIALPOINTS_H
#define ADGEN_LIB_TRANSFORMS_SPECIALPOINTS_H

#include "adgen/Analysis/Activity.h"
#include "adgen/Support/Diagnostics.h"

namespace adgen {

/// What is to be said of one operation.
struct SpecialPoint {
  Diag diag;
  llvm::SmallVector<std::string, 2> args;
  /// Where the literal is written that gets to the operation.
  std::optional<mlir::Location> literal;
};

/// Finds where literals of the program meet infinite derivatives: `sqrt` of what
/// `std::max(x, 0.0)` returns; and kinks at constants: `std::fabs(x)`, `x < 1`.
class SpecialPoints {
public:
  /// Those of `op`, with respect to derivatives that flow.
  llvm::SmallVector<SpecialPoint> find(mlir::Operation *op, const Activity &activity);

private:
  /// A number that a value can be since it is written in the program.
  struct Literal {
    double value;
    mlir::Location loc;
  };
  /// The literals that a value can be, and whether it can be anything else.
  struct Contents {
    llvm::SmallVector<Literal, 2> literals;
    bool isOpen = false;
    void add(const Literal &literal);
    void add(const Contents &other);
  };

  Contents contentsOf(mlir::Value value);
  Contents compute(mlir::Value value);
  Contents computeArgument(mlir::BlockArgument argument);
  Contents computeFunction(Differentiable op);
  Contents computeChoice(mlir::Operation *op);
  void findSingular(Differentiable op, const Activity &activity,
                    llvm::SmallVectorImpl<SpecialPoint> &points);
  void findKink(mlir::Operation *op, const Activity &activity,
                llvm::SmallVectorImpl<SpecialPoint> &points);

  llvm::DenseMap<mlir::Value, Contents> known;
};

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_SPECIALPOINTS_H
