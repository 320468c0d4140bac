//===- MinimumCut.cpp - Which values of a trip are kept -------------------===//
//
// A trip that is run again starts from what was loaded and kept. What the reverse
// sweep needs of the trip may be less:
//
//   s = u[i - 1] - 2 * u[i] + u[i + 1];   k_bar += s * t_bar
//   keeps u[i - 1], u[i] and u[i + 1]   →   keeps s
//
//   if (x[j] > x[j + 1]) …
//   keeps x[j] and x[j + 1]   →   keeps the decision
//
// Within a trip, the values that are computed of kept ones are a graph from those to
// the values that somebody needs. A smallest set of values that all ways go through
// is kept in place of the loads: a minimum vertex cut (Ford & Fulkerson), as near
// to where it is needed as can be. Every value has the cost of its bytes for each
// trip; computing costs nothing, as it is arithmetic on values that are there.
//
// Requires what `resolveKeeps` leaves: one record for each tape.
//
//===----------------------------------------------------------------------===//
#include "KeepLoads.h"
#include "ReadVariables.h"
#include "Reverse.h"

#include "adgen/Analysis/IndexForm.h"
#include "adgen/Analysis/LiveValues.h"
#include "adgen/Analysis/Slots.h"

using namespace mlir;
using namespace adgen;

namespace {

/// A network with capacities.
class Network {
public:
  explicit Network(unsigned nodes) : edges(nodes) {}
  void connect(unsigned from, unsigned to, unsigned capacity) {
    edges[from].push_back({to, capacity, unsigned(edges[to].size())});
    edges[to].push_back({from, 0, unsigned(edges[from].size() - 1)});
  }
  void maximize(unsigned source, unsigned sink) {
    while (augment(source, sink))
      ;
  }
  /// The nodes from which the sink can still be reached.
  llvm::BitVector findReaching(unsigned sink) const;

private:
  struct Edge {
    unsigned to, capacity, reverse;
  };
  bool augment(unsigned source, unsigned sink);
  std::vector<std::vector<Edge>> edges;
};

/// The values of a trip between its kept loads and what is needed of it.
class TripGraph {
public:
  TripGraph(ArrayRef<PlaybackOp> kept, Block *forward, const LiveValues &live);

  /// A smallest set of values that everything needed is computed of.
  SmallVector<Value> cut();
  /// The same value in the forward sweep.
  Value forwardOf(Value value) const { return inForward.lookup(value); }

private:
  bool isNode(Operation *op) const;

  llvm::DenseMap<int64_t, Operation *> forwardOps;
  llvm::DenseMap<Value, Value> inForward;
  llvm::DenseMap<Value, unsigned> numbers;
  std::vector<Value> values;
  unsigned sources;
  const LiveValues &live;
};

} // namespace

//===----------------------------------------------------------------------===//
// Flow
//===----------------------------------------------------------------------===//

/// Sends as much as goes along a shortest way (Edmonds & Karp).
bool Network::augment(unsigned source, unsigned sink) {
  std::vector<Edge *> arrival(edges.size());
  std::vector<unsigned> queue = {source};
  for (size_t next = 0; next != queue.size() && !arrival[sink]; ++next)
    for (Edge &edge : edges[queue[next]])
      if (edge.capacity && edge.to != source && !arrival[edge.to]) {
        arrival[edge.to] = &edge;
        queue.push_back(edge.to);
      }
  if (!arrival[sink])
    return false;
  auto forEachEdge = [&](auto visit) {
    for (unsigned node = sink; node != source;) {
      Edge &edge = *arrival[node], &back = edges[node][edge.reverse];
      visit(edge, back);
      node = back.to;
    }
  };
  unsigned amount = ~0u;
  forEachEdge([&](Edge &edge, Edge &) {
    amount = std::min(amount, edge.capacity);
  });
  forEachEdge([&](Edge &edge, Edge &back) {
    edge.capacity -= amount;
    back.capacity += amount;
  });
  return true;
}

llvm::BitVector Network::findReaching(unsigned sink) const {
  llvm::BitVector reaching(edges.size());
  std::vector<unsigned> work = {sink};
  reaching.set(sink);
  while (!work.empty()) {
    unsigned node = work.back();
    work.pop_back();
    // An edge backwards is one that comes from there.
    for (const Edge &back : edges[node])
      if (edges[back.to][back.reverse].capacity && !reaching.test(back.to)) {
        reaching.set(back.to);
        work.push_back(back.to);
      }
  }
  return reaching;
}

//===----------------------------------------------------------------------===//
// Trips
//===----------------------------------------------------------------------===//

static std::optional<int64_t> originOf(Operation *op) {
  auto origin = op->getAttrOfType<IntegerAttr>(originMark);
  return origin ? std::optional(origin.getInt()) : std::nullopt;
}

/// Whether the operation may be left to the forward sweep, its result kept.
bool TripGraph::isNode(Operation *op) const {
  auto origin = originOf(op);
  return origin && forwardOps.count(*origin) && isPure(op) &&
         !isDerivativeOp(op) && op->getNumResults() == 1 &&
         (isReal(op->getResult(0).getType()) || isa<CompareOp>(op));
}

/// What it takes to keep a value for a trip.
static unsigned bytesOf(Value value) {
  Type type = value.getType();
  auto integer = dyn_cast<IntType>(type);
  // A pointer, or the frame of a recursive call.
  if (!integer && !type.isIntOrFloat())
    return 8;
  unsigned bits = integer ? integer.getWidth() : type.getIntOrFloatBitWidth();
  return type.isF80() ? 16 : std::max(bits / 8, 1u);
}

template <class Range> static unsigned bytesOfAll(const Range &values) {
  unsigned bytes = 0;
  for (Value value : values)
    bytes += bytesOf(value);
  return bytes;
}

TripGraph::TripGraph(ArrayRef<PlaybackOp> kept, Block *forward,
                     const LiveValues &live)
    : sources(kept.size()), live(live) {
  for (Operation &op : *forward)
    if (auto origin = originOf(&op))
      forwardOps[*origin] = &op;
  auto add = [&](Value value, Value first) {
    numbers[value] = values.size();
    values.push_back(value);
    inForward[value] = first;
  };
  for (PlaybackOp playback : kept)
    add(playback.getValue(), Value());
  for (Operation &op : *kept.front()->getBlock())
    if (live.isLive(&op) && isNode(&op) &&
        llvm::any_of(op.getOperands(),
                     [&](Value v) { return numbers.count(v); }))
      add(op.getResult(0), forwardOps[*originOf(&op)]->getResult(0));
}

SmallVector<Value> TripGraph::cut() {
  // Each value is an edge with its bytes for capacity, from 2i to 2i + 1.
  unsigned source = 2 * values.size(), sink = source + 1;
  constexpr unsigned unlimited = 1u << 30;
  Network network(sink + 1);
  for (auto [i, value] : llvm::enumerate(values)) {
    network.connect(2 * i, 2 * i + 1, bytesOf(value));
    if (i < sources)
      network.connect(source, 2 * i, unlimited);
    bool isNeeded = false;
    for (Operation *user : value.getUsers()) {
      auto it = user->getNumResults() == 1 ? numbers.find(user->getResult(0))
                                           : numbers.end();
      if (it != numbers.end())
        network.connect(2 * i + 1, 2 * it->second, unlimited);
      else
        isNeeded |= live.isLive(user) || user->hasTrait<OpTrait::IsTerminator>();
    }
    if (isNeeded)
      network.connect(2 * i + 1, sink, unlimited);
  }
  network.maximize(source, sink);
  llvm::BitVector reaching = network.findReaching(sink);
  SmallVector<Value> found;
  for (auto [i, value] : llvm::enumerate(values))
    if (!reaching.test(2 * i) && reaching.test(2 * i + 1))
      found.push_back(value);
  return found;
}

//===----------------------------------------------------------------------===//
// Tapes
//===----------------------------------------------------------------------===//

static RecordOp recordOf(PlaybackOp playback) {
  RecordOp found;
  for (Operation *user : playback.getTape().getUsers())
    if (auto record = dyn_cast<RecordOp>(user)) {
      if (found)
        return {};
      found = record;
    }
  return found;
}

/// The variable that the value is assigned to, or the name of the operation.
static LocalAttr nameOf(OpBuilder &b, Value value, unsigned id) {
  std::string name = isa<CompareOp>(value.getDefiningOp())
                         ? "decision"
                         : value.getDefiningOp()->getName().stripDialect().str();
  if (LocalAttr local = variableOf(value))
    name = local.getName().str();
  for (Operation *user : value.getUsers())
    if (auto let = dyn_cast<LetOp>(user))
      name = let.getLocal().getName().str();
  return LocalAttr::get(b.getContext(), ~5000u - id,
                        b.getStringAttr(name + "_tape"),
                        b.getStringAttr(spelling(value.getType())),
                        /*generated=*/true);
}

/// Keeps `value` where `sample` is kept.
static void keepInstead(Value value, Value first, PlaybackOp sample,
                        unsigned id) {
  RecordOp record = recordOf(sample);
  auto like = sample.getTape().getDefiningOp<TapeOp>();
  OpBuilder b(like);
  Location loc = first.getLoc();
  Value tape = TapeOp::create(b, loc,
                              TapeType::get(b.getContext(), value.getType()),
                              like.getSize(), nameOf(b, first, id),
                              like.getClamp());
  if (Attribute alias = like->getAttr(aliasMark))
    tape.getDefiningOp()->setAttr(aliasMark, alias);
  b.setInsertionPointAfterValue(first);
  RecordOp::create(b, loc, first, tape, record.getIndex());
  b.setInsertionPoint(value.getDefiningOp());
  Value played = PlaybackOp::create(b, loc, value.getType(), tape,
                                    sample.getIndex(), variableOf(value));
  value.replaceAllUsesWith(played);
}

/// Whether two values are kept for the same trips.
static bool isKeptAlike(PlaybackOp x, PlaybackOp z) {
  auto a = x.getTape().getDefiningOp<TapeOp>();
  auto b = z.getTape().getDefiningOp<TapeOp>();
  RecordOp p = recordOf(x), q = recordOf(z);
  bool haveOneSize = a.getSize() && b.getSize()
                         ? isSameExpression(a.getSize(), b.getSize())
                         : !a.getSize() && !b.getSize();
  return haveOneSize && p && q && p->getBlock() == q->getBlock() &&
         isSameExpression(x.getIndex(), z.getIndex());
}

/// Whether every trip has an element of its own. What is the same in all trips of a
/// loop is kept once for all of them; what is computed of it may differ.
static bool isKeptForEachTrip(PlaybackOp playback) {
  auto tape = playback.getTape().getDefiningOp<TapeOp>();
  RecordOp record = recordOf(playback);
  if (!tape.getSize())
    return true;
  std::set<Symbol> symbols = IndexForm::of(record.getIndex()).symbols();
  for (Operation *op = record->getParentOp(); !op->isAncestor(tape);
       op = op->getParentOp())
    if (auto loop = dyn_cast<ForOp>(op);
        isLoop(op) && !(loop && symbols.count({loop.induction()})))
      return false;
  return true;
}

void adgen::cutTapes(func::FuncOp derivative) {
  LiveValues live(derivative);
  std::vector<SmallVector<PlaybackOp>> groups;
  derivative.walk([&](PlaybackOp playback) {
    auto tape = playback.getTape().getDefiningOp<TapeOp>();
    if (!live.isLive(playback.getOperation()) || !tape->hasAttr(keepMark) ||
        !recordOf(playback) || !isKeptForEachTrip(playback))
      return;
    for (auto &group : groups)
      if (group.front()->getBlock() == playback->getBlock() &&
          isKeptAlike(group.front(), playback))
        return group.push_back(playback);
    groups.push_back({playback});
  });
  unsigned id = 0;
  for (ArrayRef<PlaybackOp> kept : groups) {
    TripGraph graph(kept, recordOf(kept.front())->getBlock(), live);
    SmallVector<Value> cut = graph.cut();
    auto values = llvm::map_range(
        kept, [](PlaybackOp playback) { return playback.getValue(); });
    if (bytesOfAll(cut) >= bytesOfAll(values))
      continue;
    for (Value value : cut)
      if (Value first = graph.forwardOf(value))
        keepInstead(value, first, kept.front(), id++);
  }
}
