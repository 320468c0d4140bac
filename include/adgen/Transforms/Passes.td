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

def Forward : Pass<"ad-forward", "::mlir::ModuleOp"> {
  let summary = "Adds the tangent of every function asked for in forward mode";
}

def Reverse : Pass<"ad-reverse", "::mlir::ModuleOp"> {
  let summary = "Adds the adjoint of every function asked for in reverse mode";
}

def Simplify : Pass<"ad-simplify", "::mlir::func::FuncOp"> {
  let summary = "Collects like terms and common factors of derivative code";
}

def EliminateTape : Pass<"ad-eliminate-tape", "::mlir::func::FuncOp"> {
  let summary = "Removes what nobody reads: tapes, carried values, results of branches";
}

def FuseSweeps : Pass<"ad-fuse-sweeps", "::mlir::func::FuncOp"> {
  let summary = "Joins a forward with its reverse branch or loop where nothing stands between";
}
