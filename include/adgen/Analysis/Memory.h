//===- Memory.h - What places may share memory ----------------------------===//
#ifndef ADGEN_ANALYSIS_MEMORY_H
#define ADGEN_ANALYSIS_MEMORY_H

#include "adgen/Analysis/IndexForm.h"

#include <memory>

namespace adgen {

/// What is at the place; and, of an array of arrays there, the innermost element.
mlir::Type contentOf(mlir::Value place);
mlir::Type innermostContent(mlir::Value place);

/// The objects that a place may be in: variables, arguments, globals. A null
/// value stands for one that nobody knows.
llvm::SmallVector<mlir::Value> rootsOf(mlir::Value place);

/// Where the pointers on the way to the place come from in the end: `rootsOf`,
/// and in place of a pointer that is loaded from memory the roots of that
/// memory.
llvm::SmallVector<mlir::Value> originsOf(mlir::Value place);

/// Whether the place is certainly in an object of the function's own, and which.
VarOp localObject(mlir::Value place);

/// Whether the two places may share memory, whenever they are used.
bool mayAlias(mlir::Value x, mlir::Value z);

/// Whether the places, of the same point in time, are one.
bool isSamePlace(mlir::Value x, mlir::Value z);

/// When one access happens, seen from another one.
enum class When {
  /// In the same trip of every loop around both.
  SameTrip,
  /// In a later trip of the loop.
  LaterTrip,
};

/// Whether an access to `later` may touch what one to `first` did: with
/// `LaterTrip` in a later trip of `loop`, in the order in which its counter counts.
/// Index expressions are compared as polynomials, within the bounds of the loops'
/// counters.
bool mayOverlap(mlir::Value first, mlir::Value later, When when,
                mlir::Operation *loop = nullptr);

/// Whether a callee that is passed `operand` may touch what is at `place`: it may
/// go anywhere in the objects that `operand` is in.
bool mayReach(mlir::Value operand, mlir::Value place);

/// `mayOverlap` of what two operations do to these places, of which a call may go
/// anywhere in the objects.
bool mayMeet(mlir::Operation *first, mlir::Value place, mlir::Operation *later,
             mlir::Value laterPlace, When when, mlir::Operation *loop = nullptr);

/// Whether `later` may use what is at `place` for `first`, after that. A loop that
/// runs backwards has its later trips where the counter is less.
bool mayFollow(mlir::Operation *first, mlir::Value place, mlir::Operation *later,
               mlir::Value laterPlace);

/// The loop nest between an object and an access: how many loops are around the
/// place where the object is made; 0 for what is there from the beginning.
unsigned scopeOf(mlir::Value place);

/// How many loops are around the operation, within its function.
unsigned loopDepth(mlir::Operation *op);

/// The accesses to memory of a function in value form, to be asked about what
/// follows on many of them while the function stays as it is.
class AccessOrder {
public:
  explicit AccessOrder(mlir::func::FuncOp function);
  ~AccessOrder();

  /// Whether what the load, the query of a shape, or the call read at the place may
  /// be another before the reverse sweep of the object's scope: then it has to be
  /// kept.
  bool isOverwritten(mlir::Operation *reader, mlir::Value place);
  /// Of a load whose place is only overwritten through another parameter, which may be
  /// the same object: that parameter. Else null.
  mlir::BlockArgument findOverwritingAlias(mlir::Operation *reader,
                                           mlir::Value place);
  /// Whether what the store or accumulate writes, in an object of the function's
  /// own, may be read after it.
  bool isReadLater(mlir::Operation *write);
  /// Whether something may use, after the operation, the shape that it gives to an
  /// object.
  bool isShapeReadLater(mlir::Operation *change);

private:
  struct Index;
  std::unique_ptr<Index> index;
};

/// `AccessOrder::isOverwritten`, for a single question.
bool isOverwritten(mlir::Operation *reader, mlir::Value place);

/// Whether something within `op` may write what is at the place.
bool mayBeWrittenIn(mlir::Operation *op, mlir::Value place);

/// The place that a store or accumulate writes; null for another operation.
mlir::Value writtenPlace(mlir::Operation *op);

/// The variables and arguments that a call may reach through pointers in the objects that
/// it is passed.
llvm::SmallVector<mlir::Value> placesBehindPointers(CallOp call);

/// All places that the operation may write.
llvm::SmallVector<mlir::Value> writtenPlaces(mlir::Operation *op);

} // namespace adgen

#endif // ADGEN_ANALYSIS_MEMORY_H
