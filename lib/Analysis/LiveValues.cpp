//===- LiveValues.cpp - Which values somebody needs -----------------------===//
//
// Backwards from the function's result over the graph of uses; a value that is
// needed needs its operands and the conditions under which it is computed.
//
//===----------------------------------------------------------------------===//
#include "adgen/Analysis/LiveValues.h"

using namespace mlir;
using namespace adgen;

LiveValues::LiveValues(func::FuncOp function) {
  function.walk([&](ReturnOp end) {
    for (Value value : end.getValues())
      mark(value);
  });
  while (!worklist.empty())
    visit(worklist.pop_back_val());
}

void LiveValues::mark(Value value) {
  if (live.insert(value).second)
    worklist.push_back(value);
}

void LiveValues::markControl(Operation *op) {
  for (Operation *parent = op->getParentOp();
       parent && !isa<func::FuncOp>(parent); parent = parent->getParentOp()) {
    if (!running.insert(parent).second)
      return;
    if (isa<IfOp, SwitchOp>(parent)) {
      mark(parent->getOperand(0));
    } else if (auto loop = dyn_cast<ForOp>(parent)) {
      mark(loop.getLower());
      mark(loop.getUpper());
    } else {
      for (Region &region : parent->getRegions())
        mark(cast<NextOp>(region.front().getTerminator()).getGo());
    }
  }
}

void LiveValues::visit(Value value) {
  if (auto result = dyn_cast<OpResult>(value)) {
    markControl(result.getOwner());
    visitResult(result);
    return;
  }
  auto argument = cast<BlockArgument>(value);
  Operation *parent = argument.getOwner()->getParentOp();
  unsigned index = argument.getArgNumber();
  if (auto loop = dyn_cast<ForOp>(parent)) {
    markControl(&loop.block()->front());
    if (index > 0)
      visitResult(loop->getResult(index - 1));
  } else if (auto loop = dyn_cast<WhileOp>(parent)) {
    markControl(&loop.bodyBlock()->front());
    visitResult(loop->getResult(index));
  }
}

void LiveValues::visitResult(OpResult result) {
  Operation *op = result.getOwner();
  unsigned index = result.getResultNumber();
  if (isa<IfOp, SwitchOp>(op)) {
    mark(op->getOperand(0));
    for (Region &region : op->getRegions())
      mark(region.front().getTerminator()->getOperand(index));
  } else if (auto loop = dyn_cast<ForOp>(op)) {
    markControl(&loop.block()->front());
    mark(loop.getInits()[index]);
    mark(loop.block()->getTerminator()->getOperand(index));
  } else if (auto loop = dyn_cast<WhileOp>(op)) {
    markControl(&loop.bodyBlock()->front());
    mark(loop.getInits()[index]);
    for (Region &region : loop->getRegions())
      mark(cast<NextOp>(region.front().getTerminator()).getValues()[index]);
  } else {
    for (Value operand : op->getOperands())
      mark(operand);
    if (auto tape = dyn_cast<TapeOp>(op))
      for (Operation *user : tape->getUsers())
        if (auto record = dyn_cast<RecordOp>(user)) {
          markControl(record);
          mark(record.getValue());
          mark(record.getIndex());
        }
  }
}
