//===- SplitCalls.cpp - Callees whose sweeps are two functions ------------===//
//
// A callee that may call itself and works on its caller's memory is reversed as
// a function of its own, which has to run long after the call:
//
//   sort(x, n)   →   tape = sort_forward(x, n)              in the forward
//   sweep
//                    sort_reverse(n, tape, x_bar)           in the reverse
//                    sweep
//
// 1. Which of the caller's memory is the same then (`CallersMemory`): what nobody
//    writes after the call, neither the caller nor those that called it, and copies
//    (RuleCopies) of what is overwritten. All other loads are kept.
// 2. The call becomes one of the forward sweep, which returns what the callee
// does
//    and a frame. To the caller the frame is a value like others: kept on a
//    tape in a loop, handed out of a branch, part of the caller's own frame.
// 3. The callee is reversed as any function is, and cut in two where its
// reverse
//    sweep begins. What the second half reads of the first is computed again
//    where that is cheap; the rest is the frame (Hascoët & Pascual, The
//    Tapenade Automatic Differentiation Tool (2013), on split mode).
// 4. Places do not cross: of the primal's memory the second half reads what
// stays
//    readable; local objects it does not know, so that their loads are kept.
//
// Frames without content go later (TrimFrames). Refuses what would need a
// pointer in a frame.
//
//===----------------------------------------------------------------------===//
#include "SplitCalls.h"

#include "KeepLoads.h"
#include "Reverse.h"
#include "RuleCalls.h"
#include "SimplifyRegions.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Support/Diagnostics.h"

#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

void adgen::splitCalls(func::FuncOp prepared, func::FuncOp derivative,
                       const Activity &activity, CalleeDerivatives &callees) {
  SmallVector<std::pair<CallOp, DerivativeRequest>> calls;
  prepared.walk([&](CallOp call) {
    // One without a body has a derivative by hand, or none.
    if (!passesMemory(call) || calleeOf(call).isExternal())
      return;
    auto part = callees.activePart(
        call, activity, DerivativeRequest::Sweeps,
        [&](Value place) { return hasShadow(derivative, activity, place); });
    if (!part.inputs.empty())
      calls.push_back({call, part});
  });
  for (auto &[call, part] : calls) {
    func::FuncOp callee = calleeOf(call);
    part.seedsMayVanish = hasPole(callee);
    func::FuncOp forward = callees.forwardOf(callees.get(callee, part));
    OpBuilder b(call);
    SmallVector<Attribute> locals(forward.getNumResults(), b.getUnitAttr());
    if (ArrayAttr names = call.getLocalsAttr())
      llvm::copy(names, locals.begin());
    CallOp split =
        callDerivative(b, call.getLoc(), forward, call.getArgs(), {}, locals);
    notePrimal(split, call);
    call->replaceAllUsesWith(
        split.getResults().take_front(call.getNumResults()));
    call.erase();
  }
}

func::FuncOp CalleeDerivatives::reverseOf(func::FuncOp forward) const {
  // One that is passed copies (RuleCopies).
  if (forward && forward.isExternal() && !reverses.contains(forward))
    if (auto own = forward->getAttrOfType<FlatSymbolRefAttr>("ad.primal"))
      forward = ModuleOp(module).lookupSymbol<func::FuncOp>(own);
  return reverses.lookup(forward);
}

/// Calls the callee's reverse sweep with the frame that its forward sweep left.
void AdjointBuilder::reverseSweeps(CallOp op, Level &level,
                                   Adjoints &adjoints) {
  func::FuncOp reverse = callees.reverseOf(calleeOf(op));
  const DerivativeRequest &part = callees.requestOf(reverse);
  bool leaves = llvm::any_of(part.outputs, [&](unsigned r) {
    return bool(adjoints.lookup(op.getResult(r)));
  });
  for (unsigned i : part.inputs)
    leaves |= isa<PlaceType>(op.getArgs()[i].getType()) && !onlyReads(op, i);
  if (!leaves)
    return;
  beginStatement(op.getLoc(), adjoints);
  // The callee reads and changes the shadows, perhaps by paths that do not.
  flush(adjoints);
  leavesZeros = true;
  Location loc = *adjoints.loc;
  SmallVector<Value> operands;
  func::FuncOp primal = callees.primalOf(reverse);
  for (unsigned i = 0; i != primal.getNumArguments(); ++i) {
    Value argument = findOperand(op, calleeOf(op), i);
    // To be dropped.
    bool isLost = isa<PlaceType>(argument.getType()) && memory.isLost(primal, i);
    operands.push_back(isLost
                           ? Value(UndefOp::create(b, loc, argument.getType()))
                           : level.values.lookupOrDefault(argument));
  }
  Value frame = op.getResults().back();
  for (Operation *user : frame.getUsers())
    if (auto keep = dyn_cast<KeepOp>(user))
      frame = keep.getResult();
  operands.push_back(level.values.lookupOrDefault(frame));
  for (unsigned i : part.inputs)
    if (isa<PlaceType>(op.getArgs()[i].getType()))
      operands.push_back(shadowOf(op.getArgs()[i], level));
  for (unsigned r : part.outputs)
    operands.push_back(adjointOrZero(op.getResult(r), adjoints, loc));
  CallOp call = callDerivative(b, loc, reverse, operands);
  unsigned next = 0;
  for (unsigned i : part.inputs)
    if (!isa<PlaceType>(op.getArgs()[i].getType()))
      accumulate(op.getArgs()[i], call.getResult(next++), adjoints);
}

//===----------------------------------------------------------------------===//
// Two functions
//===----------------------------------------------------------------------===//

/// More operations than this are not computed a second time.
static constexpr unsigned maxComputed = 8;

namespace {
class SweepSplitter {
public:
  SweepSplitter(func::FuncOp reverse, func::FuncOp forward, Operation *boundary)
      : reverse(reverse), forward(forward), boundary(boundary),
        b(reverse.getContext()) {}
  LogicalResult run();

private:
  bool isBefore(Operation *op) {
    return op->getBlock() == boundary->getBlock() &&
           (op == boundary || op->isBeforeInBlock(boundary));
  }
  Value shadowOf(Value place);
  bool isAvailable(Value value, unsigned &budget, Value asked = {});
  void chooseMembers();
  Value computeAgain(Value value);
  void askShadows();
  void collectCrossing();
  void moveForward();
  LocalAttr nameOf(Value value);
  LogicalResult refuse(Location loc, StringRef reason) {
    return emitError(loc) << formatMessage(Diag::RecursiveMemory,
                                           {reason.str()});
  }

  func::FuncOp reverse, forward;
  Operation *boundary;
  OpBuilder b;
  /// What the reverse sweep uses of the forward sweep.
  llvm::SetVector<Value> crossing;
  /// Of these, what the frame holds; in the order of the program.
  SmallVector<Value> packed;
  llvm::DenseMap<Value, Value> again;
};
} // namespace

/// The shadow of an argument; null if there is none, and for any other place.
Value SweepSplitter::shadowOf(Value place) {
  auto argument = dyn_cast<BlockArgument>(place);
  return argument && argument.getOwner() == &reverse.front()
             ? shadowOfArgument(reverse, argument.getArgNumber())
             : Value();
}

/// Whether the value can be had in the reverse sweep from what the frame holds,
/// other than that it holds the value `asked` itself.
bool SweepSplitter::isAvailable(Value value, unsigned &budget, Value asked) {
  Operation *op = value.getDefiningOp();
  if (!op || !isBefore(op) ||
      (value != asked && llvm::is_contained(packed, value)))
    return true;
  if (isa<PlaceType>(value.getType()) || op->getNumRegions())
    return false;
  // The shadow says what the object would.
  if (isa<QueryOp>(op))
    return bool(shadowOf(op->getOperand(0)));
  if (!isCheap(op) || decidesOnReals(op) || isa<PlaybackOp>(op))
    return false;
  if (!isa<LetOp, ConstantOp>(op)) {
    if (budget == 0)
      return false;
    --budget;
  }
  return llvm::all_of(op->getOperands(), [&](Value operand) {
    if (!isa<PlaceType>(operand.getType()))
      return isAvailable(operand, budget, asked);
    // A place is found again where its object is an argument.
    Value base = operand;
    while (Operation *step = base.getDefiningOp()) {
      if (!isa<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp>(step))
        return isa<GlobalOp>(step);
      for (Value index : step->getOperands().drop_front())
        if (!isAvailable(index, budget, asked))
          return false;
      base = step->getOperand(0);
    }
    return true;
  });
}

/// What a branch hands out is what one of its regions computed.
static Value sourceOf(Value value) {
  while (isa<IfOp, SwitchOp>(value.getDefiningOp())) {
    auto result = cast<OpResult>(value);
    for (Region &region : result.getOwner()->getRegions()) {
      Value handed = handedOn(region, result.getResultNumber());
      Operation *source = handed.getDefiningOp();
      if (source && !isa<ConstantOp, UndefOp>(source))
        value = handed;
    }
    if (value == result)
      break;
  }
  return value;
}

/// Packs what is not available, as far as it cannot be computed of what is
/// packed.
void SweepSplitter::chooseMembers() {
  for (Value value : crossing) {
    unsigned budget = maxComputed;
    if (!isa<PlaceType>(value.getType()) && !isAvailable(value, budget))
      packed.push_back(value);
  }
  llvm::DenseMap<Operation *, unsigned> numbers;
  reverse.walk<WalkOrder::PreOrder>(
      [&](Operation *op) { numbers[op] = numbers.size(); });
  auto numberOf = [&](Value value) {
    return numbers.lookup(sourceOf(value).getDefiningOp());
  };
  llvm::stable_sort(
      packed, [&](Value x, Value z) { return numberOf(x) < numberOf(z); });
  for (unsigned i = packed.size(); i-- > 0;) {
    unsigned budget = maxComputed;
    if (isAvailable(packed[i], budget, packed[i]))
      packed.erase(packed.begin() + i);
  }
}

Value SweepSplitter::computeAgain(Value value) {
  Operation *op = value.getDefiningOp();
  if (!op || !isBefore(op) || llvm::is_contained(packed, value))
    return value;
  Value &copy = again[value];
  if (copy)
    return copy;
  IRMapping operands;
  for (Value operand : op->getOperands())
    operands.map(operand, computeAgain(operand));
  return again[value] = b.clone(*op, operands)->getResult(0);
}

/// An object and its shadow have one shape: the reverse sweep asks the shadow.
void SweepSplitter::askShadows() {
  reverse.walk([&](Operation *op) {
    Operation *top = reverse.front().findAncestorOpInBlock(*op);
    bool isShadow = isa<VarOp>(op) && !isBefore(top);
    if (isShadow || (isa<QueryOp>(op) && !isBefore(top)))
      for (OpOperand &operand : op->getOpOperands())
        if (isa<PlaceType>(operand.get().getType()))
          if (Value shadow = shadowOf(operand.get()))
            operand.set(shadow);
  });
}

void SweepSplitter::collectCrossing() {
  for (Operation *op = boundary->getNextNode(); op; op = op->getNextNode())
    op->walk([&](Operation *inner) {
      for (Value operand : inner->getOperands())
        if (Operation *definition = operand.getDefiningOp())
          if (isBefore(definition))
            crossing.insert(operand);
    });
}

/// The variable or parameter.
static LocalAttr objectName(Value root) {
  if (auto variable = root.getDefiningOp<VarOp>())
    return variable.getLocal();
  return isa<BlockArgument>(root) ? variableOf(root) : LocalAttr();
}

/// The variable, the tape, or what computed the value.
LocalAttr SweepSplitter::nameOf(Value value) {
  Operation *op = value.getDefiningOp();
  auto make = [&](std::string name, StringRef type) {
    return LocalAttr::get(b.getContext(),
                          ~7000u - unsigned(again.size()) * 97 -
                              unsigned(crossing.size()),
                          b.getStringAttr(name), b.getStringAttr(type),
                          /*generated=*/true);
  };
  if (auto tape = dyn_cast<TapeOp>(op))
    return tape.getLocal();
  if (!variableOf(value)) {
    value = sourceOf(value);
    op = value.getDefiningOp();
  }
  if (isa<FrameType>(value.getType())) {
    // After what the call returned.
    Value first = op->getResult(0);
    LocalAttr local = variableOf(first);
    for (Operation *user : first.getUsers())
      if (auto let = dyn_cast<LetOp>(user))
        local = let.getLocal();
    return make(local ? local.getName().str() + "_tape" : "inner", "");
  }
  if (LocalAttr local = variableOf(value))
    return local;
  for (Operation *user : value.getUsers())
    if (auto let = dyn_cast<LetOp>(user))
      return let.getLocal();
  std::string name = op->getName().stripDialect().str() + "_value";
  if (auto load = dyn_cast<LoadOp>(op)) {
    for (Value root : rootsOf(load.getPlace()))
      if (LocalAttr local = root ? objectName(root) : LocalAttr())
        name = local.getName().str();
  } else if (isa<AddOp, SubOp, MulOp, DivOp>(op)) {
    name = isa<AddOp>(op)   ? "sum"
           : isa<SubOp>(op) ? "difference"
           : isa<MulOp>(op) ? "product"
                            : "quotient";
  } else if (auto call = dyn_cast<CallOp>(op)) {
    if (auto base = calleeOf(call)->getAttrOfType<StringAttr>("ad.base"))
      name = base.str();
  } else if (isa<CompareOp, IfOp, SwitchOp>(op) &&
             value.getType().isInteger(1)) {
    name = "decision";
  }
  return make(name, spelling(value.getType()));
}

/// Makes the body of the forward sweep of what stands before the boundary.
void SweepSplitter::moveForward() {
  Block &from = reverse.front();
  Block *to = forward.addEntryBlock();
  to->getOperations().splice(to->end(), from.getOperations(), from.begin(),
                             boundary->getIterator());
  for (BlockArgument argument : forward.getArguments())
    reverse.getArgument(argument.getArgNumber())
        .replaceUsesWithIf(argument, [&](OpOperand &use) {
          return use.getOwner() == boundary ||
                 forward->isAncestor(use.getOwner());
        });
}

LogicalResult SweepSplitter::run() {
  collectCrossing();
  b.setInsertionPointAfter(boundary);
  chooseMembers();
  SmallVector<Attribute> members;
  SmallVector<std::pair<Value, Value>> replaced;
  for (Value value : packed) {
    auto tape = dyn_cast<TapeType>(value.getType());
    if (tape && isa<PlaceType>(tape.getElement()))
      return refuse(value.getLoc(), "a pointer moves");
    members.push_back(nameOf(value));
  }
  for (Value value : crossing) {
    if (llvm::is_contained(packed, value))
      continue;
    if (isa<PlaceType>(value.getType())) {
      // Only reverse sweeps that do not read there may be passed it.
      auto nowhere = UndefOp::create(b, value.getLoc(), value.getType());
      replaced.push_back({value, nowhere});
    } else {
      replaced.push_back({value, computeAgain(value)});
    }
  }
  Location loc = derivativeLoc(boundary->getLoc());
  BlockArgument frame;
  for (BlockArgument argument : reverse.getArguments())
    if (isa<FrameType>(argument.getType()))
      frame = argument;
  if (!packed.empty()) {
    b.setInsertionPointAfter(boundary);
    auto unpack =
        UnpackOp::create(b, loc, ValueRange(packed).getTypes(), frame);
    unpack->setAttr("locals", b.getArrayAttr(members));
    for (auto [value, member] : llvm::zip_equal(packed, unpack.getValues()))
      replaced.push_back({value, member});
  }
  for (auto &[value, other] : replaced)
    value.replaceUsesWithIf(other, [&](OpOperand &use) {
      Operation *top = reverse.front().findAncestorOpInBlock(*use.getOwner());
      return !isBefore(top);
    });
  askShadows();
  moveForward();
  b.setInsertionPointToEnd(&forward.front());
  SmallVector<Value> results(boundary->getOperands());
  results.push_back(
      PackOp::create(b, loc, frame.getType(), packed, b.getArrayAttr(members)));
  ReturnOp::create(b, boundary->getLoc(), results);
  boundary->erase();
  for (BlockArgument argument : reverse.getArguments())
    for (Operation *user : argument.getUsers())
      if (forward->isAncestor(user))
        return refuse(user->getLoc(), "a pointer moves");
  simplifyRegions(forward);
  simplifyRegions(reverse);
  return success();
}

LogicalResult adgen::splitSweeps(func::FuncOp reverse, func::FuncOp forward,
                                 Operation *boundary) {
  return SweepSplitter(reverse, forward, boundary).run();
}

//===----------------------------------------------------------------------===//
// Parameters
//===----------------------------------------------------------------------===//

LogicalResult adgen::dropUnreadable(ModuleOp module,
                                    const CallersMemory &memory) {
  llvm::MapVector<Operation *, llvm::BitVector> dropped;
  SmallVector<func::FuncOp> sweeps;
  for (auto forward : module.getOps<func::FuncOp>()) {
    auto symbol = forward->getAttrOfType<FlatSymbolRefAttr>("ad.reverse");
    if (!symbol)
      continue;
    auto primal = module.lookupSymbol<func::FuncOp>(
        forward->getAttrOfType<FlatSymbolRefAttr>("ad.primal"));
    auto reverse = module.lookupSymbol<func::FuncOp>(symbol);
    sweeps.push_back(reverse);
    llvm::BitVector arguments(reverse.getNumArguments());
    for (unsigned i = 0; i != primal.getNumArguments(); ++i)
      if (isa<PlaceType>(primal.getArgumentTypes()[i]) &&
          memory.isLost(primal, i))
        arguments.set(i);
    if (arguments.any())
      dropped.insert({reverse, arguments});
  }
  SmallVector<CallOp> calls;
  llvm::SetVector<Operation *> callers;
  module.walk([&](CallOp call) {
    if (func::FuncOp callee = calleeOf(call); dropped.count(callee))
      calls.push_back(call);
  });
  for (CallOp call : calls) {
    callers.insert(call->getParentOfType<func::FuncOp>());
    call->eraseOperands(dropped[calleeOf(call)]);
    call->removeAttr(readOnlyAttr);
  }
  for (Operation *caller : callers)
    simplifyRegions(caller);
  for (auto &entry : dropped) {
    auto reverse = cast<func::FuncOp>(entry.first);
    const llvm::BitVector &arguments = entry.second;
    for (unsigned i : arguments.set_bits())
      for (Operation *user : reverse.getArgument(i).getUsers())
        return emitError(user->getLoc()) << formatMessage(
                   Diag::RecursiveMemory, {"the derivative needs an object "
                                           "that is not there any more"});
    // Whether a pointer is null its shadow says as well.
    bool isUntested = true;
    reverse.walk([&](TestOp test) {
      for (unsigned i : arguments.set_bits()) {
        if (test.getParameterAttr() != reverse.getArgAttr(i, "ad.local"))
          continue;
        Value shadow = shadowOfArgument(reverse, i);
        if (shadow)
          test.setParameterAttr(variableOf(shadow));
        isUntested &= bool(shadow);
      }
    });
    if (!isUntested)
      return emitError(reverse.getLoc()) << formatMessage(
                 Diag::RecursiveMemory, {"the derivative asks whether a "
                                         "pointer is null that it is not "
                                         "passed"});
    (void)reverse.eraseArguments(arguments);
  }
  // What stood for objects of the forward sweep.
  for (func::FuncOp reverse : sweeps) {
    WalkResult result = reverse.walk([&](UndefOp nowhere) {
      if (!isa<PlaceType>(nowhere.getType()) || nowhere->use_empty())
        return WalkResult::advance();
      emitError(nowhere.getLoc()) << formatMessage(
          Diag::RecursiveMemory,
          {"the derivative needs an object that is not there any more"});
      return WalkResult::interrupt();
    });
    if (result.wasInterrupted())
      return failure();
  }
  for (CallOp call : calls)
    noteReadOnly(call, calleeOf(call));
  return success();
}
