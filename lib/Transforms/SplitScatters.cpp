//===- SplitScatters.cpp - What a loop adds to neighbours is added apart --===//
//
// The reverse of a stencil adds to several neighbours of an element. The next trip
// adds to some of them again, so that it has to wait, and the loop is not vectorized.
// Apart, each loop adds to other elements in every trip:
//
//   for (i) {                           for (i) u_bar[i - 1] += k * next_bar[i];
//     t = next_bar[i];                  for (i) u_bar[i + 1] += k * next_bar[i];
//     u_bar[i - 1] += k * t;        →   for (i) {
//     u_bar[i + 1] += k * t;              t = next_bar[i];
//     u_bar[i] += m * t;                  u_bar[i] += m * t;
//     s += x[i] * t;                      s += x[i] * t;
//   }                                   }
//
// Done where what is added takes little to compute again. Measured on a heat
// equation: two to three times as fast as together with GCC, ten times with Clang,
// as long as the arrays stay in a cache; no slower where they do not.
//
// Loop distribution, see Kennedy & Allen, Optimizing Compilers for Modern
// Architectures (2001), chapter 6.
//
//===----------------------------------------------------------------------===//
#include "ReadVariables.h"
#include "TripCount.h"
#include "TripOrder.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

namespace adgen {
#define GEN_PASS_DEF_SPLITSCATTERS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

/// How many operations a term may take that is computed once more.
static constexpr unsigned cheap = 8;

namespace {
/// The terms of one loop, in groups of which none adds twice to an element.
class Scatter {
public:
  explicit Scatter(ForOp loop) : loop(loop) {}

  bool isWorthSplitting();
  void split();

private:
  using Operations = llvm::SetVector<Operation *>;

  bool meetAcrossTrips(Operation *x, Operation *z);
  bool findGroups();
  bool addSlice(Value value, Operations &slice);
  bool mayRunAhead(Operation *op, const Operations &slice);

  ForOp loop;
  /// What reads or writes memory in the loop.
  SmallVector<Operation *> accesses;
  /// The last one stays with the rest of the loop.
  SmallVector<SmallVector<AccumulateOp>> groups;
};
} // namespace

bool Scatter::meetAcrossTrips(Operation *x, Operation *z) {
  Value a = accessedPlace(x), b = accessedPlace(z);
  return mayOverlap(a, b, When::LaterTrip, loop) ||
         mayOverlap(b, a, When::LaterTrip, loop);
}

/// Whether the terms are of one object. Those of two that may be one, but hardly
/// are, stay together.
static bool isOfOneObject(AccumulateOp x, AccumulateOp z) {
  return rootsOf(x.getPlace()) == rootsOf(z.getPlace());
}

bool Scatter::findGroups() {
  for (auto term : loop.block()->getOps<AccumulateOp>()) {
    if (meetAcrossTrips(term, term))
      return false;
    auto group = llvm::find_if(groups, [&](ArrayRef<AccumulateOp> others) {
      return llvm::none_of(others, [&](AccumulateOp other) {
        return isOfOneObject(term, other) && meetAcrossTrips(term, other);
      });
    });
    if (group == groups.end())
      groups.push_back({term});
    else
      group->push_back(term);
  }
  return groups.size() > 1;
}

/// Collects what the value is computed from in the loop; fails if that is more
/// than loads and a few products and sums.
bool Scatter::addSlice(Value value, Operations &slice) {
  Operation *op = value.getDefiningOp();
  if (!op)
    // A carried value is another one in each trip.
    return value == loop.induction() || isOutside(value, loop);
  if (!loop->isAncestor(op) || slice.contains(op))
    return true;
  auto playback = dyn_cast<PlaybackOp>(op);
  auto tape = playback ? playback.getTape().getDefiningOp<TapeOp>() : TapeOp();
  bool isCheap =
      isa<LoadOp, LetOp, CastOp, ConstantOp, AddOp, SubOp, MulOp, NegOp,
          OffsetOp, ElementOp, MemberOp, AccessOp>(op) ||
      (tape && tape.getSize() && !loop->isAncestor(tape));
  if (!isCheap || !llvm::all_of(op->getOperands(), [&](Value operand) {
        return addSlice(operand, slice);
      }))
    return false;
  slice.insert(op);
  return true;
}

/// Whether all trips of the term `op` may come before everything else in the loop.
bool Scatter::mayRunAhead(Operation *op, const Operations &slice) {
  auto meet = [&](Operation *x, Operation *z) {
    return meetAcrossTrips(x, z) ||
           mayOverlap(accessedPlace(x), accessedPlace(z), When::SameTrip);
  };
  for (Operation *other : accesses) {
    if (!isa<AccumulateOp>(other) && meet(op, other))
      return false;
    if (isa<LoadOp>(other))
      continue;
    // What is overwritten in the same trip, behind the load, is there still.
    for (Operation *load : slice)
      if (isa<LoadOp>(load) &&
          (meetAcrossTrips(load, other) ||
           (other->isBeforeInBlock(load) && meet(load, other))))
        return false;
  }
  return true;
}

bool Scatter::isWorthSplitting() {
  for (Operation &op : loop.block()->without_terminator()) {
    if (op.getNumRegions())
      return false;
    if (isa<LoadOp, StoreOp, AccumulateOp>(op))
      accesses.push_back(&op);
    else if (!isMemoryEffectFree(&op) && !isa<PlaybackOp, QueryOp>(op))
      return false;
  }
  if (!findGroups())
    return false;
  // The largest one stays.
  auto largest = llvm::max_element(groups, [](auto &x, auto &z) {
    return x.size() <= z.size();
  });
  std::rotate(largest, std::next(largest), groups.end());
  for (ArrayRef<AccumulateOp> group : ArrayRef(groups).drop_back()) {
    Operations slice;
    for (AccumulateOp term : group)
      if (!addSlice(term.getValue(), slice) || !addSlice(term.getPlace(), slice))
        return false;
    auto isArithmetic = [](Operation *op) {
      return isReal(op->getResult(0).getType()) && !isa<LetOp, ConstantOp>(op);
    };
    if (llvm::count_if(slice, isArithmetic) > cheap)
      return false;
    for (AccumulateOp term : group)
      if (!mayRunAhead(term, slice))
        return false;
  }
  return true;
}

void Scatter::split() {
  OpBuilder b(loop);
  llvm::SmallDenseSet<unsigned> quoted;
  for (ArrayRef<AccumulateOp> group : ArrayRef(groups).drop_back()) {
    Operations slice;
    for (AccumulateOp term : group) {
      addSlice(term.getValue(), slice);
      addSlice(term.getPlace(), slice);
    }
    auto apart = ForOp::create(b, loop.getLoc(), TypeRange(), loop.getLower(),
                               loop.getUpper(), loop.getStep(),
                               loop.getPredicate(), ValueRange(),
                               loop.getCounter(), ArrayAttr(), false);
    OpBuilder inner(b);
    Block *body = inner.createBlock(&apart.getBody());
    IRMapping mapping;
    mapping.map(loop.induction(), body->addArgument(loop.induction().getType(),
                                                    loop.getLoc()));
    for (Operation &op : loop.block()->without_terminator())
      if (slice.contains(&op) || llvm::is_contained(group, &op)) {
        Operation *copy = inner.clone(op, mapping);
        if (StmtAttr stmt = getStmt(op.getLoc());
            stmt && quoted.contains(stmt.getId()))
          copy->setLoc(withoutQuote(op.getLoc()));
      }
    YieldOp::create(inner, loop.getLoc(), ValueRange());
    for (AccumulateOp term : group) {
      if (StmtAttr stmt = getStmt(term.getLoc()))
        quoted.insert(stmt.getId());
      term.erase();
    }
  }
  for (Operation &op : *loop.block())
    if (StmtAttr stmt = getStmt(op.getLoc());
        stmt && stmt.getDerivative() && quoted.contains(stmt.getId()))
      op.setLoc(withoutQuote(op.getLoc()));
}

namespace {
struct SplitScatters : adgen::impl::SplitScattersBase<SplitScatters> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (!function->hasAttr("ad.derivative") || function.isExternal())
      return;
    SmallVector<ForOp> loops;
    function.walk([&](ForOp loop) { loops.push_back(loop); });
    for (ForOp loop : loops)
      if (Scatter scatter(loop); scatter.isWorthSplitting())
        scatter.split();
  }
};
} // namespace
