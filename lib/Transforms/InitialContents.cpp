//===- InitialContents.cpp - What a function reads of its parameters ------===//
//
//   for (i < n) y[i] = …;       every trip stores
//   for (i < n) s += y[i];      and what is read has been stored
//
// A load is covered by a store that always runs before it and has the same index, or
// the same index in loops that count alike. (As in array privatization, Tu and Padua,
// LCPC 1993, with the whole function as the trip.)
//
//===----------------------------------------------------------------------===//
#include "InitialContents.h"

#include "CalleeDerivatives.h"

#include "adgen/Analysis/IndexForm.h"

using namespace mlir;
using namespace adgen;

namespace {
struct IndexedAccess {
  Operation *op;
  SmallVector<IndexForm> indices;
};

class FirstUses {
public:
  bool areStores(BlockArgument place);

private:
  bool collect(Value place, SmallVector<IndexForm> indices);
  bool covers(const IndexedAccess &store, const IndexedAccess &load);

  SmallVector<IndexedAccess> stores, loads;
};
} // namespace

bool FirstUses::collect(Value place, SmallVector<IndexForm> indices) {
  return llvm::all_of(place.getUses(), [&](OpOperand &use) {
    Operation *user = use.getOwner();
    SmallVector<IndexForm> inner = indices;
    if (isa<LoadOp>(user)) {
      loads.push_back({user, indices});
      return true;
    }
    if (auto store = dyn_cast<StoreOp>(user)) {
      stores.push_back({user, indices});
      return store.getPlace() == place && store.getValue() != place;
    }
    if (isa<LetOp>(user))
      return collect(user->getResult(0), inner);
    auto access = dyn_cast<AccessOp>(user);
    if (auto element = dyn_cast<ElementOp>(user))
      inner.push_back(IndexForm::of(element.getIndex()));
    else if (auto offset = dyn_cast<OffsetOp>(user); offset && indices.empty())
      inner.push_back(IndexForm::of(offset.getIndex()));
    else if (access && access.getArgs().size() == 1 && access.getText() == "{0}[{1}]")
      inner.push_back(IndexForm::of(access.getArgs().front()));
    else
      return isa<QueryOp>(user);
    return collect(user->getResult(0), inner);
  });
}

/// The loops around an operation, from the outermost on; nothing if it stands in a
/// branch or another loop.
static std::optional<SmallVector<ForOp>> loopsAround(Operation *op) {
  SmallVector<ForOp> loops;
  for (op = op->getParentOp(); !isa<func::FuncOp>(op); op = op->getParentOp()) {
    auto loop = dyn_cast<ForOp>(op);
    if (!loop)
      return {};
    loops.insert(loops.begin(), loop);
  }
  return loops;
}

bool FirstUses::covers(const IndexedAccess &store, const IndexedAccess &load) {
  // In other loops the store comes first as a whole; in the same ones in each trip.
  Operation *first = store.op;
  while (!first->getBlock()->findAncestorOpInBlock(*load.op))
    first = first->getParentOp();
  Operation *second = first->getBlock()->findAncestorOpInBlock(*load.op);
  if (first == second || !first->isBeforeInBlock(second))
    return false;
  auto outer = loopsAround(store.op);
  if (!outer || store.indices.size() != load.indices.size())
    return false;
  // The loops around the load that correspond to those around the store; there may be
  // others inside.
  SmallVector<ForOp> inner;
  for (Operation *op = load.op->getParentOp(); !isa<func::FuncOp>(op);
       op = op->getParentOp())
    if (auto loop = dyn_cast<ForOp>(op))
      inner.insert(inner.begin(), loop);
  if (inner.size() < outer->size())
    return false;
  SmallVector<IndexForm> indices = store.indices;
  auto isEqual = [](const IndexForm &x, const IndexForm &z) {
    return (x - z).constant() == 0;
  };
  for (auto [ahead, loop] : llvm::zip(*outer, inner)) {
    Symbol counter{ahead.induction()};
    IndexForm other = IndexForm::symbol({loop.induction()});
    if (ahead.getPredicate() != loop.getPredicate() ||
        ahead.getStep() != loop.getStep() ||
        !isEqual(IndexForm::of(ahead.getLower()), IndexForm::of(loop.getLower())) ||
        !isEqual(IndexForm::of(ahead.getUpper()), IndexForm::of(loop.getUpper())))
      return false;
    for (IndexForm &index : indices)
      index = index.substitute(counter, other);
  }
  return llvm::all_of(llvm::zip_equal(indices, load.indices), [&](auto pair) {
           return isEqual(std::get<0>(pair), std::get<1>(pair));
         });
}

bool FirstUses::areStores(BlockArgument place) {
  if (!collect(place, {}) || stores.empty())
    return false;
  return llvm::all_of(stores, [](auto &store) {
           return loopsAround(store.op).has_value();
         }) &&
         // The last uses are found first; the first load is the likeliest to fail.
         llvm::all_of(llvm::reverse(loads), [&](const IndexedAccess &load) {
           return llvm::any_of(stores, [&](const IndexedAccess &store) {
             return covers(store, load);
           });
         });
}

bool adgen::isOverwrittenFirst(func::FuncOp function, unsigned i) {
  BlockArgument parameter = function.getArgument(i);
  if (isa<PlaceType>(parameter.getType()))
    return FirstUses().areStores(parameter);
  // A reference that became a value.
  auto result = resultOfArgument(function, i);
  if (!result || !parameter.use_empty())
    return false;
  auto end = cast<ReturnOp>(function.front().getTerminator());
  return end->getOperand(*result) != parameter;
}
