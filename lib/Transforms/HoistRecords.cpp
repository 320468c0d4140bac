//===- HoistRecords.cpp - What trips have in common is kept once ----------===//
//
// A loop that does not change what is read takes no part in the tape's index: every
// trip keeps the same. Kept in front of the loop it is kept once:
//
//   for (i = k + 1; i < n; ++i)            for (j = k + 1; j < n; ++j)
//     for (j = k + 1; j < n; ++j) {          tape[k * n + j] = A[k * n + j];
//       tape[k * n + j] = A[k * n + j];  →  for (i = k + 1; i < n; ++i)
//       A[i * n + j] -= f * A[k * n + j];     for (j = k + 1; j < n; ++j)
//     }                                         A[i * n + j] -= f * A[k * n + j];
//
// And the size of an object that is kept twice in a trip is kept once.
//
// If the outer loop has no trip nothing may be read: where the inner one does not say
// so, that is a condition.
//
//===----------------------------------------------------------------------===//
#include "KeepLoads.h"
#include "ReadVariables.h"
#include "TripCount.h"

#include "adgen/Analysis/IndexForm.h"
#include "adgen/Analysis/Shapes.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_HOISTRECORDS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {
/// What stands in front of a loop: copies of loops within it, or of none.
struct Nest {
  Block *block;
  SmallVector<Value> counters;
};
/// By the loop, and the innermost one within it.
using Nests = llvm::DenseMap<std::pair<Operation *, Operation *>, Nest>;

/// Moves one record in front of a loop around it, with the loops between.
class Hoist {
public:
  explicit Hoist(RecordOp record)
      : record(record), load(record.getValue().getDefiningOp<LoadOp>()) {}

  /// Finds the innermost loop that the record does not depend on.
  bool find();
  /// Returns the record that there is now.
  RecordOp move(Nests &nests);

private:
  Nest createNest();
  bool isCounter(Value value);
  bool mayStandAlone(ForOp inner);
  bool impliesTrips();
  Value boundOutside(Value bound, OpBuilder &b, IRMapping &mapping);

  RecordOp record;
  LoadOp load;
  /// The loop, and those within it around the record, from inside.
  ForOp loop;
  SmallVector<ForOp> inner;
};
} // namespace

bool Hoist::isCounter(Value value) {
  return llvm::any_of(inner,
                      [&](ForOp loop) { return loop.induction() == value; });
}

/// Whether the trips of the inner loop, over all trips of the outer one, are those of
/// its last trip: `j < i`.
static bool endsAtCounter(ForOp inner, ForOp outer) {
  auto lower = intConstant(outer.getLower());
  return withoutLets(inner.getUpper()) == outer.induction() &&
         outer.getUpper().getType() == inner.getLower().getType() &&
         outer.getUpper().getType() == inner.getUpper().getType() &&
         outer.getStep() == 1 && inner.getStep() == 1 && lower &&
         outer.getPredicate() == Predicate::lt &&
         inner.getPredicate() == Predicate::lt;
}

/// Whether the inner loop can run in front of `loop`.
bool Hoist::mayStandAlone(ForOp nested) {
  auto isKnown = [&](Value value) { return isCounter(value); };
  return isPureOf(nested.getLower(), loop, isKnown) &&
         (isPureOf(nested.getUpper(), loop, isKnown) ||
          endsAtCounter(nested, loop));
}

bool Hoist::find() {
  if (!load)
    return false;
  auto tape = record.getTape().getDefiningOp<TapeOp>();
  if (!tape || !tape.getSize())
    return false;
  Operation *at = record;
  while (auto around = dyn_cast<ForOp>(at->getParentOp())) {
    loop = around;
    if (loop->isAncestor(tape))
      return false;
    auto isKnown = [&](Value value) { return isCounter(value); };
    bool isHoistable =
        isPureOf(record.getIndex(), loop, isKnown) &&
        isPureOf(load.getPlace(), loop, isKnown) && isInvariant(load, loop) &&
        llvm::all_of(inner, [&](ForOp nested) { return mayStandAlone(nested); });
    if (isHoistable)
      return true;
    inner.push_back(loop);
    at = loop;
  }
  return false;
}

/// Whether `loop` has a trip if the inner loops have one.
bool Hoist::impliesTrips() {
  if (hasTrips(loop))
    return true;
  return llvm::any_of(inner, [&](ForOp nested) {
    // j < n - 1, where n is not less than zero.
    if (endsAtCounter(nested, loop))
      return cast<IntType>(loop.getUpper().getType()).getIsSigned();
    if (nested.getPredicate() != loop.getPredicate() ||
        nested.getPredicate() != Predicate::lt ||
        !isSameExpression(nested.getLower(), loop.getLower()))
      return false;
    if (isSameExpression(nested.getUpper(), loop.getUpper()))
      return true;
    // 0 <= j < size, 0 <= r < 4 * size.
    auto lower = intConstant(loop.getLower());
    IndexForm upper = IndexForm::of(nested.getUpper());
    std::set<Symbol> symbols = upper.symbols();
    bool isSymbol =
        symbols.size() == 1 &&
        (upper - IndexForm::symbol(*symbols.begin())).constant() == 0;
    return lower && !lower->isNegative() && isSymbol &&
           (IndexForm::of(loop.getUpper()) - upper).hasSign(1, symbols);
  });
}

/// The bound of an inner loop in front of `loop`, of whose last trip it is.
Value Hoist::boundOutside(Value bound, OpBuilder &b, IRMapping &mapping) {
  if (withoutLets(bound) != loop.induction())
    return computeOutside(bound, loop, b, mapping);
  Value last = loop.getUpper();
  Location loc = loop.getLoc();
  return SubOp::create(b, loc, last.getType(), last,
                       createConstant(b, loc, last.getType(), 1));
}

Nest Hoist::createNest() {
  OpBuilder b(loop);
  Nest nest = {loop->getBlock(), {}};
  if (!impliesTrips()) {
    nest.block = createIfTrips(b, loop);
    b.setInsertionPointToStart(nest.block);
  }
  IRMapping mapping;
  for (ForOp nested : llvm::reverse(inner)) {
    Value lower = boundOutside(nested.getLower(), b, mapping);
    Value upper = boundOutside(nested.getUpper(), b, mapping);
    auto copy = ForOp::create(b, nested.getLoc(), TypeRange(), lower, upper,
                              nested.getStep(), nested.getPredicate(),
                              ValueRange(), nested.getCounter(), ArrayAttr(),
                              false);
    nest.block = b.createBlock(&copy.getBody());
    nest.counters.push_back(nest.block->addArgument(
        nested.induction().getType(), nested.getLoc()));
    mapping.map(nested.induction(), nest.counters.back());
    YieldOp::create(b, nested.getLoc(), ValueRange());
    b.setInsertionPointToStart(nest.block);
  }
  return nest;
}

RecordOp Hoist::move(Nests &nests) {
  Operation *innermost = inner.empty() ? nullptr : inner.front();
  auto [known, isNew] = nests.try_emplace({loop, innermost});
  if (isNew)
    known->second = createNest();
  Nest &nest = known->second;
  OpBuilder b(loop);
  if (nest.block != loop->getBlock())
    b.setInsertionPoint(nest.block->getTerminator());
  IRMapping mapping;
  for (auto [nested, counter] :
       llvm::zip_equal(llvm::reverse(inner), nest.counters))
    mapping.map(nested.induction(), counter);
  Value place = computeOutside(load.getPlace(), loop, b, mapping);
  Value index = computeOutside(record.getIndex(), loop, b, mapping);
  Value value = LoadOp::create(b, load.getLoc(), place);
  auto hoisted = RecordOp::create(b, record.getLoc(), value, record.getTape(),
                                  index);
  record.erase();
  return hoisted;
}

//===----------------------------------------------------------------------===//
// Tapes of the same
//===----------------------------------------------------------------------===//

/// The only record of a tape with an index, if it is of a size.
static RecordOp recordOfSize(TapeOp tape) {
  RecordOp only;
  for (Operation *user : tape->getUsers())
    if (auto record = dyn_cast<RecordOp>(user)) {
      if (only)
        return {};
      only = record;
    } else if (!isa<PlaybackOp>(user)) {
      return {};
    }
  bool isOfSize = only && tape.getSize() && only.getValue().getDefiningOp<QueryOp>();
  return isOfSize ? only : RecordOp();
}

/// Whether `later`, behind `first` in a block, keeps the same size of an object.
static bool keepsSame(RecordOp first, RecordOp later) {
  auto query = first.getValue().getDefiningOp<QueryOp>();
  auto other = later.getValue().getDefiningOp<QueryOp>();
  if (query.getText() != other.getText() ||
      query->getOperands() != other->getOperands() || query->getBlock() != other->getBlock() ||
      query->getBlock() != first->getBlock() || !query->isBeforeInBlock(other) ||
      !isSameExpression(first.getIndex(), later.getIndex()))
    return false;
  for (Operation *op = query->getNextNode(); op != other; op = op->getNextNode())
    if (mayBeReshapedIn(op, query.getBase()))
      return false;
  return true;
}

/// Lets what is kept of one size twice in a trip be kept once.
static void joinTapes(func::FuncOp function) {
  SmallVector<RecordOp> records;
  function.walk([&](TapeOp tape) {
    if (RecordOp record = recordOfSize(tape))
      records.push_back(record);
  });
  for (RecordOp &first : records)
    for (RecordOp &later : records) {
      if (!first || !later || first == later || first->getBlock() != later->getBlock() ||
          first.getTape().getType() != later.getTape().getType() || !keepsSame(first, later))
        continue;
      auto kept = first.getTape().getDefiningOp<TapeOp>();
      auto tape = later.getTape().getDefiningOp<TapeOp>();
      if (kept->getBlock() != tape->getBlock() || kept.getClamp() != tape.getClamp() ||
          !isSameExpression(kept.getSize(), tape.getSize()))
        continue;
      later.erase();
      later = {};
      if (!kept->isBeforeInBlock(tape))
        kept->moveBefore(tape);
      tape.getTape().replaceAllUsesWith(kept.getTape());
      tape.erase();
    }
}

namespace {
struct HoistRecords : adgen::impl::HoistRecordsBase<HoistRecords> {
  void runOnOperation() override {
    func::FuncOp function = getOperation();
    if (!function->hasAttr("ad.derivative") || function.isExternal())
      return;
    SmallVector<RecordOp> records;
    function.walk([&](RecordOp record) { records.push_back(record); });
    Nests nests;
    for (RecordOp record : records)
      for (Hoist hoist(record); hoist.find(); hoist = Hoist(record))
        record = hoist.move(nests);
    joinTapes(function);
  }
};
} // namespace
