//===- InlineCalls.cpp - Callees that work on memory are put in place -----===//
//
// What a call does to memory becomes part of the caller:
//
//   ad.call @scale(%x, %n)   →   ad.for i < %n { x[i] = 2 * x[i] }
//
// Where callee and caller are one, a loop of the callee can run together with its
// reversal, and only what the caller overwrites is kept; a callee that is reversed
// by itself has to hand its tape over. Calls that pass values alone stay, those of
// functions that may call themselves, whose derivatives do as well (SplitCalls), and
// those that `ad-keep-callees` chose.
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
#include "adgen/Dialect/MemberNames.h"
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
  void findStaying(ModuleOp module);
  void separate(func::FuncOp function);
  LogicalResult checkRecursive(func::FuncOp function);
  LogicalResult prepare(func::FuncOp function);
  LogicalResult inlineCall(CallOp call, Renumbering &numbers);

  llvm::DenseSet<Operation *> done;
  /// The functions that work on memory and may call themselves, or were chosen to stay.
  llvm::SetVector<Operation *> staying;
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

/// Says that what is assigned carries no derivative.
static LetOp cutAssigned(LetOp let) {
  let->setAttr("inactive", UnitAttr::get(let.getContext()));
  return let;
}

/// The argument under the parameter's name, where it is an expression or inactive.
static Value named(OpBuilder &b, CallOp call, func::FuncOp callee, unsigned i,
                   Renumbering &numbers) {
  Value value = call.getArgs()[i];
  auto local = callee.getArgAttrOfType<LocalAttr>(i, "ad.local");
  Operation *op = value.getDefiningOp();
  if (callee.getArgAttr(i, "ad.inactive") && !isa<PlaceType>(value.getType()))
    return cutAssigned(LetOp::create(b, call.getLoc(), value, numbers.renamed(local)));
  if (!local || !op || isa<PlaceType>(value.getType()) ||
      isa<LetOp, ConstantOp>(op) || !isPure(op) ||
      callee.getArgument(i).hasOneUse())
    return value;
  return LetOp::create(b, call.getLoc(), value, numbers.renamed(local));
}

//===----------------------------------------------------------------------===//
// Recursive functions
//===----------------------------------------------------------------------===//

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

void CallInliner::findStaying(ModuleOp module) {
  for (auto function : module.getOps<func::FuncOp>())
    if (function->hasAttr(staysMark) || (takesMemory(function) && isRecursive(function)))
      staying.insert(function);
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
  func::FuncOp copy = copyForCalls(function);
  staying.remove(function);
  staying.insert(copy);
  function->getParentOfType<ModuleOp>().walk([&](CallOp call) {
    if (calleeOf(call) == function)
      call.setCalleeAttr(FlatSymbolRefAttr::get(copy));
  });
  Block *body = &function.front();
  body->dropAllReferences();
  body->clear();
  auto b = OpBuilder::atBlockEnd(body);
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

/// Answers a test of a callee's parameter for null, of the place that was passed.
static void testPassed(TestOp test, Value passed) {
  OpBuilder b(test);
  Location loc = test.getLoc();
  while (Operation *op = passed.getDefiningOp()) {
    auto member = dyn_cast<MemberOp>(op);
    if (!isa<OffsetOp, LetOp>(op) && !(member && isBase(member.getName())))
      break;
    passed = op->getOperand(0);
  }
  auto parameter = dyn_cast<BlockArgument>(passed);
  auto function = parameter
                      ? dyn_cast<func::FuncOp>(parameter.getOwner()->getParentOp())
                      : func::FuncOp();
  Value answer;
  if (function) {
    unsigned i = parameter.getArgNumber();
    auto pass = function.getArgAttrOfType<StringAttr>(i, "ad.pass");
    if (pass && pass.getValue() == "pointer") {
      test.setParameterAttr(function.getArgAttrOfType<LocalAttr>(i, "ad.local"));
      return;
    }
    answer = createConstant(b, loc, b.getI1Type(), 1);
  } else if (passed.getDefiningOp<UndefOp>()) {
    answer = createConstant(b, loc, b.getI1Type(), 0);
  } else if (passed.getDefiningOp() &&
             isa<VarOp, ElementOp, MemberOp, GlobalOp>(passed.getDefiningOp())) {
    answer = createConstant(b, loc, b.getI1Type(), 1);
  } else {
    answer = QueryOp::create(b, loc, b.getI1Type(), "{0} != nullptr", passed,
                             ValueRange());
  }
  test.replaceAllUsesWith(answer);
  test.erase();
}

/// Lets no derivative through what is in the callee's inactive parameters, or assigned to
/// them, in the copy of its body; `mapping` has the arguments. Adds to `copies` what comes
/// beside the copy.
static void cutInactive(Operation *copy, func::FuncOp callee,
                        const IRMapping &mapping, SmallVector<Operation *> &copies) {
  auto cut = [&](OpBuilder &b, Value value, LocalAttr local) {
    LetOp let = cutAssigned(LetOp::create(b, value.getLoc(), value, local));
    if (let->getBlock() == copy->getBlock())
      copies.push_back(let);
    return let;
  };
  for (BlockArgument parameter : callee.getArguments()) {
    unsigned i = parameter.getArgNumber();
    auto local = callee.getArgAttrOfType<LocalAttr>(i, "ad.local");
    if (!callee.getArgAttr(i, "ad.inactive"))
      continue;
    Value passed = mapping.lookupOrDefault(parameter);
    auto isIn = [&](Value place) {
      while (place != passed && place.getDefiningOp() &&
             isa<OffsetOp, ElementOp, MemberOp, AccessOp, LetOp>(place.getDefiningOp()))
        place = place.getDefiningOp()->getOperand(0);
      return place == passed && isa<PlaceType>(passed.getType());
    };
    copy->walk([&](Operation *op) {
      OpBuilder b(op);
      if (auto let = dyn_cast<LetOp>(op); let && let.getLocal() == local) {
        cutAssigned(let);
      } else if (auto store = dyn_cast<StoreOp>(op);
                 store && isReal(store.getValue().getType()) && isIn(store.getPlace())) {
        store.getValueMutable().assign(cut(b, store.getValue(), local));
      } else if (auto load = dyn_cast<LoadOp>(op);
                 load && isReal(load.getType()) && isIn(load.getPlace())) {
        b.setInsertionPointAfter(load);
        LetOp let = cut(b, load, local);
        load.getValue().replaceAllUsesExcept(let, let);
      }
    });
  }
}

/// The object that a callee takes for one of a derived class is known to be one where its
/// base was passed.
static void resolveDerived(ArrayRef<Operation *> copies) {
  SmallVector<DerivedOp> casts;
  for (Operation *copy : copies)
    copy->walk([&](DerivedOp op) { casts.push_back(op); });
  for (DerivedOp op : casts) {
    Value place = op.getBase();
    while (auto let = place.getDefiningOp<LetOp>())
      place = let.getValue();
    auto base = place.getDefiningOp<MemberOp>();
    if (!base || base.getName() != op.getName() ||
        base.getBase().getType() != op.getType())
      continue;
    op.replaceAllUsesWith(base.getBase());
    op.erase();
  }
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
  if (staying.contains(callee)) {
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
  for (Operation *copy : llvm::to_vector(copies))
    cutInactive(copy, callee, mapping, copies);
  SmallVector<std::pair<TestOp, Value>> nullTests;
  for (Operation *copy : copies)
    copy->walk([&](TestOp test) {
      Attribute tested = test.getParameterAttr();
      for (unsigned i = 0; tested && i < callee.getNumArguments(); ++i)
        if (callee.getArgAttr(i, "ad.local") == tested)
          nullTests.push_back({test, call.getArgs()[i]});
    });
  numbers.apply(copies);
  // Found by the calls that lead here.
  Location site = placeIn(functionNameOf(caller.getLoc()), call.getLoc());
  for (Operation *copy : copies)
    setCallers(copy, functionNameOf(callee.getLoc()), site);
  resolveDerived(copies);
  for (auto [test, passed] : nullTests)
    testPassed(test, passed);
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
  if (calls.empty()) {
    // What it writes shares no memory with what it reads, which is known only now.
    if (function->hasAttr(staysMark))
      forwardContents(function);
    return success();
  }
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

/// Refuses what nobody knows to be an object of a derived class, and objects that stay
/// objects though a member is a reference, which nothing binds behind their declaration.
static LogicalResult checkConversions(func::FuncOp function) {
  WalkResult stores = function.walk([](StoreOp op) {
    auto member = op.getPlace().getDefiningOp<MemberOp>();
    if (!member || !member->hasAttr("reference"))
      return WalkResult::advance();
    emitError(op.getLoc()) << formatMessage(
        Diag::ReferenceMember,
        {member.getName().str(), "of an object that is handed on as a whole"});
    return WalkResult::interrupt();
  });
  WalkResult result = function.walk([](DerivedOp op) {
    auto nameOf = [](Value place) {
      return cast<ObjectType>(cast<PlaceType>(place.getType()).getElement())
          .getSpelling()
          .str();
    };
    emitError(op.getLoc()) << formatMessage(Diag::UnknownDerived,
                                            {nameOf(op.getBase()), nameOf(op)});
    return WalkResult::interrupt();
  });
  return failure(stores.wasInterrupted() || result.wasInterrupted());
}

LogicalResult CallInliner::inlineCalls(ModuleOp module) {
  findStaying(module);
  for (Operation *function : llvm::to_vector(staying))
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
  for (Operation *function : staying)
    if (done.contains(function) &&
        failed(checkRecursive(cast<func::FuncOp>(function))))
      return failure();
  for (auto function : module.getOps<func::FuncOp>())
    if ((function->hasAttr("ad.requests") || staying.contains(function) ||
         !takesMemory(function)) &&
        failed(checkConversions(function)))
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
