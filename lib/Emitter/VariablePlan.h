//===- VariablePlan.h - Leaving SSA: values and C++ variables -------------===//
//
// Which values live in which C++ variable, and which are expressions printed
// where they are used.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_EMITTER_VARIABLEPLAN_H
#define ADGEN_LIB_EMITTER_VARIABLEPLAN_H

#include "CxxTree.h"
#include "StructuredLiveness.h"

namespace adgen {

class Callees;

/// The variable of every value that has one; the other values are expressions,
/// printed at each use. Where the variables of a copy's two sides differ, the
/// copy is printed as an assignment.
struct VariablePlan {
  llvm::DenseMap<mlir::Value, CxxVariable *> variables;

  CxxVariable *of(mlir::Value v) const { return variables.lookup(v); }
};

/// A copy that the end of a region, or the entry of a loop, stands for.
struct RegionCopy {
  mlir::Value source;
  /// The result or carried argument that takes the value.
  mlir::Value target;
  /// The terminator or loop.
  mlir::Operation *at;
};

/// Every copy of `func` between places; those through a tail go straight to
/// what its terminator gives them to.
llvm::SmallVector<RegionCopy> collectCopies(mlir::func::FuncOp func);

/// Gives every parameter, carried value, statement result, named let and named
/// playback its variable: values of one variable of the user share it unless
/// two of them are needed at once.
VariablePlan assignVariables(mlir::func::FuncOp func, CxxFunction &cxx,
                             const StructuredLiveness &liveness,
                             const Callees &callees);

/// Adds to `plan` variables for the intermediates that are not printed where
/// they are used: too costly to repeat, or reading what is assigned in between.
void chooseInlining(mlir::func::FuncOp func, CxxFunction &cxx,
                    const StructuredLiveness &liveness, VariablePlan &plan);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_VARIABLEPLAN_H
