//===- Pipeline.cpp - The order of the passes -----------------------------===//
#include "Pipeline.h"

#include "adgen/Transforms/Passes.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"

using namespace adgen;

llvm::ArrayRef<llvm::StringRef> adgen::optionalPasses() {
  static const llvm::StringRef names[] = {
      "activity-across-calls", "usefulness-across-calls", "to-be-recorded", "ad-minimum-cut",
      "ad-raise-counted-loops", "ad-index-walks", "ad-keep-callees", "ad-callee-sizes",
      "ad-fix-shapes", "ad-skip-leaving-trips", "ad-fuse-sweeps", "ad-eliminate-tape",
      "ad-join-contributions", "ad-simplify", "ad-share-quotients", "ad-fold-coefficients",
      "ad-exchange-back", "ad-hoist-records", "ad-interchange-loops", "ad-trim-trips",
      "ad-promote-sums", "ad-hoist-loads", "ad-reuse-sums", "ad-gather-stencils",
      "ad-split-scatters", "ad-split-sums", "ad-distribute-loops", "ad-raise-swaps", "ad-raise-copies",
      "ad-trim-helpers"};
  return names;
}

/// Adds an optimization unless it is disabled.
static void addOptional(mlir::OpPassManager &passes,
                        std::unique_ptr<mlir::Pass> pass,
                        const llvm::StringSet<> &disabled) {
  if (!disabled.contains(pass->getArgument()))
    passes.addPass(std::move(pass));
}

void adgen::addNormalization(mlir::OpPassManager &passes,
                             const llvm::StringSet<> &disabled) {
  mlir::OpPassManager &functions = passes.nest<mlir::func::FuncOp>();
  // Exits first: with one exit a region, what a region changes is what it
  // yields, which is all that promotion needs.
  functions.addPass(createNestExits());
  functions.addPass(createPromoteVariables());
  // Counted loops are recognized on values, where what is invariant is plain.
  addOptional(functions, createRaiseCountedLoops(), disabled);
  addOptional(functions, createIndexWalks(), disabled);
}

void adgen::addDifferentiation(mlir::OpPassManager &passes,
                               const llvm::StringSet<> &disabled,
                               bool remarks) {
  KeepCalleesOptions keep;
  keep.anySize = disabled.contains("ad-callee-sizes");
  addOptional(passes, createKeepCallees(keep), disabled);
  // Callees that work on memory; calls that pass values alone stay.
  passes.addPass(createInlineCalls());
  // What a callee does not write of an object is plain only now: `i < m.rows()`.
  mlir::OpPassManager &functions = passes.nest<mlir::func::FuncOp>();
  addOptional(functions, createFixShapes(), disabled);
  addOptional(functions, createRaiseCountedLoops(), disabled);
  addOptional(functions, createIndexWalks(), disabled);
  // Which derivatives flow through calls, for both modes.
  SummarizeCallsOptions summarize;
  summarize.all = disabled.contains("activity-across-calls");
  passes.addPass(createSummarizeCalls(summarize));
  passes.addPass(createWarnNumerics());
  // Both modes start from the primal, which neither changes.
  ForwardOptions forward;
  ReverseOptions reverse;
  forward.everyResult = reverse.everyResult =
      disabled.contains("usefulness-across-calls");
  reverse.fuse = !disabled.contains("ad-fuse-sweeps");
  reverse.minimumCut = !disabled.contains("ad-minimum-cut");
  reverse.keepAll = disabled.contains("to-be-recorded");
  passes.addPass(createForward(forward));
  passes.addPass(createReverse(reverse));
  // Reverse keeps every value that it reads. First the sweeps that can run side
  // by side are joined, which makes tapes needless; then these go; then the
  // arithmetic that is left is written as a person would.
  mlir::OpPassManager &derivatives = passes.nest<mlir::func::FuncOp>();
  // Before, so that what comes in front of the loop is fused with the branches there;
  // and after, where a trip has one branch left.
  addOptional(derivatives, createSkipLeavingTrips(), disabled);
  addOptional(derivatives, createFuseSweeps(), disabled);
  addOptional(derivatives, createSkipLeavingTrips(), disabled);
  addOptional(derivatives, createEliminateTape(), disabled);
  addOptional(derivatives, createJoinContributions(), disabled);
  addOptional(derivatives, createSimplify(), disabled);
  addOptional(derivatives, createShareQuotients(), disabled);
  addOptional(derivatives, createFoldCoefficients(), disabled);
  addOptional(derivatives, createExchangeBack(), disabled);
  // And what keeps a compiler from vectorizing: sums that are in memory, trips that
  // add to what the next one adds to.
  addOptional(derivatives, createHoistRecords(), disabled);
  addOptional(derivatives, createInterchangeLoops(), disabled);
  addOptional(derivatives, createTrimTrips(), disabled);
  addOptional(derivatives, createPromoteSums(), disabled);
  addOptional(derivatives, createHoistLoads(), disabled);
  addOptional(derivatives, createReuseSums(), disabled);
  addOptional(derivatives, createGatherStencils(), disabled);
  addOptional(derivatives, createSplitScatters(), disabled);
  addOptional(derivatives, createSplitSums(), disabled);
  addOptional(derivatives, createDistributeLoops(), disabled);
  addOptional(derivatives, createRaiseSwaps(), disabled);
  addOptional(derivatives, createRaiseCopies(), disabled);
  // What helpers need is known only now.
  TrimHelpersOptions trim;
  trim.keepSignatures = disabled.contains("ad-trim-helpers");
  passes.addPass(createTrimHelpers(trim));
  passes.addPass(createCheckObjects());
  if (remarks)
    passes.addPass(createReportChoices());
}
