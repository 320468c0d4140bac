//===- KeepCallees.cpp - Which callees that work on memory stay functions -===//
//
// A function that is called in several places, and is more than a few operations, is
// not put in place of each call (InlineCalls): its derivative is a function of its own,
// as a person would write it.
//
//   accelerations(x, m, a) in four stages of a step
//   →   accelerations(…) four times, accelerations_reverse(…) four times
//
// 1. From callers to callees: how often each function would be put in place in what was
//    asked for, and which parameters are objects of their own wherever it is called.
// 2. A function stays if it has a loop, and its copies would be `maxRepeated` operations more
//    than one body. What it writes has to be apart from the rest that it is passed (where
//    two may be one, the body is better put in place: there it is known whether they
//    are), and nothing in its body may be what its sweeps would have to hand over: objects
//    of its own, pointers in memory, growing containers.
// 3. The calls that stay are of a copy of the function, in which what it writes shares no
//    memory with the rest (`ad.restrict`); the function itself is put in place elsewhere.
//
// Requires value form, before calls are put in place.
//
//===----------------------------------------------------------------------===//
#include "Callees.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Transforms/Passes.h"

#include "llvm/ADT/MapVector.h"

namespace adgen {
#define GEN_PASS_DEF_KEEPCALLEES
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

/// More operations than this are not written down again.
static constexpr unsigned maxRepeated = 24;

namespace {
/// A function that works on memory, what it calls of that kind, and by whom it is called.
struct Node {
  SmallVector<CallOp> calls, sites;
  /// What it calls that passes values alone, which stays in any case.
  SmallVector<func::FuncOp> ofValues;
  /// How many operations it has with all that would be put in place.
  unsigned weight = 0;
  /// Whether it may be a function of its own, by what is in it, and whether that has a
  /// loop: other functions do too little to leave a frame for.
  bool isSelfContained = true, hasLoop = false;
  /// By what remains anyway, how often it would be in there.
  llvm::DenseMap<Operation *, unsigned> copiesIn;
};

class CalleeChooser {
public:
  CalleeChooser(ModuleOp module, bool anySize) : module(module), anySize(anySize) {}
  void run();

private:
  void visit(func::FuncOp function);
  void describe(func::FuncOp function, Node &node);
  unsigned countCopies(func::FuncOp function) const;
  void passCounts(func::FuncOp function);
  void separateParameters(func::FuncOp function, ArrayRef<CallOp> sites);
  bool isTakenApart(Value operand) const;
  bool areApart(CallOp call) const;
  void keep(func::FuncOp function);

  ModuleOp module;
  bool anySize;
  llvm::MapVector<Operation *, Node> nodes;
  /// Callees before their callers.
  SmallVector<func::FuncOp> order;
  llvm::DenseSet<Operation *> open, recursive, kept;
  llvm::DenseSet<Value> takenApart;
};
} // namespace

static bool isPlace(Value value) { return isa<PlaceType>(value.getType()); }

static bool isAskedFor(func::FuncOp function) {
  return function->hasAttr("ad.requests");
}

//===----------------------------------------------------------------------===//
// What functions do
//===----------------------------------------------------------------------===//

/// Whether the operation is more than a name, a number or a way to a place.
static bool isWork(Operation *op) {
  return !isa<ConstantOp, LetOp, YieldOp, NextOp, ReturnOp, ElementOp, MemberOp,
              AccessOp, OffsetOp, func::FuncOp>(op);
}

/// Whether sweeps that are two functions can do without handing over what `op` makes.
static bool isSelfContained(Operation *op) {
  if (isa<VarOp, ResizeOp, PushOp, PopOp, TestOp, StatementOp, GlobalOp>(op))
    return false;
  if (llvm::any_of(op->getResultTypes(), llvm::IsaPred<PlaceType>) &&
      !isa<ElementOp, MemberOp, AccessOp, OffsetOp, LetOp>(op))
    return false;
  if (auto store = dyn_cast<StoreOp>(op))
    return !isPlace(store.getValue());
  if (auto call = dyn_cast<CallOp>(op))
    return !call.getEffects();
  return true;
}

/// Whether the function can be called from the output, and is passed memory by reference
/// or pointer, all of which may carry derivatives.
static bool hasPlainSignature(func::FuncOp function) {
  if (!function->hasAttr("ad.spelling") && !function->hasAttr("ad.call_format"))
    return false;
  if (llvm::any_of(function.getResultTypes(), llvm::IsaPred<PlaceType>))
    return false;
  for (auto [i, type] : llvm::enumerate(function.getArgumentTypes()))
    if (function.getArgAttr(i, "ad.inactive") || function.getArgAttr(i, "ad.view") ||
        (isa<PlaceType>(type) && !isPassedByPlace(function, i)))
      return false;
  return true;
}

void CalleeChooser::describe(func::FuncOp function, Node &node) {
  node.isSelfContained = hasPlainSignature(function);
  function.walk([&](Operation *op) {
    if (op == function)
      return;
    auto call = dyn_cast<CallOp>(op);
    func::FuncOp callee = call ? calleeOf(call) : func::FuncOp();
    bool hasBody = callee && !callee.isExternal();
    node.isSelfContained &= isSelfContained(op);
    node.hasLoop |= isa<ForOp, WhileOp>(op);
    if (call && passesMemory(call)) {
      node.isSelfContained &= hasBody;
      if (hasBody)
        node.calls.push_back(call);
      return;
    }
    node.weight += isWork(op);
    if (hasBody)
      node.ofValues.push_back(callee);
  });
}

void CalleeChooser::visit(func::FuncOp function) {
  if (open.contains(function))
    recursive.insert(function);
  if (nodes.contains(function))
    return;
  open.insert(function);
  Node node;
  describe(function, node);
  nodes.insert({function, node});
  for (func::FuncOp callee : node.ofValues)
    visit(callee);
  for (CallOp call : node.calls) {
    func::FuncOp callee = calleeOf(call);
    visit(callee);
    Node &inner = nodes[callee];
    inner.sites.push_back(call);
    node.weight += inner.weight;
    node.isSelfContained &= inner.isSelfContained && !recursive.contains(callee);
    node.hasLoop |= inner.hasLoop;
  }
  // Callees that call this one were visited before, and are among its sites.
  node.sites = nodes[function].sites;
  nodes[function] = node;
  open.erase(function);
  order.push_back(function);
}

/// How often the function would be in the largest of what remains anyway, if what is not
/// kept was put in place. Its callers have passed their counts on.
unsigned CalleeChooser::countCopies(func::FuncOp function) const {
  unsigned most = 0;
  for (auto [root, count] : nodes.find(function)->second.copiesIn)
    if (root != function)
      most = std::max(most, count);
  return most;
}

/// Adds to the counts of callees: each call in the function is there once if it is kept,
/// and as often as its body otherwise.
void CalleeChooser::passCounts(func::FuncOp function) {
  if (isAskedFor(function) || !takesMemory(function))
    nodes[function].copiesIn[function] = 1;
  for (CallOp call : nodes[function].calls)
    for (auto [root, count] : llvm::to_vector(nodes[function].copiesIn)) {
      unsigned &sum = nodes[calleeOf(call)].copiesIn[root];
      sum = std::min(sum + (kept.contains(function) ? 1 : count), 1u << 20);
    }
}

//===----------------------------------------------------------------------===//
// What calls pass
//===----------------------------------------------------------------------===//

/// Whether the operand is in an object that is taken apart where calls are put in place
/// (SplitObjects): one of a class of the caller's, or of those that call it.
bool CalleeChooser::isTakenApart(Value operand) const {
  return llvm::any_of(rootsOf(operand), [&](Value root) {
    if (auto argument = dyn_cast_if_present<BlockArgument>(root))
      return takenApart.contains(argument);
    auto variable = root ? root.getDefiningOp<VarOp>() : VarOp();
    if (!variable)
      return false;
    auto shape = variable->getAttrOfType<DictionaryAttr>("ad.shape");
    bool isContainer = shape && shape.contains("element");
    return isa<ObjectType>(variable.getType().getElement()) && !isContainer;
  });
}

/// Whether operand `i` shares no memory with another one; only with one that the callee
/// writes, or is written itself, if `isWriter`.
static bool isApart(CallOp call, unsigned i, bool isWriter) {
  bool isWritten = mayBeWritten(calleeOf(call), i);
  // Nor what a pointer in one of them may lead to.
  SmallVector<Value> reached = placesBehindPointers(call);
  if (!reached.empty() && llvm::any_of(rootsOf(call.getArgs()[i]), [&](Value root) {
        return !root || llvm::is_contained(reached, root);
      }))
    return false;
  for (auto [k, other] : llvm::enumerate(call.getArgs())) {
    bool matters = !isWriter || isWritten || mayBeWritten(calleeOf(call), k);
    if (k != i && matters && isPlace(other) &&
        (mayReach(other, call.getArgs()[i]) || mayReach(call.getArgs()[i], other)))
      return false;
  }
  return true;
}

/// Whether nothing that the call is passed is taken apart, nor shares memory with what it
/// writes.
bool CalleeChooser::areApart(CallOp call) const {
  for (unsigned i = 0; i != call.getArgs().size(); ++i)
    if (isPlace(call.getArgs()[i]) &&
        (isTakenApart(call.getArgs()[i]) || !isApart(call, i, /*isWriter=*/true)))
      return false;
  return true;
}

/// Notes which parameters are in objects that are taken apart, and says which share no
/// memory with another one at any of the calls.
void CalleeChooser::separateParameters(func::FuncOp function, ArrayRef<CallOp> sites) {
  for (CallOp call : sites)
    for (auto [argument, operand] :
         llvm::zip_equal(function.getArguments(), call.getArgs()))
      if (isPlace(operand) && isTakenApart(operand))
        takenApart.insert(argument);
  if (isAskedFor(function))
    return;
  for (unsigned i = 0; i < function.getNumArguments(); ++i)
    if (isPlace(function.getArgument(i)) && llvm::all_of(sites, [&](CallOp call) {
          return isApart(call, i, /*isWriter=*/false);
        }))
      function.setArgAttr(i, "ad.restrict", UnitAttr::get(function.getContext()));
}

//===----------------------------------------------------------------------===//
// Choices
//===----------------------------------------------------------------------===//

/// Lets the calls that may stay be calls of a copy, or of the function if it is needed for
/// nothing else.
void CalleeChooser::keep(func::FuncOp function) {
  SmallVector<CallOp> stay;
  for (CallOp call : nodes[function].sites)
    if (areApart(call))
      stay.push_back(call);
  if (stay.empty())
    return;
  OpBuilder b(function);
  func::FuncOp copy = function;
  if (isAskedFor(function) || stay.size() < nodes[function].sites.size()) {
    copy = copyForCalls(function);
    copy.walk([&](CallOp call) {
      if (passesMemory(call))
        nodes[calleeOf(call)].sites.push_back(call);
    });
  }
  copy->setAttr(staysMark, b.getUnitAttr());
  for (auto [i, type] : llvm::enumerate(copy.getArgumentTypes()))
    if (isa<PlaceType>(type) && mayBeWritten(copy, i))
      copy.setArgAttr(i, "ad.restrict", b.getUnitAttr());
  for (CallOp call : stay)
    call.setCalleeAttr(FlatSymbolRefAttr::get(copy));
  kept.insert(function);
}

void CalleeChooser::run() {
  for (auto function : module.getOps<func::FuncOp>())
    if (isAskedFor(function) && !function.isExternal())
      visit(function);
  for (func::FuncOp function : llvm::reverse(order)) {
    Node &node = nodes[function];
    if (!node.sites.empty()) {
      separateParameters(function, node.sites);
      bool mayStay = node.isSelfContained && !recursive.contains(function);
      unsigned copies = mayStay ? countCopies(function) : 0;
      bool isLarge = node.hasLoop && (copies - 1) * node.weight > maxRepeated;
      if (copies > 1 && (isLarge || anySize))
        keep(function);
    }
    passCounts(function);
  }
}

namespace {
struct KeepCallees : adgen::impl::KeepCalleesBase<KeepCallees> {
  using KeepCalleesBase::KeepCalleesBase;
  void runOnOperation() override { CalleeChooser(getOperation(), anySize).run(); }
};
} // namespace
