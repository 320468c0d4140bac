//===- DistributeLoops.cpp - What vectorizes gets a loop of its own -------===//
//
// A trip that computes something expensive of what it reads, and then adds to members
// of objects or to a sum, is not vectorized as a whole, and so neither is the expensive
// part. Apart it is:
//
//   for (i)                             vector<double> t_row(n);
//     for (j < i) {                     for (i) {
//       d = x[i] - x[j];                  for (j < i) {
//       t = f(d);                           d = x[i] - x[j];
//       p_bar[j].x -= d * t;      →         t_row[j] = f(d);
//       p_bar_x += d * t;                 }
//     }                                   for (j < i) {
//                                           d = x[i] - x[j];
//                                           p_bar[j].x -= d * t_row[j];
//                                           p_bar_x += d * t_row[j];
//                                         }
//                                       }
//
// 1. What may run ahead of all trips: pure operations that compilers vectorize, of loads
//    whose places no trip writes too early (`LoopSlices`).
// 2. The boundary: the first value, or else two, that all divisions and roots there go
//    through on their way to the rest. They are kept in a row, as long as the loop counts,
//    which is allocated in front of the nest.
// 3. Cheap values that both parts need are computed in both.
//
// Done for innermost loops where the first part is much more than what is repeated, and
// the rest adds to places that are not next to each other. Functions such as `exp` stay:
// without a flag no compiler vectorizes them, and next to them nothing else counts. So do
// roots of what might be negative. Measured on the energies of pairs: 1.2 times as fast with
// GCC, 1.9 times with Clang.
//
// Loop distribution with scalar expansion, see Kennedy & McKinley, Loop Distribution with
// Arbitrary Control Flow (Supercomputing 1990); Allen & Kennedy, Optimizing Compilers for
// Modern Architectures (2001), chapter 5.
//
//===----------------------------------------------------------------------===//
#include "CalleeDerivatives.h"
#include "FreshLocals.h"
#include "LoopExtents.h"
#include "LoopSlices.h"
#include "ReadVariables.h"
#include "Reverse.h"
#include "TripCount.h"

#include "adgen/Analysis/IndexForm.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

namespace adgen {
#define GEN_PASS_DEF_DISTRIBUTELOOPS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

/// Below, a loop is over before it pays.
static constexpr int64_t fewTrips = 16;
/// What a division and a root cost, in sums and products.
static constexpr int division = 5, root = 8;
/// What must be saved a trip, in quarters of these: a vector is taken for four numbers.
static constexpr int least = 24;
/// How deep calls may be nested.
static constexpr unsigned deepest = 4;

namespace {
/// The rows of a function.
struct Rows {
  FreshLocals fresh;
  SmallVector<TapeOp> rows;
};

/// The two parts of one loop.
class Distribution {
public:
  explicit Distribution(ForOp loop) : loop(loop), slices(loop) {}

  /// Whether there are two parts that are worth it.
  bool find();
  /// Makes two loops, if the row has a length that is known in front of the nest.
  void distribute(Rows &known);

private:
  using Slice = LoopSlices::Slice;

  bool hasManyTrips();
  void findMovable();
  bool isCut(ArrayRef<Value> values);
  bool reachesRest(Operation *op);
  bool findCut();
  Slice sliceOf(ValueRange values, ArrayRef<Value> known = {});
  bool isWorthIt();
  bool isSideBySide(Value place);
  TapeOp findRow(Value value, Value length, Operation *nest, Rows &known);
  bool findRows(Rows &known);
  void createAhead(const Slice &ahead);

  ForOp loop;
  LoopSlices slices;
  /// What may run ahead, and what is expensive of it.
  Slice movable, expensive;
  /// The boundary, and what keeps it.
  SmallVector<Value, 2> cut;
  SmallVector<TapeOp, 2> rows;
};
} // namespace

//===----------------------------------------------------------------------===//
// What vectorizes
//===----------------------------------------------------------------------===//

static int costOfCall(CallOp call, unsigned depth);

/// Whether compilers see that the number is not negative.
static bool isNonNegative(Value value) {
  value = withoutLets(value);
  Operation *op = value.getDefiningOp();
  if (auto constant = value.getDefiningOp<ConstantOp>()) {
    auto number = dyn_cast<FloatAttr>(constant.getValue());
    return number && !number.getValue().isNegative();
  }
  if (isa_and_present<MulOp>(op) &&
      withoutLets(op->getOperand(0)) == withoutLets(op->getOperand(1)))
    return true;
  if (isa_and_present<AddOp, MulOp>(op))
    return isNonNegative(op->getOperand(0)) && isNonNegative(op->getOperand(1));
  return isa_and_present<SqrtOp, FabsOp, AbsOp>(op);
}

/// What the operation costs; nothing if compilers do not vectorize it.
static std::optional<int> costOf(Operation *op, unsigned depth = 0) {
  if (isa<ConstantOp, LetOp, CastOp>(op))
    return 0;
  if (auto call = dyn_cast<CallOp>(op)) {
    int cost = costOfCall(call, depth);
    return cost ? std::optional(cost) : std::nullopt;
  }
  if (op->getNumResults() != 1)
    return {};
  Type type = op->getResult(0).getType();
  bool isNumber = type.isF32() || type.isF64();
  if (isReal(type) && !isNumber)
    return {};
  if (isa<AddOp, SubOp, MulOp, NegOp>(op))
    return isNumber;
  if (isNumber && isa<DivOp>(op))
    return division;
  // Of a negative number it would set `errno`.
  if (isNumber && isa<SqrtOp>(op) && isNonNegative(op->getOperand(0)))
    return root;
  if (isNumber && isa<FabsOp, AbsOp>(op))
    return 1;
  return {};
}

/// What the call of a derivative costs, whose text is there for the compiler; zero if it
/// is not vectorized.
static int costOfCall(CallOp call, unsigned depth) {
  func::FuncOp callee = calleeOf(call);
  if (!callee || callee.isExternal() || !callee->hasAttr("ad.derivative") ||
      call->getNumResults() != 1 || !isMemoryEffectFree(call) || depth == deepest)
    return 0;
  int sum = 0;
  for (Operation &op : callee.front().without_terminator()) {
    auto cost = costOf(&op, depth + 1);
    if (!cost)
      return 0;
    sum += *cost;
  }
  return sum;
}

/// Whether it computes a number.
static bool isFunction(Operation *op) {
  return !isa<LoadOp, PlaybackOp>(op) && op->getNumResults() > 0 &&
         isReal(op->getResult(0).getType());
}

static bool isExpensive(Operation *op) {
  return costOf(op).value_or(0) >= division;
}

/// Whether the place is the same in all trips, as a row of a table of pointers is.
static bool isOfAllTrips(Value place, ForOp loop) {
  Operation *op = place.getDefiningOp();
  return isOutside(place, loop) ||
         (op && (isPure(op) || isa<LoadOp>(op)) &&
          llvm::all_of(op->getOperands(),
                       [&](Value operand) { return isOfAllTrips(operand, loop); }));
}

/// Whether all elements that the place may be in are next to each other, one a trip.
bool Distribution::isSideBySide(Value place) {
  Operation *op = place.getDefiningOp();
  if (isOutside(place, loop) || !isa_and_present<OffsetOp, ElementOp, AccessOp>(op) ||
      op->getNumOperands() != 2 || !isa<IntType>(op->getOperand(1).getType()) ||
      !isOfAllTrips(op->getOperand(0), loop))
    return false;
  auto factor = IndexForm::of(op->getOperand(1)).factorOf({loop.induction()});
  auto step = factor ? factor->constant() : std::nullopt;
  return step && std::abs(*step) == 1;
}

bool Distribution::hasManyTrips() {
  auto trips =
      (IndexForm::of(loop.getUpper()) - IndexForm::of(loop.getLower())).constant();
  return !trips || std::abs(*trips) >= fewTrips;
}

//===----------------------------------------------------------------------===//
// Which parts
//===----------------------------------------------------------------------===//

void Distribution::findMovable() {
  auto isKnown = [&](Value value) {
    Operation *op = value.getDefiningOp();
    return value == loop.induction() || isOutside(value, loop) ||
           (op && movable.contains(op));
  };
  for (Operation &op : loop.block()->without_terminator()) {
    if (!llvm::all_of(op.getOperands(), isKnown))
      continue;
    bool mayMove = isa<OffsetOp, ElementOp, MemberOp>(op) || costOf(&op);
    if (auto access = dyn_cast<AccessOp>(op))
      // What checks its index leaves the loop early.
      mayMove = !access.getText().contains("at(");
    if (isa<LoadOp>(op)) {
      Slice load;
      load.insert(&op);
      mayMove = slices.mayRunAhead(load);
    }
    if (auto playback = dyn_cast<PlaybackOp>(op)) {
      auto tape = playback.getTape().getDefiningOp<TapeOp>();
      mayMove = tape && tape.getSize();
    }
    if (!mayMove)
      continue;
    movable.insert(&op);
    if (isExpensive(&op))
      expensive.insert(&op);
  }
}

/// Whether all that is expensive reaches the rest by way of these values alone.
bool Distribution::isCut(ArrayRef<Value> values) {
  Slice reached = expensive;
  for (unsigned i = 0; i < reached.size(); ++i)
    for (Value result : reached[i]->getResults()) {
      if (llvm::is_contained(values, result))
        continue;
      for (Operation *user : result.getUsers()) {
        if (!movable.contains(user))
          return false;
        reached.insert(user);
      }
    }
  return true;
}

/// Whether the result gets to the rest without passing anything expensive.
bool Distribution::reachesRest(Operation *op) {
  Slice reached;
  reached.insert(op);
  for (unsigned i = 0; i < reached.size(); ++i)
    for (Operation *user : reached[i]->getUsers()) {
      if (!movable.contains(user))
        return true;
      if (!expensive.contains(user))
        reached.insert(user);
    }
  return false;
}

/// Whether the operation multiplies by a number.
static bool isScaling(Operation *op) {
  return isa<NegOp>(op) || (isa<MulOp>(op) && (op->getOperand(0).getDefiningOp<ConstantOp>() ||
                                               op->getOperand(1).getDefiningOp<ConstantOp>()));
}

bool Distribution::findCut() {
  for (Operation *op : movable)
    if (op->getNumResults() == 1 && isReal(op->getResult(0).getType()) &&
        isCut(op->getResult(0))) {
      // A sign belongs to it, and a number that it is multiplied by.
      Value value = op->getResult(0);
      while (value.hasOneUse() && isScaling(*value.user_begin()))
        value = value.user_begin()->getResult(0);
      cut = {value};
      return true;
    }
  SmallVector<Value> last;
  for (Operation *op : expensive)
    if (reachesRest(op))
      last.push_back(op->getResult(0));
  if (last.size() != 2 || !isCut(last))
    return false;
  cut.assign(last.begin(), last.end());
  return true;
}

/// What the values are computed from in the loop, up to those that are known.
Distribution::Slice Distribution::sliceOf(ValueRange values, ArrayRef<Value> known) {
  Slice slice;
  SmallVector<Value> open(values);
  while (!open.empty()) {
    Value value = open.pop_back_val();
    Operation *op = value.getDefiningOp();
    if (op && loop->isProperAncestor(op) && !llvm::is_contained(known, value) &&
        slice.insert(op))
      llvm::append_range(open, op->getOperands());
  }
  return slice;
}

bool Distribution::isWorthIt() {
  SmallVector<Value> roots(loop.block()->getTerminator()->getOperands());
  bool isScattered = false;
  for (Operation &op : loop.block()->without_terminator())
    if (isa<StoreOp, AccumulateOp>(op)) {
      llvm::append_range(roots, op.getOperands());
      isScattered |= !isSideBySide(op.getOperand(1));
    }
  Slice ahead = sliceOf(cut), rest = sliceOf(roots, cut);
  bool isDear = llvm::any_of(rest, [](Operation *op) {
    return isFunction(op) && !costOf(op);
  });
  if (!isScattered || isDear)
    return false;
  int saved = 0;
  for (Operation *op : ahead) {
    bool isRead = isa<LoadOp, PlaybackOp>(op) && !isPureOf(op->getOperand(0), loop);
    int cost = isRead ? 1 : costOf(op).value_or(0);
    saved += rest.contains(op) ? -cost : 3 * cost;
  }
  // A row is written and read.
  return saved - 8 * int(cut.size()) >= least;
}

bool Distribution::find() {
  SameExpressions expressions;
  if (std::abs(int64_t(loop.getStep())) != 1 || loop->hasAttr(shortMark) ||
      !slices.isPlain() || !hasManyTrips())
    return false;
  findMovable();
  return !expensive.empty() && findCut() && isWorthIt();
}

//===----------------------------------------------------------------------===//
// Rows
//===----------------------------------------------------------------------===//

/// Whether the bound may be asked for in front of the nest, where the loop might not be
/// reached: it looks for nothing in memory but the size of an object that is there, and
/// does not wrap around.
static bool isSafeBound(Value bound, Operation *nest) {
  if (isOutside(bound, nest))
    return true;
  Operation *op = bound.getDefiningOp();
  if (!op)
    return true; // a counter
  bool mayWrap = isa<SubOp>(op) && !cast<IntType>(bound.getType()).getIsSigned();
  return !mayWrap && isa<ConstantOp, LetOp, CastOp, AddOp, SubOp, MulOp, QueryOp>(op) &&
         llvm::all_of(op->getOperands(),
                      [&](Value operand) { return isSafeBound(operand, nest); });
}

/// Whether the lengths are the same, both computed by `createLength`: sizes that are asked
/// for there do not change.
static bool isSameLength(Value x, Value z) {
  Operation *a = x.getDefiningOp(), *b = z.getDefiningOp();
  if (x == z || !a || !b || a->getNumRegions())
    return x == z;
  if (!isPure(a) && !isa<QueryOp>(a))
    return false;
  auto areSame = [](Value one, Value other) { return success(isSameLength(one, other)); };
  return OperationEquivalence::isEquivalentTo(a, b, areSame, nullptr,
                                              OperationEquivalence::IgnoreLocations);
}

/// The number of elements of a row that all trips of the nest may use, computed in front
/// of it.
static Value createLength(ArrayRef<Operation *> nest, OpBuilder &b) {
  auto isSafe = [&](Operation *op) {
    auto loop = cast<ForOp>(op);
    return isSafeBound(loop.getLower(), nest.front()) &&
           isSafeBound(loop.getUpper(), nest.front());
  };
  return llvm::all_of(nest, isSafe) ? createExtent(b, cast<ForOp>(nest.back()), nest)
                                    : Value();
}

/// The variable that is set to the value.
static LocalAttr nameOf(Value value) {
  for (Operation *user : value.getUsers())
    if (auto let = dyn_cast<LetOp>(user))
      return let.getLocal();
  return {};
}

static std::string nameOfRow(Value value) {
  LocalAttr local = nameOf(value);
  return (local ? local.getName().str() : "t") + "_row";
}

static void eraseBack(Operation *end, Operation *last) {
  while (end->getPrevNode() != last)
    end->getPrevNode()->erase();
}

/// The row for the value: one of another loop that is as long, or else a new one.
TapeOp Distribution::findRow(Value value, Value length, Operation *nest, Rows &known) {
  OpBuilder b(nest);
  auto type = TapeType::get(b.getContext(), value.getType());
  for (TapeOp row : known.rows)
    if (row->getBlock() == nest->getBlock() && row->isBeforeInBlock(nest) &&
        row.getTape().getType() == type && isSameLength(row.getSize(), length) &&
        !llvm::is_contained(rows, row))
      return row;
  bool clamp = cast<IntType>(length.getType()).getIsSigned() && !intConstant(length);
  LocalAttr local = known.fresh.create(nameOfRow(value), spelling(value.getType()));
  auto row = TapeOp::create(b, value.getLoc(), type, length, local, clamp);
  row->setAttr(rowMark, b.getUnitAttr());
  known.rows.push_back(row);
  return row;
}

/// Allocates the rows in front of as many loops around as their length allows, at least
/// one if there is any.
bool Distribution::findRows(Rows &known) {
  SmallVector<Operation *> nest = {loop};
  while (auto outer = dyn_cast<ForOp>(nest.front()->getParentOp()))
    nest.insert(nest.begin(), outer);
  const size_t shortest = loopAround(loop) ? 2 : 1;
  for (ArrayRef<Operation *> loops = nest; loops.size() >= shortest;
       loops = loops.drop_front()) {
    OpBuilder b(loops.front());
    Operation *before = loops.front()->getPrevNode();
    Value length = createLength(loops, b);
    if (!length) {
      // What was computed on the way is for nothing.
      eraseBack(loops.front(), before);
      continue;
    }
    const size_t count = known.rows.size();
    for (Value value : cut)
      rows.push_back(findRow(value, length, loops.front(), known));
    if (known.rows.size() == count)
      eraseBack(loops.front(), before);
    return true;
  }
  return false;
}

//===----------------------------------------------------------------------===//
// The new code
//===----------------------------------------------------------------------===//

/// The loop that fills the rows.
void Distribution::createAhead(const Slice &ahead) {
  OpBuilder b(loop);
  auto made = ForOp::create(b, loop.getLoc(), TypeRange(), loop.getLower(),
                            loop.getUpper(), loop.getStep(), loop.getPredicate(),
                            ValueRange(), loop.getCounter(), ArrayAttr(),
                            loop.getReversed());
  Block *body = b.createBlock(&made.getBody());
  IRMapping mapping;
  Value counter = body->addArgument(loop.induction().getType(), loop.getLoc());
  mapping.map(loop.induction(), counter);
  slices.copy(ahead, {}, b, mapping);
  for (auto [value, row] : llvm::zip_equal(cut, rows))
    RecordOp::create(b, value.getLoc(), mapping.lookup(value), row, counter);
  YieldOp::create(b, loop.getLoc(), ValueRange());
}

void Distribution::distribute(Rows &known) {
  if (!findRows(known))
    return;
  Slice ahead = sliceOf(cut);
  createAhead(ahead);
  llvm::SmallDenseSet<unsigned> quoted;
  for (Operation *op : ahead)
    if (StmtAttr stmt = getStmt(op->getLoc()); stmt && stmt.getDerivative())
      quoted.insert(stmt.getId());
  for (auto [value, row] : llvm::zip_equal(cut, rows)) {
    OpBuilder b(value.getDefiningOp());
    // What is read several times has a name.
    bool isNamed = value.hasOneUse() || nameOf(value);
    LocalAttr local = isNamed ? LocalAttr()
                              : known.fresh.create("t", spelling(value.getType()));
    value.replaceAllUsesWith(PlaybackOp::create(b, value.getLoc(), value.getType(), row,
                                                loop.induction(), local));
  }
  // The statement is quoted where it comes first.
  for (Operation &op : llvm::make_early_inc_range(llvm::reverse(*loop.block()))) {
    if (StmtAttr stmt = getStmt(op.getLoc());
        stmt && stmt.getDerivative() && quoted.contains(stmt.getId()))
      op.setLoc(withoutQuote(op.getLoc()));
    if (isOpTriviallyDead(&op))
      op.erase();
  }
}

namespace {
struct DistributeLoops : adgen::impl::DistributeLoopsBase<DistributeLoops> {
  void runOnOperation() override {
    Rows rows = {FreshLocals(getOperation()), {}};
    for (ForOp loop : loopsOfDerivative(getOperation()))
      if (Distribution parts(loop); parts.find())
        parts.distribute(rows);
  }
};
} // namespace
