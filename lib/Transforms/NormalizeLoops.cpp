//===- NormalizeLoops.cpp - Active values change in loop bodies alone -----===//
//
// while ((d = f(x)) < 3) B   →   while (true) { d = f(x); if (!(d < 3)) break; B }
//
// The reversal of a loop looks at its body alone; a head or step that changes
// an active carried value is moved there. Other loops stay as they are: their
// header is easier to read.
//
//===----------------------------------------------------------------------===//
#include "Reverse.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/Shapes.h"

using namespace mlir;
using namespace adgen;

/// Whether the load gives the same whenever the loop runs again: the caller's memory is
/// not written there.
static bool isRepeatable(LoadOp load, std::optional<AccessOrder> &order) {
  // Pointers in memory that derivatives flow through stay as they are.
  if (isa<PlaceType>(load.getType()) && carriesReals(load.getType()))
    return true;
  if (!llvm::all_of(rootsOf(load.getPlace()),
                    [](Value root) { return isa_and_present<BlockArgument>(root); }))
    return false;
  if (!order)
    order.emplace(load->getParentOfType<func::FuncOp>());
  return !order->isOverwritten(load, load.getPlace());
}

/// Whether `block` (a head or step) passes on every active value unchanged.
static bool passesActiveOn(Block &block, const Activity &activity,
                           std::optional<AccessOrder> &order) {
  // What a head or step does to memory is reversed in the body alone, too.
  auto touchesMemory = [&](Operation *op) {
    auto load = dyn_cast<LoadOp>(op);
    if (load && isRepeatable(load, order))
      return WalkResult::advance();
    auto call = dyn_cast<CallOp>(op);
    bool isPassed = call && llvm::any_of(call->getOperands(), [](Value operand) {
                      return isa<PlaceType>(operand.getType());
                    });
    return isa<LoadOp, StoreOp, SwapOp, StatementOp>(op) || resizedPlace(op) || isPassed
               ? WalkResult::interrupt()
               : WalkResult::advance();
  };
  if (block.walk(touchesMemory).wasInterrupted())
    return false;
  auto next = cast<NextOp>(block.getTerminator());
  for (auto [value, argument] :
       llvm::zip(next.getValues(), block.getArguments()))
    if (isReal(value.getType()) && value != argument &&
        (activity.isActive(value) || activity.isActive(argument)))
      return false;
  return true;
}

/// Moves `from`'s operations to the insertion point, its arguments replaced,
/// and returns the operands of its terminator, which it erases.
static SmallVector<Value> inlineBlock(OpBuilder &b, Block &from,
                                      ValueRange arguments) {
  for (auto [argument, value] : llvm::zip(from.getArguments(), arguments))
    argument.replaceAllUsesWith(value);
  Operation *terminator = from.getTerminator();
  SmallVector<Value> results(terminator->getOperands());
  for (Operation &op : llvm::make_early_inc_range(from.without_terminator()))
    op.moveBefore(b.getInsertionBlock(), b.getInsertionPoint());
  terminator->erase();
  return results;
}

/// Runs `then` under `go`; where it does not run, the loop is left with
/// `values`. Returns the outcome: go on or not, and the carried values.
static SmallVector<Value>
continueIf(OpBuilder &b, Location loc, Value go, ArrayRef<Value> values,
           ArrayAttr locals, function_ref<SmallVector<Value>()> then) {
  auto constant = intConstant(go);
  if (constant && !constant->isZero())
    return then();
  SmallVector<Type> types = {b.getI1Type()};
  llvm::append_range(types, ValueRange(values).getTypes());
  SmallVector<Attribute> names = {b.getUnitAttr()};
  if (locals)
    names.append(locals.begin(), locals.end());
  auto branch =
      IfOp::create(b, loc, types, go, b.getArrayAttr(names), UnitAttr());
  OpBuilder::InsertionGuard guard(b);
  b.createBlock(&branch.getElseRegion());
  SmallVector<Value> left = {createConstant(b, loc, b.getI1Type(), 0)};
  left.append(values.begin(), values.end());
  YieldOp::create(b, loc, left);
  b.createBlock(&branch.getThenRegion());
  SmallVector<Value> outcome = then();
  YieldOp::create(b, loc, outcome);
  return SmallVector<Value>(branch.getResults());
}

static void foldHeaderIntoBody(WhileOp loop) {
  OpBuilder b(loop);
  Location loc = loop.getLoc();
  auto folded = WhileOp::create(b, loc, loop.getResultTypes(), loop.getInits(),
                                b.getStringAttr("while"), loop.getLocalsAttr());
  SmallVector<BlockArgument> arguments;
  for (Region &region : folded->getRegions()) {
    Block *block = b.createBlock(&region);
    for (BlockArgument argument : loop.headBlock()->getArguments())
      block->addArgument(argument.getType(), argument.getLoc());
    if (&region == &folded.getBody())
      continue;
    NextOp::create(b, loc, createConstant(b, loc, b.getI1Type(), 1),
                   block->getArguments());
  }
  b.setInsertionPointToEnd(folded.bodyBlock());
  SmallVector<Value> head = inlineBlock(b, *loop.headBlock(),
                                        folded.bodyBlock()->getArguments());
  ArrayAttr locals = loop.getLocalsAttr();
  SmallVector<Value> outcome = continueIf(
      b, loc, head.front(), ArrayRef(head).drop_front(), locals, [&] {
        SmallVector<Value> body = inlineBlock(
            b, *loop.bodyBlock(), ArrayRef(head).drop_front());
        return continueIf(
            b, loc, body.front(), ArrayRef(body).drop_front(), locals, [&] {
              return inlineBlock(b, *loop.stepBlock(),
                                 ArrayRef(body).drop_front());
            });
      });
  NextOp::create(b, loc, outcome.front(), ValueRange(outcome).drop_front());
  loop.replaceAllUsesWith(folded.getResults());
  loop.erase();
}

void adgen::normalizeLoops(func::FuncOp function, const Activity &activity) {
  SmallVector<WhileOp> loops;
  std::optional<AccessOrder> order;
  function.walk([&](WhileOp loop) {
    if (!passesActiveOn(*loop.headBlock(), activity, order) ||
        !passesActiveOn(*loop.stepBlock(), activity, order))
      loops.push_back(loop);
  });
  for (WhileOp loop : loops)
    foldHeaderIntoBody(loop);
}
