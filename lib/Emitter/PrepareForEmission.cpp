//===- PrepareForEmission.cpp - IR as the emitter wants it ----------------===//
//
// 0. Calls (PrepareCalls.cpp). What branches add and give (PrepareBranches.cpp).
// 1. `if`s that C++ can say as an expression are marked.
// 2. Lets that only rename give way to what they rename; other readers of a
//    let's operand read the let.
// 3. Casts back and forth and what nobody reads are erased.
// 4. Loads and stores (PrepareMemory.cpp).
// 5. What only one branch reads moves there.
// 6. `if`s before a `return` or `next` are marked as tails, where repeating the
//    terminator in the branches turns flags into jumps.
//
//===----------------------------------------------------------------------===//
#include "PrepareForEmission.h"
#include "Declarators.h"
#include "MemoryOrder.h"

#include "adgen/Dialect/MoveOps.h"

using namespace mlir;
using namespace adgen;

static constexpr llvm::StringLiteral expressionMark = "emit.expression";
static constexpr llvm::StringLiteral tailMark = "emit.tail";

bool adgen::isExpression(IfOp op) { return op->hasAttr(expressionMark); }
bool adgen::isTail(IfOp op) { return op->hasAttr(tailMark); }

static ArrayAttr localsOf(Operation *op) {
  return op->getAttrOfType<ArrayAttr>("locals");
}

LocalAttr adgen::localOf(Value v) {
  if (auto result = dyn_cast<OpResult>(v)) {
    Operation *op = result.getOwner();
    if (isa<LetOp>(op))
      return cast<LetOp>(op).getLocal();
    if (auto playback = dyn_cast<PlaybackOp>(op))
      return playback.getLocal().value_or(LocalAttr());
    if (isa<SumOp>(op))
      return {};
    if (op->getNumRegions() || isa<CallOp>(op))
      return getLocal(localsOf(op), result.getResultNumber());
    return {};
  }
  auto argument = cast<BlockArgument>(v);
  Operation *parent = argument.getOwner()->getParentOp();
  unsigned index = argument.getArgNumber();
  if (auto func = dyn_cast<func::FuncOp>(parent))
    return func.getArgAttrOfType<LocalAttr>(index, "ad.local");
  if (auto loop = dyn_cast<ForOp>(parent))
    return index == 0 ? loop.getCounter() : getLocal(localsOf(loop), index - 1);
  if (auto sum = dyn_cast<SumOp>(parent))
    return sum.getCounter();
  return getLocal(localsOf(parent), index);
}

bool adgen::isComputation(Operation *op) {
  if (auto branch = dyn_cast<IfOp>(op))
    return isExpression(branch);
  if (auto call = dyn_cast<CallOp>(op))
    return op->getNumResults() == 1 && !hasTies(call);
  if (isa<SumOp>(op))
    return true;
  return op->getNumRegions() == 0 && op->getNumResults() == 1 &&
         (isPure(op) || isa<PlaybackOp, LoadOp, QueryOp, PackOp>(op));
}

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

/// Whether the region of an `if` is one expression: everything in it feeds the
/// yield, each once.
static bool isExpressionRegion(Block *block) {
  unsigned reads = 0, writes = 0;
  for (Operation &op : block->without_terminator()) {
    if (isa<ConstantOp, UndefOp>(op))
      continue;
    if (!isComputation(&op) || isa<LetOp>(op) || !op.getResult(0).hasOneUse())
      return false;
    if (auto playback = dyn_cast<PlaybackOp>(op))
      if (playback.getLocal())
        return false;
    reads += effectOf(&op) == Effect::Reads;
    writes += effectOf(&op) == Effect::Writes;
  }
  // C++ leaves the order of operands open.
  return writes == 0 || (writes == 1 && reads == 0);
}

static bool hasOnlyConstants(Block *block) {
  return llvm::all_of(block->without_terminator(), [](Operation &op) {
    return isa<ConstantOp, NotOp>(op);
  });
}

static void markExpressions(func::FuncOp func) {
  // Inner ones first.
  func.walk<WalkOrder::PostOrder>([](IfOp op) {
    if (op.getNumResults() != 1 || op->use_empty() || isa<TapeType>(op.getResult(0).getType()))
      return;
    bool isLogic = op.getResult(0).getType().isInteger(1) &&
                   hasOnlyConstants(op.thenBlock()) &&
                   hasOnlyConstants(op.elseBlock());
    if ((op.getExpression() || isLogic) && isExpressionRegion(op.thenBlock()) &&
        isExpressionRegion(op.elseBlock()))
      op->setAttr(expressionMark, UnitAttr::get(op.getContext()));
  });
}

//===----------------------------------------------------------------------===//
// Lets
//===----------------------------------------------------------------------===//

/// Whether `v` has, or may be given, a variable of its own.
static bool isPlace(Value v) {
  Operation *op = v.getDefiningOp();
  return !op || isa<LetOp>(op) || !isComputation(op) ||
         (isa<PlaybackOp>(op) && localOf(v));
}

/// Whether `v` is one of several values that a call returns.
static bool isMember(Value v) {
  auto call = v.getDefiningOp<CallOp>();
  auto isReturned = [&](OpResult result) {
    return !call.operandOf(result.getResultNumber());
  };
  return call && isReturned(cast<OpResult>(v)) &&
         llvm::count_if(call->getResults(), isReturned) > 1;
}

/// Lets the result of a statement, which has no name yet, be `local`.
static void nameResult(OpResult result, LocalAttr local) {
  Operation *op = result.getOwner();
  SmallVector<Attribute> locals(op->getNumResults(),
                                UnitAttr::get(op->getContext()));
  if (ArrayAttr old = localsOf(op))
    std::copy(old.begin(), old.end(), locals.begin());
  locals[result.getResultNumber()] = local;
  op->setAttr("locals", ArrayAttr::get(op->getContext(), locals));
}

/// Whether `let` only renames what is a variable already, or a constant.
static bool isRenaming(LetOp let) {
  Value value = let.getValue();
  LocalAttr local = localOf(value);
  if (local == let.getLocal())
    return true;
  auto result = dyn_cast<OpResult>(value);
  bool isOfCall = isa_and_nonnull<CallOp>(value.getDefiningOp()) &&
                  !isMember(value);
  if (result && !local && (result.getOwner()->getNumRegions() || isOfCall) &&
      !isComputation(result.getOwner())) {
    nameResult(result, let.getLocal());
    return true;
  }
  return let.getLocal().getGenerated() &&
         (isPlace(value) || value.getDefiningOp<ConstantOp>());
}

static bool isOnlyReturned(LetOp let) {
  return llvm::all_of(let->getUsers(),
                      [](Operation *user) { return isa<ReturnOp>(user); });
}

/// How many values every local has.
static llvm::DenseMap<Attribute, unsigned> countDefinitions(func::FuncOp func) {
  llvm::DenseMap<Attribute, unsigned> counts;
  auto add = [&](Value v) {
    if (LocalAttr local = localOf(v))
      ++counts[local];
  };
  func.walk([&](Operation *op) {
    if (op != func)
      llvm::for_each(op->getResults(), add);
    for (Region &region : op->getRegions())
      for (Block &block : region)
        llvm::for_each(block.getArguments(), add);
  });
  return counts;
}

/// Whether an adjoint happens to be a value of the primal that others read as
/// well, which has nothing of an adjoint: `x_bar = std::sqrt(s); s = x_bar * x;`.
static bool isAdjointOfPrimalValue(LetOp let) {
  Operation *op = let.getValue().getDefiningOp();
  StmtAttr stmt = op ? getStmt(op->getLoc()) : StmtAttr();
  return let.getLocal().getGenerated() && stmt && !stmt.getDerivative() &&
         isComputation(op) && !isa<LetOp, ConstantOp>(op) &&
         !let.getValue().hasOneUse();
}

static void simplifyLets(func::FuncOp func) {
  SmallVector<LetOp> lets;
  func.walk([&](LetOp let) { lets.push_back(let); });
  llvm::DenseMap<Attribute, unsigned> definitions = countDefinitions(func);
  for (LetOp let : lets) {
    Value value = let.getValue();
    if (isPassed(let) || isAdjointOfPrimalValue(let))
      continue;
    if (isRenaming(let)) {
      let.replaceAllUsesWith(value);
      let.erase();
    } else if ((!isPlace(value) || isMember(value)) && !value.getDefiningOp<ConstantOp>()) {
      // An intermediate of several readers has the variable's name from the
      // start, unless that only goes to the caller or has other contents.
      bool isShared = !value.hasOneUse() &&
                      value.getParentBlock() == let->getBlock();
      bool mayMove = let.getLocal().getGenerated()
                         ? !isOnlyReturned(let)
                         : definitions.lookup(let.getLocal()) == 1;
      if (isShared && mayMove)
        moveBehind(let, value.getDefiningOp());
      // Whoever reads the same value later reads the variable, unless that is a
      // pointer to const, which nobody writes through.
      bool isConst = isa<PlaceType>(value.getType()) &&
                     isConstTarget(let.getLocal().getType().getValue());
      value.replaceUsesWithIf(let.getResult(), [&](OpOperand &use) {
        if (isConst)
          return false;
        Operation *user =
            let->getBlock()->findAncestorOpInBlock(*use.getOwner());
        return user && let->isBeforeInBlock(user);
      });
    }
  }
}

/// A reference to what a branch or loop results in is a pointer, which is set there.
static void pointToResults(func::FuncOp func) {
  func.walk([](LetOp let) {
    Operation *op = let.getValue().getDefiningOp();
    StringRef type = let.getLocal().getType().getValue();
    if (!isPlace(let.getValue()) || !op || op->getNumRegions() == 0 ||
        op->hasAttr(expressionMark) || indirectionOf(type) != Indirection::Reference)
      return;
    std::string pointer = type.str();
    pointer[pointer.rfind('&')] = '*';
    LocalAttr local = let.getLocal();
    let.setLocalAttr(LocalAttr::get(let.getContext(), local.getId(), local.getName(),
                                    StringAttr::get(let.getContext(), pointer),
                                    local.getGenerated()));
  });
}

/// A real that is widened and narrowed back is itself.
static void foldRoundTrips(func::FuncOp func) {
  func.walk([](CastOp outer) {
    auto inner = outer.getValue().getDefiningOp<CastOp>();
    if (!inner || outer.getExplicitSpelling() || inner.getExplicitSpelling() ||
        inner.getValue().getType() != outer.getType() ||
        !isReal(outer.getType()) || !isReal(inner.getType()))
      return;
    if (inner.getType().getIntOrFloatBitWidth() >=
        outer.getType().getIntOrFloatBitWidth())
      outer.replaceAllUsesWith(inner.getValue());
  });
}

static void eraseDead(func::FuncOp func) {
  SmallVector<Operation *> ops;
  func.walk<WalkOrder::PreOrder>([&](Operation *op) { ops.push_back(op); });
  for (Operation *op : llvm::reverse(ops))
    if (op != func && isOpTriviallyDead(op))
      op->erase();
  // What nobody reads, but does something, is a statement.
  func.walk([](IfOp op) {
    if (op->use_empty())
      op->removeAttr(expressionMark);
  });
}

//===----------------------------------------------------------------------===//
// Tails
//===----------------------------------------------------------------------===//

static bool isParameter(Value v) {
  auto argument = dyn_cast<BlockArgument>(v);
  return argument && isa<func::FuncOp>(argument.getOwner()->getParentOp());
}

/// Whether a branch of `op` leaves everything as it was but for constants; then
/// the other branch's assignments alone read better than two returns.
static bool isUpdate(IfOp op) {
  for (Block *block : {op.thenBlock(), op.elseBlock()}) {
    bool isEmpty = llvm::all_of(block->without_terminator(), [](Operation &o) {
      return isa<ConstantOp>(o);
    });
    bool forwards = false;
    for (Value v : block->getTerminator()->getOperands())
      forwards |= !isParameter(v) && isPlace(v) && localOf(v) &&
                  localOf(v).getGenerated();
    if (isEmpty && forwards)
      return true;
  }
  return false;
}

/// Whether the value that `op` gives the terminator as `go` is a constant in
/// one of its branches, perhaps of a tail within.
static bool decidesExit(Value go) {
  auto op = go.getDefiningOp<IfOp>();
  if (!op)
    return false;
  unsigned index = cast<OpResult>(go).getResultNumber();
  for (Block *block : {op.thenBlock(), op.elseBlock()}) {
    Value yielded = block->getTerminator()->getOperand(index);
    if (intConstant(yielded) || decidesExit(yielded))
      return true;
  }
  return false;
}

/// `next` asks about the value `go`; in a nested tail that is the operand that
/// stands for it.
static Value goOf(Block *block) {
  Operation *terminator = block->getTerminator();
  if (auto next = dyn_cast<NextOp>(terminator))
    return next.getGo();
  auto parent = dyn_cast<IfOp>(block->getParentOp());
  if (!isa<YieldOp>(terminator) || !parent || !isTail(parent))
    return {};
  Value outer = goOf(parent->getBlock());
  if (!outer || outer.getDefiningOp() != parent)
    return {};
  return terminator->getOperand(cast<OpResult>(outer).getResultNumber());
}

static bool sinksIntoReturn(Block *block) {
  Operation *terminator = block->getTerminator();
  if (isa<ReturnOp>(terminator))
    return true;
  auto parent = dyn_cast<IfOp>(block->getParentOp());
  return parent && isTail(parent) && sinksIntoReturn(parent->getBlock());
}

/// Whether `block` is the head of a loop, or the step of a `do`.
static bool isCondition(Block &block) {
  auto loop = dyn_cast<WhileOp>(block.getParentOp());
  return loop && &block != loop.bodyBlock();
}

static void markTails(Block &block) {
  Operation *terminator = block.getTerminator();
  auto op = dyn_cast_or_null<IfOp>(terminator->getPrevNode());
  if (op) {
    bool onlyForwards = llvm::all_of(op->getUsers(), [&](Operation *user) {
      return user == terminator;
    });
    bool isWorth;
    if (sinksIntoReturn(&block)) {
      isWorth = !isExpression(op) && !isUpdate(op);
    } else {
      Value go = goOf(&block);
      isWorth = go && go.getDefiningOp() == op && decidesExit(go) &&
                !(isExpression(op) && isCondition(block));
    }
    if (onlyForwards && isWorth && op.getNumResults()) {
      op->removeAttr(expressionMark);
      op->setAttr(tailMark, UnitAttr::get(op.getContext()));
    }
  }
  for (Operation &inner : block)
    for (Region &region : inner.getRegions())
      for (Block &b : region)
        markTails(b);
}

void adgen::prepareForEmission(func::FuncOp func, ModuleOp module) {
  eraseDead(func);
  prepareCalls(func, module);
  branchOnSelects(func);
  simplifyResults(func);
  markExpressions(func);
  pointToResults(func);
  simplifyLets(func);
  foldRoundTrips(func);
  prepareMemory(func);
  eraseDead(func);
  sinkComputations(func.getBody().front());
  markTails(func.getBody().front());
}
