//===- BuildCalls.cpp - Calls and places in memory → C++ ------------------===//
//
// A call with one result that changes nothing of the caller's is an expression.
// Any other is a statement: what it is passed by reference or pointer is first
// copied to the variable that it leaves the result in, as an initial value to
// the variable of a loop; what it returns as a struct is kept in one.
//
//===----------------------------------------------------------------------===//
#include "BuildStmt.h"
#include "Parameters.h"
#include "PrepareForEmission.h"

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Expressions
//===----------------------------------------------------------------------===//

/// `variable`, as the callee takes it.
static CxxExpr *pass(CxxFunction &cxx, CxxVariable *variable, Passing passing) {
  CxxExpr *e = cxx.newExpr(CxxExpr::Passed, variable->type,
                           passing == Passing::Pointer ? "&" : "");
  e->variable = variable;
  return e;
}

CxxExpr *ExprBuilder::argument(CallOp op, unsigned index) {
  func::FuncOp callee = site.callees.of(op).func;
  Value operand = op.getArgs()[index];
  Passing passing = passingOf(callee, index);
  int64_t tie = op.tieOf(index);
  if (tie >= 0)
    return pass(cxx, plan.of(op.getResult(tie)), passing);
  if (isa<PlaceType>(operand.getType()))
    return passing == Passing::Pointer ? build(operand) : lvalue(operand);
  CxxExpr *e = build(operand);
  if (isa<FrameType>(operand.getType()))
    return cxx.newExpr(CxxExpr::Unary, e->type, "*", {e});
  if (!needsVariable(callee, index))
    return e;
  assert(e->kind == CxxExpr::Variable && "prepared to be a variable");
  if (isWritable(callee, index))
    return pass(cxx, e->variable, passing);
  return cxx.newExpr(CxxExpr::Unary, e->type, "&", {e});
}

CxxExpr *ExprBuilder::buildCall(CallOp op) {
  const Callee &callee = site.callees.of(op);
  unsigned written = op.getArgs().size();
  if (op.getWritten())
    written = std::min<unsigned>(written, *op.getWritten());
  Type type = op->getNumResults() ? op->getResult(0).getType()
                                  : Type(NoneType::get(op.getContext()));
  bool isTemplate = !callee.format.empty();
  CxxExpr *e = cxx.newExpr(isTemplate ? CxxExpr::Template : CxxExpr::Call, type,
                           isTemplate ? callee.format : site.nameOf(callee));
  for (unsigned i = 0; i < (isTemplate ? op.getArgs().size() : written); ++i)
    e->args.push_back(argument(op, i));
  e->hasEffect = !isMemoryEffectFree(op);
  e->callee = op.getCallee().str();
  // A call whose one result is read: the struct needs no name.
  if (!callee.structType.empty() && isComputation(op))
    return cxx.newExpr(CxxExpr::Member, type, callee.members[calledResult(op)],
                       {e});
  return e;
}

CxxExpr *ExprBuilder::member(Value v) {
  auto call = v.getDefiningOp<CallOp>();
  unsigned index = llvm::cast<OpResult>(v).getResultNumber();
  return cxx.newExpr(CxxExpr::Member, v.getType(),
                     site.callees.of(call).members[index],
                     {cxx.read(structs.lookup(call))});
}

/// `tape.x`, of the frame that a reverse sweep is passed.
CxxExpr *ExprBuilder::frameMember(Value v) {
  auto unpack = v.getDefiningOp<UnpackOp>();
  auto members = unpack->getAttrOfType<ArrayAttr>("locals");
  LocalAttr member =
      getLocal(members, llvm::cast<OpResult>(v).getResultNumber());
  return cxx.newExpr(CxxExpr::Member, v.getType(), member.getName(),
                     {cxx.read(plan.of(unpack.getFrame()))});
}

/// Whether a member of a frame is what an empty frame has there.
static bool isNothing(Value value) {
  Operation *op = value.getDefiningOp();
  if (auto tape = dyn_cast_or_null<TapeOp>(op))
    return tape->hasOneUse();
  if (auto real = realConstant(value))
    return real->isPosZero();
  auto integer = intConstant(value);
  return isa_and_present<UndefOp>(op) || (integer && integer->isZero());
}

/// `std::make_shared<const sort_tape>(sort_tape{i, std::move(x_tape)})`.
CxxExpr *ExprBuilder::buildFrame(PackOp op) {
  std::string name = op.getFrame().getType().getFunction().str();
  if (llvm::all_of(op.getValues(), isNothing))
    return cxx.newExpr(CxxExpr::Template, op.getFrame().getType(),
                       "std::make_shared<const " + name + ">()");
  CxxExpr *e = cxx.newExpr(CxxExpr::Template, op.getFrame().getType(), "");
  for (Value value : op.getValues()) {
    bool isTape = isa<TapeType>(value.getType());
    if (isTape && isNothing(value)) {
      e->text += (e->text.empty() ? "" : ", ") + std::string("{{}}");
      continue;
    }
    std::string item = "{" + std::to_string(e->args.size()) + "}";
    e->text += (e->text.empty() ? "" : ", ") +
               (isTape ? "std::move(" + item + ")" : item);
    e->args.push_back(isTape ? cxx.read(plan.of(value)) : buildBraced(value));
  }
  e->text =
      "std::make_shared<const " + name + ">(" + name + "{{" + e->text + "}})";
  return e;
}

CxxExpr *ExprBuilder::buildStatement(StatementOp op) {
  CxxExpr *e = cxx.newExpr(CxxExpr::Template, NoneType::get(op.getContext()),
                           op.getText());
  for (Value operand : op.getArgs())
    e->args.push_back(operandOf(operand));
  e->hasEffect = true;
  return e;
}

/// Whether the object is copied as its bytes.
static bool isTrivial(Value object) {
  if (auto argument = dyn_cast<BlockArgument>(object)) {
    auto function = dyn_cast<func::FuncOp>(argument.getOwner()->getParentOp());
    return function &&
           function.getArgAttr(argument.getArgNumber(), "ad.trivial");
  }
  return object.getDefiningOp()->hasAttr("trivial");
}

CxxExpr *ExprBuilder::buildMoved(Value place) {
  if (isTrivial(place))
    return operandOf(place);
  CxxExpr *e =
      cxx.newExpr(CxxExpr::Template, place.getType(), "std::move({0})");
  e->args = {operandOf(place)};
  return e;
}

CxxExpr *ExprBuilder::buildSwap(SwapOp op) {
  CxxExpr *e = cxx.newExpr(CxxExpr::Template, NoneType::get(op.getContext()),
                           "std::swap({0}, {1})");
  for (Value place : op.getOperands()) {
    Type content = llvm::cast<PlaceType>(place.getType()).getElement();
    bool isNumber = isReal(content) || isa<IntType>(content);
    e->args.push_back(isNumber ? lvalue(place) : operandOf(place));
  }
  e->hasEffect = true;
  return e;
}

std::string ExprBuilder::zeroElement(Operation *op, Value container) const {
  StmtAttr stmt = getStmt(op->getLoc());
  func::FuncOp caller = site.caller.func;
  auto known =
      caller->getParentOfType<ModuleOp>()->getAttrOfType<DictionaryAttr>(
          "ad.zero_elements");
  auto object =
      dyn_cast<ObjectType>(llvm::cast<PlaceType>(container.getType()).getElement());
  if (!known || !object || !stmt || !stmt.getDerivative())
    return "";
  auto zero = known.getAs<StringAttr>(object.getSpelling());
  return zero ? zero.str() : "";
}

CxxExpr *ExprBuilder::buildShapeChange(Operation *op) {
  StringRef text = "{0}.pop_back()";
  CxxExpr *argument = nullptr;
  std::string zero = zeroElement(op, op->getOperand(0));
  std::string filled;
  if (auto resize = dyn_cast<ResizeOp>(op)) {
    auto count = intConstant(resize.getCount());
    bool isEmpty = count && count->isZero();
    filled = "{0}.resize({1}" + (zero.empty() ? "" : ", " + zero) + ")";
    text = isEmpty ? "{0}.clear()" : StringRef(filled);
    argument = isEmpty ? nullptr : index(resize.getCount());
  } else if (auto push = dyn_cast<PushOp>(op)) {
    filled = zero.empty() ? "{0}.emplace_back()" : "{0}.push_back(" + zero + ")";
    text = push.getValue() ? "{0}.push_back({1})" : StringRef(filled);
    if (push.getValue())
      argument = buildConverted(push.getValue());
  }
  CxxExpr *e =
      cxx.newExpr(CxxExpr::Template, NoneType::get(op->getContext()), text);
  e->args = {lvalue(op->getOperand(0))};
  if (argument)
    e->args.push_back(argument);
  e->hasEffect = true;
  return e;
}

//===----------------------------------------------------------------------===//
// Statements
//===----------------------------------------------------------------------===//

void StmtBuilder::evaluate(CxxExpr *value, StmtAttr stmt, CxxBlock *out) {
  CxxStmt *s = cxx.newStmt(CxxStmt::Evaluate, stmt);
  s->value = value;
  out->statements.push_back(s);
}

void StmtBuilder::buildStore(CxxExpr *target, CxxExpr *value, StmtAttr stmt,
                             CxxBlock *out) {
  CxxStmt *s = cxx.newStmt(CxxStmt::Store, stmt);
  s->target = target;
  s->value = value;
  out->statements.push_back(s);
}

void StmtBuilder::buildCall(CallOp op, CxxBlock *out) {
  if (!isComputation(op))
    return buildTiedCall(op, out);
  StmtAttr stmt = getStmt(op.getLoc());
  CxxVariable *variable = plan.of(op->getResult(0));
  if (variable)
    out->statements.push_back(
        cxx.newAssign(variable, exprs.buildCall(op), stmt));
  else if (op->getResult(0).use_empty()) {
    CxxExpr *call = exprs.buildCall(op);
    func::FuncOp callee = site.callees.of(op).func;
    // Compilers warn of a result that the user wants to be used.
    if (callee && callee->hasAttr("ad.nodiscard"))
      call = cxx.newExpr(CxxExpr::Unary, call->type, "(void)", {call});
    evaluate(call, stmt, out);
  }
}

/// The variable that `e` passes or is; null for another expression.
static CxxVariable *variableIn(CxxExpr *e) {
  if (e->isUnary("&"))
    e = e->args[0];
  bool isVariable = e->kind == CxxExpr::Variable || e->kind == CxxExpr::Passed;
  return isVariable ? e->variable : nullptr;
}

/// What the callee only reads must not be an object that it writes through
/// another parameter: such a variable is passed as a copy.
void StmtBuilder::separate(CallOp op, CxxExpr *call, CxxBlock *out) {
  func::FuncOp callee = site.callees.of(op).func;
  llvm::DenseMap<CxxVariable *, CxxVariable *> copies;
  auto isChanged = [&](CxxVariable *variable) {
    for (unsigned i = 0; i < op.getArgs().size(); ++i)
      if (op.tieOf(i) >= 0 && plan.of(op.getResult(op.tieOf(i))) == variable)
        return true;
    return false;
  };
  for (auto [i, e] : llvm::enumerate(call->args)) {
    CxxVariable *variable = variableIn(e);
    if (!variable || op.tieOf(i) >= 0 ||
        isa<PlaceType>(op.getArgs()[i].getType()) ||
        passingOf(callee, i) == Passing::Value || !isChanged(variable))
      continue;
    CxxVariable *&copy = copies[variable];
    if (!copy) {
      copy = cxx.newVariable({}, variable->type);
      copy->hint = "old";
      out->statements.push_back(cxx.newAssign(copy, cxx.read(variable), {}));
    }
    CxxExpr *&inner = e->isUnary("&") ? e->args[0] : e;
    bool isPassed = inner->kind == CxxExpr::Passed;
    inner = isPassed ? pass(cxx, copy, passingOf(callee, i)) : cxx.read(copy);
  }
}

void StmtBuilder::buildTiedCall(CallOp op, CxxBlock *out) {
  const Callee &callee = site.callees.of(op);
  StmtAttr stmt = getStmt(op.getLoc());
  CxxExpr *call = exprs.buildCall(op);
  separate(op, call, out);
  SmallVector<Copy> copies;
  SmallVector<OpResult> returned;
  for (OpResult result : op->getResults()) {
    auto operand = op.operandOf(result.getResultNumber());
    if (!operand) {
      returned.push_back(result);
      continue;
    }
    Value before = op.getArgs()[*operand];
    if (!before.getDefiningOp<UndefOp>())
      copies.push_back({plan.of(result), before});
  }
  copyAtOnce(copies, out, {}, "");
  bool isRead = llvm::any_of(
      returned, [](OpResult result) { return !result.use_empty(); });
  if (!isRead)
    return evaluate(call, stmt, out);
  if (callee.structType.empty()) {
    out->statements.push_back(
        cxx.newAssign(plan.of(returned.front()), call, stmt));
    return;
  }
  CxxVariable *variable = cxx.newVariable({}, NoneType::get(op.getContext()));
  variable->structType = site.structOf(callee);
  variable->hint = callee.hint;
  out->statements.push_back(cxx.newAssign(variable, call, stmt));
  exprs.setStruct(op, variable);
  for (OpResult result : returned)
    if (CxxVariable *own = plan.of(result))
      out->statements.push_back(
          cxx.newAssign(own,
                        cxx.newExpr(CxxExpr::Member, result.getType(),
                                    callee.members[result.getResultNumber()],
                                    {cxx.read(variable)}),
                        stmt));
}
