//===- PathActivity.h - Where a tangent may be exactly zero ---------------===//
#ifndef ADGEN_ANALYSIS_PATHACTIVITY_H
#define ADGEN_ANALYSIS_PATHACTIVITY_H

#include "adgen/Analysis/Activity.h"

namespace adgen {

/// Tells varied values that depend on the parameters of interest in whatever
/// way they were computed from those that do so on some paths only, and whose
/// tangent is exactly zero on the others: `c ? 0 : x`, a sum over no trips.
class PathActivity {
public:
  PathActivity(mlir::func::FuncOp function, const Activity &activity);

  /// Whether some path brings a `value` that no parameter flows into.
  bool mayBeConstant(mlir::Value value) const {
    return !activity.isVaried(value) || constantByPath.contains(value);
  }

private:
  const Activity &activity;
  llvm::DenseSet<mlir::Value> constantByPath;
};

} // namespace adgen

#endif // ADGEN_ANALYSIS_PATHACTIVITY_H
