//===- Reverse.h - Building an adjoint ------------------------------------===//
//
// Private to the reverse mode: what its files share. Reverse.cpp has the pass
// and straight-line code, ReverseRegions.cpp branches and loops, KeepValues.cpp
// what the reverse sweep gets from the forward sweep.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_TRANSFORMS_REVERSE_H
#define ADGEN_LIB_TRANSFORMS_REVERSE_H

#include "CalleeDerivatives.h"
#include "CompanionVariables.h"

#include "adgen/Analysis/Activity.h"
#include "adgen/Dialect/AD.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace adgen {

class CallersMemory;

/// Marks what is run again in a reversed trip, and must not be: a tape has to
/// replace its results.
inline constexpr llvm::StringLiteral replayMark = "ad.replayed";

/// What the forward sweep recorded of a loop for its reversal.
struct LoopTrace {
  /// The loop in the forward sweep.
  mlir::Operation *forward = nullptr;
  /// The tape of each carried value; null where none is needed.
  llvm::SmallVector<mlir::Value> tapes;
  /// The size of a tape with an element a trip, null where it grows; `clamp` as
  /// of an `ad.tape`.
  mlir::Value tapeSize;
  bool clamp = false;
  /// The number of trips, for a loop whose count is not known on entry.
  mlir::Value trips;
  /// The trip's number in `forward`, from 0 or a little more; an index of tapes.
  mlir::Value index;
  /// Whether that is the loop's own counter.
  bool indexIsCounter = false;
  /// Primal values of the body → their copies in `forward`.
  mlir::IRMapping values;
};

/// One run of the forward sweep over a block and what is nested in it: the
/// function's body, or a trip that the reverse sweep runs again.
struct Level {
  /// Primal values → their copies in this run.
  mlir::IRMapping values;
  llvm::DenseMap<mlir::Operation *, LoopTrace> loops;
};

/// The adjoints so far, by primal value. An inner one sees through to `outer`.
class Adjoints {
public:
  explicit Adjoints(const Adjoints *outer = nullptr) : outer(outer) {}

  /// The adjoint so far; null stands for zero.
  mlir::Value lookup(mlir::Value primal) const {
    auto it = map.find(primal);
    if (it != map.end())
      return it->second;
    return outer ? outer->lookup(primal) : mlir::Value();
  }
  void set(mlir::Value primal, mlir::Value adjoint) { map[primal] = adjoint; }
  /// What this one changed, in the order of first changes.
  const llvm::MapVector<mlir::Value, mlir::Value> &changes() const {
    return map;
  }

  /// Values of user variables whose adjoint the current statement changed.
  llvm::SetVector<mlir::Value> dirty;
  /// The variables that the current statement assigned in the primal.
  llvm::DenseSet<LocalAttr> assigned;
  /// The statement being reversed.
  StmtAttr stmt;
  /// The location of its last derivative operation.
  std::optional<mlir::Location> loc;
  /// What the statement does to shadows in memory, in order: a contribution to
  /// add, or null for a shadow that becomes zero.
  llvm::SmallVector<std::pair<mlir::Value, mlir::Value>> memory;

private:
  const Adjoints *outer;
  llvm::MapVector<mlir::Value, mlir::Value> map;
};

/// A loop of the forward sweep with its reversal.
struct LoopPair {
  LoopTrace trace;
  /// The loop of the reverse sweep.
  ForOp reverse;
  /// Primal values of the body → their copies in the re-run trip.
  mlir::IRMapping rerun;
  /// The index of tapes in `reverse`.
  mlir::Value reverseIndex;
};

/// Whether the place carries a derivative, in a derivative with this signature.
bool hasShadow(mlir::func::FuncOp derivative, const Activity &activity,
               mlir::Value place);

/// Whether the argument is an object of the function's own, a parameter by value.
/// (ReverseMemory.cpp)
bool isObjectByValue(mlir::BlockArgument argument);

/// The shadow of what argument `i` is; null if the derivative has none.
mlir::Value shadowOfArgument(mlir::func::FuncOp derivative, unsigned i);
/// Lets the pairs refer to what stands for values that are no more.
void replaceValues(llvm::MutableArrayRef<LoopPair> loops,
                   const llvm::DenseMap<mlir::Value, mlir::Value> &replaced);

/// Builds the adjoint of one function. Method: Griewank & Walther, Evaluating
/// Derivatives (2008), chapters 3 and 6 (reversal of loops).
class AdjointBuilder {
public:
  /// `derivative` has the signature that `request` means, and no body.
  AdjointBuilder(mlir::func::FuncOp primal, mlir::func::FuncOp derivative,
                 const DerivativeRequest &request,
                 CalleeDerivatives &callees, const CallersMemory &memory,
                 llvm::DenseMap<mlir::Value, mlir::Value> shadowPointers,
                 bool fuses, bool cuts);

  /// Gives the derivative its body; fails after an error.
  mlir::LogicalResult build();

private:
  // Reverse.cpp
  void seed(Adjoints &adjoints);
  llvm::SmallVector<mlir::Value> finishAdjoint(Level &level,
                                               Adjoints &adjoints);
  llvm::SmallVector<mlir::Value> finishPartials(Level &level);
  mlir::LogicalResult checkReplays();
  void backward(mlir::Block &primal, Level &level, Adjoints &adjoints);
  void reverseFunction(Differentiable op, Level &level, Adjoints &adjoints);
  void beginStatement(mlir::Location loc, Adjoints &adjoints);
  void flush(Adjoints &adjoints);
  /// adjoint(primal) += contribution.
  void accumulate(mlir::Value primal, mlir::Value contribution,
                  Adjoints &adjoints);
  /// The adjoint so far, or the constant zero.
  mlir::Value adjointOrZero(mlir::Value primal, const Adjoints &adjoints,
                            mlir::Location loc);
  bool mayVanishByPath(mlir::Value adjoint);
  bool decideVanishing(mlir::Value adjoint, llvm::ArrayRef<bool> operands);
  bool adjointMayVanish(CallOp call);

  // ReverseCalls.cpp
  void reverseCall(CallOp op, Level &level, Adjoints &adjoints);
  void reverseByPartials(CallOp op, Level &level, Adjoints &adjoints);
  void addGuarded(llvm::ArrayRef<std::pair<mlir::Value, mlir::Value>> terms,
                  mlir::Value y_bar, Adjoints &adjoints);

  // RuleCalls.cpp
  void reverseByRule(CallOp op, Level &level, Adjoints &adjoints);
  mlir::Value findRuleShadow(CallOp op, unsigned of, Level &level);

  // SplitCalls.cpp
  void reverseSweeps(CallOp op, Level &level, Adjoints &adjoints);

  // ReverseMemory.cpp
  /// Whether the place carries a derivative.
  bool hasShadow(mlir::Value place) {
    return adgen::hasShadow(derivative, activity, place);
  }
  /// The shadow of a place in this run; null if it carries no derivative.
  mlir::Value shadowOf(mlir::Value place, Level &level);
  /// Whether reversing `op` reads or writes shadows in memory.
  bool touchesShadows(mlir::Operation *op);
  /// Whether a shadow that is read here may have become zero on the way.
  bool shadowMayVanish();
  void noteStoreToShadow(mlir::Value value);
  void reverseLoad(LoadOp op, Level &level, Adjoints &adjoints);
  void reverseStore(StoreOp op, Level &level, Adjoints &adjoints);
  void reverseSwap(SwapOp op, Level &level, Adjoints &adjoints);

  // ReverseShapes.cpp
  void reverseShape(mlir::Operation *op, Level &level, Adjoints &adjoints);
  /// An index that is counted from the size of a container that changes, counted
  /// from its shadow's; null if it is another one.
  mlir::Value shadowIndex(mlir::Value index, mlir::Value container,
                          mlir::Value shadow, Level &level);

  // ShadowSums.cpp
  void flushMemory(Adjoints &adjoints);

  // ReverseMemory.cpp
  /// Leaves no effect in operations that are run again, from `first` to the end
  /// of its block.
  void removeEffects(mlir::Block &block);

  // ReverseRegions.cpp
  void forward(mlir::Block &primal, Level &level);
  void forwardLoop(ForOp op, Level &level);
  void forwardLoop(WhileOp op, Level &level);
  void recordCarried(mlir::Operation *op, mlir::ValueRange args,
                     mlir::Value index, LoopTrace &trace);
  void reverseBranches(mlir::Operation *op, Level &level, Adjoints &adjoints);
  void reverseLoop(mlir::Operation *op, Level &level, Adjoints &adjoints);
  llvm::SmallVector<mlir::Value> capturedReals(mlir::Operation *op);
  bool isActiveLoop(mlir::Operation *op);

  mlir::func::FuncOp primal, derivative;
  const DerivativeRequest &request;
  CalleeDerivatives &callees;
  const CallersMemory &memory;
  /// The shadow of each pointer that a branch or loop hands on.
  llvm::DenseMap<mlir::Value, mlir::Value> shadowPointers;
  Activity activity;
  mlir::OpBuilder b;
  llvm::SmallVector<LoopPair, 0> loopPairs;
  /// What `mayVanishByPath` has found, where no shadow may have become zero and
  /// where one may.
  llvm::DenseMap<mlir::Value, bool> vanishing[2];
  /// Whether zeros are stored in shadows so far, or may be left there by a path that
  /// does not add to them.
  bool leavesZeros = false;
  /// What is being reversed.
  mlir::Operation *reversing = nullptr;
  /// How many variables were invented so far.
  unsigned generatedLocals = 0;
  /// Of a derivative that becomes two functions: what ends the forward sweep.
  mlir::Operation *boundary = nullptr;
  /// Whether sweeps may be fused.
  bool fuses;
  /// Whether less than what is loaded may be kept.
  bool cuts;
  bool failed = false;
};

/// The variable that a primal value belongs to: that of its `ad.let`, of the
/// parameter, or of the carried value; null for an intermediate value.
LocalAttr variableOf(mlir::Value value);

/// The C++ spelling of a scalar type.
llvm::StringRef spelling(mlir::Type type);

/// Makes every use of a forward value in the reverse sweep valid: values still
/// in scope are used, cheap ones computed again, the others handed out of the
/// branches that hold them; in loops, expensive ones taped unless `sparingly`.
/// (KeepValues.cpp)
mlir::LogicalResult keepValues(mlir::func::FuncOp derivative,
                               llvm::MutableArrayRef<LoopPair> loops,
                               bool sparingly);

/// The same for what the forward sweep computes in branches alone.
/// (KeepBranchValues.cpp)
mlir::LogicalResult keepBranchValues(mlir::func::FuncOp derivative);

/// Copies vectors and arrays in front of loops that read them again and again, where the
/// counters of loops do not number the reads. (CopyReread.cpp)
void copyReread(mlir::func::FuncOp function);

/// Whether running the operation again costs little: arithmetic does. (KeepValues.cpp)
bool isCheap(mlir::Operation *op);

/// Whether the operation makes a decision that a second evaluation of its operands
/// could make differently. (KeepValues.cpp)
bool decidesOnReals(mlir::Operation *op);

/// Lets reversed loops whose trips may come in any order do what the forward loops
/// stored, in place of these. (FuseTrips.cpp)
void fuseTrips(mlir::func::FuncOp derivative,
               llvm::MutableArrayRef<LoopPair> loops);

/// Lets loops that select a value, such as maxima, hand on which trip it is from, and
/// its derivative be that of the trip's value. (RecordWinners.cpp)
void recordWinners(mlir::func::FuncOp function, const Activity &activity);

/// Replaces each `ad.same` by its value. Returns what stands for each of them now.
/// (RecordWinners.cpp)
llvm::DenseMap<mlir::Value, mlir::Value>
resolveSames(mlir::func::FuncOp derivative);

/// Lets reversed trips read values that `primal`, as it is about to be reversed, has
/// stored where they stay, in place of computing them again. (ReadStored.cpp)
void readStoredValues(mlir::func::FuncOp primal,
                      llvm::MutableArrayRef<LoopPair> loops);

/// Keeps the fewest values of each trip that everything the reverse sweep needs
/// can be computed of. (MinimumCut.cpp)
void cutTapes(mlir::func::FuncOp derivative);

/// Whether `condition`, computed in the forward loop of `pair`, has the same outcome in
/// all trips but the last. (ExitDecisions.cpp)
bool isExitDecision(LoopPair &pair, mlir::Value condition);

/// The value that `condition`, computed in the forward loop of `pair`, had in
/// the reversed trip, built with `b` there from one bool that the loop carries;
/// null if it is not a condition for leaving the loop. `id` is for the bool's
/// variable. (ExitDecisions.cpp)
mlir::Value exitDecision(LoopPair &pair, mlir::Value condition,
                         mlir::OpBuilder &b, unsigned id);

/// Gives every `ad.resize` the size before, for the reverse sweep, and takes it
/// away again. (ReverseShapes.cpp)
void addOldSizes(mlir::func::FuncOp function);
void removeOldSizes(mlir::func::FuncOp derivative);

/// The shadow of an object that has changed its shape, with the shape that it has
/// at the insertion point; null if that cannot be made. (ReverseShapes.cpp)
mlir::Value createShapedShadow(mlir::OpBuilder &b, VarOp variable,
                               LocalAttr local);

/// Whether the forward sweep does not change the shape of the object any more where
/// `op`, in the block of the object, begins. (ReverseShapes.cpp)
bool hasFinalShape(mlir::Value object, mlir::Operation *op);

/// Whether the value is computed by a division or another function with a pole: it
/// may be infinite on a path that does not use it. (VanishingAdjoints.cpp)
bool mayBeInfinite(mlir::Value value);

/// Whether the adjoint is exactly zero where a branch that uses the value is not
/// taken. (VanishingAdjoints.cpp)
bool vanishesInBranch(mlir::Value adjoint);

/// Whether `op` changes the shape of a container within `object`.
bool reshapesPart(mlir::Operation *op, mlir::Value object);

/// Whether the object, or a container within it, changes its shape in the function.
bool isReshapedWithin(mlir::func::FuncOp function, mlir::Value object);

/// Asserts that the seed of a vector has as many elements as the vector, at the
/// beginning. If that has to be computed, nobody else may need it, and nothing is
/// asserted. (ReverseShapes.cpp)
void assertSeed(mlir::func::FuncOp derivative, mlir::Value seed,
                mlir::Value object);

/// Lets a vector be made without elements, and get its size and content where it
/// stands now; fails, after an error, for another variable. (ReverseShapes.cpp)
mlir::LogicalResult makeInPlace(VarOp variable);

/// Rewrites every `ad.while` that changes an active value in its head or step
/// so that it does so in the body alone. (NormalizeLoops.cpp)
void normalizeLoops(mlir::func::FuncOp function, const Activity &activity);

/// Lets calls compute their partial derivatives beside their values, where the
/// values are needed and that is cheaper than to run the callee again. With
/// `all`, every value is taken to be needed. (ReverseCalls.cpp)
void shareCalls(mlir::func::FuncOp function, const Activity &activity,
                const DerivativeRequest &request, CalleeDerivatives &callees,
                bool all);

/// Lets every call that has a hand-written derivative, and works on memory, be passed
/// what that will read: copies of what is overwritten by then. Fails, after an error,
/// where they cannot be made. (RuleCopies.cpp)
mlir::LogicalResult prepareRuleCalls(mlir::func::FuncOp function,
                                     mlir::func::FuncOp derivative,
                                     const Activity &activity,
                                     const DerivativeRequest &request,
                                     const CalleeDerivatives &callees,
                                     const CallersMemory &memory);

/// Undoes in the derivative what `prepareRuleCalls` did to calls. (RuleCalls.cpp)
void finishRuleCalls(mlir::func::FuncOp derivative);

/// Whether a function has, itself or in what it calls, a partial derivative that
/// is infinite where its value is. (ReverseCalls.cpp)
bool hasPole(mlir::func::FuncOp function);

/// Declares the derivative that the user asked for, by the contract's signature.
/// (ReverseSignature.cpp)
mlir::func::FuncOp declareAdjoint(mlir::func::FuncOp primal,
                                  const DerivativeRequest &request);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_REVERSE_H
