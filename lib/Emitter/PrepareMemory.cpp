//===- PrepareMemory.cpp - Loads and stores as the emitter wants them -----===//
//
// The adjoint of an assignment reads a shadow and zeroes it, and then goes on
// with what it has read:
//
//     const double t = y_bar[i];                 const double a_bar = 2 * y_bar[i];
//     y_bar[i] = 0;                          →   y_bar[i] = 0;
//     const double a_bar = 2 * t;
//
// What is read and used in one statement needs no name if the zero is stored
// behind that statement.
//
//===----------------------------------------------------------------------===//
#include "MemoryOrder.h"
#include "PrepareForEmission.h"

using namespace mlir;
using namespace adgen;

/// Whether `op` is printed within the one operation that reads it, or may be.
static bool isPassedOn(Operation *op) {
  return isComputation(op) && op->hasOneUse() &&
         op->user_begin()->getBlock() == op->getBlock();
}

/// The operations of the block which the value goes through, one after the
/// other, as long as each has one reader.
static SmallVector<Operation *> readersOf(LoadOp load) {
  SmallVector<Operation *> readers;
  for (Operation *op = load; isPassedOn(op);) {
    op = *op->user_begin();
    readers.push_back(op);
  }
  return readers;
}

static bool isOfOneStatement(Operation *a, Operation *b) {
  StmtAttr first = getStmt(a->getLoc()), second = getStmt(b->getLoc());
  return !first || !second || first.getId() == second.getId();
}

/// Whether `store` may stand behind `last`, an operation after it.
static bool maySinkBehind(StoreOp store, Operation *last) {
  for (Operation *op = store->getNextNode();; op = op->getNextNode()) {
    if (!op || op->hasTrait<OpTrait::IsTerminator>() ||
        mustStayInOrder(store, op))
      return false;
    if (op == last)
      return true;
  }
}

/// The load of the same place before `store`, if nothing between them writes it.
static LoadOp loadBefore(StoreOp store) {
  for (Operation *op = store->getPrevNode(); op; op = op->getPrevNode()) {
    auto load = dyn_cast<LoadOp>(op);
    if (load && isSameObjectPlace(load.getPlace(), store.getPlace()))
      return load;
    if (mustStayInOrder(store, op))
      return {};
  }
  return {};
}

static void sinkStore(StoreOp store) {
  LoadOp load = loadBefore(store);
  if (!load || !store.getValue().getDefiningOp<ConstantOp>())
    return;
  // The statement is the last that has a variable of its own, or changes memory.
  for (Operation *reader : llvm::reverse(readersOf(load))) {
    bool isStatement = isa<LetOp, AccumulateOp, StoreOp>(reader);
    if (!isStatement || !store->isBeforeInBlock(reader) ||
        !isOfOneStatement(store, reader) || !maySinkBehind(store, reader))
      continue;
    store->moveAfter(reader);
    return;
  }
}

void adgen::prepareMemory(func::FuncOp func) {
  SmallVector<StoreOp> stores;
  func.walk([&](StoreOp store) { stores.push_back(store); });
  for (StoreOp store : stores)
    sinkStore(store);
}
