//===- InlineCalls.cpp - Callees that work on memory are put in place -----===//
//
// What a call does to memory becomes part of the caller:
//
//   ad.call @scale(%x, %n)   →   ad.for i < %n { x[i] = 2 * x[i] }
//
// Where callee and caller are one, a loop of the callee can run together with its
// reversal, and only what the caller overwrites is kept; a callee that is reversed
// by itself has to hand its tape over. Calls that pass values alone stay, and those
// of functions that may call themselves, whose derivatives do as well (SplitCalls).
//
// 1. Of a recursive function that was asked for, one copy is what everybody calls:
//    what remains of it is a call.
// 2. Callees first, so that what is put in place has no such calls any more.
// 3. The body is copied with variables and statements of its own. An object that it
//    returns is one of the caller.
// 4. Local objects that nobody is handed any more are split (SplitObjects); the
//    contents of others, where they are known now, are not loaded again.
//
// Requires value form. Refuses a callee without body, and a recursive one that takes
// an object by value or writes through a pointer that it finds in memory.
//
//===----------------------------------------------------------------------===//
#include "CalleeDerivatives.h"
#include "KeepLoads.h"
#include "SimplifyRegions.h"
#include "SplitObjects.h"

#include "adgen/Analysis/Memory.h"
#include "adgen/Dialect/CallLocations.h"
#include "adgen/Support/Diagnostics.h"
#include "adgen/Transforms/Passes.h"

#include "mlir/IR/AttrTypeSubElements.h"
#include "mlir/IR/IRMapping.h"
#include "llvm/ADT/SetVector.h"

namespace adgen {
#define GEN_PASS_DEF_INLINECALLS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {

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
  LogicalResult inlineCalls(ModuleOp module);
  void findRecursive(ModuleOp module);
  void separate(func::FuncOp function);
  LogicalResult checkRecursive(func::FuncOp function);
  LogicalResult prepare(func::FuncOp function);
  LogicalResult inlineCall(CallOp call, Renumbering &numbers);

  llvm::DenseSet<Operation *> done;
  /// The functions that work on memory and may call themselves.
  llvm::SetVector<Operation *> recursive;
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

//===----------------------------------------------------------------------===//
// Recursive functions
//===----------------------------------------------------------------------===//

/// Whether the function takes places, or returns one.
static bool takesMemory(func::FuncOp function) {
  auto isPlace = [](Type type) { return isa<PlaceType>(type); };
  return llvm::any_of(function.getArgumentTypes(), isPlace) ||
         llvm::any_of(function.getResultTypes(), isPlace);
}

/// Whether `function` may come to call itself.
static bool isRecursive(func::FuncOp function) {
  llvm::DenseSet<Operation *> seen;
  SmallVector<func::FuncOp> work = {function};
  while (!work.empty()) {
    bool found = false;
    work.pop_back_val().walk([&](CallOp call) {
      func::FuncOp callee = calleeOf(call);
      found |= callee == function;
      if (callee && seen.insert(callee).second)
        work.push_back(callee);
    });
    if (found)
      return true;
  }
  return false;
}

void CallInliner::findRecursive(ModuleOp module) {
  for (auto function : module.getOps<func::FuncOp>())
    if (takesMemory(function) && isRecursive(function))
      recursive.insert(function);
}

/// `f(x, n)`, as the statement of a call of the function with its own parameters.
static Location callLocation(func::FuncOp function) {
  MLIRContext *context = function.getContext();
  auto base = function->getAttrOfType<StringAttr>("ad.base");
  std::string quote = (base ? base.getValue().str() : "") + "(";
  for (unsigned i = 0; i != function.getNumArguments(); ++i)
    if (auto local = function.getArgAttrOfType<LocalAttr>(i, "ad.local"))
      quote += (i ? ", " : "") + local.getName().str();
  auto stmt = StmtAttr::get(context, 0, StringAttr::get(context, quote + ")"),
                            /*derivative=*/false);
  return FusedLoc::get(context, {function.getLoc()}, stmt);
}

/// Leaves of a function that was asked for a call of its copy.
void CallInliner::separate(func::FuncOp function) {
  OpBuilder b(function);
  b.setInsertionPointAfter(function);
  auto copy = cast<func::FuncOp>(b.clone(*function));
  copy.setName((function.getSymName() + "'").str());
  copy->removeAttr("ad.requests");
  recursive.remove(function);
  recursive.insert(copy);
  function->getParentOfType<ModuleOp>().walk([&](CallOp call) {
    if (calleeOf(call) == function)
      call.setCalleeAttr(FlatSymbolRefAttr::get(copy));
  });
  Block *body = &function.front();
  body->dropAllReferences();
  body->clear();
  b.setInsertionPointToEnd(body);
  Location loc = callLocation(function);
  CallOp call = callDerivative(b, loc, copy, body->getArguments());
  ReturnOp::create(b, loc, call.getResults());
}

/// Whether the object that the place is in comes from an argument, is a variable or
/// has a name.
static bool isKnown(Value place) {
  return !llvm::is_contained(rootsOf(place), Value());
}

LogicalResult CallInliner::checkRecursive(func::FuncOp function) {
  for (Type type : function.getResultTypes())
    if (isa<PlaceType>(type))
      return emitError(function.getLoc())
             << formatMessage(Diag::RecursiveMemory,
                              {"it returns an object or a reference"});
  for (auto [i, type] : llvm::enumerate(function.getArgumentTypes()))
    if (isa<PlaceType>(type) && !isPassedByPlace(function, i))
      return emitError(function.getLoc())
             << formatMessage(
                    Diag::RecursiveMemory,
                    {"parameter '" +
                     function.getArgAttrOfType<LocalAttr>(i, "ad.local")
                         .getName()
                         .str() +
                     "' is an object by value"});
  if (llvm::any_of(function.getResultTypes(),
                   [](Type type) { return isa<PlaceType>(type); }))
    return emitError(function.getLoc())
           << formatMessage(Diag::RecursiveMemory, {"it returns an object"});
  WalkResult result = function.walk([&](Operation *op) {
    if (isa<func::FuncOp>(op) || llvm::all_of(writtenPlaces(op), isKnown))
      return WalkResult::advance();
    emitError(op->getLoc()) << formatMessage(
        Diag::RecursiveMemory,
        {"this writes through a pointer that comes from memory"});
    return WalkResult::interrupt();
  });
  return failure(result.wasInterrupted());
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

/// The function that is called, as the user knows it.
static std::string nameOf(CallOp call) {
  func::FuncOp callee = calleeOf(call);
  auto name = callee ? callee->getAttrOfType<StringAttr>("ad.name") : nullptr;
  return name ? name.getValue().str() : call.getCallee().str();
}

/// Says of `op`, which was in `callee`, that it is reached from `site`.
static void setCallers(Operation *op, StringAttr callee, Location site) {
  op->walk([&](Operation *part) {
    part->setLoc(reachedFrom(part->getLoc(), callee, site));
    for (Region &region : part->getRegions())
      for (BlockArgument argument : region.getArguments())
        argument.setLoc(reachedFrom(argument.getLoc(), callee, site));
  });
}

/// Whether the call of a function without a body stays: it has a derivative by hand, or
/// none and only reads.
static bool mayStay(CallOp call, func::FuncOp callee) {
  if (callee->hasAttr("ad.rule_grad") || callee->hasAttr("ad.rule_jvp"))
    return true;
  if (!callee->hasAttr("ad.inactive"))
    return false;
  for (auto [i, operand] : llvm::enumerate(call.getArgs()))
    if (isa<PlaceType>(operand.getType()) && callee.getArgAttr(i, "ad.out"))
      return false;
  return llvm::none_of(call.getResultTypes(),
                       [](Type type) { return isa<PlaceType>(type); });
}

LogicalResult CallInliner::inlineCall(CallOp call, Renumbering &numbers) {
  func::FuncOp callee = calleeOf(call);
  auto caller = call->getParentOfType<func::FuncOp>();
  if (!callee || (callee.isExternal() && !mayStay(call, callee)))
    return emitError(call.getLoc())
           << formatMessage(Diag::MemoryCall,
                            {nameOf(call), "writes arrays or objects"});
  if (callee.isExternal()) {
    noteReadOnly(call, callee);
    return success();
  }
  if (failed(prepare(callee)))
    return failure();
  if (recursive.contains(callee)) {
    noteReadOnly(call, callee);
    return success();
  }
  OpBuilder b(call);
  IRMapping mapping;
  for (BlockArgument argument : callee.getArguments())
    mapping.map(argument, named(b, call, callee, argument.getArgNumber(), numbers));
  SmallVector<Operation *> copies;
  for (Operation &op : callee.front().without_terminator())
    copies.push_back(b.clone(op, mapping));
  numbers.apply(copies);
  // Found by the calls that lead here.
  Location site = placeIn(functionNameOf(caller.getLoc()), call.getLoc());
  for (Operation *copy : copies)
    setCallers(copy, functionNameOf(callee.getLoc()), site);
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
  Renumbering numbers(function);
  for (CallOp call : calls)
    if (failed(inlineCall(call, numbers)))
      return failure();
  if (splitObjects(function))
    promoteAgain(function);
  forwardContents(function);
  simplifyRegions(function);
  return success();
}

LogicalResult CallInliner::run(ModuleOp module) {
  if (failed(inlineCalls(module)))
    return failure();
  // What stays a function is reached as it was first.
  for (auto function : module.getOps<func::FuncOp>())
    if (LocationAttr callers = callersOf(function.getLoc()))
      for (Operation &op : function.getOps())
        setCallers(&op, functionNameOf(function.getLoc()), Location(callers));
  return success();
}

LogicalResult CallInliner::inlineCalls(ModuleOp module) {
  findRecursive(module);
  for (Operation *function : llvm::to_vector(recursive))
    if (function->hasAttr("ad.requests"))
      separate(cast<func::FuncOp>(function));
  // What nobody asked for may stay as it is if nobody calls it.
  for (auto function : module.getOps<func::FuncOp>())
    if (function->hasAttr("ad.requests") && failed(prepare(function)))
      return failure();
  // A callee that passes values alone may call others that do not.
  for (auto function : module.getOps<func::FuncOp>()) {
    if (!takesMemory(function) && failed(prepare(function)))
      return failure();
  }
  for (Operation *function : recursive)
    if (done.contains(function) &&
        failed(checkRecursive(cast<func::FuncOp>(function))))
      return failure();
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
