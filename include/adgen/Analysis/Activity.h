//===- Activity.h - Which values carry derivatives ------------------------===//
//
// Varied values depend differentiably on a parameter of interest, useful ones
// influence the result differentiably; active ones do both, and only they have
// tangents and adjoints.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_ANALYSIS_ACTIVITY_H
#define ADGEN_ANALYSIS_ACTIVITY_H

#include "adgen/Dialect/AD.h"
#include "llvm/ADT/DenseSet.h"

namespace adgen {

/// The activity of the values of a function in value form, with respect to the
/// arguments `inputs` and the returned values `outputs` (positions; all of them
/// if not given). Only real values, and places in memory, are ever
/// varied or useful; all places within an object are as one. Of an argument that
/// is a place `inputs` says both that its initial content is varied and that its
/// final one is useful.
///
/// Flow-insensitive within a variable, exact in the values' flow through
/// regions: a value carried by a loop is varied only if its initial value is
/// or a varied one comes around. Casts to integers, comparisons, tests and
/// arguments whose partial derivative is "0" in the table cut the flow; calls
/// have the flows that `ad-summarize-calls` found. After Griewank & Walther (2008), section 6.2, on SSA values.
///
/// Nothing flows through what the user said to be inactive: members, parameters of
/// callees, and of this function those at the positions `inactive`; neither what they
/// hold first nor what is assigned to them.
class Activity {
public:
  Activity(mlir::func::FuncOp function, llvm::ArrayRef<unsigned> inputs,
           std::optional<llvm::ArrayRef<unsigned>> outputs = std::nullopt,
           llvm::ArrayRef<unsigned> inactive = {});

  /// Whether a parameter of interest flows into `value`.
  bool isVaried(mlir::Value value) const { return varied.contains(value); }
  /// Whether `value` flows into what the function returns.
  bool isUseful(mlir::Value value) const { return useful.contains(value); }
  /// Whether `value` lies on a way from a parameter of interest to the result.
  bool isActive(mlir::Value value) const {
    return isVaried(value) && isUseful(value);
  }

private:
  llvm::DenseSet<mlir::Value> varied;
  llvm::DenseSet<mlir::Value> useful;
};

/// Whether derivatives can belong to a value of this type, or to what is at such
/// a place.
bool carriesReals(mlir::Type type);

/// Whether the user said that what is there carries no derivative, whatever is stored: in
/// an inactive member, or parameter that `isInactive` accepts.
bool isInactivePlace(mlir::Value place,
                     llvm::function_ref<bool(mlir::BlockArgument)> isInactive);

/// Calls `edge(from, to)` for every pair of real values of `root` between which
/// a derivative flows directly, `root`'s own regions included.
void forEachDerivativeFlow(
    mlir::Operation *root,
    llvm::function_ref<void(mlir::Value from, mlir::Value to)> edge);

} // namespace adgen

#endif // ADGEN_ANALYSIS_ACTIVITY_H
