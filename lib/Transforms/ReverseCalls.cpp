//===- ReverseCalls.cpp - Adjoints of calls -------------------------------===//
//
// 1. y = g(x), the value not needed:       x_bar += g_grad(x, y_bar)
//
// 2. The value needed, one result active:  {y, y_x} = g_and_grad(x)
//                                          x_bar += y_x * y_bar
//
//    The callee's value and partial derivatives are computed together, in the
//    forward sweep. The function and everything that it calls runs once, however
//    deep calls are nested and whatever is recursive, and nothing of it is taped
//    but the partial derivatives (preaccumulation; Griewank & Walther,
//    Evaluating Derivatives (2008), section 10.2).
//
// 3. The value needed, several active results, and a callee that calls nobody, or
//    only functions that call nobody; or a callee of a few arithmetic operations:
//    as 1, beside the call of the primal. The callee runs twice. A callee that is
//    higher up has a reverse sweep for each of its active results (as 2).
//
// 4. A hand-written derivative is called as the contract says, beside the
//    primal (RuleCalls.cpp).
//
// `shareCalls` makes 2 of a call before the sweeps are built: to them, partial
// derivatives are values like others, which are taped or handed on as these
// are. Which values are needed it finds by marking what the reverse sweep will
// read (to-be-recorded analysis; Hascoët, Naumann, Pascual, 2005).
//
//===----------------------------------------------------------------------===//
#include "Reverse.h"

#include "adgen/Analysis/LiveValues.h"
#include "adgen/Analysis/Slots.h"
#include "adgen/Support/Diagnostics.h"

#include "llvm/ADT/MapVector.h"

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Which values the reverse sweep reads
//===----------------------------------------------------------------------===//

/// What the formula of a partial derivative reads.
static void addRead(Differentiable op, unsigned i, SmallVector<Value> &read) {
  Block scratch;
  OpBuilder b(op->getContext());
  b.setInsertionPointToEnd(&scratch);
  Value partial = op.partial(b, op->getLoc(), i).value;
  auto add = [&](Value value) {
    Operation *definition = value.getDefiningOp();
    if (!definition || definition->getBlock() != &scratch)
      read.push_back(value);
  };
  add(partial);
  for (Operation &inner : scratch)
    for (Value operand : inner.getOperands())
      add(operand);
  scratch.dropAllReferences();
}

static void addRead(Operation *op, const Activity &activity,
                    SmallVector<Value> &read) {
  bool isActive = llvm::any_of(op->getResults(), [&](Value result) {
    return activity.isActive(result);
  });
  if (!isActive)
    return;
  if (auto function = dyn_cast<Differentiable>(op)) {
    for (OpOperand &operand : op->getOpOperands()) {
      unsigned i = operand.getOperandNumber();
      if (activity.isVaried(operand.get()) && function.hasPartial(i) &&
          !function.hasZeroPartial(i))
        addRead(function, i, read);
    }
  } else if (isa<CallOp>(op)) {
    llvm::append_range(read, op->getOperands());
  } else if (isa<SelectOp, GuardOp>(op)) {
    read.push_back(op->getOperand(0));
  } else if (hasSlots(op)) {
    llvm::append_range(read,
                       op->getOperands().take_front(leadingOperands(op)));
    if (auto loop = dyn_cast<WhileOp>(op))
      for (Region &region : loop->getRegions())
        read.push_back(cast<NextOp>(region.front().getTerminator()).getGo());
  }
}

/// What the derivative needs of the function's values.
static LiveValues findNeeded(func::FuncOp function, const Activity &activity,
                             const DerivativeRequest &request) {
  SmallVector<Value> read;
  SmallVector<Operation *> effects;
  function.walk([&](Operation *op) {
    if (op == function)
      return;
    addRead(op, activity, read);
    auto call = dyn_cast<CallOp>(op);
    if (isa<StoreOp, ResizeOp, PushOp, PopOp, StatementOp>(op) ||
        (call && (call.getEffects() || passesMemory(call))))
      effects.push_back(op);
  });
  auto end = cast<ReturnOp>(function.front().getTerminator());
  if (request.kind == DerivativeRequest::ValueAndPartials) {
    llvm::append_range(read, end.getValues());
  } else if (!request.isHelper()) {
    bool skipsValue =
        returnsValue(function) && !request.user.contains("with_value");
    llvm::append_range(read, end.getValues().drop_front(skipsValue));
  }
  return LiveValues(function, read, effects);
}

//===----------------------------------------------------------------------===//
// Calls that compute their partial derivatives
//===----------------------------------------------------------------------===//

/// Whether what the callee calls calls nobody in turn: then running it again runs
/// nothing more than once more.
static bool isLow(func::FuncOp callee) {
  auto height = callee->getAttrOfType<IntegerAttr>("ad.height");
  return height && height.getInt() >= 0 && height.getInt() <= 1;
}

static bool isWorthSharing(CallOp call, func::FuncOp callee,
                           const DerivativeRequest &part) {
  if (call.getEffects())
    return true;
  if (isCheapCall(call))
    return false;
  return part.outputs.size() == 1 || !isLow(callee);
}

/// Whether the function itself calls one that works on memory and has a derivative by
/// hand.
static bool callsRules(func::FuncOp function) {
  return function
      .walk([](CallOp call) {
        func::FuncOp callee = calleeOf(call);
        return callee && passesMemory(call) && callee->hasAttr("ad.rule_grad")
                   ? WalkResult::interrupt()
                   : WalkResult::advance();
      })
      .wasInterrupted();
}

static void share(CallOp call, func::FuncOp callee,
                  const DerivativeRequest &part, CalleeDerivatives &callees) {
  func::FuncOp helper = callees.get(callee, part);
  OpBuilder b(call);
  SmallVector<int64_t> partials;
  unsigned next = call.getNumResults();
  for (Partial p : partialsOf(callee, part))
    partials.append({int64_t(p.input), int64_t(p.output), int64_t(next++)});
  SmallVector<Attribute> locals(helper.getNumResults(), b.getUnitAttr());
  if (ArrayAttr names = call.getLocalsAttr())
    llvm::copy(names, locals.begin());
  CallOp shared =
      callDerivative(b, call.getLoc(), helper, call.getArgs(), {}, locals);
  notePrimal(shared, call);
  shared.setPartialsAttr(b.getDenseI64ArrayAttr(partials));
  // What the call is if nobody reads its partial derivatives.
  shared->setAttr("ad.primal", call.getCalleeAttr());
  call->replaceAllUsesWith(
      shared.getResults().take_front(call.getNumResults()));
  call.erase();
}

void adgen::shareCalls(func::FuncOp function, const Activity &activity,
                       const DerivativeRequest &request,
                       CalleeDerivatives &callees, bool all) {
  LiveValues needed = findNeeded(function, activity, request);
  // Decided for all before any changes: the analyses know the old values.
  SmallVector<std::tuple<CallOp, func::FuncOp, DerivativeRequest>> shared;
  function.walk([&](CallOp call) {
    if (passesMemory(call))
      return;
    auto part = callees.activePart(call, activity,
                                   DerivativeRequest::ValueAndPartials);
    func::FuncOp callee = calleeOf(call);
    bool isNeeded = all || needed.isLive(call.getOperation());
    // A derivative by hand has to find its shadows and copies as one sweep left them.
    bool mayRepeat = part.outputs.size() == 1 || call.getEffects() ||
                     !callsRules(callee);
    if (!part.outputs.empty() && isNeeded && mayRepeat &&
        !callee.isExternal() && isWorthSharing(call, callee, part))
      shared.push_back({call, callee, part});
  });
  for (auto &[call, callee, part] : shared)
    share(call, callee, part, callees);
}

//===----------------------------------------------------------------------===//
// Reversal
//===----------------------------------------------------------------------===//

static bool hasPole(func::FuncOp function,
                    llvm::DenseSet<Operation *> &visited) {
  if (!visited.insert(function).second)
    return false;
  auto walked = function.walk([&](Operation *op) {
    bool found = false;
    if (auto differentiable = dyn_cast<Differentiable>(op)) {
      for (unsigned i = 0; i != op->getNumOperands(); ++i)
        found |= differentiable.hasPartial(i) &&
                 !differentiable.hasZeroPartial(i) &&
                 singularityAt(differentiable, i) == Singularity::Pole;
    } else if (auto call = dyn_cast<CallOp>(op)) {
      func::FuncOp callee = calleeOf(call);
      found = callee && hasPole(callee, visited);
    }
    return found ? WalkResult::interrupt() : WalkResult::advance();
  });
  return walked.wasInterrupted();
}

bool adgen::hasPole(func::FuncOp function) {
  llvm::DenseSet<Operation *> visited;
  return ::hasPole(function, visited);
}

void AdjointBuilder::reverseCall(CallOp op, Level &level, Adjoints &adjoints) {
  if (op.getPartials())
    return reverseByPartials(op, level, adjoints);
  func::FuncOp callee = calleeOf(op);
  auto part = callees.activePart(op, activity, DerivativeRequest::Reverse);
  if (part.outputs.empty())
    return;
  Location loc = *adjoints.loc;
  if (callee.isExternal()) {
    emitError(op.getLoc()) << formatMessage(
        Diag::OpaqueFunction,
        {callee->getAttrOfType<StringAttr>("ad.name").str()});
    failed = true;
    return;
  }
  // One that passes memory and has no sweeps is passed nothing that has an adjoint.
  if (passesMemory(op))
    return;
  SmallVector<Value> operands;
  for (Value argument : op.getArgs())
    operands.push_back(level.values.lookupOrDefault(argument));
  for (unsigned r : part.outputs) {
    Value seed = adjointOrZero(op.getResult(r), adjoints, loc);
    operands.push_back(seed);
    part.seedsMayVanish |= !adjoints.lookup(op.getResult(r)) ||
                           mayVanishByPath(seed);
  }
  // Where it does not matter, one helper serves all.
  part.seedsMayVanish = part.seedsMayVanish && adgen::hasPole(callee);
  CallOp call = callDerivative(b, loc, callees.get(callee, part), operands);
  for (auto [i, bar] : llvm::zip_equal(part.inputs, call.getResults()))
    accumulate(op.getArgs()[i], bar, adjoints);
}

/// partial * y_bar, in the wider of the two types, then in that of `input`.
static Value multiplyPartial(OpBuilder &b, Location loc, Value partial,
                             Value y_bar, Type input) {
  if (y_bar.getType() != partial.getType()) {
    Value &narrow = partial.getType().getIntOrFloatBitWidth() <
                            y_bar.getType().getIntOrFloatBitWidth()
                        ? partial
                        : y_bar;
    Type wide = &narrow == &partial ? y_bar.getType() : partial.getType();
    narrow = CastOp::create(b, loc, wide, narrow, StringAttr());
  }
  Value term = (Expr(partial, b, loc) * Expr(y_bar, b, loc)).value;
  if (term.getType() == input)
    return term;
  return CastOp::create(b, loc, input, term, StringAttr());
}

/// Result by result: the terms of those partial derivatives that may be infinite
/// while the adjoint is zero are added under one condition.
void AdjointBuilder::reverseByPartials(CallOp op, Level &level,
                                       Adjoints &adjoints) {
  Location loc = *adjoints.loc;
  ArrayRef<int64_t> partials = *op.getPartials();
  for (OpResult result : op->getResults()) {
    Value y_bar = adjoints.lookup(result);
    if (!y_bar)
      continue;
    SmallVector<std::pair<Value, Value>> guarded;
    for (size_t k = 0; k + 2 < partials.size(); k += 3) {
      if (partials[k + 1] != result.getResultNumber())
        continue;
      Value input = op.getArgs()[partials[k]];
      Value partial =
          level.values.lookupOrDefault(op.getResult(partials[k + 2]));
      int64_t singular =
          op.getSingular() ? (*op.getSingular())[partials[k]] : 1;
      if (singular == 1 || (singular == 2 && mayVanishByPath(y_bar)))
        guarded.push_back({input, partial});
      else
        accumulate(input,
                   multiplyPartial(b, loc, partial, y_bar, input.getType()),
                   adjoints);
    }
    addGuarded(guarded, y_bar, adjoints);
  }
}

/// Adds partial * y_bar to the adjoint of each input, unless y_bar is zero.
void AdjointBuilder::addGuarded(ArrayRef<std::pair<Value, Value>> terms,
                                Value y_bar, Adjoints &adjoints) {
  Location loc = *adjoints.loc;
  if (terms.size() == 1) {
    auto [input, partial] = terms.front();
    Value term = multiplyPartial(b, loc, partial, y_bar, input.getType());
    Value condition = y_bar;
    if (condition.getType() != term.getType())
      condition = CastOp::create(b, loc, term.getType(), y_bar, StringAttr());
    accumulate(input, GuardOp::create(b, loc, condition, term), adjoints);
    return;
  }
  if (terms.empty())
    return;
  // One input may be passed twice.
  llvm::MapVector<Value, SmallVector<Value>> partialsOf;
  for (auto [input, partial] : terms)
    partialsOf[input].push_back(partial);
  SmallVector<Type> types;
  SmallVector<Attribute> locals;
  SmallVector<Value> before;
  for (auto &[input, partials] : partialsOf) {
    types.push_back(input.getType());
    LocalAttr local = adjointVariable(variableOf(input));
    locals.push_back(local ? Attribute(local) : b.getUnitAttr());
    before.push_back(adjointOrZero(input, adjoints, loc));
  }
  Value zero = createConstant(b, loc, y_bar.getType(), 0);
  Value counts =
      CompareOp::create(b, loc, b.getI1Type(), Predicate::ne, y_bar, zero);
  auto branch = IfOp::create(b, loc, types, counts, b.getArrayAttr(locals),
                             UnitAttr());
  OpBuilder::InsertionGuard guard(b);
  b.createBlock(&branch.getElseRegion());
  YieldOp::create(b, loc, before);
  b.createBlock(&branch.getThenRegion());
  SmallVector<Value> after;
  for (auto [entry, sum] : llvm::zip_equal(partialsOf, before)) {
    Expr total(sum, b, loc);
    for (Value partial : entry.second)
      total = total + Expr(multiplyPartial(b, loc, partial, y_bar,
                                           entry.first.getType()),
                           b, loc);
    LocalAttr local = adjointVariable(variableOf(entry.first));
    after.push_back(local ? Value(LetOp::create(b, loc, total.value, local))
                          : total.value);
  }
  YieldOp::create(b, loc, after);
  for (auto [entry, sum] : llvm::zip_equal(partialsOf, branch.getResults())) {
    adjoints.set(entry.first, sum);
    adjoints.dirty.remove(entry.first);
  }
}
