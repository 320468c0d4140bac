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
#include "LoopSlices.h"
#include "TripCount.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

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
  explicit Scatter(ForOp loop) : loop(loop), slices(loop) {}

  bool isWorthSplitting();
  void split();

private:
  using Slice = LoopSlices::Slice;

  bool findGroups();

  ForOp loop;
  LoopSlices slices;
  /// The last one stays with the rest of the loop.
  SmallVector<SmallVector<AccumulateOp>> groups;
};
} // namespace

bool Scatter::findGroups() {
  llvm::DenseMap<Operation *, SmallVector<Value>> roots;
  // Terms of two objects that may be one, but hardly are, stay together.
  auto isOfOneObject = [&](AccumulateOp x, AccumulateOp z) {
    return roots.find(x)->second == roots.find(z)->second;
  };
  for (auto term : loop.block()->getOps<AccumulateOp>()) {
    if (slices.meetAcrossTrips(term, term))
      return false;
    roots[term] = rootsOf(term.getPlace());
    auto group = llvm::find_if(groups, [&](ArrayRef<AccumulateOp> others) {
      return llvm::none_of(others, [&](AccumulateOp other) {
        return isOfOneObject(term, other) && slices.meetAcrossTrips(term, other);
      });
    });
    if (group == groups.end())
      groups.push_back({term});
    else
      group->push_back(term);
  }
  return groups.size() > 1;
}

bool Scatter::isWorthSplitting() {
  SameExpressions expressions;
  if (loop->hasAttr(shortMark) || !slices.isPlain() || !findGroups())
    return false;
  // The largest one stays.
  auto largest = llvm::max_element(groups, [](auto &x, auto &z) {
    return x.size() <= z.size();
  });
  std::rotate(largest, std::next(largest), groups.end());
  for (ArrayRef<AccumulateOp> group : ArrayRef(groups).drop_back()) {
    Slice slice;
    for (AccumulateOp term : group)
      if (!slices.addSlice(term.getValue(), slice) ||
          !slices.addSlice(term.getPlace(), slice))
        return false;
    if (countArithmetic(slice) > cheap)
      return false;
    for (AccumulateOp term : group)
      if (!slices.mayRunAhead(slice, term))
        return false;
  }
  return true;
}

void Scatter::split() {
  OpBuilder b(loop);
  llvm::SmallDenseSet<unsigned> quoted;
  for (ArrayRef<AccumulateOp> group : ArrayRef(groups).drop_back()) {
    Slice slice;
    for (AccumulateOp term : group) {
      slices.addSlice(term.getValue(), slice);
      slices.addSlice(term.getPlace(), slice);
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
    slices.copy(slice, group, inner, mapping);
    for (Operation &op : *body)
      if (StmtAttr stmt = getStmt(op.getLoc());
          stmt && quoted.contains(stmt.getId()))
        op.setLoc(withoutQuote(op.getLoc()));
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
    for (ForOp loop : loopsOfDerivative(getOperation()))
      if (Scatter scatter(loop); scatter.isWorthSplitting())
        scatter.split();
  }
};
} // namespace
