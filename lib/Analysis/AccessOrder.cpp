//===- AccessOrder.cpp - What may happen to memory after an access --------===//
//
// One access may follow on another one later in the text, or in a later trip of
// a loop around both. Accesses are found by the objects that they may touch, and
// where no loop is around by their places; from the next one on, as the answer is
// mostly there.
//
//===----------------------------------------------------------------------===//
#include "Paths.h"

#include "adgen/Analysis/PlaceIndex.h"
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

/// Accesses in the order of the text.
struct AccessList {
  explicit AccessList(PathCache &paths) : byPlace(&paths) {}
  SmallVector<Access> accesses;
  /// Their positions in the list.
  PlaceIndex byPlace;
};

/// Accesses by the objects that they may touch; null stands for one that nobody
/// knows.
using Accesses = llvm::MapVector<Value, AccessList>;
} // namespace

struct AccessOrder::Index {
  /// Of the writes, `reshapes` may change more than what is at a place.
  Accesses writes, reshapes, reads;
  /// Whatever is done with a place, once somebody asks for it.
  std::optional<Accesses> uses;
  func::FuncOp function;
  /// The operations in the order of the text, those of a loop together.
  llvm::DenseMap<Operation *, unsigned> positions, starts;
  SameExpressions expressions;
  PathCache paths;

  void number(Operation *op);
  void add(Accesses &accesses, Operation *op, Value place);
  void add(Accesses &accesses, Value root, Access access);
  using Filter = llvm::function_ref<bool(Operation *)>;
  /// Whether an access, by an operation that counts, may follow on `first`.
  bool anyFollows(Accesses &accesses, Operation *first, Value place,
                  Filter counts);
  bool anyFollows(AccessList &list, Operation *first, Value place,
                  Filter counts);
};

/// Whether a pointer is at the place, which may point anywhere.
static bool holdsPointer(Value place) {
  return isa<PlaceType>(cast<PlaceType>(place.getType()).getElement());
}

static PlaceIndex::Reach reachOf(Operation *op) {
  return isa<CallOp>(op) ? PlaceIndex::Reach::Object : PlaceIndex::Reach::Place;
}

void AccessOrder::Index::add(Accesses &accesses, Value root, Access access) {
  AccessList &list = accesses.try_emplace(root, paths).first->second;
  list.byPlace.insert(list.accesses.size(), access.place, reachOf(access.op));
  list.accesses.push_back(access);
}

void AccessOrder::Index::add(Accesses &accesses, Operation *op, Value place) {
  // A call may go where the pointer goes.
  if (holdsPointer(place))
    return add(accesses, Value(), {op, place});
  for (Value root : rootsOf(place))
    add(accesses, root, {op, place});
}

/// Whether the operation may do more with its places than to write one.
static bool mayReadPlaces(Operation *op) {
  return !isPure(op) && !hasSlots(op) && !isa<func::FuncOp, QueryOp>(op) &&
         (!isa<VarOp>(op) || op->hasAttr("copies"));
}

AccessOrder::AccessOrder(func::FuncOp function)
    : index(std::make_unique<Index>()) {
  index->function = function;
  index->number(function);
  function.walk([&](Operation *op) {
    for (Value place : writtenPlaces(op)) {
      index->add(index->writes, op, place);
      if (!writtenPlace(op))
        index->add(index->reshapes, op, place);
    }
    if (!mayReadPlaces(op))
      return;
    for (Value operand : op->getOperands())
      if (isa<PlaceType>(operand.getType()) && operand != writtenPlace(op))
        index->add(index->reads, op, operand);
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

bool AccessOrder::Index::anyFollows(AccessList &list, Operation *first,
                                    Value place, Filter counts) {
  ArrayRef<Access> accesses = list.accesses;
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
  Operation *nest = loopAround(first);
  // Without a loop, places of the same trip are compared; a pointer that is loaded
  // there may be passed to a callee and followed.
  if (!nest && !holdsPointer(place))
    return list.byPlace.anyOf(
        place, reachOf(first), [&](const PlaceIndex::Numbers &numbers) {
          auto from = numbers.lower_bound(next - accesses.begin());
          return std::any_of(from, numbers.end(), [&](unsigned i) {
            return follows(accesses[i]);
          });
        });
  if (std::any_of(next, accesses.end(), follows))
    return true;
  if (!nest)
    return false;
  while (Operation *outer = loopAround(nest))
    nest = outer;
  return std::any_of(startAt(starts.lookup(nest)), next, follows);
}

bool AccessOrder::Index::anyFollows(Accesses &accesses, Operation *first,
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
  return llvm::any_of(accesses, [&](auto &touching) {
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

bool AccessOrder::isShapeReadLater(Operation *change) {
  Value place = resizedPlace(change);
  if (!localObject(place))
    return true;
  if (!index->uses) {
    index->uses.emplace();
    index->function.walk([&](Operation *op) {
      if (isPure(op) || hasSlots(op) || isa<func::FuncOp>(op))
        return;
      for (Value operand : op->getOperands())
        if (isa<PlaceType>(operand.getType()))
          index->add(*index->uses, op, operand);
    });
  }
  return index->anyFollows(*index->uses, change, place,
                           [&](Operation *op) { return op != change; });
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
  for (auto &[root, list] : index->writes) {
    bool mayTouch = mayBeOneObject(roots.front(), root) &&
                    index->anyFollows(list, reader, place,
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
