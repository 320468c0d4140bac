//===- InlineCalls.cpp - Callees that work on memory are put in place -----===//
//
// What a call does to memory becomes part of the caller:
//
//   ad.call @scale(%x, %n)   →   ad.for i < %n { x[i] = 2 * x[i] }
//
// Where callee and caller are one, a loop of the callee can run together with its
// reversal, and only what the caller overwrites is kept; a callee that is reversed
// by itself would have to hand its tape over. Calls that pass values alone stay.
//
// 1. Callees first, so that what is put in place has no such calls any more.
// 2. The body is copied with variables and statements of its own. An object that it
//    returns is one of the caller.
// 3. Local objects that nobody is handed any more are split (SplitObjects); the
//    contents of others, where they are known now, are not loaded again.
//
// Requires value form. Refuses recursion through memory, and a callee without body.
//
//===----------------------------------------------------------------------===//
#include "CalleeDerivatives.h"
#include "KeepLoads.h"
#include "SimplifyRegions.h"
#include "SplitObjects.h"

#include "adgen/Support/Diagnostics.h"
#include "adgen/Transforms/Passes.h"

#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/IRMapping.h"

namespace adgen {
#define GEN_PASS_DEF_INLINECALLS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {

/// Whether a call takes places, or returns one.
bool passesMemory(CallOp call) {
  auto isPlace = [](Type type) { return isa<PlaceType>(type); };
  return llvm::any_of(call->getOperandTypes(), isPlace) ||
         llvm::any_of(call->getResultTypes(), isPlace);
}

/// Gives the variables and statements of copied code numbers of their own.
class Renumbering {
public:
  explicit Renumbering(func::FuncOp function) {
    AttrTypeWalker walker;
    walker.addWalk([&](LocalAttr local) {
      if (local.getId() < firstGenerated)
        locals = std::max(locals, local.getId() + 1);
    });
    walker.addWalk([&](StmtAttr stmt) {
      statements = std::max(statements, stmt.getId() + 1);
    });
    function.walk([&](Operation *op) {
      walker.walk(op->getAttrDictionary());
      walker.walk(LocationAttr(op->getLoc()));
    });
  }

  /// Renumbers `ops`; every call has numbers that no earlier one had.
  void apply(ArrayRef<Operation *> ops);
  LocalAttr renamed(LocalAttr local);

private:
  /// Companions of variables (`x_bar`) have numbers from here on.
  static constexpr unsigned firstGenerated = 1u << 20;
  unsigned locals = 0, statements = 0;
  llvm::DenseMap<unsigned, unsigned> localOf, statementOf;
};

class CallInliner {
public:
  LogicalResult run(ModuleOp module);

private:
  LogicalResult prepare(func::FuncOp function);
  LogicalResult inlineCall(CallOp call, Renumbering &numbers);

  llvm::DenseSet<Operation *> done, active;
};

} // namespace

LocalAttr Renumbering::renamed(LocalAttr local) {
  if (local.getId() >= firstGenerated)
    return local;
  auto [it, isNew] = localOf.insert({local.getId(), locals});
  locals += isNew;
  return LocalAttr::get(local.getContext(), it->second, local.getName(),
                        local.getType(), local.getGenerated());
}

void Renumbering::apply(ArrayRef<Operation *> ops) {
  AttrTypeReplacer replacer;
  replacer.addReplacement(
      [&](LocalAttr local) -> Attribute { return renamed(local); });
  replacer.addReplacement([&](StmtAttr stmt) -> Attribute {
    auto [it, isNew] = statementOf.insert({stmt.getId(), statements});
    statements += isNew;
    return StmtAttr::get(stmt.getContext(), it->second, stmt.getQuote(),
                         stmt.getDerivative());
  });
  for (Operation *op : ops)
    replacer.recursivelyReplaceElementsIn(op, /*replaceAttrs=*/true,
                                          /*replaceLocs=*/true);
  localOf.clear();
  statementOf.clear();
}

/// The argument under the parameter's name, where it is an expression.
static Value named(OpBuilder &b, CallOp call, func::FuncOp callee, unsigned i,
                   Renumbering &numbers) {
  Value value = call.getArgs()[i];
  auto local = callee.getArgAttrOfType<LocalAttr>(i, "ad.local");
  Operation *op = value.getDefiningOp();
  if (!local || !op || isa<PlaceType>(value.getType()) ||
      isa<LetOp, ConstantOp>(op) || !isPure(op) ||
      callee.getArgument(i).hasOneUse())
    return value;
  return LetOp::create(b, call.getLoc(), value, numbers.renamed(local));
}

LogicalResult CallInliner::inlineCall(CallOp call, Renumbering &numbers) {
  func::FuncOp callee = calleeOf(call);
  if (!callee || callee.isExternal())
    return emitError(call.getLoc()) << formatMessage(Diag::MemoryCall, {});
  if (active.contains(callee))
    return emitError(call.getLoc()) << formatMessage(Diag::RecursiveMemory, {});
  if (failed(prepare(callee)))
    return failure();
  OpBuilder b(call);
  IRMapping mapping;
  for (BlockArgument argument : callee.getArguments())
    mapping.map(argument, named(b, call, callee, argument.getArgNumber(), numbers));
  SmallVector<Operation *> copies;
  for (Operation &op : callee.front().without_terminator())
    copies.push_back(b.clone(op, mapping));
  numbers.apply(copies);
  for (auto [result, value] :
       llvm::zip(call.getResults(),
                 callee.front().getTerminator()->getOperands())) {
    Value own = mapping.lookupOrDefault(value);
    // An object that is returned has the name that the caller gives it.
    if (auto object = own.getDefiningOp<VarOp>())
      if (LocalAttr local = getLocal(call.getLocalsAttr(), result.getResultNumber()))
        object.setLocalAttr(local);
    result.replaceAllUsesWith(own);
  }
  call.erase();
  return success();
}

LogicalResult CallInliner::prepare(func::FuncOp function) {
  if (function.isExternal() || !done.insert(function).second)
    return success();
  SmallVector<CallOp> calls;
  function.walk([&](CallOp call) {
    if (passesMemory(call))
      calls.push_back(call);
  });
  if (calls.empty())
    return success();
  active.insert(function);
  Renumbering numbers(function);
  for (CallOp call : calls)
    if (failed(inlineCall(call, numbers)))
      return failure();
  active.erase(function);
  if (splitObjects(function))
    promoteAgain(function);
  forwardContents(function);
  simplifyRegions(function);
  return success();
}

LogicalResult CallInliner::run(ModuleOp module) {
  // What nobody asked for may stay as it is if nobody calls it.
  for (auto function : module.getOps<func::FuncOp>())
    if (function->hasAttr("ad.requests") && failed(prepare(function)))
      return failure();
  // A callee that passes values alone may call others that do not.
  for (auto function : module.getOps<func::FuncOp>()) {
    bool takesValues = llvm::none_of(function.getArgumentTypes(),
                                     [](Type type) { return isa<PlaceType>(type); });
    if (takesValues && failed(prepare(function)))
      return failure();
  }
  return success();
}

namespace {
struct InlineCalls : adgen::impl::InlineCallsBase<InlineCalls> {
  void runOnOperation() override {
    if (failed(CallInliner().run(getOperation())))
      signalPassFailure();
  }
};
} // namespace
