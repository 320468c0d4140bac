//===- TrimHelpers.cpp - What helpers take and return ---------------------===//
//
// The derivative of a callee starts with every parameter of the primal, and
// returns all that was asked for. Drops what turned out not to be needed:
//
// 1. partial derivatives that nobody reads: the call is one of the primal;
// 2. a helper that nobody calls;
// 3. results that no call reads, and what computed them;
// 4. parameters that the body does not read, and what computed them or kept them
//    on tapes for the call.
//
//     g_grad(x, a, seed) { return 2 * seed; }   →   g_grad(seed)
//
// 5. what frames hold (TrimFrames).
//
// To a fix point, as one helper's needs are another's. A parameter that is only passed
// on, by a recursive call, to one that nobody reads goes as well. Requires that helpers are called by `ad.call`
// alone; of the derivatives that were asked for it changes calls, and drops what
// these alone needed.
//
//===----------------------------------------------------------------------===//
#include "CalleeDerivatives.h"
#include "SimplifyRegions.h"
#include "TrimFrames.h"

#include "adgen/Transforms/Passes.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

namespace adgen {
#define GEN_PASS_DEF_TRIMHELPERS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {

class HelperTrimmer {
public:
  HelperTrimmer(ModuleOp module, bool keepSignatures)
      : module(module), keepSignatures(keepSignatures) {}
  void run();

private:
  void callPrimals();
  void collectCalls();
  func::FuncOp helperOf(CallOp call) const;
  bool passesOn(Value value, SmallVectorImpl<Value> &receivers) const;
  bool trim(func::FuncOp helper);
  bool dropResults(func::FuncOp helper, ArrayRef<CallOp> calls);
  bool dropArguments(func::FuncOp helper, ArrayRef<CallOp> calls);
  void findPassedOn();

  ModuleOp module;
  bool keepSignatures;
  /// A forward sweep that turns out to keep nothing is the primal, and has the primal's
  /// parameters until that is known.
  bool narrowsForward = false;
  /// Both are found again when something has changed: a module may have thousands
  /// of helpers, and looking one up by its symbol takes as long as they are many.
  bool isStale = true, isReadStale = true;
  llvm::MapVector<Operation *, SmallVector<CallOp>> callsOf;
  llvm::DenseMap<StringAttr, Operation *> helpers;
  /// Arguments that are read: those of the other helpers only reach helpers that do
  /// not read them either.
  llvm::DenseSet<Value> read;
};

} // namespace

/// A call for the values alone, in place of one that computes their partial
/// derivatives as well.
static void dropPartials(CallOp call, func::FuncOp primal) {
  unsigned values = primal.getNumResults();
  for (OpResult partial : call->getResults().drop_front(values))
    if (!partial.use_empty())
      return;
  CallOp plain = adgen::callPrimal(call, primal);
  for (auto [old, result] : llvm::zip(call->getResults(), plain->getResults()))
    old.replaceAllUsesWith(result);
  call.erase();
}

void HelperTrimmer::callPrimals() {
  SmallVector<CallOp> shared;
  module.walk([&](CallOp call) {
    if (call->hasAttr("ad.primal"))
      shared.push_back(call);
  });
  for (CallOp call : shared)
    dropPartials(call, module.lookupSymbol<func::FuncOp>(
                         call->getAttrOfType<FlatSymbolRefAttr>("ad.primal")));
}

/// The calls of every helper in derivatives.
void HelperTrimmer::collectCalls() {
  callsOf.clear();
  helpers.clear();
  for (auto function : module.getOps<func::FuncOp>())
    if (function->hasAttr("ad.helper")) {
      callsOf[function];
      helpers[function.getSymNameAttr()] = function;
    }
  for (auto function : module.getOps<func::FuncOp>())
    if (function->hasAttr("ad.derivative"))
      function.walk([&](CallOp call) {
        if (func::FuncOp helper = helperOf(call))
          callsOf[helper].push_back(call);
      });
  isStale = false;
  isReadStale = true;
}

/// The helper that is called; null if it is none.
func::FuncOp HelperTrimmer::helperOf(CallOp call) const {
  return cast_if_present<func::FuncOp>(
      helpers.lookup(call.getCalleeAttr().getAttr()));
}

/// Replaces `call` by one of the same callee without the results and operands
/// that are dropped.
static void narrow(CallOp call, const llvm::BitVector &results,
                   const llvm::BitVector &operands) {
  OpBuilder b(call);
  SmallVector<Value> kept, arguments;
  SmallVector<Attribute> locals;
  for (OpResult result : call->getResults())
    if (!results.test(result.getResultNumber())) {
      kept.push_back(result);
      LocalAttr local =
          getLocal(call.getLocalsAttr(), result.getResultNumber());
      locals.push_back(local ? Attribute(local) : b.getUnitAttr());
    }
  for (auto [i, operand] : llvm::enumerate(call.getArgs()))
    if (!operands.test(i))
      arguments.push_back(operand);
  CallOp narrowed = callDerivative(b, call.getLoc(), calleeOf(call), arguments,
                                   {}, locals);
  narrowed.setEffects(call.getEffects());
  for (auto [old, result] : llvm::zip_equal(kept, narrowed->getResults()))
    old.replaceAllUsesWith(result);
  call.erase();
}

bool HelperTrimmer::dropResults(func::FuncOp helper, ArrayRef<CallOp> calls) {
  llvm::BitVector dead(helper.getNumResults(), true);
  for (CallOp call : calls)
    for (OpResult result : call->getResults())
      if (!result.use_empty())
        dead.reset(result.getResultNumber());
  if (dead.none())
    return false;
  helper.front().getTerminator()->eraseOperands(dead);
  if (failed(helper.eraseResults(dead)))
    return false;
  for (CallOp call : calls)
    narrow(call, dead, llvm::BitVector(call.getNumOperands()));
  simplifyRegions(helper);
  return true;
}

/// Whether all that comes of the value is passed to helpers, as `receivers`.
bool HelperTrimmer::passesOn(Value value,
                             SmallVectorImpl<Value> &receivers) const {
  return llvm::all_of(value.getUses(), [&](OpOperand &use) {
    Operation *user = use.getOwner();
    if (auto call = dyn_cast<CallOp>(user)) {
      func::FuncOp callee = helperOf(call);
      if (!callee || callee.isExternal())
        return false;
      receivers.push_back(callee.getArgument(use.getOperandNumber()));
      return true;
    }
    return isPure(user) && !user->getNumRegions() &&
           !user->hasTrait<OpTrait::IsTerminator>() &&
           llvm::all_of(user->getResults(), [&](Value result) {
             return passesOn(result, receivers);
           });
  });
}

/// The least fix point of what is read.
void HelperTrimmer::findPassedOn() {
  read.clear();
  llvm::DenseMap<Value, SmallVector<Value, 1>> sendersOf;
  SmallVector<Value> open;
  auto markRead = [&](Value argument) {
    if (read.insert(argument).second)
      open.push_back(argument);
  };
  for (auto &[op, calls] : callsOf) {
    auto helper = cast<func::FuncOp>(op);
    // Whether a pointer is null is asked by its name.
    helper.walk([&](TestOp test) {
      for (BlockArgument argument : helper.getArguments())
        if (Attribute parameter = test.getParameterAttr())
          if (helper.getArgAttr(argument.getArgNumber(), "ad.local") == parameter)
            markRead(argument);
    });
    for (BlockArgument argument : helper.getArguments()) {
      SmallVector<Value> receivers;
      if (!passesOn(argument, receivers))
        markRead(argument);
      for (Value receiver : receivers)
        sendersOf[receiver].push_back(argument);
    }
  }
  while (!open.empty())
    for (Value sender : sendersOf.lookup(open.pop_back_val()))
      markRead(sender);
  isReadStale = false;
}

bool HelperTrimmer::dropArguments(func::FuncOp helper, ArrayRef<CallOp> calls) {
  if (helper->hasAttr("ad.reverse") && !narrowsForward)
    return false;
  if (isReadStale)
    findPassedOn();
  llvm::BitVector dead(helper.getNumArguments());
  for (BlockArgument argument : helper.getArguments())
    if (!read.contains(argument)) {
      dead.set(argument.getArgNumber());
      // What it is passed on to goes as well, with the next helper.
      if (!argument.use_empty()) {
        OpBuilder b(&helper.front(), helper.front().begin());
        argument.replaceAllUsesWith(
            UndefOp::create(b, helper.getLoc(), argument.getType()));
      }
    }
  if (dead.none() || failed(helper.eraseArguments(dead)))
    return false;
  llvm::SetVector<Operation *> callers;
  for (CallOp call : calls) {
    callers.insert(call->getParentOfType<func::FuncOp>());
    narrow(call, llvm::BitVector(call.getNumResults()), dead);
  }
  for (Operation *caller : callers)
    simplifyRegions(cast<func::FuncOp>(caller));
  return true;
}

bool HelperTrimmer::trim(func::FuncOp helper) {
  if (isStale)
    collectCalls();
  if (callsOf[helper].empty()) {
    helper.erase();
    isStale = true;
    return true;
  }
  if (keepSignatures)
    return false;
  isStale = dropResults(helper, callsOf[helper]) ||
            dropArguments(helper, callsOf[helper]);
  return isStale;
}

void HelperTrimmer::run() {
  if (!keepSignatures)
    callPrimals();
  for (bool isLast : {false, true}) {
    narrowsForward = isLast;
    bool changed = true;
    while (changed) {
      changed = !keepSignatures && trimFrames(module);
      isStale = true;
      for (auto helper : llvm::to_vector(module.getOps<func::FuncOp>()))
        if (helper->hasAttr("ad.helper"))
          changed |= trim(helper);
    }
  }
  sinkFrames(module);
}

namespace {
struct TrimHelpers : adgen::impl::TrimHelpersBase<TrimHelpers> {
  using TrimHelpersBase::TrimHelpersBase;

  void runOnOperation() override {
    // What the passes before this one do not read any more, tapes above all.
    for (auto function : getOperation().getOps<func::FuncOp>())
      if (function->hasAttr("ad.derivative") && !function.isExternal())
        simplifyRegions(function);
    HelperTrimmer(getOperation(), keepSignatures).run();
  }
};
} // namespace
