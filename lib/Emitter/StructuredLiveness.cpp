//===- StructuredLiveness.cpp - When two values are needed at once --------===//
//
// Two SSA values interfere if one is live where the other is defined (Boissinot
// et al., Revisiting out-of-SSA translation, 2009). In structured control flow
// liveness needs no fixed point: a value is live at a point if it is used later
// in the text of its scope, or anywhere in a loop around the point that does
// not contain its definition.
//
//===----------------------------------------------------------------------===//
#include "StructuredLiveness.h"

using namespace mlir;
using namespace adgen;

bool adgen::isNestedIn(Block *block, Block *ancestor) {
  while (block && block != ancestor) {
    Operation *parent = block->getParentOp();
    block = parent ? parent->getBlock() : nullptr;
  }
  return block;
}

StructuredLiveness::StructuredLiveness(func::FuncOp func) {
  number(func.getBody().front());
}

void StructuredLiveness::number(Block &block) {
  unsigned start = next++;
  for (Operation &op : block) {
    unsigned first = next++;
    for (Region &region : op.getRegions())
      for (Block &inner : region)
        number(inner);
    extents[&op] = {first, next++};
  }
  blocks[&block] = {start, next++};
}

/// Whether `op` reads `v` on every trip: the bounds of a counted loop.
static bool isBound(Operation *op, Value v) {
  auto loop = dyn_cast<ForOp>(op);
  return loop && (loop.getLower() == v || loop.getUpper() == v);
}

/// Whether `v`, which is defined outside of `loop`, is read on its trips.
bool StructuredLiveness::isReadInLoop(Value v, Operation *loop) const {
  return isBound(loop, v) || isUsedBetween(v, begin(loop), end(loop));
}

bool StructuredLiveness::isUsedBetween(Value v, unsigned from, unsigned to) const {
  auto [it, isNew] = uses.try_emplace(v);
  std::vector<unsigned> &positions = it->second;
  if (isNew) {
    for (Operation *user : v.getUsers())
      positions.push_back(begin(user));
    llvm::sort(positions);
  }
  auto next = llvm::upper_bound(positions, from);
  return next != positions.end() && *next < to;
}

bool StructuredLiveness::isLiveAfter(Value v, Block *block,
                                     Operation *after) const {
  unsigned from = after ? end(after) : begin(block);
  while (block) {
    if (isUsedBetween(v, from, end(block)))
      return true;
    if (block == v.getParentBlock())
      return false;
    Operation *parent = block->getParentOp();
    if (!parent || isa<func::FuncOp>(parent))
      return false;
    if (isLoop(parent) && isReadInLoop(v, parent))
      return true;
    from = end(parent);
    block = parent->getBlock();
  }
  return false;
}

unsigned StructuredLiveness::definition(Value v) const {
  if (Operation *op = v.getDefiningOp())
    return end(op);
  return begin(v.getParentBlock());
}

std::pair<unsigned, unsigned> StructuredLiveness::extent(Value v) const {
  unsigned from = definition(v), to = from;
  for (Operation *user : v.getUsers()) {
    to = std::max(to, end(user));
    for (Block *block = user->getBlock(); block != v.getParentBlock();) {
      Operation *parent = block->getParentOp();
      if (isLoop(parent))
        to = std::max(to, end(parent));
      block = parent->getBlock();
    }
  }
  return {from, to};
}

bool StructuredLiveness::isDefinedBefore(Value a, Value b) const {
  return definition(a) < definition(b) &&
         isNestedIn(b.getParentBlock(), a.getParentBlock());
}

/// The loop that `v` is carried by.
static Operation *carryingLoop(Value v) {
  Operation *op =
      v.getDefiningOp() ? v.getDefiningOp() : v.getParentBlock()->getParentOp();
  return isLoop(op) ? op : nullptr;
}

bool StructuredLiveness::isNeededPastEntry(Value v, Value carried) const {
  Operation *loop = carryingLoop(carried);
  if (!loop || carryingLoop(v) == loop || definition(v) > begin(loop) ||
      !isNestedIn(loop->getBlock(), v.getParentBlock()))
    return false;
  return isReadInLoop(v, loop) || isLiveAfter(v, loop->getBlock(), loop);
}

/// Whether `result` is left in a variable that gets its content before the call
/// reads `v`, one of its other operands.
static bool isSetBefore(Value result, Value v) {
  auto call = result.getDefiningOp<CallOp>();
  if (!call)
    return false;
  auto operand = call.operandOf(cast<OpResult>(result).getResultNumber());
  if (!operand || call.getArgs()[*operand] == v)
    return false;
  for (unsigned i = 0; i < call.getArgs().size(); ++i)
    if (call.tieOf(i) < 0 && call.getArgs()[i] == v)
      return true;
  return false;
}

bool StructuredLiveness::interfere(Value a, Value b) const {
  if (a == b)
    return false;
  if (a.getDefiningOp()
          ? a.getDefiningOp() == b.getDefiningOp()
          : a.getParentBlock() == b.getParentBlock() && !b.getDefiningOp())
    return true;
  if (isSetBefore(a, b) || isSetBefore(b, a))
    return true;
  if (isNeededPastEntry(a, b) || isNeededPastEntry(b, a))
    return true;
  if (isDefinedBefore(b, a))
    std::swap(a, b);
  else if (!isDefinedBefore(a, b))
    return false;
  return isLiveAfter(a, b.getParentBlock(), b.getDefiningOp());
}
