//===- KeepLoads.cpp - Loads whose place is overwritten are kept ----------===//
//
// What the reverse sweep needs of memory it loads again, unless it may have been
// overwritten by then: that gets an `ad.keep`, with the number of the run.
//
//   for i { for j { x[j] = x[j] * a[i] } }
//   →  %v = load x[j];  %k = keep %v [i * m + j of n * m]
//
// So does the size of a container that changes.
//
// 1. Which loads and queries: `AccessOrder` (Analysis/Memory).
// 2. The number: where every loop within the object's scope counts between 0 and
//    a bound that is known before the nest, of the counters, as in an array with so
//    many dimensions; else a position that grows by one a run. The position
//    is a variable like another, whose values in a trip that is run again are the
//    trip's.
//
// A kept value costs nothing if nobody turns out to read it: the tape goes away.
// Requires value form.
//
//===----------------------------------------------------------------------===//
#include "KeepLoads.h"

#include "Reverse.h"

#include "CompanionVariables.h"
#include "LoopExtents.h"
#include "TripCount.h"

#include "adgen/Analysis/Shapes.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Support/Diagnostics.h"

#include <cstdlib>

using namespace mlir;
using namespace adgen;

namespace {

/// The number of a run and an upper bound of it; none for a position.
struct RunNumber {
  Value index, size;
};

class LoadKeeper {
public:
  LoadKeeper(func::FuncOp function, function_ref<bool(Value)> isLost)
      : function(function), isLost(isLost), b(function.getContext()) {}

  /// Returns whether there are positions, variables that are to be promoted.
  FailureOr<bool> run();

private:
  void find(SmallVectorImpl<Operation *> &overwritten,
            SmallVectorImpl<CallOp> &calls);
  void keep(Operation *read);
  LogicalResult keep(CallOp call);
  void keep(OpResult value, unsigned scope,
            function_ref<bool(Operation *loop)> isInvariant, LocalAttr name);
  std::optional<RunNumber> countRuns(Operation *op, ArrayRef<Operation *> loops,
                                     ArrayRef<Operation *> varying);
  Value position(Operation *op, Operation *outermost);
  void findScopes();
  unsigned scopeOf(Value place) const;

  func::FuncOp function;
  /// Of objects that are written by way of a choice among objects from further outside:
  /// the scope of these. A reversed trip does not write to them again.
  llvm::DenseMap<Value, unsigned> chosenScopes;
  function_ref<bool(Value)> isLost;
  OpBuilder b;
  unsigned count = 0;
  /// The position in a block, read at its first kept load, counted from before
  /// a loop.
  llvm::DenseMap<std::pair<Block *, Operation *>, Value> positions;
};

} // namespace

//===----------------------------------------------------------------------===//
// Numbers of runs
//===----------------------------------------------------------------------===//

/// As a `long`, in which products of extents do not overflow.
static Value widened(OpBuilder &b, Value value) {
  auto type = cast<IntType>(value.getType());
  if (type.getWidth() == 64)
    return value;
  auto wide = IntType::get(b.getContext(), "long", 64, true, false);
  if (auto known = intConstant(value))
    return createConstant(b, value.getLoc(), wide,
                          type.getIsSigned() ? known->getSExtValue()
                                             : known->getZExtValue());
  return CastOp::create(b, value.getLoc(), wide, value,
                        b.getStringAttr("long"));
}

static Value times(OpBuilder &b, Location loc, Value x, Value z) {
  auto isOne = [](Value v) {
    auto constant = intConstant(v);
    return constant && constant->isOne();
  };
  if (isOne(x))
    return z;
  if (isOne(z))
    return x;
  if (x.getType() != z.getType())
    z = CastOp::create(b, loc, x.getType(), z, StringAttr());
  return MulOp::create(b, loc, x.getType(), x, z);
}

/// The number of a run among the trips of the loops `varying`, of all `loops`
/// around the load: in the other ones it reads the same.
std::optional<RunNumber>
LoadKeeper::countRuns(Operation *run, ArrayRef<Operation *> loops,
                      ArrayRef<Operation *> varying) {
  if (!llvm::all_of(loops, [](Operation *op) { return isa<ForOp>(op); }) ||
      varying.empty())
    return {};
  SmallVector<Value> extents;
  for (Operation *op : varying) {
    OpBuilder outside(loops.front());
    Value extent = createExtent(outside, cast<ForOp>(op), loops);
    if (!extent)
      return {};
    extents.push_back(extent);
  }
  Location loc = run->getLoc();
  RunNumber number = {cast<ForOp>(varying.front()).induction(),
                      extents.front()};
  bool isNest = varying.size() > 1;
  if (isNest) {
    b.setInsertionPoint(run);
    number.index = widened(b, number.index);
    b.setInsertionPoint(loops.front());
    number.size = widened(b, number.size);
  }
  for (auto [op, extent] :
       llvm::drop_begin(llvm::zip_equal(varying, extents))) {
    b.setInsertionPoint(run);
    Value counter = cast<ForOp>(op).induction();
    Value row = times(b, loc, number.index, extent);
    if (counter.getType() != row.getType())
      counter = CastOp::create(b, loc, row.getType(), counter, StringAttr());
    number.index = AddOp::create(b, loc, row.getType(), row, counter);
    b.setInsertionPoint(loops.front());
    number.size = times(b, loc, number.size, extent);
  }
  return number;
}

/// How often the block's kept operations ran before.
Value LoadKeeper::position(Operation *run, Operation *outermost) {
  Value &known = positions[{run->getBlock(), outermost}];
  if (known)
    return known;
  auto type = IntType::get(b.getContext(), "long", 64, true, false);
  Location loc = run->getLoc();
  b.setInsertionPoint(outermost);
  auto local = LocalAttr::get(b.getContext(), ~2000u - count,
                              b.getStringAttr("position"),
                              b.getStringAttr("long"), /*generated=*/true);
  Value variable =
      VarOp::create(b, loc, PlaceType::get(b.getContext(), type), local);
  StoreOp::create(b, loc, createConstant(b, loc, type, 0), variable);
  b.setInsertionPoint(run);
  known = LoadOp::create(b, loc, variable);
  StoreOp::create(b, loc, plusConstant(b, loc, known, 1), variable);
  return known;
}

//===----------------------------------------------------------------------===//
// Loads
//===----------------------------------------------------------------------===//

/// What the tape is called after: the object.
static LocalAttr nameOf(Operation *read, OpBuilder &b, unsigned id) {
  LocalAttr local;
  Value place = read->getOperand(0);
  for (Value root : rootsOf(place)) {
    if (auto variable = root ? root.getDefiningOp<VarOp>() : VarOp())
      local = variable.getLocal();
    else if (auto argument = dyn_cast_if_present<BlockArgument>(root))
      local = cast<func::FuncOp>(argument.getOwner()->getParentOp())
                  .getArgAttrOfType<LocalAttr>(argument.getArgNumber(),
                                               "ad.local");
  }
  StringRef suffix = isa<QueryOp>(read) ? "size_tape" : "tape";
  std::string name = (local ? local.getName().str() + "_" : "") + suffix.str();
  StringRef type = spelling(read->getResult(0).getType());
  return LocalAttr::get(b.getContext(), ~3000u - id, b.getStringAttr(name),
                        b.getStringAttr(type), /*generated=*/true);
}

/// Whether what is computed within the loop has the same value in every trip,
/// wherever counters of inner loops have the same.
static bool isInvariantValue(Value value, Operation *loop) {
  if (isOutside(value, loop))
    return true;
  Operation *op = value.getDefiningOp();
  if (auto argument = dyn_cast<BlockArgument>(value)) {
    auto inner = dyn_cast<ForOp>(argument.getOwner()->getParentOp());
    return inner && inner != loop && argument == inner.induction();
  }
  auto load = dyn_cast_if_present<LoadOp>(op);
  if (!op || !(isPure(op) || isa<QueryOp>(op) ||
               (load && !mayBeWrittenIn(loop, load.getPlace()))) ||
      asksForWhatChangesIn(loop, op))
    return false;
  return llvm::all_of(op->getOperands(), [&](Value operand) {
    return isInvariantValue(operand, loop);
  });
}

bool adgen::isInvariant(Operation *load, Operation *loop) {
  Value place = load->getOperand(0);
  if (!isInvariantValue(place, loop))
    return false;
  if (isa<QueryOp>(load))
    return !mayBeReshapedIn(loop, place);
  return !loop->walk([&](Operation *op) {
                bool overlaps = llvm::any_of(writtenPlaces(op), [&](Value other) {
                  return mayMeet(load, place, op, other, When::SameTrip) ||
                         mayMeet(load, place, op, other, When::LaterTrip, loop) ||
                         mayMeet(op, other, load, place, When::LaterTrip, loop);
                });
                return overlaps ? WalkResult::interrupt()
                                : WalkResult::advance();
              })
              .wasInterrupted();
}

/// Keeps what the operation of `value` gives in each of its runs within the scope; in
/// trips of a loop that is invariant it is the same.
void LoadKeeper::keep(OpResult value, unsigned scope,
                      function_ref<bool(Operation *)> isInvariant,
                      LocalAttr name) {
  Operation *op = value.getOwner();
  SmallVector<Operation *> loops;
  for (Operation *loop = loopAround(op); loop; loop = loopAround(loop))
    if (loopDepth(loop) >= scope)
      loops.insert(loops.begin(), loop);
  if (loops.empty())
    return;
  SmallVector<Operation *> varying = loops;
  llvm::erase_if(varying, isInvariant);
  std::optional<RunNumber> number = countRuns(op, loops, varying);
  if (!number)
    number = {position(op, loops.front()), Value()};
  b.setInsertionPointAfter(op);
  auto kept = KeepOp::create(b, op->getLoc(), value.getType(), value,
                             number->index, number->size, name);
  value.replaceAllUsesExcept(kept, kept);
  kept->setAttr(scopeMark, b.getI64IntegerAttr(scope));
  kept->setAttr(keepMark, b.getI64IntegerAttr(count++));
  if (Attribute alias = op->getAttr(aliasMark))
    kept->setAttr(aliasMark, alias);
}

void LoadKeeper::keep(Operation *read) {
  keep(cast<OpResult>(read->getResult(0)), scopeOf(read->getOperand(0)),
       [&](Operation *loop) { return isInvariant(read, loop); },
       nameOf(read, b, count));
}

/// What the tape of a call's result is called after: its variable, or the callee.
static LocalAttr nameOf(OpResult result, OpBuilder &b, unsigned id) {
  auto call = cast<CallOp>(result.getOwner());
  LocalAttr local = getLocal(call.getLocalsAttr(), result.getResultNumber());
  std::string name =
      local ? local.getName().str()
            : calleeOf(call)->getAttrOfType<StringAttr>("ad.base").str();
  name += isa<FrameType>(result.getType()) ? "_tapes"
          : local                         ? "_tape"
                                          : "_values";
  return LocalAttr::get(b.getContext(), ~3000u - id, b.getStringAttr(name),
                        b.getStringAttr(spelling(result.getType())),
                        /*generated=*/true);
}

/// A call runs again, in a reversed trip, only if all that it writes is made again
/// there, and what it reads is as it was. Else its results are kept.
LogicalResult LoadKeeper::keep(CallOp call) {
  if (!passesMemory(call))
    return success();
  auto refuse = [&](StringRef reason) {
    func::FuncOp rule = ruleOf(call, "ad.rule_grad");
    if (!rule)
      return emitError(call.getLoc())
             << formatMessage(Diag::RecursiveMemory, {reason.str()});
    return emitError(call.getLoc())
           << formatMessage(Diag::RuleMemory,
                            {rule->getAttrOfType<StringAttr>("ad.name").str(),
                             reason.str()});
  };
  SmallVector<Value> written = writtenPlaces(call);
  unsigned scope = written.empty() ? 0 : scopeOf(written.front());
  for (Value place : written)
    if (scopeOf(place) != scope)
      return refuse("this call writes an object of a loop's trip, and one that is "
                    "there from before");
  call->setAttr(scopeMark, b.getI64IntegerAttr(scope));
  for (auto [i, operand] : llvm::enumerate(call.getArgs()))
    if (scope > 0 && onlyReads(call, i) && isOverwritten(call, operand))
      return refuse("this call is run again for the derivative, and what it reads "
                    "is overwritten meanwhile");
  for (OpResult result : call->getResults())
    keep(result, scope, [](Operation *) { return false; },
         nameOf(result, b, count));
  return success();
}

/// Finds what is to be kept, while the function stays as it is.
void LoadKeeper::find(SmallVectorImpl<Operation *> &overwritten,
                      SmallVectorImpl<CallOp> &calls) {
  AccessOrder order(function);
  function.walk([&](Operation *op) {
    if (auto call = dyn_cast<CallOp>(op))
      return calls.push_back(call);
    for (Value place : writtenPlaces(op))
      op->setAttr(scopeMark, b.getI64IntegerAttr(scopeOf(place)));
    if (!isa<LoadOp, QueryOp>(op))
      return;
    Value place = op->getOperand(0);
    // What is not written again in a reversed trip is not there.
    bool isGone = scopeOf(place) < adgen::scopeOf(place);
    if (!isGone && !order.isOverwritten(op, place) &&
        !(isa<LoadOp>(op) && isLost(place)))
      return op->setAttr(reloadMark, b.getUnitAttr());
    overwritten.push_back(op);
    BlockArgument alias =
        isa<LoadOp>(op) ? order.findOverwritingAlias(op, place) : BlockArgument();
    auto local = alias ? function.getArgAttrOfType<LocalAttr>(
                             alias.getArgNumber(), "ad.local")
                       : LocalAttr();
    if (local)
      op->setAttr(aliasMark, local.getName());
  });
}

unsigned LoadKeeper::scopeOf(Value place) const {
  unsigned scope = adgen::scopeOf(place);
  for (Value root : rootsOf(place))
    if (auto chosen = chosenScopes.find(root); chosen != chosenScopes.end())
      scope = std::min(scope, chosen->second);
  return scope;
}

void LoadKeeper::findScopes() {
  bool hasChanged = true;
  while (hasChanged) {
    hasChanged = false;
    function.walk([&](Operation *op) {
      for (Value place : writtenPlaces(op))
        for (Value root : rootsOf(place)) {
          unsigned scope = scopeOf(place);
          if (!root || scopeOf(root) <= scope)
            continue;
          chosenScopes[root] = scope;
          hasChanged = true;
        }
    });
  }
}

FailureOr<bool> LoadKeeper::run() {
  findScopes();
  SmallVector<Operation *> overwritten;
  SmallVector<CallOp> calls;
  find(overwritten, calls);
  for (Operation *read : overwritten)
    keep(read);
  for (CallOp call : calls)
    if (failed(keep(call)))
      return failure();
  return !positions.empty();
}

FailureOr<bool>
adgen::keepOverwrittenLoads(func::FuncOp function,
                            function_ref<bool(Value)> isLost) {
  return LoadKeeper(function, isLost).run();
}
