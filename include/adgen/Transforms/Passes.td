//===- Passes.td - The passes of adgen, in the order they run -------------===//

include "mlir/Pass/PassBase.td"

def NestExits : Pass<"ad-nest-exits", "::mlir::func::FuncOp"> {
  let summary = "Moves what follows an early exit under the other branch";
}

def PromoteVariables : Pass<"ad-promote-variables", "::mlir::func::FuncOp"> {
  let summary = "Turns variables into values: memory form to value form";
}

def RaiseCountedLoops : Pass<"ad-raise-counted-loops", "::mlir::func::FuncOp"> {
  let summary = "Turns loops whose trip count is known on entry into ad.for";
}

def IndexWalks : Pass<"ad-index-walks", "::mlir::func::FuncOp"> {
  let summary = "Turns pointers that walk through counted loops into indices";
}

def KeepCallees : Pass<"ad-keep-callees", "::mlir::ModuleOp"> {
  let summary = "Chooses callees that work on memory and stay functions";
  let options = [
    Option<"anySize", "any-size", "bool", "false",
           "Let functions stay that are small, too">];
}

def InlineCalls : Pass<"ad-inline-calls", "::mlir::ModuleOp"> {
  let summary = "Puts callees that work on memory in place of their calls";
}

def FixShapes : Pass<"ad-fix-shapes", "::mlir::func::FuncOp"> {
  let summary = "Removes resizes to the size that a container has anyway";
}

def SummarizeCalls : Pass<"ad-summarize-calls", "::mlir::ModuleOp"> {
  let summary = "Says at every call which derivatives flow through it";
  let options = [
    Option<"all", "all", "bool", "false",
           "Assume that every real operand flows into every real result">];
}

def Forward : Pass<"ad-forward", "::mlir::ModuleOp"> {
  let summary = "Adds the tangent of every function asked for in forward mode";
  let options = [
    Option<"everyResult", "every-result", "bool", "false",
           "Assume that everything that a callee returns is useful">];
}

def Reverse : Pass<"ad-reverse", "::mlir::ModuleOp"> {
  let summary = "Adds the adjoint of every function asked for in reverse mode";
  let options = [
    Option<"fuse", "fuse", "bool", "true",
           "Run each trip's reverse part behind its forward part, where that may be">,
    Option<"minimumCut", "minimum-cut", "bool", "true",
           "Keep less than what is loaded, where that is enough">,
    Option<"keepAll", "keep-all", "bool", "false",
           "Assume that the derivative needs the value of every call">,
    Option<"everyResult", "every-result", "bool", "false",
           "Assume that everything that a callee returns is useful">];
}

def RaiseCopies : Pass<"ad-raise-copies", "::mlir::func::FuncOp"> {
  let summary = "Turns loops that copy a vector into assignments";
}

def TrimHelpers : Pass<"ad-trim-helpers", "::mlir::ModuleOp"> {
  let summary = "Drops helpers, and parameters and results of helpers, that nobody needs";
  let options = [
    Option<"keepSignatures", "keep-signatures", "bool", "false",
           "Drop helpers that nobody calls, and nothing else">];
}

def CheckObjects : Pass<"ad-check-objects", "::mlir::ModuleOp"> {
  let summary = "Refuses derivatives in which C++ cannot make an object";
}

def WarnNumerics : Pass<"ad-warn-numerics", "::mlir::ModuleOp"> {
  let summary = "Warns of parameters without influence, steps, kinks and lost precision";
}

def ReportChoices : Pass<"ad-report-choices", "::mlir::ModuleOp"> {
  let summary = "Remarks on what a derivative keeps on tapes and runs again";
}

def JoinContributions : Pass<"ad-join-contributions", "::mlir::func::FuncOp"> {
  let summary = "Adds to an adjoint at once what several statements add with one factor";
}

def Simplify : Pass<"ad-simplify", "::mlir::func::FuncOp"> {
  let summary = "Collects like terms and common factors of derivative code";
}

def ShareQuotients : Pass<"ad-share-quotients", "::mlir::func::FuncOp"> {
  let summary = "Divides once by what several derivatives divide by";
}

def FoldCoefficients : Pass<"ad-fold-coefficients", "::mlir::func::FuncOp"> {
  let summary = "Multiplies a value once by the number that all its products begin with";
}

def ExchangeBack : Pass<"ad-exchange-back", "::mlir::func::FuncOp"> {
  let summary = "Exchanges pointers back in a reversed loop, in place of taping them";
}

def SkipLeavingTrips : Pass<"ad-skip-leaving-trips", "::mlir::func::FuncOp"> {
  let summary = "Leaves out of a reversed loop the trip that left the loop";
}

def EliminateTape : Pass<"ad-eliminate-tape", "::mlir::func::FuncOp"> {
  let summary = "Removes what nobody reads: tapes, carried values, results of branches";
}

def FuseSweeps : Pass<"ad-fuse-sweeps", "::mlir::func::FuncOp"> {
  let summary = "Joins a forward with its reverse branch or loop where nothing stands between";
}

def InterchangeLoops : Pass<"ad-interchange-loops", "::mlir::func::FuncOp"> {
  let summary = "Adds a term to all elements of a row at once, in place of all terms to one element";
}

def TrimTrips : Pass<"ad-trim-trips", "::mlir::func::FuncOp"> {
  let summary = "Leaves out first trips of a loop that have nothing to do";
}

def PromoteSums : Pass<"ad-promote-sums", "::mlir::func::FuncOp"> {
  let summary = "Adds up in a local what a loop adds to one place";
}

def HoistLoads : Pass<"ad-hoist-loads", "::mlir::func::FuncOp"> {
  let summary = "Reads in front of a loop what all of its trips read";
}

def ReuseSums : Pass<"ad-reuse-sums", "::mlir::func::FuncOp"> {
  let summary = "Takes a multiple of the function's own sum for an adjoint's sum of multiples";
}

def GatherStencils : Pass<"ad-gather-stencils", "::mlir::func::FuncOp"> {
  let summary = "Adds up what a stencil's trips add to one element, and stores it once";
}

def SplitScatters : Pass<"ad-split-scatters", "::mlir::func::FuncOp"> {
  let summary = "Adds to each neighbour of a stencil in a loop of its own";
}

def SplitSums : Pass<"ad-split-sums", "::mlir::func::FuncOp"> {
  let summary = "Adds up adjoints in no particular order, apart from the rest of a loop";
}

def DistributeLoops : Pass<"ad-distribute-loops", "::mlir::func::FuncOp"> {
  let summary = "Computes what vectorizes in a loop of its own, ahead of what does not";
}

def RaiseSwaps : Pass<"ad-raise-swaps", "::mlir::func::FuncOp"> {
  let summary = "Swaps the contents of two places that are moved crosswise";
}

def HoistRecords : Pass<"ad-hoist-records", "::mlir::func::FuncOp"> {
  let summary = "Keeps what is the same in all trips of a loop once, in front of it";
}
