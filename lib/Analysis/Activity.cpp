//===- Activity.cpp - Which values carry derivatives ----------------------===//
//
// Activity is reachability in the graph whose edges are the direct flows of
// derivatives: forwards from the parameters of interest, backwards from the
// returned values. Reachability is the least fixed point, so that a value that
// a loop only hands to itself is not active.
//
//===----------------------------------------------------------------------===//
#include "adgen/Analysis/Activity.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace adgen;

using Edge = llvm::function_ref<void(Value, Value)>;

static void flowPairwise(ValueRange from, ValueRange to, Edge edge) {
  for (auto [a, b] : llvm::zip_equal(from, to))
    edge(a, b);
}

/// What `region`'s terminator hands on, without the `go` of an `ad.next`.
static ValueRange handedOn(Region &region) {
  Operation *terminator = region.front().getTerminator();
  if (auto next = dyn_cast<NextOp>(terminator))
    return next.getValues();
  return terminator->getOperands();
}

static void flowThrough(WhileOp loop, Edge edge) {
  flowPairwise(loop.getInits(), loop.headBlock()->getArguments(), edge);
  Region *regions[] = {&loop.getHead(), &loop.getBody(), &loop.getStep()};
  for (unsigned i = 0; i != 3; ++i) {
    ValueRange values = handedOn(*regions[i]);
    flowPairwise(values, regions[(i + 1) % 3]->getArguments(), edge);
    flowPairwise(values, loop.getResults(), edge);
  }
}

static void flowThrough(ForOp loop, Edge edge) {
  for (ValueRange values : {ValueRange(loop.getInits()),
                            handedOn(loop.getBody())}) {
    flowPairwise(values, loop.block()->getArguments().drop_front(), edge);
    flowPairwise(values, loop.getResults(), edge);
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
      .Case<GuardOp>([&](GuardOp guard) { edge(guard.getValue(), guard.getY()); })
      .Case<IfOp, SwitchOp>([&](Operation *branch) {
        for (Region &region : branch->getRegions())
          flowPairwise(handedOn(region), branch->getResults(), edge);
      })
      .Case<WhileOp, ForOp>([&](auto loop) { flowThrough(loop, edge); })
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
