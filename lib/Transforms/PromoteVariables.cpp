//===- PromoteVariables.cpp - Memory form to value form -------------------===//
//
// Every `ad.var` becomes SSA values:
//
//     ad.store %e, %x                    →   %x1 = ad.let %e #ad.local<"x">
//     ad.if %c { ad.store %e, %x }       →   %x2 = ad.if %c { ad.let …; yield }
//     %v = ad.load %x                    →   (uses of %v become %x2)
//
// A region operation gets one more result, and a loop one more carried value,
// for each variable that is stored inside and declared outside. What of that
// nobody reads is dropped by `simplifyRegions` afterwards: structured control
// flow needs no dominance frontiers (after Brandis and Mössenböck, Single-Pass
// Generation of Static Single-Assignment Form, 1994).
//
// Requires nested exits (`ad-nest-exits`). A variable read before it was ever
// assigned holds `ad.undef`. Refuses nothing: a place that is used by anything
// but loads and stores is an internal error.
//
//===----------------------------------------------------------------------===//
#include "RegionResults.h"
#include "SimplifyRegions.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

#include "llvm/ADT/SetVector.h"
#include "llvm/ADT/TypeSwitch.h"

namespace adgen {
#define GEN_PASS_DEF_PROMOTEVARIABLES
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

namespace {

/// What each variable holds at a point of the program.
using Contents = llvm::DenseMap<VarOp, Value>;

class Promoter {
public:
  explicit Promoter(func::FuncOp function)
      : function(function), b(function.getContext()) {}

  LogicalResult run();

private:
  void promoteBlock(Block &block, Contents &contents);
  void promoteBranch(Operation *branch, Contents &contents);
  void promoteLoop(WhileOp loop, Contents &contents);
  Value promoteStore(StoreOp store);

  /// Adds the variables' contents to `op`'s results, and sets `contents` to
  /// them.
  void rebuild(Operation *op, ArrayRef<VarOp> variables, ValueRange inits,
               Contents &contents);
  /// Appends the contents to what the block's terminator hands on.
  void handOn(Block &block, ArrayRef<VarOp> variables, Contents &contents);
  SmallVector<Value> valuesOf(ArrayRef<VarOp> variables, Contents &contents);
  Value valueOf(VarOp variable, Contents &contents);

  func::FuncOp function;
  OpBuilder b;
  /// The contents of a variable that nothing was stored in.
  Contents undefined;
};

VarOp variableOf(Value place) { return place.getDefiningOp<VarOp>(); }

/// The variables that are stored to within `op` and declared outside.
SmallVector<VarOp> changedVariables(Operation *op) {
  llvm::SetVector<VarOp> changed;
  op->walk([&](StoreOp store) {
    VarOp variable = variableOf(store.getPlace());
    if (!op->isProperAncestor(variable))
      changed.insert(variable);
  });
  return changed.takeVector();
}

Value Promoter::valueOf(VarOp variable, Contents &contents) {
  if (Value value = contents.lookup(variable))
    return value;
  Value &value = undefined[variable];
  if (!value) {
    b.setInsertionPoint(variable);
    value =
        UndefOp::create(b, variable.getLoc(), variable.getType().getElement());
  }
  return value;
}

SmallVector<Value> Promoter::valuesOf(ArrayRef<VarOp> variables,
                                      Contents &contents) {
  return llvm::map_to_vector(
      variables, [&](VarOp variable) { return valueOf(variable, contents); });
}

/// The value that the variable holds from here on. A parameter in its own
/// variable needs no assignment, and what `ad-nest-exits` invented is seen only
/// where paths join.
Value Promoter::promoteStore(StoreOp store) {
  Value value = store.getValue();
  LocalAttr local = variableOf(store.getPlace()).getLocal();
  if (local.getGenerated())
    return value;
  if (auto argument = dyn_cast<BlockArgument>(value))
    if (argument.getOwner() == &function.getBody().front() &&
        function.getArgAttr(argument.getArgNumber(), "ad.local") == local)
      return value;
  b.setInsertionPoint(store);
  return LetOp::create(b, store.getLoc(), value, local);
}

void Promoter::promoteBlock(Block &block, Contents &contents) {
  for (Operation &op : llvm::make_early_inc_range(block)) {
    llvm::TypeSwitch<Operation *>(&op)
        .Case([&](LoadOp load) {
          load.replaceAllUsesWith(
              valueOf(variableOf(load.getPlace()), contents));
          load.erase();
        })
        .Case([&](StoreOp store) {
          contents[variableOf(store.getPlace())] = promoteStore(store);
          store.erase();
        })
        .Case<IfOp, SwitchOp>(
            [&](Operation *branch) { promoteBranch(branch, contents); })
        .Case([&](WhileOp loop) { promoteLoop(loop, contents); });
  }
}

void Promoter::handOn(Block &block, ArrayRef<VarOp> variables,
                      Contents &contents) {
  SmallVector<Value> values = valuesOf(variables, contents);
  Operation *terminator = block.getTerminator();
  terminator->insertOperands(terminator->getNumOperands(), values);
}

void Promoter::rebuild(Operation *op, ArrayRef<VarOp> variables,
                       ValueRange inits, Contents &contents) {
  if (variables.empty())
    return;
  SmallVector<Type> types;
  SmallVector<Attribute> locals;
  for (VarOp variable : variables) {
    types.push_back(variable.getType().getElement());
    locals.push_back(variable.getLocal());
  }
  unsigned first = op->getNumResults();
  Operation *rebuilt = addResults(op, inits, types, locals);
  for (auto [i, variable] : llvm::enumerate(variables))
    contents[variable] = rebuilt->getResult(first + i);
}

void Promoter::promoteBranch(Operation *branch, Contents &contents) {
  SmallVector<VarOp> changed = changedVariables(branch);
  for (Region &region : branch->getRegions()) {
    Contents inside = contents;
    promoteBlock(region.front(), inside);
    handOn(region.front(), changed, inside);
  }
  rebuild(branch, changed, {}, contents);
}

void Promoter::promoteLoop(WhileOp loop, Contents &contents) {
  SmallVector<VarOp> changed = changedVariables(loop);
  SmallVector<Value> inits = valuesOf(changed, contents);
  for (Block *block : {loop.headBlock(), loop.bodyBlock(), loop.stepBlock()}) {
    Contents inside = contents;
    for (VarOp variable : changed)
      inside[variable] =
          block->addArgument(variable.getType().getElement(), loop.getLoc());
    promoteBlock(*block, inside);
    handOn(*block, changed, inside);
  }
  rebuild(loop, changed, inits, contents);
}

LogicalResult Promoter::run() {
  SmallVector<VarOp> variables;
  function.walk([&](VarOp variable) { variables.push_back(variable); });
  for (VarOp variable : variables)
    for (Operation *user : variable->getUsers())
      if (!isa<LoadOp, StoreOp>(user))
        return user->emitOpError("uses a variable that has to be promoted");

  Contents contents;
  promoteBlock(function.getBody().front(), contents);
  for (VarOp variable : variables)
    variable.erase();
  simplifyRegions(function);
  return success();
}

struct PromoteVariables : adgen::impl::PromoteVariablesBase<PromoteVariables> {
  void runOnOperation() override {
    if (getOperation().isExternal())
      return;
    if (failed(Promoter(getOperation()).run()))
      signalPassFailure();
  }
};

} // namespace
