//===- BuildLoops.cpp - Loops → C++ statements ----------------------------===//
//
// Counted loops get a header that is free of overflow and right for no trips;
// the others the user's form where their conditions are expressions, or
// `while (true)` with breaks.
//
//===----------------------------------------------------------------------===//
#include "BuildStmt.h"
#include "CxxTypes.h"
#include "PrepareForEmission.h"

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Counted loops
//===----------------------------------------------------------------------===//

/// Whether `loop` belongs to the reverse sweep.
static bool isReverseLoop(Operation *loop) {
  StmtAttr stmt = getStmt(loop->getLoc());
  if (stmt && stmt.getDerivative())
    return true;
  if (auto counted = dyn_cast<ForOp>(loop))
    if (counted.getReversed())
      return true;
  // What it has recorded itself it may read.
  bool plays = false;
  loop->walk([&](PlaybackOp playback) {
    plays |= llvm::none_of(playback.getTape().getUsers(), [&](Operation *user) {
      return isa<RecordOp>(user) && loop->isAncestor(user);
    });
  });
  return plays;
}

void StmtBuilder::buildFor(ForOp op, CxxBlock *out) {
  buildCopies(op.getResults(), SmallVector<Value>(op.getInits()), out);
  CxxStmt *loop = cxx.newStmt(CxxStmt::Loop, getStmt(op.getLoc()));
  loop->isReverse = isReverseLoop(op);
  loop->body = cxx.newBlock(out, loop);
  CxxVariable *counter = plan.of(op.induction());
  if (op.getReversed())
    setReversedHeader(op, loop, counter);
  else
    setHeader(op, loop, counter);
  buildBlock(*op.block(), loop->body, copyingTo(op));
  out->statements.push_back(loop);
}

static CxxStmt *declareCounter(CxxFunction &cxx, CxxStmt *loop,
                               CxxVariable *counter, CxxExpr *first) {
  CxxStmt *init = cxx.newAssign(counter, first, {});
  init->declares = true;
  counter->scope = loop->body;
  loop->init.push_back(init);
  return init;
}

/// `counter += step`.
static void addStep(CxxFunction &cxx, CxxStmt *loop, CxxVariable *counter,
                    int64_t step) {
  Type type = counter->type;
  CxxExpr *amount = cxx.newExpr(CxxExpr::Literal, type,
                                std::to_string(step < 0 ? -step : step));
  CxxExpr *next = cxx.newExpr(CxxExpr::Binary, type, step < 0 ? "-" : "+",
                              {cxx.read(counter), amount});
  loop->step.push_back(cxx.newAssign(counter, next, {}));
}

/// n and c where the bound of an unsigned counter is `n < c ? 0 : n - c`: the
/// header says `i + c < n`.
static std::pair<Value, Value> movedBound(Value upper) {
  auto select = upper.getDefiningOp<SelectOp>();
  auto compare =
      select ? select.getCondition().getDefiningOp<CompareOp>() : CompareOp();
  auto rest = select ? select.getZ().getDefiningOp<SubOp>() : SubOp();
  auto zero = select ? intConstant(select.getX()) : std::nullopt;
  bool isMoved = compare && rest && zero && zero->isZero() &&
                 compare.getPredicate() == Predicate::lt &&
                 compare.getX() == rest.getX() && compare.getZ() == rest.getZ();
  return isMoved ? std::pair(rest.getX(), rest.getZ()) : std::pair<Value, Value>();
}

void StmtBuilder::setHeader(ForOp op, CxxStmt *loop, CxxVariable *counter) {
  declareCounter(cxx, loop, counter, exprs.buildConverted(op.getLower()));
  if (auto [bound, move] = movedBound(op.getUpper()); bound)
    loop->value = exprs.compare(
        op.getPredicate(),
        exprs.binary("+", cxx.read(counter), exprs.buildConverted(move),
                     counter->type),
        bound);
  else
    loop->value = exprs.compare(op.getPredicate(), cxx.read(counter),
                                op.getUpper());
  addStep(cxx, loop, counter, op.getStep());
}

/// `e + amount`, folded where `e` is a literal.
static CxxExpr *plus(CxxFunction &cxx, CxxExpr *e, int64_t amount) {
  int64_t value;
  if (e->kind == CxxExpr::Literal &&
      !StringRef(e->text).getAsInteger(10, value))
    return cxx.newExpr(CxxExpr::Literal, e->type,
                       std::to_string(value + amount));
  // `n - 1` and one less is `n - 2`.
  if (e->isBinary("+") || e->isBinary("-")) {
    int64_t sign = e->text == "+" ? 1 : -1;
    if (e->args[1]->kind == CxxExpr::Literal &&
        !StringRef(e->args[1]->text).getAsInteger(10, value)) {
      amount += sign * value;
      e = e->args[0];
    }
    if (!amount)
      return e;
  }
  return cxx.newExpr(CxxExpr::Binary, e->type, amount < 0 ? "-" : "+",
                     {e, cxx.newExpr(CxxExpr::Literal, e->type,
                                     std::to_string(std::abs(amount)))});
}

void StmtBuilder::setReversedHeader(ForOp op, CxxStmt *loop,
                                    CxxVariable *counter) {
  int64_t step = op.getStep();
  bool isUp = step > 0;
  bool isStrict = op.getPredicate() != Predicate::le &&
                  op.getPredicate() != Predicate::ge;
  bool isSigned = cast<IntType>(counter->type).getIsSigned();
  if (step != 1 && step != -1)
    return setCountedDown(op, loop, counter);
  if (isUp && !isSigned) {
    // for (i = n; i-- > lower;)
    CxxExpr *first = exprs.build(op.getUpper());
    declareCounter(cxx, loop, counter, isStrict ? first : plus(cxx, first, 1));
    CxxExpr *previous = cxx.newExpr(CxxExpr::Postfix, counter->type, "--",
                                    {cxx.read(counter)});
    loop->value = exprs.compare(Predicate::gt, previous, op.getLower());
    return;
  }
  // The last trip's value first: n - 1 for i < n, n + 1 for i > n.
  CxxExpr *first = isSigned || intConstant(op.getUpper())
                       ? exprs.buildConverted(op.getUpper())
                       : exprs.build(op.getUpper());
  declareCounter(cxx, loop, counter,
                 isStrict ? plus(cxx, first, isUp ? -1 : 1) : first);
  // Up to n - 1 is less than n.
  auto last = op.getLower().getDefiningOp<SubOp>();
  auto one = last ? intConstant(last.getZ()) : std::nullopt;
  if (!isUp && one && one->isOne())
    loop->value = exprs.compare(Predicate::lt, cxx.read(counter), last.getX());
  else
    loop->value = exprs.compare(isUp ? Predicate::ge : Predicate::le,
                                cxx.read(counter), op.getLower());
  addStep(cxx, loop, counter, -step);
}

/// Any step: the trips are counted, then the counter follows from the trip.
///
///     for (int trip = lower < upper ? (upper - lower - 1) / step + 1 : 0;
///          trip-- > 0;) {
///       const int i = lower + trip * step;
void StmtBuilder::setCountedDown(ForOp op, CxxStmt *loop,
                                 CxxVariable *counter) {
  int64_t step = op.getStep();
  bool isUp = step > 0;
  bool isStrict = op.getPredicate() != Predicate::le &&
                  op.getPredicate() != Predicate::ge;
  int64_t size = std::abs(step);
  Type type = counter->type;
  auto literal = [&](int64_t value) { return exprs.intLiteral(value, type); };
  auto lower = [&] { return exprs.build(op.getLower()); };
  auto upper = [&] { return exprs.build(op.getUpper()); };
  bool isFromZero = isUp && intConstant(op.getLower()) &&
                    intConstant(op.getLower())->isZero();

  CxxExpr *distance = isUp ? upper() : lower();
  if (!isFromZero)
    distance = exprs.binary("-", distance, isUp ? lower() : upper(), type);
  if (isStrict)
    distance = plus(cxx, distance, -1);
  CxxExpr *trips = exprs.binary(
      "+", exprs.binary("/", distance, literal(size), type), literal(1), type);
  CxxExpr *runs =
      exprs.compare(op.getPredicate(), lower(), op.getUpper());
  if (isFromZero)
    runs = exprs.binary(isStrict ? ">" : ">=", upper(), literal(0), runs->type);
  trips = cxx.newExpr(CxxExpr::Conditional, type, "?",
                      {runs, trips, literal(0)});

  CxxVariable *trip = cxx.newVariable({}, type);
  trip->hint = "trip";
  declareCounter(cxx, loop, trip, trips);
  CxxExpr *previous =
      cxx.newExpr(CxxExpr::Postfix, type, "--", {cxx.read(trip)});
  loop->value = exprs.binary(">", previous, literal(0), runs->type);

  CxxExpr *offset = exprs.binary("*", cxx.read(trip), literal(size), type);
  CxxExpr *value = isFromZero ? offset
                              : exprs.binary(isUp ? "+" : "-", lower(), offset,
                                             type);
  loop->body->statements.push_back(cxx.newAssign(counter, value, {}));
}

//===----------------------------------------------------------------------===//
// Other loops
//===----------------------------------------------------------------------===//

/// `if (!go) break;`, or what a constant makes of it.
void StmtBuilder::leaveUnless(CxxExpr *go, CxxBlock *out) {
  if (go->kind == CxxExpr::Literal && go->text == "true")
    return;
  CxxStmt *leave = cxx.newStmt(CxxStmt::Break);
  if (go->kind == CxxExpr::Literal && go->text == "false") {
    out->statements.push_back(leave);
    return;
  }
  CxxStmt *s = cxx.newStmt(CxxStmt::If);
  s->value = negate(cxx, go);
  s->body = cxx.newBlock(out, s);
  s->orElse = cxx.newBlock(out, s);
  s->body->statements.push_back(leave);
  out->statements.push_back(s);
}

/// Builds a region that ends in a condition; returns that condition, or null
/// if it has been turned into breaks.
CxxExpr *StmtBuilder::buildHead(Block &block, CxxBlock *out,
                                ValueRange targets) {
  CxxExpr *condition = nullptr;
  Operation *last = block.getTerminator()->getPrevNode();
  auto tail = dyn_cast_or_null<IfOp>(last);
  bool breaks = tail && isTail(tail);
  buildBlock(block, out, [&](Values values, CxxBlock *inner) {
    CxxExpr *go =
        buildCopies(targets, values.drop_front(), inner, values.front());
    if (breaks)
      leaveUnless(go, inner);
    else
      condition = go;
  });
  return condition;
}

static bool isTrue(const CxxExpr *e) {
  return !e || (e->kind == CxxExpr::Literal && e->text == "true");
}

void StmtBuilder::buildWhile(WhileOp op, CxxBlock *out) {
  buildCopies(op.getResults(), SmallVector<Value>(op.getInits()), out);
  CxxStmt *loop = cxx.newStmt(CxxStmt::Loop, getStmt(op.getLoc()));
  loop->isReverse = isReverseLoop(op);
  loop->body = cxx.newBlock(out, loop);
  ValueRange targets = op.getResults();

  CxxExpr *head = buildHead(*op.headBlock(), loop->body, targets);
  if (loop->body->statements.empty() && !isTrue(head)) {
    loop->value = head;
    head = nullptr;
  }
  if (head)
    leaveUnless(head, loop->body);
  if (CxxExpr *go = buildHead(*op.bodyBlock(), loop->body, targets))
    leaveUnless(go, loop->body);

  CxxBlock *step = cxx.newBlock(loop->body, loop);
  CxxExpr *go = buildHead(*op.stepBlock(), step, targets);
  bool isSimple = llvm::all_of(step->statements, [](CxxStmt *s) {
    return s->kind == CxxStmt::Assign && s->value;
  });
  if (isTrue(go) && isSimple && op.getKind() == "for") {
    loop->step = step->statements;
    out->statements.push_back(loop);
    return;
  }
  // The step in the body's place; `continue` is not used then.
  for (CxxStmt *s : step->statements) {
    forEachBlock(s, [&](CxxBlock *inner) { inner->parent = loop->body; });
    loop->body->statements.push_back(s);
  }
  loop->mayContinue = step->statements.empty();
  if (go && isTrue(loop->value) && op.getKind() == "do" && !isTrue(go)) {
    loop->kind = CxxStmt::Do;
    loop->value = go;
  } else if (go) {
    loop->mayContinue &= isTrue(go);
    leaveUnless(go, loop->body);
  } else {
    loop->mayContinue = false;
  }
  out->statements.push_back(loop);
}
