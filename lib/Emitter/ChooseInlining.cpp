//===- ChooseInlining.cpp - Which intermediates are printed in place ------===//
//
// Backwards over the function, an operation's readers before itself: an
// intermediate is printed where it is read if it is read once, or cheap, and
// nothing that it reads is assigned between its own place and there. All others
// become locals at their own place.
//
//===----------------------------------------------------------------------===//
#include "BuildExpr.h"
#include "MemoryOrder.h"
#include "PrepareForEmission.h"
#include "VariablePlan.h"

#include "llvm/ADT/STLExtras.h"

using namespace mlir;
using namespace adgen;

namespace {

/// Where an expression would be evaluated.
struct Point {
  unsigned position;
  /// The statement; the point lies in the loops around it, and in itself if it
  /// is a loop and the point one of its bounds.
  Operation *at;
  bool inside = false;
};

/// What a value costs to be written twice.
struct Cost {
  unsigned leaves = 1;
  /// Has a call, a division or a condition.
  bool isDear = false;
};

class InlineChooser {
public:
  InlineChooser(func::FuncOp func, CxxFunction &cxx,
                const StructuredLiveness &liveness, VariablePlan &plan)
      : func(func), cxx(cxx), liveness(liveness), plan(plan) {}

  void run();

private:
  void collectAssignments();
  void collectEffects();
  void visit(Block &block);
  void decide(Operation *op);
  void makeVariable(Operation *op);
  SmallVector<Point> pointsOf(OpOperand &use);
  unsigned countOf(OpOperand &use);
  Cost costOf(Value v);
  bool isCheap(Operation *op, unsigned count);
  bool isAssigned(CxxVariable *variable, unsigned first, unsigned last);
  ArrayRef<Operation *> effectsWithin(unsigned first, unsigned last);
  bool isStable(Operation *op, const Point &point);
  bool isInOrder(Operation *op, const Point &point);
  bool mayEvaluateAt(Operation *op, ArrayRef<Point> at);
  bool entersLoop(Operation *op, const Point &point);
  bool isReloaded(Operation *op, ArrayRef<Point> at);
  bool isGuardCondition(Operation *op);

  func::FuncOp func;
  CxxFunction &cxx;
  const StructuredLiveness &liveness;
  VariablePlan &plan;
  /// Positions at which a variable is assigned, in their order.
  llvm::DenseMap<CxxVariable *, SmallVector<unsigned>> assignments;
  /// What reads or writes what others see, in the order of the text.
  SmallVector<Operation *> effects;
  /// Where the inlined operations are evaluated, and how often they are
  /// written.
  llvm::DenseMap<Operation *, SmallVector<Point>> points;
  llvm::DenseMap<Operation *, unsigned> counts;
  llvm::DenseMap<Value, Cost> costs;
};

} // namespace

void InlineChooser::collectAssignments() {
  for (const RegionCopy &copy : collectCopies(func)) {
    CxxVariable *target = plan.of(copy.target);
    if (target && plan.of(copy.source) != target)
      assignments[target].push_back(liveness.begin(copy.at));
  }
  func.walk([&](Operation *op) {
    auto call = dyn_cast<CallOp>(op);
    if (call && !isComputation(op)) {
      // After its arguments are evaluated.
      for (OpResult result : op->getResults())
        if (plan.of(result))
          assignments[plan.of(result)].push_back(liveness.end(op));
    } else if (auto record = dyn_cast<RecordOp>(op))
      assignments[plan.of(record.getTape())].push_back(liveness.begin(op));
    else if (isComputation(op) && plan.of(op->getResult(0)))
      assignments[plan.of(op->getResult(0))].push_back(liveness.begin(op));
  });
  for (auto &[variable, positions] : assignments)
    llvm::sort(positions);
}

void InlineChooser::collectEffects() {
  func.walk([&](Operation *op) {
    if (!op->getNumRegions() && effectOf(op) != Effect::None)
      effects.push_back(op);
  });
}

/// The statement that a use of an inlined operation in an expression's region
/// belongs to, as the uses of the expression.
static Operation *expressionAround(Operation *op) {
  Operation *parent = op->getParentOp();
  auto branch = dyn_cast<IfOp>(parent);
  return isa<SumOp>(parent) || (branch && isExpression(branch)) ? parent
                                                                : nullptr;
}

/// Whether the use is in the terms of a sum that `op` itself is no part of.
static bool entersSum(Operation *op, Operation *user) {
  while (Operation *around = expressionAround(user)) {
    if (around->isProperAncestor(op))
      return false;
    if (isa<SumOp>(around))
      return true;
    user = around;
  }
  return false;
}

SmallVector<Point> InlineChooser::pointsOf(OpOperand &use) {
  Operation *user = use.getOwner();
  auto inlined = points.find(user);
  if (inlined != points.end())
    return inlined->second;
  if (Operation *parent = expressionAround(user))
    return points.count(parent)
               ? points[parent]
               : SmallVector<Point>{{liveness.begin(parent), parent, false}};
  if (isa<ForOp>(user) && use.getOperandNumber() < 2)
    return {{liveness.end(user), user, true}};
  // After what it is passed by reference has been copied.
  auto call = dyn_cast<CallOp>(user);
  if (call && call.tieOf(use.getOperandNumber()) < 0)
    return {{liveness.end(user), user, false}};
  return {{liveness.begin(user), user, false}};
}

unsigned InlineChooser::countOf(OpOperand &use) {
  Operation *user = use.getOwner();
  if (counts.count(user))
    return counts[user] *
           (isa<GuardOp>(user) && !use.getOperandNumber() ? 2 : 1);
  if (Operation *parent = expressionAround(user))
    return counts.count(parent) ? counts[parent] : 1;
  // A terminator after a tail is written in each of its branches.
  auto tail = dyn_cast_or_null<IfOp>(user->getPrevNode());
  if (user->hasTrait<OpTrait::IsTerminator>() && tail && isTail(tail))
    return 2;
  return 1;
}

static bool isIntArithmetic(Operation *op) {
  return isa<AddOp, SubOp, MulOp, DivOp, NegOp, CastOp, RemOp, AndOp, OrOp,
             XorOp, ShlOp, ShrOp>(op) &&
         isa<IntType>(op->getResult(0).getType());
}

Cost InlineChooser::costOf(Value v) {
  Operation *op = v.getDefiningOp();
  // A member of a struct is as short as a variable.
  bool isMember = isa_and_nonnull<CallOp>(op) && !isComputation(op);
  if (!op || plan.of(v) || isMember || isa<ConstantOp, UndefOp, UnpackOp>(op))
    return {};
  // What is asked about stands before all that has been decided.
  if (auto known = costs.find(v); known != costs.end())
    return known->second;
  Cost cost{0, !isa<AddOp, SubOp, MulOp, NegOp, CastOp, LetOp, PlaybackOp,
                    LoadOp, CompareOp, NotOp, OffsetOp, ElementOp, MemberOp,
                    AccessOp, GlobalOp, QueryOp, DistanceOp>(op) &&
                   !isIntArithmetic(op)};
  for (Value operand : op->getOperands()) {
    Operation *inner = operand.getDefiningOp();
    if (!inner || isa<TapeType>(operand.getType()))
      continue;
    Cost part = costOf(operand);
    // What is dear and read by others as well gets a name.
    if (part.isDear && !operand.hasOneUse())
      part = {};
    cost.leaves += part.leaves;
    cost.isDear |= part.isDear;
  }
  cost.leaves += llvm::count_if(op->getOperands(), [](Value operand) {
    return !operand.getDefiningOp();
  });
  // A comparison decides: only that of leaves may be made again.
  if (isa<CompareOp>(op) && cost.leaves > 2)
    cost.isDear = true;
  return costs[v] = cost;
}

/// Whether `op` is an integer that only says where something is, or up to where a
/// loop counts.
static bool isIndex(Operation *op) {
  if (!isIntArithmetic(op))
    return false;
  return llvm::all_of(op->getUses(), [](OpOperand &use) {
    Operation *user = use.getOwner();
    bool isBound = isa<ForOp, SumOp>(user) && use.getOperandNumber() < 2;
    return isBound || isa<OffsetOp, ElementOp, AccessOp>(user) || isIndex(user);
  });
}

bool InlineChooser::isCheap(Operation *op, unsigned count) {
  if (isa<ConstantOp, UndefOp>(op))
    return true;
  Cost cost = costOf(op->getResult(0));
  if (isIndex(op))
    return !cost.isDear && (count - 1) * (cost.leaves - 1) <= 6;
  return !cost.isDear && (count - 1) * (cost.leaves - 1) <= 3;
}

/// Whether the variable is assigned between the two positions.
bool InlineChooser::isAssigned(CxxVariable *variable, unsigned first,
                               unsigned last) {
  auto found = assignments.find(variable);
  if (found == assignments.end())
    return false;
  auto *next = llvm::upper_bound(found->second, first);
  return next != found->second.end() && *next < last;
}

/// The effects between the two positions.
ArrayRef<Operation *> InlineChooser::effectsWithin(unsigned first,
                                                   unsigned last) {
  auto *from = llvm::partition_point(
      effects, [&](Operation *op) { return liveness.begin(op) <= first; });
  auto *to = std::partition_point(from, effects.end(), [&](Operation *op) {
    return liveness.begin(op) < last;
  });
  return ArrayRef<Operation *>(from, to);
}

/// Whether nothing that `op` reads is assigned between it and `point`.
bool InlineChooser::isStable(Operation *op, const Point &point) {
  SmallVector<CxxVariable *> reads;
  op->walk([&](Operation *inner) {
    for (Value operand : inner->getOperands())
      if (CxxVariable *variable = plan.of(operand))
        reads.push_back(variable);
  });
  unsigned from = liveness.begin(op), to = point.position;
  auto isAnyAssigned = [&](unsigned first, unsigned last) {
    return llvm::any_of(reads, [&](CxxVariable *variable) {
      return isAssigned(variable, first, last);
    });
  };
  if (isAnyAssigned(from, to))
    return false;
  Operation *around = point.inside ? point.at : point.at->getParentOp();
  for (; around && !around->isProperAncestor(op);
       around = around->getParentOp())
    if (isLoop(around) &&
        isAnyAssigned(liveness.begin(around) - 1, liveness.end(around)))
      return false;
  return true;
}

/// Whether C++ evaluates what an inlined operation gives to `user` whenever it
/// evaluates `user`.
static bool isAlwaysRead(Operation *user) {
  return !isa<GuardOp, SelectOp>(user) && !expressionAround(user);
}

/// Whether `op` finds a place for the call, which it does before the call does anything.
static bool isFoundFor(Operation *op, Operation *call) {
  if (!isa<CallOp>(call) ||
      !isa<AccessOp, OffsetOp, ElementOp, MemberOp>(op))
    return false;
  return llvm::any_of(op->getUsers(), [&](Operation *user) {
    return user == call || isFoundFor(user, call);
  });
}

/// Whether `op`, which reads or does what others see, may be evaluated at
/// `point` as well: nothing of the kind comes between, other than reads between
/// reads, and an effect is had once, if the user has it.
bool InlineChooser::isInOrder(Operation *op, const Point &point) {
  Effect own = effectOf(op);
  if (own == Effect::None)
    return true;
  auto disturbs = [&](unsigned first, unsigned last) {
    return llvm::any_of(effectsWithin(first, last), [&](Operation *other) {
      return mustStayInOrder(op, other) && !isFoundFor(op, other);
    });
  };
  if (disturbs(liveness.end(op), point.position))
    return false;
  Operation *around = point.inside ? point.at : point.at->getParentOp();
  for (; around && !around->isProperAncestor(op);
       around = around->getParentOp()) {
    if (own == Effect::Writes)
      return false;
    if (isLoop(around) &&
        disturbs(liveness.begin(around), liveness.end(around)))
      return false;
  }
  return true;
}

/// Whether an object is copied or moved where `op` is evaluated: C++ may do so before an
/// effect that is had there.
static bool takesObject(Operation *op) {
  return isa<ReturnOp, PackOp>(op) &&
         llvm::any_of(op->getOperandTypes(), llvm::IsaPred<PlaceType>);
}

/// Whether an effect is had, once and in time, where `user` is evaluated.
static bool keepsEffect(Operation *user) {
  return isAlwaysRead(user) && !takesObject(user);
}

/// Whether all of `at` may evaluate `op`.
bool InlineChooser::mayEvaluateAt(Operation *op, ArrayRef<Point> at) {
  if (effectOf(op) == Effect::Writes) {
    Operation *user = *op->getResult(0).user_begin();
    for (; points.count(user) && isComputation(user);
         user = *user->getResult(0).user_begin())
      if (!keepsEffect(user))
        return false;
    // What a tail yields goes on only if somebody reads it.
    auto branch = dyn_cast<IfOp>(user->getParentOp());
    if (isa<YieldOp>(user) && branch && isTail(branch))
      return false;
    if (at.size() != 1 || !keepsEffect(user) || isLoop(at[0].at))
      return false;
  }
  return llvm::all_of(at, [&](const Point &point) {
    return isStable(op, point) && isInOrder(op, point);
  });
}

bool InlineChooser::entersLoop(Operation *op, const Point &point) {
  Operation *around = point.at->getParentOp();
  for (; around && !around->isProperAncestor(op);
       around = around->getParentOp())
    if (isLoop(around))
      return true;
  return false;
}

/// Whether the C++ compiler would load again what is written several times: it
/// cannot know that what is stored in between is something else.
bool InlineChooser::isReloaded(Operation *op, ArrayRef<Point> at) {
  auto load = dyn_cast<LoadOp>(op);
  if (!load || isOwnMemory(load.getPlace()))
    return false;
  unsigned first = ~0u, last = 0;
  for (const Point &point : at) {
    first = std::min(first, point.position);
    last = std::max(last, point.position);
  }
  return llvm::any_of(effectsWithin(first - 1, last), [&](Operation *other) {
    if (!isa<StoreOp, AccumulateOp>(other))
      return false;
    Value place = other->getOperand(1);
    return place.getType() == load.getPlace().getType() && !isOwnMemory(place);
  });
}

/// A guard's condition is written twice: as it is if it is a name.
bool InlineChooser::isGuardCondition(Operation *op) {
  for (OpOperand &use : op->getUses())
    if (isa<GuardOp>(use.getOwner()) && use.getOperandNumber() == 0 &&
        !expressionAround(use.getOwner()) &&
        !(isa<NegOp>(op) && plan.of(op->getOperand(0))))
      return true;
  return false;
}

/// Whether C++ has a plain pointer for the place: an iterator is none.
static bool isAddress(Value place) {
  while (auto offset = place.getDefiningOp<OffsetOp>())
    place = offset.getBase();
  auto access = place.getDefiningOp<AccessOp>();
  return access ? !isPointer(access)
                : !place.getDefiningOp() || place.getDefiningOp<ElementOp>() ||
                      place.getDefiningOp<MemberOp>();
}

void InlineChooser::makeVariable(Operation *op) {
  Value v = op->getResult(0);
  LocalAttr local = localOf(v);
  // It has the name of what is read in its place.
  if (isa<CallOp>(op) && !local && v.hasOneUse())
    if (auto let = dyn_cast<LetOp>(*v.user_begin()))
      local = let.getLocal();
  plan.variables[v] = cxx.newVariable(local, v.getType());
  plan.variables[v]->local = local;
  if (isa<PlaceType>(v.getType()) && !local)
    plan.variables[v]->deducedType = isAddress(v) ? "auto *" : "auto";
  if (isa<OffsetOp, ElementOp, MemberOp, AccessOp>(op))
    plan.variables[v]->hint = "p";
  if (isIntArithmetic(op) && llvm::all_of(op->getUsers(), [](Operation *user) {
        return isa<RecordOp, PlaybackOp>(user);
      }))
    plan.variables[v]->hint = "at";
  if (isa<IntType>(v.getType()) &&
      llvm::all_of(op->getUses(), [](OpOperand &use) {
        auto loop = dyn_cast<ForOp>(use.getOwner());
        return (loop && use.getOperandNumber() == 1) ||
               isa<TapeOp>(use.getOwner());
      }))
    plan.variables[v]->hint = "end";
  if (auto load = dyn_cast<LoadOp>(op))
    if (CxxVariable *place = plan.of(load.getPlace()))
      if (place->local)
        plan.variables[v]->hint = place->local.getName().str() + "0";
}

void InlineChooser::decide(Operation *op) {
  if (plan.of(op->getResult(0)))
    return;
  SmallVector<Point> at;
  unsigned count = 0;
  for (OpOperand &use : op->getResult(0).getUses()) {
    llvm::append_range(at, pointsOf(use));
    count += countOf(use);
  }
  if (!count)
    return;
  // Within an expression nothing can be named; its parts were checked with it.
  bool mayName = !expressionAround(op) && !isa<ConstantOp, UndefOp, UnpackOp>(op);
  if (mayName) {
    bool entersAnyLoop = false;
    for (const Point &point : at)
      entersAnyLoop |= entersLoop(op, point) || point.inside;
    for (Operation *user : op->getResult(0).getUsers())
      entersAnyLoop |= entersSum(op, user);
    Cost cost = costOf(op->getResult(0));
    bool fits = count == 1 || (isCheap(op, count) && !isReloaded(op, at));
    if (entersAnyLoop && !isIndex(op) &&
        (cost.isDear || cost.leaves > 2 ||
         (isReal(op->getResult(0).getType()) && cost.leaves > 1)))
      fits = false;
    // Where something is costs nothing to say again.
    if (isa<PlaceType>(op->getResult(0).getType()) && !cost.isDear)
      fits = true;
    if (!mayEvaluateAt(op, at) || !fits || isGuardCondition(op))
      return makeVariable(op);
  }
  points[op] = at;
  counts[op] = count;
}

void InlineChooser::visit(Block &block) {
  for (Operation &op : llvm::reverse(block)) {
    if (isComputation(&op))
      decide(&op);
    for (Region &region : op.getRegions())
      for (Block &inner : region)
        visit(inner);
  }
}

void InlineChooser::run() {
  collectAssignments();
  collectEffects();
  visit(func.getBody().front());
}

void adgen::chooseInlining(func::FuncOp func, CxxFunction &cxx,
                           const StructuredLiveness &liveness,
                           VariablePlan &plan) {
  InlineChooser(func, cxx, liveness, plan).run();
}
