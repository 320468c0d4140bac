//===- CallLocations.h - How the code at a location is reached ------------===//
//
// A location says by which calls the requested function comes to it, so that an
// error can show them: its place in the file is
//
//   callsite("g" at place, callsite("f" at place of the call of g, …))
//
// with the function that was asked for last. The front end gives functions that
// were not asked for such locations; `ad-inline-calls` gives them to
// operations.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_DIALECT_CALLLOCATIONS_H
#define ADGEN_DIALECT_CALLLOCATIONS_H

#include "mlir/IR/Location.h"
#include "llvm/ADT/SmallVector.h"

namespace adgen {

/// `caller` calls `callee` at `place`.
struct CallOnTheWay {
  llvm::StringRef callee, caller;
  mlir::FileLineColLoc place;
};

/// The place in function `name` that `loc` names, without a statement; its
/// calls stay.
mlir::Location placeIn(mlir::StringAttr name, mlir::Location loc);

/// `loc`, in a function that is called from `call`, a location of `placeIn`.
/// The statement of `loc` stays.
mlir::Location reachedFrom(mlir::Location loc, mlir::StringAttr callee,
                           mlir::Location call);

/// The name that the place of a function's location has.
mlir::StringAttr functionNameOf(mlir::Location function);

/// From where a function is called, as its location says; null if it does not.
mlir::LocationAttr callersOf(mlir::Location function);

/// The calls that lead to `loc`, the nearest first.
llvm::SmallVector<CallOnTheWay> findCalls(mlir::Location loc);

} // namespace adgen

#endif // ADGEN_DIALECT_CALLLOCATIONS_H
