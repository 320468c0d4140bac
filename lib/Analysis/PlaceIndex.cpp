//===- PlaceIndex.cpp - Places by where they are --------------------------===//
//
// A tree for each value that paths start from: x[i + 1].a is
//
//     x  →  offset by i + …  →  1  →  member  →  a
//
// A step has a shape, in which constants and names of members are left out, and a
// key, which is these. Two paths that are one down to a step of one shape, and differ
// in its key, are distinct. What is below another shape may be anywhere, and so may
// what ends on the way.
//
//===----------------------------------------------------------------------===//
#include "adgen/Analysis/PlaceIndex.h"

#include "Paths.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace adgen;

using Numbers = PlaceIndex::Numbers;

namespace {
struct Node {
  struct Branch {
    std::map<StepKey, std::unique_ptr<Node>> nodes;
    /// All that is below.
    Numbers all;
    unsigned order = 0;
  };
  /// Paths that end here.
  Numbers here;
  std::map<StepShape, Branch> branches;
  /// The same, in the order in which they were made.
  std::map<unsigned, Branch *> inOrder;

  Branch &branchOf(const StepShape &shape);

  /// Drops what is empty on the path.
  void prune(const Path &path);
};

/// Places whose paths start at one value and that have one type.
struct Places {
  /// One of them.
  Value any;
  Numbers all;
  /// What may be anywhere in the objects.
  Numbers wide;
  Node tree;
};
} // namespace

Node::Branch &Node::branchOf(const StepShape &shape) {
  auto [it, isNew] = branches.try_emplace(shape);
  Branch &branch = it->second;
  if (isNew) {
    branch.order = inOrder.empty() ? 0 : inOrder.rbegin()->first + 1;
    inOrder[branch.order] = &branch;
  }
  return branch;
}

void Node::prune(const Path &path) {
  Node *node = this;
  for (const Step &step : path.steps) {
    auto [shape, key] = split(step);
    auto branch = node->branches.find(shape);
    if (branch == node->branches.end())
      return;
    if (branch->second.all.empty()) {
      node->inOrder.erase(branch->second.order);
      node->branches.erase(branch);
      return;
    }
    auto next = branch->second.nodes.find(key);
    if (next == branch->second.nodes.end())
      return;
    Node &below = *next->second;
    if (below.here.empty() && below.branches.empty())
      return void(branch->second.nodes.erase(next));
    node = &below;
  }
}

struct PlaceIndex::Tables {
  explicit Tables(PathCache *shared) : paths(shared ? *shared : own) {}

  Places &placesOf(Value place);
  /// Calls `act` with the sets that have what is at `place`.
  void forEachSet(Value place, Reach reach,
                  llvm::function_ref<void(Numbers &)> act);
  /// Places that may share an object with `place`.
  SmallVector<Places *> near(Value place);

  PathCache own;
  PathCache &paths;
  std::vector<std::unique_ptr<Places>> places;
  llvm::DenseMap<std::pair<Value, Type>, Places *> known;
  /// By the objects that they may be in.
  llvm::DenseMap<Value, SmallVector<Places *, 1>> byRoot;
  SmallVector<Places *> ofArguments, ofUnknown;
};

PlaceIndex::PlaceIndex(PathCache *paths)
    : tables(std::make_unique<Tables>(paths)) {}
PlaceIndex::PlaceIndex(PlaceIndex &&) noexcept = default;
PlaceIndex::~PlaceIndex() = default;

Places &PlaceIndex::Tables::placesOf(Value place) {
  Type type = cast<PlaceType>(place.getType()).getElement();
  Places *&found = known[{paths.of(place).start, type}];
  if (found)
    return *found;
  found = places.emplace_back(std::make_unique<Places>()).get();
  found->any = place;
  bool isOfArgument = false, isUnknown = false;
  for (Value root : rootsOf(place)) {
    byRoot[root].push_back(found);
    isOfArgument |= isa_and_present<BlockArgument>(root);
    isUnknown |= !root;
  }
  if (isOfArgument)
    ofArguments.push_back(found);
  if (isUnknown)
    ofUnknown.push_back(found);
  return *found;
}

SmallVector<Places *> PlaceIndex::Tables::near(Value place) {
  llvm::SmallSetVector<Places *, 8> candidates;
  candidates.insert_range(ofUnknown);
  for (Value root : rootsOf(place)) {
    if (!root) {
      for (auto &some : places)
        candidates.insert(some.get());
    } else if (isa<BlockArgument>(root)) {
      candidates.insert_range(ofArguments);
    } else if (auto same = byRoot.find(root); same != byRoot.end()) {
      candidates.insert_range(same->second);
    }
  }
  return llvm::filter_to_vector(candidates, [&](Places *some) {
    return !some->all.empty() && mayAlias(some->any, place);
  });
}

void PlaceIndex::Tables::forEachSet(Value place, Reach reach,
                                    llvm::function_ref<void(Numbers &)> act) {
  Places &some = placesOf(place);
  act(some.all);
  const Path &path = paths.of(place);
  if (reach == Reach::Object || path.isLoose)
    return act(some.wide);
  Node *node = &some.tree;
  for (const Step &step : path.steps) {
    auto [shape, key] = split(step);
    Node::Branch &branch = node->branchOf(shape);
    act(branch.all);
    std::unique_ptr<Node> &next = branch.nodes[key];
    if (!next)
      next = std::make_unique<Node>();
    node = next.get();
  }
  act(node->here);
}

void PlaceIndex::insert(unsigned number, Value place, Reach reach) {
  tables->forEachSet(place, reach,
                     [&](Numbers &numbers) { numbers.insert(number); });
}

void PlaceIndex::erase(unsigned number, Value place, Reach reach) {
  tables->forEachSet(place, reach,
                     [&](Numbers &numbers) { numbers.erase(number); });
  // What is empty is not searched.
  if (reach == Reach::Place)
    tables->placesOf(place).tree.prune(tables->paths.of(place));
}

/// Whether `test` holds for what the path may meet in the tree.
static bool anyInTree(const Node &root, const Path &path,
                      llvm::function_ref<bool(const Numbers &)> test) {
  const Node *node = &root;
  for (const Step &step : path.steps) {
    if (test(node->here))
      return true;
    auto [shape, key] = split(step);
    auto same = node->branches.find(shape);
    bool isNew = same == node->branches.end();
    for (auto [order, branch] : node->inOrder)
      if ((isNew || branch != &same->second) && test(branch->all))
        return true;
    if (isNew)
      return false;
    auto next = same->second.nodes.find(key);
    if (next == same->second.nodes.end())
      return false;
    node = next->second.get();
  }
  return test(node->here) || llvm::any_of(node->inOrder, [&](auto &branch) {
           return test(branch.second->all);
         });
}

bool PlaceIndex::anyOf(Value place, Reach reach,
                       llvm::function_ref<bool(const Numbers &)> test) {
  const Path &path = tables->paths.of(place);
  for (Places *some : tables->near(place)) {
    bool isWide = reach == Reach::Object || path.isLoose ||
                  path.start != tables->paths.of(some->any).start;
    if (isWide ? test(some->all)
               : test(some->wide) || anyInTree(some->tree, path, test))
      return true;
  }
  return false;
}

bool PlaceIndex::mayOverlap(Value first, Value later, When when, Operation *loop) {
  return adgen::mayOverlap(first, later, when, loop, tables->paths);
}
