//===- AccessOrder.cpp - What may happen to memory after an access --------===//
//
// One access may follow on another one later in the text, or in a later trip of
// a loop around both. Accesses are found by the objects that they may touch;
// from the next one on, as the answer is mostly there.
//
//===----------------------------------------------------------------------===//
#include "Paths.h"

#include "adgen/Analysis/Slots.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace adgen;

/// The ancestors of both operations in the innermost block around both.
static std::pair<Operation *, Operation *>
ancestorsInCommonBlock(Operation *x, Operation *z) {
  for (Operation *up = x; up; up = up->getParentOp())
    if (Operation *other = up->getBlock()->findAncestorOpInBlock(*z))
      return {up, other};
  llvm_unreachable("operations of one function");
}

/// Whether `later` may use what is at `place` for `first`, after that. A loop
/// that runs backwards has its later trips where the counter is less.
static bool mayFollow(Operation *first, Value place, Operation *later,
                      Value laterPlace, PathCache &paths) {
  auto [x, z] = ancestorsInCommonBlock(first, later);
  if (x != z && x->isBeforeInBlock(z) &&
      mayOverlap(place, laterPlace, When::SameTrip, nullptr, paths))
    return true;
  // Regions of one operation exclude each other, but a loop's follow.
  if (x == z && isa<WhileOp>(x) && mayAlias(place, laterPlace))
    return true;
  unsigned scope = scopeOf(place);
  for (Operation *loop = loopAround(first); loop; loop = loopAround(loop)) {
    if (loopDepth(loop) < scope)
      break;
    auto counted = dyn_cast<ForOp>(loop);
    bool isReversed = counted && counted.getReversed();
    if (loop->isProperAncestor(later) &&
        (isReversed
             ? mayOverlap(laterPlace, place, When::LaterTrip, loop, paths)
             : mayOverlap(place, laterPlace, When::LaterTrip, loop, paths)))
      return true;
  }
  return false;
}

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
  Accesses writes, reads;
  /// The operations in the order of the text, those of a loop together.
  llvm::DenseMap<Operation *, unsigned> positions, starts;
  SameExpressions expressions;
  PathCache paths;

  void number(Operation *op);
  static void add(Accesses &accesses, Operation *op, Value place) {
    for (Value root : rootsOf(place))
      accesses[root].push_back({op, place});
  }
  bool anyFollows(const Accesses &accesses, Operation *first, Value place);
  bool anyFollows(ArrayRef<Access> accesses, Operation *first, Value place);
};

/// Whether the operation may do more with its places than to write one.
static bool mayReadPlaces(Operation *op) {
  return !isPure(op) && !hasSlots(op) && !isa<func::FuncOp, QueryOp, VarOp>(op);
}

AccessOrder::AccessOrder(func::FuncOp function)
    : index(std::make_unique<Index>()) {
  index->number(function);
  function.walk([&](Operation *op) {
    for (Value place : writtenPlaces(op))
      Index::add(index->writes, op, place);
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
                                    Value place) {
  auto startAt = [&](unsigned position) {
    return llvm::partition_point(accesses, [&](const Access &access) {
      return positions.lookup(access.op) < position;
    });
  };
  auto follows = [&](const Access &access) {
    return access.op != first &&
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
                                    Value place) {
  auto follows = [&](Value root) {
    auto found = accesses.find(root);
    return found != accesses.end() && anyFollows(found->second, first, place);
  };
  for (Value root : rootsOf(place)) {
    if (root && isa<OpResult>(root)) {
      if (follows(root) || follows(Value()))
        return true;
      continue;
    }
    for (auto &[other, touching] : accesses)
      if (mayBeOneObject(root, other) && anyFollows(touching, first, place))
        return true;
  }
  return false;
}

bool AccessOrder::isReadLater(Operation *write) {
  return index->anyFollows(index->reads, write, writtenPlace(write));
}

bool AccessOrder::isOverwritten(LoadOp load) {
  return index->anyFollows(index->writes, load, load.getPlace());
}
