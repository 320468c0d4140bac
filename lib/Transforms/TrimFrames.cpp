//===- TrimFrames.cpp - What frames hold ----------------------------------===//
//
// 1. Members that the reverse sweep does not read go, with what computed them.
// 2. A frame that holds nothing but frames which hold nothing goes: the forward
// sweep
//    is the primal then, and is called by its name.
//
//     tape = fft_forward(x, n)               fft(x, n)
//     fft_reverse(n, tape, x_bar)        →   fft_reverse(n, x_bar)
//
// The second is the greatest fix point over all functions, as a recursive one's
// frame holds its own.
//
//===----------------------------------------------------------------------===//
#include "TrimFrames.h"

#include "Branches.h"
#include "CalleeDerivatives.h"
#include "SimplifyRegions.h"

#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"

using namespace mlir;
using namespace adgen;

namespace {
/// The two functions of a frame.
struct Sweeps {
  func::FuncOp forward, reverse;
  PackOp pack;
  /// Null where nothing is read of the frame.
  UnpackOp unpack;
};

class FrameTrimmer {
public:
  explicit FrameTrimmer(ModuleOp module);
  bool run();

private:
  bool dropMembers(Sweeps &sweeps);
  func::FuncOp primalOf(const Sweeps &sweeps);
  bool holdsSomething(Sweeps &sweeps);
  void dropFrame(Sweeps &sweeps);

  ModuleOp module;
  llvm::MapVector<StringRef, Sweeps> frames;
  /// By the symbols of the forward sweeps.
  llvm::DenseSet<StringRef> full;
};
} // namespace

FrameTrimmer::FrameTrimmer(ModuleOp module) : module(module) {
  for (auto forward : module.getOps<func::FuncOp>()) {
    auto symbol = forward->getAttrOfType<FlatSymbolRefAttr>("ad.reverse");
    auto reverse =
        symbol ? module.lookupSymbol<func::FuncOp>(symbol) : func::FuncOp();
    if (!reverse)
      continue;
    Sweeps sweeps = {forward, reverse, {}, {}};
    forward.walk([&](PackOp pack) { sweeps.pack = pack; });
    reverse.walk([&](UnpackOp unpack) { sweeps.unpack = unpack; });
    if (sweeps.pack)
      frames[forward.getSymName()] = sweeps;
  }
}

bool FrameTrimmer::dropMembers(Sweeps &sweeps) {
  llvm::BitVector dead(sweeps.pack.getValues().size(), !sweeps.unpack);
  if (sweeps.unpack)
    for (OpResult value : sweeps.unpack->getResults())
      if (value.use_empty())
        dead.set(value.getResultNumber());
  if (dead.none())
    return false;
  SmallVector<Attribute> members;
  for (auto [i, member] : llvm::enumerate(sweeps.pack.getMembers()))
    if (!dead.test(i))
      members.push_back(member);
  OpBuilder b(sweeps.pack);
  sweeps.pack->eraseOperands(dead);
  sweeps.pack.setMembersAttr(b.getArrayAttr(members));
  if (sweeps.unpack) {
    b.setInsertionPoint(sweeps.unpack);
    SmallVector<Value> values;
    for (OpResult value : sweeps.unpack->getResults())
      if (!dead.test(value.getResultNumber()))
        values.push_back(value);
    if (!values.empty()) {
      auto unpack = UnpackOp::create(b, sweeps.unpack.getLoc(),
                                     ValueRange(values).getTypes(),
                                     sweeps.unpack.getFrame());
      unpack->setAttr("locals", b.getArrayAttr(members));
      for (auto [old, value] : llvm::zip_equal(values, unpack.getValues()))
        old.replaceAllUsesWith(value);
    }
    sweeps.unpack.erase();
  }
  simplifyRegions(sweeps.forward);
  return true;
}

/// The frame type in a type; null if there is none.
static FrameType frameIn(Type type) {
  if (auto tape = dyn_cast<TapeType>(type))
    type = tape.getElement();
  return dyn_cast<FrameType>(type);
}

func::FuncOp FrameTrimmer::primalOf(const Sweeps &sweeps) {
  func::FuncOp forward = sweeps.forward;
  return module.lookupSymbol<func::FuncOp>(
      forward->getAttrOfType<FlatSymbolRefAttr>("ad.primal"));
}

/// A forward sweep that has lost parameters cannot be the primal any more.
bool FrameTrimmer::holdsSomething(Sweeps &sweeps) {
  if (sweeps.forward.getNumArguments() != primalOf(sweeps).getNumArguments())
    return true;
  return llvm::any_of(sweeps.pack.getValues(), [&](Value value) {
    FrameType frame = frameIn(value.getType());
    return !frame || full.contains(frame.getFunction());
  });
}

/// Replaces calls of the forward sweep by calls of the primal, and takes the
/// frame from the reverse sweep.
void FrameTrimmer::dropFrame(Sweeps &sweeps) {
  func::FuncOp primal = primalOf(sweeps);
  SmallVector<CallOp> forwards, reverses;
  module.walk([&](CallOp call) {
    if (calleeOf(call) == sweeps.forward)
      forwards.push_back(call);
    else if (calleeOf(call) == sweeps.reverse)
      reverses.push_back(call);
  });
  llvm::BitVector arguments(sweeps.reverse.getNumArguments());
  for (BlockArgument argument : sweeps.reverse.getArguments())
    if (isa<FrameType>(argument.getType()))
      arguments.set(argument.getArgNumber());
  for (CallOp call : reverses)
    call->eraseOperands(arguments);
  for (CallOp call : forwards) {
    CallOp plain = callPrimal(call, primal);
    call->getResults().take_front(plain.getNumResults()).replaceAllUsesWith(
        plain.getResults());
    OpBuilder b(call);
    // The frame, if it is still there.
    for (Value frame : call->getResults().drop_front(plain.getNumResults()))
      if (!frame.use_empty())
        frame.replaceAllUsesWith(UndefOp::create(b, call.getLoc(), frame.getType()));
    call.erase();
  }
  if (sweeps.unpack)
    sweeps.unpack->dropAllUses(), sweeps.unpack.erase();
  (void)sweeps.reverse.eraseArguments(arguments);
  for (CallOp call : reverses)
    noteReadOnly(call, sweeps.reverse);
  sweeps.forward.erase();
}

bool FrameTrimmer::run() {
  bool changed = false;
  for (auto &[symbol, sweeps] : frames)
    changed |= dropMembers(sweeps);
  if (changed)
    return true;
  bool grows = true;
  while (grows) {
    grows = false;
    for (auto &[symbol, sweeps] : frames)
      if (!full.contains(symbol) && holdsSomething(sweeps))
        grows |= full.insert(symbol).second;
  }
  for (auto &[symbol, sweeps] : frames)
    if (!full.contains(symbol)) {
      dropFrame(sweeps);
      changed = true;
    }
  if (changed)
    for (auto function : module.getOps<func::FuncOp>())
      if (function->hasAttr("ad.derivative") && !function.isExternal())
        simplifyRegions(function);
  return changed;
}

//===----------------------------------------------------------------------===//
// Branches
//===----------------------------------------------------------------------===//

/// A tape that only records of other branches fill is empty in this one.
static Value tapeIn(Region &region, TapeOp tape, OpBuilder &b) {
  Operation *branch = region.getParentOp();
  for (Operation *user : tape->getUsers())
    if (isa<RecordOp>(user) && (!branch->isProperAncestor(user) ||
                                region.isAncestor(user->getParentRegion())))
      return tape;
  return TapeOp::create(b, tape.getLoc(), tape.getTape().getType(), Value(),
                        tape.getLocal(), /*clamp=*/false);
}

/// Lets a tape begin in the one branch that uses it.
static void sinkTape(TapeOp tape, Operation *branch) {
  for (Region &region : branch->getRegions()) {
    Operation *first = nullptr;
    for (Operation *user : tape->getUsers()) {
      Operation *ancestor = region.front().findAncestorOpInBlock(*user);
      if (!ancestor) {
        first = nullptr;
        break;
      }
      if (!first || ancestor->isBeforeInBlock(first))
        first = ancestor;
    }
    if (first)
      return tape->moveBefore(first);
  }
}

/// if (c) { t = a } else { t = b }; return pack(t)  →  each branch packs its
/// own.
static void sink(PackOp pack) {
  auto branch = dyn_cast_or_null<IfOp>(pack->getPrevNode());
  bool isFilled = branch && llvm::any_of(pack.getValues(), [&](Value value) {
                    return value.getDefiningOp() == branch;
                  });
  if (!isFilled || branch.getExpression())
    return;
  SmallVector<PackOp> inner;
  Operation *extended =
      appendResults(branch, pack.getFrame().getType(), LocalAttr(),
                    [&](Region &region, unsigned) -> Value {
                      OpBuilder b(region.front().getTerminator());
                      SmallVector<Value> values;
                      for (Value value : pack.getValues()) {
                        auto result = dyn_cast<OpResult>(value);
                        if (value.getDefiningOp() == branch)
                          value = region.front().getTerminator()->getOperand(
                              result.getResultNumber());
                        else if (auto tape = value.getDefiningOp<TapeOp>())
                          value = tapeIn(region, tape, b);
                        values.push_back(value);
                      }
                      inner.push_back(PackOp::create(
                          b, pack.getLoc(), pack.getFrame().getType(), values,
                          pack.getMembers()));
                      return inner.back();
                    });
  SmallVector<Value> values(pack.getValues());
  pack.replaceAllUsesWith(extended->getResults().back());
  pack.erase();
  for (Value value : values)
    if (auto tape = value.getDefiningOp<TapeOp>())
      sinkTape(tape, extended);
  for (PackOp own : inner)
    sink(own);
}

void adgen::sinkFrames(ModuleOp module) {
  SmallVector<PackOp> packs;
  module.walk([&](PackOp pack) { packs.push_back(pack); });
  for (PackOp pack : packs) {
    auto function = pack->getParentOfType<func::FuncOp>();
    sink(pack);
    simplifyRegions(function);
  }
}

bool adgen::trimFrames(ModuleOp module) { return FrameTrimmer(module).run(); }
