//===- AccessOrder.cpp - What may happen to memory after an access --------===//
//
// One access may follow on another one later in the text, or in a later trip of
// a loop around both. Accesses are found by the objects that they may touch;
// from the next one on, as the answer is mostly there.
//
//===----------------------------------------------------------------------===//
#include "Paths.h"

#include "adgen/Analysis/Shapes.h"
#include "adgen/Analysis/Slots.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace adgen;

namespace {
struct Access {
  Operation *op;
  Value place;
};

/// Accesses in the order of the text, by the objects that they may touch; null
/// stands for one that nobody knows.
using Accesses = llvm::MapVector<Value, SmallVector<Access>>;
} // namespace

struct AccessOrder::Index {
  /// Of the writes, `reshapes` may change more than what is at a place.
  Accesses writes, reshapes, reads;
  /// The operations in the order of the text, those of a loop together.
  llvm::DenseMap<Operation *, unsigned> positions, starts;
  SameExpressions expressions;
  PathCache paths;

  void number(Operation *op);
  static void add(Accesses &accesses, Operation *op, Value place);
  using Filter = llvm::function_ref<bool(Operation *)>;
  /// Whether an access, by an operation that counts, may follow on `first`.
  bool anyFollows(const Accesses &accesses, Operation *first, Value place,
                  Filter counts);
  bool anyFollows(ArrayRef<Access> accesses, Operation *first, Value place,
                  Filter counts);
};

/// Whether a pointer is at the place, which may point anywhere.
static bool holdsPointer(Value place) {
  return isa<PlaceType>(cast<PlaceType>(place.getType()).getElement());
}

void AccessOrder::Index::add(Accesses &accesses, Operation *op, Value place) {
  // A call may go where the pointer goes.
  if (holdsPointer(place))
    return accesses[Value()].push_back({op, place});
  for (Value root : rootsOf(place))
    accesses[root].push_back({op, place});
}

/// Whether the operation may do more with its places than to write one.
static bool mayReadPlaces(Operation *op) {
  return !isPure(op) && !hasSlots(op) && !isa<func::FuncOp, QueryOp>(op) &&
         (!isa<VarOp>(op) || op->hasAttr("copies"));
}

AccessOrder::AccessOrder(func::FuncOp function)
    : index(std::make_unique<Index>()) {
  index->number(function);
  function.walk([&](Operation *op) {
    for (Value place : writtenPlaces(op)) {
      Index::add(index->writes, op, place);
      if (!writtenPlace(op))
        Index::add(index->reshapes, op, place);
    }
    if (!mayReadPlaces(op))
      return;
    for (Value operand : op->getOperands())
      if (isa<PlaceType>(operand.getType()) && operand != writtenPlace(op))
        Index::add(index->reads, op, operand);
  });
}

AccessOrder::~AccessOrder() = default;

void AccessOrder::Index::number(Operation *op) {
  starts[op] = positions.size();
  for (Region &region : op->getRegions())
    for (Operation &inner : region.getOps())
      number(&inner);
  positions[op] = positions.size();
}

bool AccessOrder::Index::anyFollows(ArrayRef<Access> accesses, Operation *first,
                                    Value place, Filter counts) {
  auto startAt = [&](unsigned position) {
    return llvm::partition_point(accesses, [&](const Access &access) {
      return positions.lookup(access.op) < position;
    });
  };
  auto follows = [&](const Access &access) {
    return counts(access.op) &&
           mayFollow(first, place, access.op, access.place, paths);
  };
  // The next ones are the likeliest.
  auto *next = startAt(positions.lookup(first));
  if (std::any_of(next, accesses.end(), follows))
    return true;
  Operation *nest = loopAround(first);
  if (!nest)
    return false;
  while (Operation *outer = loopAround(nest))
    nest = outer;
  return std::any_of(startAt(starts.lookup(nest)), next, follows);
}

bool AccessOrder::Index::anyFollows(const Accesses &accesses, Operation *first,
                                    Value place, Filter counts) {
  auto follows = [&](Value root) {
    auto found = accesses.find(root);
    return found != accesses.end() &&
           anyFollows(found->second, first, place, counts);
  };
  SmallVector<Value> roots = rootsOf(place);
  bool areVariables = llvm::all_of(
      roots, [](Value root) { return root && isa<OpResult>(root); });
  if (areVariables && !holdsPointer(place))
    return llvm::any_of(roots, follows) || follows(Value());
  return llvm::any_of(accesses, [&](const auto &touching) {
    bool mayTouch = holdsPointer(place) ||
                    llvm::any_of(roots, [&](Value root) {
                      return mayBeOneObject(root, touching.first);
                    });
    return mayTouch && anyFollows(touching.second, first, place, counts);
  });
}

/// Whether the operation calls a function that has a body. One that has none gets from
/// a derivative by hand what it says: a pointer to numbers reshapes nothing.
static bool callsBody(Operation *op) {
  auto call = dyn_cast<CallOp>(op);
  auto module = op->getParentOfType<ModuleOp>();
  auto callee = call && module
                    ? module.lookupSymbol<func::FuncOp>(call.getCalleeAttr())
                    : func::FuncOp();
  return call && !(callee && callee.isExternal());
}

bool AccessOrder::isReadLater(Operation *write) {
  return index->anyFollows(index->reads, write, writtenPlace(write),
                           [&](Operation *op) { return op != write; });
}

bool AccessOrder::isOverwritten(Operation *reader, Value place) {
  if (isa<QueryOp>(reader))
    return index->anyFollows(
        index->reshapes, reader, place,
        [&](Operation *op) { return callsBody(op) || mayReshape(op, place); });
  // What a container has already stays as it is when it grows.
  bool maySkipPush = isa<LoadOp>(reader) && isFoundByIndex(place);
  return index->anyFollows(
      index->writes, reader, place,
      [&](Operation *op) { return !maySkipPush || !isa<PushOp>(op); });
}

BlockArgument AccessOrder::findOverwritingAlias(Operation *reader,
                                                Value place) {
  SmallVector<Value> roots = rootsOf(place);
  BlockArgument found;
  if (roots.size() != 1 || holdsPointer(place))
    return found;
  for (auto &[root, accesses] : index->writes) {
    bool mayTouch = mayBeOneObject(roots.front(), root) &&
                    index->anyFollows(accesses, reader, place,
                                      [](Operation *) { return true; });
    if (!mayTouch)
      continue;
    auto argument = dyn_cast_if_present<BlockArgument>(root);
    if (!argument || root == roots.front())
      return {};
    found = argument;
  }
  return found;
}

bool adgen::isOverwritten(Operation *reader, Value place) {
  return AccessOrder(reader->getParentOfType<func::FuncOp>())
      .isOverwritten(reader, place);
}
