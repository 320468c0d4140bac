//===- BuildStmt.cpp - Operations → C++ statements ------------------------===//
//
// Blocks in order. The end of a region is a parallel copy of the terminator's
// operands to the variables of the results. A tail's branches end as the block
// around it does.
//
//===----------------------------------------------------------------------===//
#include "BuildStmt.h"
#include "CxxTypes.h"
#include "Declarators.h"
#include "Parameters.h"
#include "PrepareForEmission.h"

#include "llvm/ADT/TypeSwitch.h"

using namespace mlir;
using namespace adgen;

static constexpr int64_t largestLocalArray = 1024;

void StmtBuilder::build(func::FuncOp f) {
  func = f;
  buildBlock(func.getBody().front(), cxx.body,
             [this](Values values, CxxBlock *out) { buildReturn(values, out); });
}

void StmtBuilder::buildBlock(Block &block, CxxBlock *out,
                             const Ending &ending) {
  Operation *terminator = block.getTerminator();
  SmallVector<Value> operands(terminator->getOperands());
  for (Operation &op : block.without_terminator()) {
    auto branch = dyn_cast<IfOp>(op);
    if (!branch || !isTail(branch)) {
      buildOp(&op, out);
      // Nothing behind it is reached.
      if (isa<StatementOp>(op) && op.hasAttr("ad.leaves")) {
        out->statements.back()->leaves = true;
        return;
      }
      continue;
    }
    // Each branch goes on with the terminator, given its own results.
    buildIf(branch, out,
            [&](Values results, CxxBlock *inner) {
              SmallVector<Value> mine(operands);
              for (Value &operand : mine)
                if (operand.getDefiningOp() == branch)
                  operand =
                      results[cast<OpResult>(operand).getResultNumber()];
              ending(mine, inner);
            });
    return;
  }
  ending(operands, out);
}

void StmtBuilder::buildOp(Operation *op, CxxBlock *out) {
  llvm::TypeSwitch<Operation *>(op)
      .Case([&](ForOp loop) { buildFor(loop, out); })
      .Case([&](WhileOp loop) { buildWhile(loop, out); })
      .Case([&](SwitchOp o) { buildSwitch(o, out); })
      .Case([&](VarOp o) { buildVar(o, out); })
      .Case([&](TapeOp o) { buildTape(o, out); })
      .Case([&](RecordOp o) { buildRecord(o, out); })
      .Case([&](CallOp o) { buildCall(o, out); })
      .Case([&](StatementOp o) {
        evaluate(exprs.buildStatement(o), getStmt(o.getLoc()), out);
      })
      .Case([&](SwapOp o) {
        evaluate(exprs.buildSwap(o), getStmt(o.getLoc()), out);
      })
      .Case<ResizeOp, PushOp, PopOp>([&](Operation *o) {
        evaluate(exprs.buildShapeChange(o), getStmt(o->getLoc()), out);
      })
      .Case([&](StoreOp o) {
        buildStore(exprs.lvalue(o.getPlace()), exprs.buildConverted(o.getValue()),
                   getStmt(o.getLoc()), out);
      })
      .Case([&](AccumulateOp o) {
        bool isLiteral = o.getValue().getDefiningOp<ConstantOp>();
        CxxExpr *value = isLiteral ? exprs.buildConverted(o.getValue())
                                   : exprs.build(o.getValue());
        CxxExpr *place = exprs.lvalue(o.getPlace());
        buildStore(place, exprs.sum(cxx.clone(place), value),
                   getStmt(o.getLoc()), out);
      })
      .Default([&](Operation *o) {
        auto branch = dyn_cast<IfOp>(o);
        if (branch && !isExpression(branch))
          return buildIf(branch, out, copyingTo(branch));
        CxxVariable *variable = plan.of(o->getResult(0));
        if (!variable)
          return; // printed where it is read
        auto let = dyn_cast<LetOp>(o);
        if (let && let.getValue().getDefiningOp<UndefOp>()) {
          out->statements.push_back(
              cxx.newAssign(variable, nullptr, getStmt(o->getLoc())));
          return;
        }
        bool isObject = isa<PlaceType>(o->getResult(0).getType()) &&
                        (variable->isReference ||
                         !isa<PlaceType>(variable->type));
        CxxExpr *value = isObject
                             ? exprs.lvalue(o->getOperand(0))
                             : exprs.buildDefinitionConverted(o);
        if (!value->isVariable(variable))
          out->statements.push_back(
              cxx.newAssign(variable, value, getStmt(o->getLoc())));
      });
}

void StmtBuilder::buildIf(IfOp op, CxxBlock *out, const Ending &ending) {
  CxxStmt *s = cxx.newStmt(CxxStmt::If, getStmt(op.getLoc()));
  s->value = exprs.buildCondition(op.getCondition());
  s->body = cxx.newBlock(out, s);
  s->orElse = cxx.newBlock(out, s);
  buildBlock(*op.thenBlock(), s->body, ending);
  buildBlock(*op.elseBlock(), s->orElse, ending);
  out->statements.push_back(s);
}

void StmtBuilder::buildSwitch(SwitchOp op, CxxBlock *out) {
  CxxStmt *s = cxx.newStmt(CxxStmt::Switch, getStmt(op.getLoc()));
  s->value = exprs.build(op.getValue());
  Ending ending = copyingTo(op);
  for (auto [index, region] : llvm::enumerate(op.getCaseRegions())) {
    std::vector<std::string> labels;
    if (index < op.getLabels().size())
      for (Attribute label : cast<ArrayAttr>(op.getLabels()[index]))
        labels.push_back(cast<StringAttr>(label).str());
    CxxBlock *body = cxx.newBlock(out, s);
    buildBlock(region.front(), body, ending);
    s->cases.push_back({labels, body});
  }
  out->statements.push_back(s);
}

//===----------------------------------------------------------------------===//
// Objects, tapes and the return
//===----------------------------------------------------------------------===//

/// Whether nothing that is done with a place could change what is there.
static bool isOnlyRead(Value place) {
  return llvm::all_of(place.getUses(), [](OpOperand &use) {
    Operation *user = use.getOwner();
    if (isa<LoadOp, QueryOp>(user))
      return true;
    if (auto call = dyn_cast<CallOp>(user))
      return !mayWrite(call, use.getOperandNumber());
    if (auto let = dyn_cast<LetOp>(user))
      return isConstTarget(let.getLocal().getType().getValue());
    auto access = dyn_cast<AccessOp>(user);
    // A span that is made of it is passed by value, and leads to elements that are not.
    StringRef text = access ? access.getText() : StringRef();
    bool isSpan = text.consume_front("std::span<") && !text.starts_with("const ");
    bool isPart = isa<ElementOp, MemberOp>(user) ||
                  (access && !isPointer(access) && !isSpan);
    return isPart && isOnlyRead(user->getResult(0));
  });
}

void StmtBuilder::buildVar(VarOp op, CxxBlock *out) {
  CxxStmt *s = cxx.newStmt(CxxStmt::Object, getStmt(op.getLoc()));
  s->variable = plan.of(op.getPlace());
  s->declares = true;
  // What is const of an array of pointers would be what they point to.
  StringRef type = op.getLocal().getType().getValue();
  s->variable->isConst = op.getInit() && isOnlyRead(op.getPlace()) &&
                         !type.starts_with("const ") && !type.contains('*');
  if (op.getInit()) {
    std::string init = op.getInit()->str();
    // `(n)`: so many elements as the class makes them.
    std::string zero = exprs.zeroElement(op, op.getPlace());
    if (!zero.empty() && StringRef(init).starts_with("(") &&
        !StringRef(init).contains(", "))
      init.insert(init.size() - 1, ", " + zero);
    s->value = cxx.newExpr(CxxExpr::Template, s->variable->type, init);
    bool inBraces = op.getInit()->contains("{{");
    for (Value operand : op.getArgs())
      s->value->args.push_back(
          isa<PlaceType>(operand.getType()) ? exprs.operandOf(operand)
          : inBraces                        ? exprs.buildBraced(operand)
                                            : exprs.buildConverted(operand));
  }
  out->statements.push_back(s);
}

/// Whether the function may call itself: its frames must stay small.
static bool mayRecurse(Operation *op) {
  auto function = op->getParentOfType<func::FuncOp>();
  auto height = function->getAttrOfType<IntegerAttr>("ad.height");
  return height && height.getInt() < 0;
}

/// What an integer is by constants alone, if it is not large.
static std::optional<int64_t> knownInteger(Value v) {
  constexpr int64_t largest = 1 << 30;
  auto small = [&](int64_t value) {
    return std::abs(value) <= largest ? std::optional(value) : std::nullopt;
  };
  if (auto constant = intConstant(v))
    return constant->getSignificantBits() <= 32
               ? small(constant->getSExtValue())
               : std::nullopt;
  Operation *op = v.getDefiningOp();
  if (!op || !isa<IntType>(v.getType()) ||
      !isa<CastOp, LetOp, AddOp, SubOp, MulOp>(op))
    return {};
  auto x = isa<IntType>(op->getOperand(0).getType())
               ? knownInteger(op->getOperand(0))
               : std::nullopt;
  if (isa<CastOp, LetOp>(op) || !x)
    return x;
  auto z = knownInteger(op->getOperand(1));
  if (!z)
    return {};
  return small(isa<MulOp>(op)   ? *x * *z
               : isa<AddOp>(op) ? *x + *z
                                : *x - *z);
}

/// Whether a branch between the tape's declaration and the operation decides whether
/// the elements are filled.
static bool isInBranchOf(Operation *op, TapeOp tape) {
  for (op = op->getParentOp(); !op->isAncestor(tape); op = op->getParentOp())
    if (!isLoop(op))
      return true;
  return false;
}

/// Whether the number is a product of several that are not known.
static bool isProduct(Value number) {
  Operation *op = number.getDefiningOp();
  if (!op || op->getNumRegions())
    return false;
  if (isa<MulOp>(op) && !knownInteger(op->getOperand(0)) && !knownInteger(op->getOperand(1)))
    return true;
  return isa<LetOp, CastOp, AddOp, SubOp, MulOp, DivOp>(op) &&
         llvm::any_of(op->getOperands(), isProduct);
}

void StmtBuilder::buildTape(TapeOp op, CxxBlock *out) {
  // Nothing is recorded: an empty member of a frame.
  if (op->hasOneUse() && isa<PackOp>(*op->user_begin()))
    return;
  CxxStmt *s = cxx.newStmt(CxxStmt::Tape, getStmt(op.getLoc()));
  s->variable = plan.of(op.getTape());
  s->declares = true;
  s->clamp = op.getClamp();
  if (Value size = op.getSize()) {
    auto constant = knownInteger(size);
    bool isHandedOver = llvm::any_of(op.getTape().getUsers(), llvm::IsaPred<PackOp>);
    if (constant && *constant > 0 && *constant <= largestLocalArray && !isHandedOver &&
        !mayRecurse(op))
      s->fixedSize = *constant;
    bool isLiteral = s->fixedSize && !size.getDefiningOp<ConstantOp>();
    s->value = isLiteral ? exprs.intLiteral(*constant, size.getType())
                         : exprs.build(size);
    s->isLarge = !isHandedOver && isProduct(size);
  }
  for (Operation *user : op.getTape().getUsers())
    s->isSparse |= isa<RecordOp>(user) && isInBranchOf(user, op);
  out->statements.push_back(s);
}

void StmtBuilder::buildRecord(RecordOp op, CxxBlock *out) {
  CxxStmt *s = cxx.newStmt(CxxStmt::Record, getStmt(op.getLoc()));
  s->variable = plan.of(op.getTape());
  s->value = exprs.buildConverted(op.getValue());
  auto tape = op.getTape().getDefiningOp<TapeOp>();
  if (!tape || tape.getSize())
    s->index = exprs.tapeIndex(op.getIndex());
  out->statements.push_back(s);
}

void StmtBuilder::buildReturn(Values values, CxxBlock *out) {
  CxxStmt *s = cxx.newStmt(CxxStmt::Return);
  s->returnsStruct = returnsStruct;
  SmallVector<Copy> copies;
  SmallVector<int> arguments = outArguments(func);
  for (auto [index, v] : llvm::enumerate(values)) {
    if (index < arguments.size() && arguments[index] >= 0 &&
        !func->hasAttr("ad.helper")) {
      copies.push_back({plan.of(func.getArgument(arguments[index])), v});
      continue;
    }
    bool isObject = isa<PlaceType>(v.getType());
    s->values.push_back(isObject && returnsStruct ? exprs.buildMoved(v)
                        : isObject                ? exprs.operandOf(v)
                        : returnsStruct           ? exprs.buildBraced(v)
                                                  : exprs.buildConverted(v));
    // The statement is that of what is computed here.
    Operation *op = v.getDefiningOp();
    if (op && !plan.of(v) && !isa<ConstantOp>(op) && !s->stmt)
      s->stmt = getStmt(op->getLoc());
  }
  copyAtOnce(copies, out, s->values, "");
  if (s->values.empty() && out == cxx.body)
    return; // the end of a void function
  out->statements.push_back(s);
}

//===----------------------------------------------------------------------===//
// Parallel copies
//===----------------------------------------------------------------------===//

StmtBuilder::Ending StmtBuilder::copyingTo(Operation *op) {
  return [this, op](Values values, CxxBlock *out) {
    buildCopies(op->getResults(), values, out);
  };
}

/// Replaces the reads of `from` in `e` by `to`.
static CxxExpr *replaceReads(CxxFunction &cxx, CxxExpr *e, CxxVariable *from,
                             CxxVariable *to) {
  if (e->isVariable(from))
    return cxx.read(to);
  for (CxxExpr *&arg : e->args)
    arg = replaceReads(cxx, arg, from, to);
  return e;
}

/// The copy that exchanges two pointers together with `copy`, if no third one reads
/// either of them; else null.
static CxxStmt *partnerOf(CxxStmt *copy, ArrayRef<CxxStmt *> copies) {
  CxxStmt *partner = nullptr;
  for (CxxStmt *other : copies) {
    if (other == copy || !other->value || !isa<PlaceType>(copy->variable->type))
      continue;
    bool isExchanged = copy->value && copy->value->isVariable(other->variable) &&
                       other->value->isVariable(copy->variable);
    if (isExchanged)
      partner = other;
    else if (countReads(other->value, copy->variable))
      return nullptr;
  }
  return partner;
}

/// `std::swap(x, z)` of two variables.
static CxxExpr *swap(CxxFunction &cxx, CxxVariable *x, CxxVariable *z) {
  CxxExpr *call = cxx.newExpr(
      CxxExpr::Call, NoneType::get(x->type.getContext()), "std::swap",
      {cxx.newExpr(CxxExpr::Passed, x->type, ""),
       cxx.newExpr(CxxExpr::Passed, z->type, "")});
  call->args[0]->variable = x;
  call->args[1]->variable = z;
  call->hasEffect = true;
  return call;
}

void StmtBuilder::copyAtOnce(ArrayRef<Copy> copies, CxxBlock *out,
                             MutableArrayRef<CxxExpr *> readLater,
                             StringRef hint) {
  SmallVector<CxxStmt *> pending;
  for (auto [variable, source] : copies) {
    if (!variable || variable == plan.of(source))
      continue;
    Operation *op = source.getDefiningOp();
    StmtAttr stmt = op && !plan.of(source) && !isa<ConstantOp>(op)
                        ? getStmt(op->getLoc())
                        : StmtAttr();
    CxxExpr *value =
        isa_and_nonnull<UndefOp>(op) ? nullptr : exprs.buildConverted(source);
    pending.push_back(cxx.newAssign(variable, value, stmt));
  }
  auto keep = [&](CxxVariable *variable, CxxExpr *value) {
    out->statements.push_back(cxx.newAssign(variable, value, {}));
  };
  // What is read after the copies but means the values before.
  for (CxxExpr *&later : readLater) {
    if (llvm::none_of(pending, [&](CxxStmt *copy) {
          return countReads(later, copy->variable);
        }))
      continue;
    CxxVariable *kept = cxx.newVariable({}, later->type);
    kept->hint = hint;
    keep(kept, later);
    later = cxx.read(kept);
  }
  while (!pending.empty()) {
    // A copy is safe once no other one reads its target.
    auto isSafe = [&](CxxStmt *copy) {
      return llvm::none_of(pending, [&](CxxStmt *other) {
        return other != copy && other->value &&
               countReads(other->value, copy->variable);
      });
    };
    auto safe = llvm::find_if(pending, isSafe);
    auto exchanged = llvm::find_if(pending, [&](CxxStmt *copy) {
      CxxStmt *partner = partnerOf(copy, pending);
      return partner && partnerOf(partner, pending) == copy;
    });
    if (safe == pending.end() && exchanged != pending.end()) {
      CxxStmt *copy = *exchanged, *partner = partnerOf(copy, pending);
      evaluate(swap(cxx, copy->variable, partner->variable), copy->stmt, out);
      llvm::erase(pending, copy);
      llvm::erase(pending, partner);
      continue;
    }
    if (safe == pending.end()) {
      CxxVariable *target = pending.front()->variable;
      CxxVariable *kept = cxx.newVariable({}, target->type);
      kept->hint = "old";
      kept->deducedType = isa<PlaceType>(target->type) ? "auto" : "";
      keep(kept, cxx.read(target));
      for (CxxStmt *copy : llvm::drop_begin(pending))
        if (copy->value)
          copy->value = replaceReads(cxx, copy->value, target, kept);
      safe = pending.begin();
    }
    out->statements.push_back(*safe);
    pending.erase(safe);
  }
}

CxxExpr *StmtBuilder::buildCopies(ValueRange targets, Values sources,
                                  CxxBlock *out, Value go) {
  SmallVector<Copy> copies;
  for (auto [target, source] : llvm::zip(targets, sources))
    copies.push_back({plan.of(target), source});
  CxxExpr *condition = go ? exprs.buildCondition(go) : nullptr;
  MutableArrayRef<CxxExpr *> later(condition);
  copyAtOnce(copies, out, go ? later : MutableArrayRef<CxxExpr *>(), "go");
  return condition;
}
