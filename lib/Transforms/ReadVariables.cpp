//===- ReadVariables.cpp - Derivative code reads the user's variables -----===//
#include "ReadVariables.h"

#include "mlir/IR/Dominance.h"

using namespace mlir;
using namespace adgen;

void adgen::readVariables(func::FuncOp function) {
  DominanceInfo dominance(function);
  function.walk([&](LetOp let) {
    Operation *expression = let.getValue().getDefiningOp();
    if (isDerivativeOp(let) || !expression || isa<ConstantOp>(expression))
      return;
    let.getValue().replaceUsesWithIf(let.getResult(), [&](OpOperand &use) {
      return isDerivativeOp(use.getOwner()) &&
             dominance.properlyDominates(let.getOperation(), use.getOwner());
    });
  });
}
