//===- KeepLoads.h - Loads whose place is overwritten are kept ------------===//
#ifndef ADGEN_LIB_TRANSFORMS_KEEPLOADS_H
#define ADGEN_LIB_TRANSFORMS_KEEPLOADS_H

#include "adgen/Dialect/AD.h"

#include "llvm/ADT/DenseMap.h"

namespace adgen {

/// On a store and an `ad.keep`: how many loops are around the object that it
/// writes or reads.
inline constexpr llvm::StringLiteral scopeMark = "ad.scope";
/// On an `ad.keep`: its number.
inline constexpr llvm::StringLiteral keepMark = "ad.number";
/// On what is about to be reversed: a number that its copies have as well.
inline constexpr llvm::StringLiteral originMark = "ad.origin";
/// On a load: its place is not overwritten, so that it may be loaded again.
inline constexpr llvm::StringLiteral reloadMark = "ad.reloadable";

/// On a load, an `ad.keep` and its tape: the name of the parameter that may be the same
/// object as the one read, for which alone the value is kept.
inline constexpr llvm::StringLiteral aliasMark = "ad.alias";

/// Adds an `ad.keep` behind every load in a loop whose place may be overwritten
/// before it is reversed, and where `isLost` says that it cannot be read then; and
/// behind the results of calls that work on memory. Marks the other loads and what
/// writes. Returns whether there are new variables to promote.
llvm::FailureOr<bool>
keepOverwrittenLoads(mlir::func::FuncOp function,
                     llvm::function_ref<bool(mlir::Value place)> isLost);

/// Whether what the load or query within the loop reads is the same in every trip,
/// wherever counters of inner loops have the same values.
bool isInvariant(mlir::Operation *load, mlir::Operation *loop);

/// Replaces loads by what is known of the contents of places, what was loaded or
/// stored there last. (PromoteVariables.cpp)
void forwardContents(mlir::func::FuncOp function);

/// Promotes what became a variable in a function in value form.
/// (PromoteVariables.cpp)
void promoteAgain(mlir::func::FuncOp function);

/// On a store in a reversed trip: the forward sweep has done it.
inline constexpr llvm::StringLiteral repeatedMark = "ad.repeated";

/// Marks what writes memory, in a trip that is run again, that is there from
/// before. (ReverseMemory.cpp)
void markRepeatedStores(mlir::func::FuncOp derivative);

/// Whether the operation, in a reversed loop, would run for the first time if
/// `loop` were no reversed loop but the forward one.
bool isFirstRunWithout(mlir::Operation *op, ForOp loop);

/// Gives each `ad.keep` of a derivative its tape: the first run records, a run in
/// a reversed trip plays back. Leaves out there what writes memory that is the
/// same as in the first run. Returns what stands for each of them now.
/// (ReverseMemory.cpp)
llvm::DenseMap<mlir::Value, mlir::Value>
resolveKeeps(mlir::func::FuncOp derivative);

/// On the object that the function returns, a variable, or on the parameter by
/// value: its shadow starts from the seed.
inline constexpr llvm::StringLiteral returnedMark = "ad.returned";

/// Marks the object that `primal` returns, if it does, for its derivative. Fails after
/// an error where it may be one of several. (ReverseMemory.cpp)
mlir::LogicalResult markReturnedObject(mlir::func::FuncOp primal,
                        mlir::func::FuncOp derivative);

/// Replaces each `ad.shadow` of a derivative by the shadow, which it makes for
/// objects of the function's own. (ReverseMemory.cpp)
mlir::LogicalResult resolveShadows(mlir::func::FuncOp derivative);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_KEEPLOADS_H
