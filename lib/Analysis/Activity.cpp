//===- Activity.cpp - Which values carry derivatives ----------------------===//
//
// Activity is reachability in the graph whose edges are the direct flows of
// derivatives: forwards from the parameters of interest, backwards from the
// returned values. Reachability is the least fixed point, so that a value that
// a loop only hands to itself is not active.
//
//===----------------------------------------------------------------------===//
#include "adgen/Analysis/Activity.h"

#include "adgen/Analysis/Memory.h"
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
      .Case<SameOp>([&](SameOp same) { edge(same.getAs(), same.getResult()); })
      .Case<GuardOp>(
          [&](GuardOp guard) { edge(guard.getValue(), guard.getY()); })
      .Case<IfOp, SwitchOp, ForOp, WhileOp>(
          [&](Operation *region) { flowThroughSlots(region, edge); })
      .Case<CallOp>([&](CallOp call) {
        ArrayRef<int64_t> flows = call.getFlows().value_or(ArrayRef<int64_t>());
        for (size_t k = 0; k + 1 < flows.size(); k += 2)
          edge(call.getArgs()[flows[k]], flowTarget(call, flows[k + 1]));
      })
      .Case<LoadOp>([&](LoadOp load) { edge(load.getPlace(), load.getValue()); })
      .Case<StoreOp>(
          [&](StoreOp store) { edge(store.getValue(), store.getPlace()); })
      .Case<PushOp>([&](PushOp push) {
        if (push.getValue())
          edge(push.getValue(), push.getPlace());
      })
      .Case<SwapOp>([&](SwapOp swap) { edge(swap.getX(), swap.getZ()); })
      .Case<MemberOp>([&](MemberOp member) {
        // The user said that it carries no derivative.
        if (!member->hasAttr("inactive"))
          edge(member.getBase(), member.getResult());
      })
      .Case<LetOp>([&](LetOp let) {
        // What is assigned to a callee's parameter that is inactive.
        if (!let->hasAttr("inactive"))
          edge(let.getValue(), let.getResult());
      })
      .Default([&](Operation *) {
        // A copy for a derivative by hand, which is passed beside its shadow.
        if (isa<VarOp>(op) && op->hasAttr("copies"))
          return;
        // Casts, lets, and whatever else comes: everything from everything.
        for (Value operand : op->getOperands())
          for (Value result : op->getResults())
            edge(operand, result);
      });
}

bool adgen::isInactivePlace(Value place,
                            llvm::function_ref<bool(BlockArgument)> isInactive) {
  while (Operation *op = place.getDefiningOp()) {
    if (!isa<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp>(op))
      return false;
    if (isa<MemberOp>(op) && op->hasAttr("inactive"))
      return true;
    place = op->getOperand(0);
  }
  // What a loop carries may lead to several objects.
  SmallVector<Value> roots = rootsOf(place);
  return !roots.empty() && llvm::all_of(roots, [&](Value root) {
    auto argument = dyn_cast_if_present<BlockArgument>(root);
    return argument && isa<func::FuncOp>(argument.getOwner()->getParentOp()) &&
           isInactive(argument);
  });
}

bool adgen::carriesReals(Type type) {
  if (auto place = dyn_cast<PlaceType>(type))
    return carriesReals(place.getElement());
  if (auto array = dyn_cast<ArrayType>(type))
    return carriesReals(array.getElement());
  if (auto object = dyn_cast<ObjectType>(type))
    return object.getCarries();
  return isReal(type);
}

/// Parameters that stay in memory may be one object.
static void flowBetweenPlaces(func::FuncOp function, Edge edge) {
  for (BlockArgument x : function.getArguments())
    for (BlockArgument z : function.getArguments())
      if (x != z && isa<PlaceType>(x.getType()) &&
          isa<PlaceType>(z.getType()) && carriesReals(x.getType()) &&
          carriesReals(z.getType()) && mayAlias(x, z))
        edge(x, z);
}

void adgen::forEachDerivativeFlow(Operation *root, Edge edge) {
  if (auto function = dyn_cast<func::FuncOp>(root))
    flowBetweenPlaces(function, edge);
  root->walk([&](Operation *op) {
    if (op == root && isa<func::FuncOp>(op))
      return;
    flowThrough(op, [&](Value from, Value to) {
      if (!carriesReals(from.getType()) || !carriesReals(to.getType()))
        return;
      edge(from, to);
      // Two places within one object, which is varied as a whole.
      if (isa<PlaceType>(from.getType()) && isa<PlaceType>(to.getType()) &&
          !isa<CallOp>(op))
        edge(to, from);
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

Activity::Activity(func::FuncOp function, ArrayRef<unsigned> inputs,
                   std::optional<ArrayRef<unsigned>> outputs,
                   ArrayRef<unsigned> inactive) {
  llvm::DenseSet<Attribute> inactiveLocals;
  auto isInactive = [&](BlockArgument argument) {
    unsigned i = argument.getArgNumber();
    return llvm::is_contained(inactive, i) || function.getArgAttr(i, "ad.inactive");
  };
  for (BlockArgument argument : function.getArguments())
    if (isInactive(argument))
      inactiveLocals.insert(
          function.getArgAttr(argument.getArgNumber(), "ad.local"));
  auto isCut = [&](Value value) {
    if (isa<PlaceType>(value.getType()))
      return isInactivePlace(value, isInactive);
    auto let = value.getDefiningOp<LetOp>();
    return let && inactiveLocals.contains(let.getLocal());
  };
  Graph forwards, backwards;
  forEachDerivativeFlow(function, [&](Value from, Value to) {
    if (!inactiveLocals.empty() && (isCut(from) || isCut(to)))
      return;
    forwards[from].push_back(to);
    backwards[to].push_back(from);
  });

  SmallVector<Value> sources, sinks;
  for (unsigned i : inputs) {
    BlockArgument argument = function.getArgument(i);
    if (carriesReals(argument.getType()))
      sources.push_back(argument);
    if (isa<PlaceType>(argument.getType()))
      sinks.push_back(argument);
  }
  function.walk([&](ReturnOp exit) {
    for (auto [i, value] : llvm::enumerate(exit.getValues()))
      if (carriesReals(value.getType()) && (!outputs || llvm::is_contained(*outputs, i)))
        sinks.push_back(value);
  });
  varied = reachable(forwards, sources);
  useful = reachable(backwards, sinks);
}
