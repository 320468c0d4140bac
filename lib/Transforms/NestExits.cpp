//===- NestExits.cpp - Early exits to nested branches ---------------------===//
//
// Memory form with `break`, `continue` and `return` anywhere becomes memory
// form with one `return`, at the function's end, and every region ending at its
// end:
//
//     if (c) { A; break; }  B;     →     if (c) { A; go = false; } else { B; }
//
// 1. What follows an `if` or `switch` of which one region alone goes on moves
//    into that region. What follows one of which several go on, while another
//    path in it leaves, is put under a test of a flag that the exit sets.
// 2. A loop's body ends with `ad.next go`, where `go` is a variable that
// `break`
//    and `return` clear.
// 3. A `return` stores into the variable `result`, which the function's end
//    reads. One inside a loop sets `returned` as well, which is tested once,
//    after the loop, not in each trip.
// 4. Flags that nobody reads are erased.
//
// Requires memory form as the front end makes it (exits only in the bodies of
// loops, not in their heads and steps). Locations stay; the store of a result
// has that of its `return`.
//
//===----------------------------------------------------------------------===//
#include "FreshLocals.h"
#include "adgen/Dialect/AD.h"
#include "adgen/Transforms/Passes.h"

#include "llvm/ADT/BitmaskEnum.h"
#include "llvm/ADT/TypeSwitch.h"

namespace adgen {
#define GEN_PASS_DEF_NESTEXITS
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

LLVM_ENABLE_BITMASK_ENUMS_IN_NAMESPACE();

namespace {

/// The ways to leave a block; `Break` and `Continue` of the innermost loop or
/// switch around it.
enum class Exits : unsigned {
  None = 0,
  Fall = 1,
  Break = 2,
  Continue = 4,
  Return = 8,
  LLVM_MARK_AS_BITMASK_ENUM(Return)
};

bool has(Exits exits, Exits kind) { return (exits & kind) != Exits::None; }
bool leaves(Exits exits) { return (exits & ~Exits::Fall) != Exits::None; }

bool isTrue(Value value) {
  auto constant = intConstant(value);
  return constant && constant->isOne();
}

Exits exitsOf(Block &block);

/// A loop ends normally unless it cannot: `for (;;)` without a break.
Exits exitsOf(WhileOp loop) {
  Exits body = exitsOf(*loop.bodyBlock());
  auto goesOn = [](Block *block) {
    return isTrue(cast<NextOp>(block->getTerminator()).getGo());
  };
  bool ends = !goesOn(loop.headBlock()) || !goesOn(loop.stepBlock()) ||
              has(body, Exits::Break);
  return (body & Exits::Return) | (ends ? Exits::Fall : Exits::None);
}

Exits exitsOf(Operation *op) {
  return llvm::TypeSwitch<Operation *, Exits>(op)
      .Case([](BreakOp) { return Exits::Break; })
      .Case([](ContinueOp) { return Exits::Continue; })
      .Case([](ReturnOp) { return Exits::Return; })
      .Case([](WhileOp loop) { return exitsOf(loop); })
      .Case<IfOp, SwitchOp>([](Operation *branch) {
        Exits exits = Exits::None;
        for (Region &region : branch->getRegions())
          exits |= exitsOf(region.front());
        // The break of a switch is its end.
        if (isa<SwitchOp>(branch) && has(exits, Exits::Break))
          exits = (exits & ~Exits::Break) | Exits::Fall;
        return exits;
      })
      .Default([](Operation *) { return Exits::Fall; });
}

Exits exitsOf(Block &block) {
  Exits exits = Exits::None;
  for (Operation &op : block) {
    Exits more = exitsOf(&op);
    exits |= more & ~Exits::Fall;
    if (!has(more, Exits::Fall))
      return exits;
  }
  return exits | Exits::Fall;
}

/// What exits leave: a loop's body, a switch, or the function. Its flags are
/// places of `i1`.
struct Scope {
  /// The loop or switch; null for the function.
  Operation *op;
  Scope *parent;
  /// Set by every exit from the scope's current run.
  Value left;
  /// Of loops: cleared by what ends the loop.
  Value go;

  bool isLoop() const { return isa_and_present<WhileOp>(op); }
};

class ExitNester {
public:
  explicit ExitNester(func::FuncOp function)
      : function(function), locals(function), b(function.getContext()) {}

  void run();

private:
  void nestBlock(Block &block, Scope &scope);
  void nestLoop(WhileOp loop, Scope &outer);
  void nestBranch(Operation *branch, Scope &scope);
  void nestTailOfLoop(WhileOp loop, bool ends, Scope &scope);
  void nestTailOfBranch(Operation *branch, Scope &scope);
  void replaceExit(Operation *exit, Scope &scope);

  /// Sets the flags of the scopes that an exit of this kind leaves.
  void markLeft(Exits kind, Location loc, Scope &scope);
  Value createFlag(StringRef name, bool value, Location loc);
  void setFlag(Value flag, bool value, Location loc);
  void moveTail(Operation *after, Block *to);
  IfOp createIf(Value condition, Location loc);
  void eraseUnreadFlags();

  func::FuncOp function;
  FreshLocals locals;
  OpBuilder b;
  Scope functionScope{nullptr, nullptr, {}, {}};
  /// Whether a `return` was executed; the function's `left`.
  Value returned;
  SmallVector<Value> results;
  SmallVector<Value> flags;
};

//===----------------------------------------------------------------------===//
// Flags
//===----------------------------------------------------------------------===//

void ExitNester::setFlag(Value flag, bool value, Location loc) {
  Value constant = createConstant(b, loc, b.getI1Type(), value);
  StoreOp::create(b, loc, constant, flag);
}

Value ExitNester::createFlag(StringRef name, bool value, Location loc) {
  auto type = PlaceType::get(b.getContext(), b.getI1Type());
  Value flag = VarOp::create(b, loc, type, locals.create(name, "bool"));
  setFlag(flag, value, loc);
  flags.push_back(flag);
  return flag;
}

void ExitNester::markLeft(Exits kind, Location loc, Scope &scope) {
  for (Scope *s = &scope; s; s = s->parent) {
    setFlag(s->left, true, loc);
    if (s->isLoop() && kind != Exits::Continue)
      setFlag(s->go, false, loc);
    // Behind a loop, `returned` is asked for once.
    if (s->isLoop() || (s->op && kind == Exits::Break))
      return;
  }
}

/// Flags are stored at every exit and read only where paths join again.
void ExitNester::eraseUnreadFlags() {
  for (Value flag : flags) {
    if (llvm::any_of(flag.getUsers(),
                     [](Operation *user) { return isa<LoadOp>(user); }))
      continue;
    for (Operation *store : llvm::make_early_inc_range(flag.getUsers())) {
      Operation *value = store->getOperand(0).getDefiningOp();
      store->erase();
      if (value->use_empty())
        value->erase();
    }
    flag.getDefiningOp()->erase();
  }
}

//===----------------------------------------------------------------------===//
// Moving what follows
//===----------------------------------------------------------------------===//

/// Moves what follows `after`, the terminator included, to the end of `to`.
void ExitNester::moveTail(Operation *after, Block *to) {
  if (!to->empty() && to->back().hasTrait<OpTrait::IsTerminator>())
    to->back().erase();
  Block *from = after->getBlock();
  to->getOperations().splice(to->end(), from->getOperations(),
                             std::next(after->getIterator()), from->end());
  b.setInsertionPointToEnd(from);
  YieldOp::create(b, after->getLoc(), ValueRange());
}

IfOp ExitNester::createIf(Value condition, Location loc) {
  auto op =
      IfOp::create(b, loc, TypeRange(), condition, ArrayAttr(), UnitAttr());
  for (Region *region : {&op.getThenRegion(), &op.getElseRegion()}) {
    OpBuilder::InsertionGuard guard(b);
    b.createBlock(region);
    YieldOp::create(b, loc, ValueRange());
  }
  return op;
}

static void eraseFrom(Block &block, Operation *first) {
  while (true) {
    Operation *last = &block.back();
    bool done = last == first;
    last->erase();
    if (done)
      return;
  }
}

//===----------------------------------------------------------------------===//
// Blocks, branches, loops
//===----------------------------------------------------------------------===//

/// Afterwards every path runs to the end of `block`, which is an `ad.yield`,
/// and those that left have set the flags.
void ExitNester::nestBlock(Block &block, Scope &scope) {
  for (Operation &op : block) {
    Exits exits = exitsOf(&op);
    if (!has(exits, Exits::Fall) && &op != &block.back()) {
      eraseFrom(block, op.getNextNode());
      b.setInsertionPointToEnd(&block);
      YieldOp::create(b, op.getLoc(), ValueRange());
    }
    if (isa<BreakOp, ContinueOp, ReturnOp>(op))
      return replaceExit(&op, scope);
    if (auto loop = dyn_cast<WhileOp>(op)) {
      nestLoop(loop, scope);
      if (has(exits, Exits::Return))
        return nestTailOfLoop(loop, has(exits, Exits::Fall), scope);
    } else if (isa<IfOp, SwitchOp>(op)) {
      if (leaves(exits))
        return nestTailOfBranch(&op, scope);
      nestBranch(&op, scope);
    }
  }
}

void ExitNester::replaceExit(Operation *exit, Scope &scope) {
  b.setInsertionPoint(exit);
  Location loc = exit->getLoc();
  if (auto op = dyn_cast<ReturnOp>(exit)) {
    for (auto [value, place] : llvm::zip_equal(op.getValues(), results))
      StoreOp::create(b, loc, value, place);
    setFlag(returned, true, loc);
  }
  markLeft(exitsOf(exit), loc, scope);
  YieldOp::create(b, loc, ValueRange());
  exit->erase();
}

void ExitNester::nestBranch(Operation *branch, Scope &scope) {
  Scope inner{branch, &scope, {}, {}};
  bool isSwitch = isa<SwitchOp>(branch);
  if (isSwitch) {
    b.setInsertionPoint(branch);
    inner.left = createFlag("done", false, branch->getLoc());
  }
  for (Region &region : branch->getRegions())
    nestBlock(region.front(), isSwitch ? inner : scope);
}

/// The only branch of an `if` that goes on to what follows it; else null.
static Block *onlyWayOn(Operation *branch) {
  auto op = dyn_cast<IfOp>(branch);
  if (!op)
    return nullptr;
  bool thenGoesOn = has(exitsOf(*op.thenBlock()), Exits::Fall);
  bool elseGoesOn = has(exitsOf(*op.elseBlock()), Exits::Fall);
  if (thenGoesOn == elseGoesOn)
    return nullptr;
  return thenGoesOn ? op.thenBlock() : op.elseBlock();
}

/// An `if` or a `switch` with a path that leaves, and what follows it.
void ExitNester::nestTailOfBranch(Operation *branch, Scope &scope) {
  bool hasTail = !isa<YieldOp>(branch->getNextNode());
  if (Block *wayOn = hasTail ? onlyWayOn(branch) : nullptr) {
    moveTail(branch, wayOn);
    hasTail = false;
  }
  Exits exits = exitsOf(branch);
  nestBranch(branch, scope);
  if (!hasTail)
    return;

  // Several paths go on and others do not: a flag has to tell.
  b.setInsertionPointAfter(branch);
  Location loc = branch->getLoc();
  bool endsLoop = scope.isLoop() && !has(exits, Exits::Continue);
  Value flag =
      LoadOp::create(b, loc, b.getI1Type(), endsLoop ? scope.go : scope.left);
  IfOp test = createIf(flag, loc);
  Block *tail = endsLoop ? test.thenBlock() : test.elseBlock();
  moveTail(test, tail);
  nestBlock(*tail, scope);
}

void ExitNester::nestLoop(WhileOp loop, Scope &outer) {
  Block &body = *loop.bodyBlock();
  Exits exits = exitsOf(body);
  bool mayEnd = has(exits, Exits::Break) || has(exits, Exits::Return);
  Operation *end = body.getTerminator();
  Location loc = end->getLoc();

  b.setInsertionPointToStart(&body);
  Scope scope{loop, &outer, {}, {}};
  if (mayEnd)
    scope.go = createFlag("go", true, loc);
  scope.left = createFlag("left", false, loc);

  if (isa<NextOp>(end)) {
    b.setInsertionPoint(end);
    YieldOp::create(b, loc, ValueRange());
    end->erase();
  }
  nestBlock(body, scope);

  end = body.getTerminator();
  b.setInsertionPoint(end);
  Value go = mayEnd ? Value(LoadOp::create(b, loc, b.getI1Type(), scope.go))
                    : createConstant(b, loc, b.getI1Type(), true);
  NextOp::create(b, loc, go, ValueRange());
  end->erase();
}

/// A loop that may return, and what follows it. `ends`: it may also end.
void ExitNester::nestTailOfLoop(WhileOp loop, bool ends, Scope &scope) {
  Location loc = loop.getLoc();
  bool hasTail = !isa<YieldOp>(loop->getNextNode());
  bool inFunction = &scope == &functionScope;
  if (!hasTail && inFunction)
    return;
  b.setInsertionPointAfter(loop);
  if (!ends)
    return markLeft(Exits::Return, loc, scope);

  Value flag = LoadOp::create(b, loc, b.getI1Type(), returned);
  IfOp test = createIf(flag, loc);
  moveTail(test, test.elseBlock());
  if (!inFunction) {
    b.setInsertionPointToStart(test.thenBlock());
    markLeft(Exits::Return, loc, scope);
  }
  nestBlock(*test.elseBlock(), scope);
}

void ExitNester::run() {
  Block &body = function.getBody().front();
  unsigned returns = 0;
  function.walk([&](ReturnOp) { ++returns; });
  if (returns == 1 && isa<ReturnOp>(body.back())) {
    // Loops and switches may have exits of their own.
    for (Operation &op : llvm::make_early_inc_range(body)) {
      if (auto loop = dyn_cast<WhileOp>(op))
        nestLoop(loop, functionScope);
      else if (isa<IfOp, SwitchOp>(op))
        nestBranch(&op, functionScope);
    }
    return eraseUnreadFlags();
  }

  Location loc = function.getLoc();
  auto spelling = function->getAttrOfType<StringAttr>("ad.return_type");
  b.setInsertionPointToStart(&body);
  for (Type type : function.getResultTypes()) {
    LocalAttr local = locals.create("result", spelling ? spelling.getValue()
                                                       : StringRef("auto"));
    results.push_back(
        VarOp::create(b, loc, PlaceType::get(b.getContext(), type), local));
  }
  returned = createFlag("returned", false, loc);
  functionScope.left = returned;
  nestBlock(body, functionScope);

  Operation *end = body.getTerminator();
  b.setInsertionPoint(end);
  SmallVector<Value> values;
  for (Value place : results)
    values.push_back(LoadOp::create(
        b, loc, cast<PlaceType>(place.getType()).getElement(), place));
  ReturnOp::create(b, loc, values);
  end->erase();
  eraseUnreadFlags();
}

struct NestExits : adgen::impl::NestExitsBase<NestExits> {
  void runOnOperation() override {
    if (!getOperation().isExternal())
      ExitNester(getOperation()).run();
  }
};

} // namespace
