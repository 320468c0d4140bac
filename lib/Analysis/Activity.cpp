//===- Activity.cpp - Which values carry derivatives ----------------------===//
//
// Activity is reachability in the graph whose edges are the direct flows of
// derivatives: forwards from the parameters of interest, backwards from the
// returned values. Reachability is the least fixed point, so that a value that
// a loop only hands to itself is not active.
//
//===----------------------------------------------------------------------===//
#include "adgen/Analysis/Activity.h"

#include "adgen/Analysis/Slots.h"
#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace adgen;

using Edge = llvm::function_ref<void(Value, Value)>;

/// What a region hands on arrives in the results and, in loops, in the
/// arguments of the region that runs next.
static void flowThroughSlots(Operation *op, Edge edge) {
  for (OpResult result : op->getResults()) {
    unsigned slot = result.getResultNumber();
    unsigned argument = leadingArguments(op) + slot;
    for (Region &region : op->getRegions()) {
      Value value = handedOn(region, slot);
      edge(value, result);
      if (isLoop(op)) {
        unsigned next = (region.getRegionNumber() + 1) % op->getNumRegions();
        edge(value, op->getRegion(next).getArgument(argument));
      }
    }
    if (isLoop(op)) {
      Value init = op->getOperand(leadingOperands(op) + slot);
      edge(init, op->getRegion(0).getArgument(argument));
      if (isa<ForOp>(op))
        edge(init, result);
    }
  }
}

static void flowThrough(Operation *op, Edge edge) {
  llvm::TypeSwitch<Operation *>(op)
      .Case<Differentiable>([&](Differentiable f) {
        for (OpOperand &operand : op->getOpOperands())
          if (!f.hasZeroPartial(operand.getOperandNumber()))
            edge(operand.get(), op->getResult(0));
      })
      .Case<SelectOp>([&](SelectOp select) {
        edge(select.getX(), select.getY());
        edge(select.getZ(), select.getY());
      })
      .Case<GuardOp>(
          [&](GuardOp guard) { edge(guard.getValue(), guard.getY()); })
      .Case<IfOp, SwitchOp, ForOp, WhileOp>(
          [&](Operation *region) { flowThroughSlots(region, edge); })
      .Default([&](Operation *) {
        // Casts, lets, and whatever else comes: everything from everything.
        for (Value operand : op->getOperands())
          for (Value result : op->getResults())
            edge(operand, result);
      });
}

void adgen::forEachDerivativeFlow(Operation *root, Edge edge) {
  root->walk([&](Operation *op) {
    if (op == root && isa<func::FuncOp>(op))
      return;
    flowThrough(op, [&](Value from, Value to) {
      if (isReal(from.getType()) && isReal(to.getType()))
        edge(from, to);
    });
  });
}

using Graph = llvm::DenseMap<Value, SmallVector<Value, 2>>;

static llvm::DenseSet<Value> reachable(const Graph &graph,
                                       SmallVector<Value> work) {
  llvm::DenseSet<Value> seen(work.begin(), work.end());
  while (!work.empty()) {
    auto successors = graph.find(work.pop_back_val());
    if (successors == graph.end())
      continue;
    for (Value next : successors->second)
      if (seen.insert(next).second)
        work.push_back(next);
  }
  return seen;
}

Activity::Activity(func::FuncOp function, ArrayRef<unsigned> wrt) {
  Graph forwards, backwards;
  forEachDerivativeFlow(function, [&](Value from, Value to) {
    forwards[from].push_back(to);
    backwards[to].push_back(from);
  });

  SmallVector<Value> inputs, outputs;
  for (unsigned i : wrt)
    if (isReal(function.getArgument(i).getType()))
      inputs.push_back(function.getArgument(i));
  function.walk([&](ReturnOp exit) {
    for (Value value : exit.getValues())
      if (isReal(value.getType()))
        outputs.push_back(value);
  });
  varied = reachable(forwards, inputs);
  useful = reachable(backwards, outputs);
}
