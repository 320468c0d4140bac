//===- Callees.cpp - What functions and calls say of themselves -----------===//
#include "Callees.h"

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Functions
//===----------------------------------------------------------------------===//

bool adgen::isPassedByPlace(func::FuncOp function, unsigned i) {
  return bool(function.getArgAttr(i, "ad.pass"));
}

bool adgen::mayBeWritten(func::FuncOp function, unsigned i) {
  return bool(function.getArgAttr(i, "ad.out"));
}

StringRef adgen::roleOf(func::FuncOp function, unsigned i) {
  auto role = function.getArgAttrOfType<StringAttr>(i, "ad.role");
  return role ? role.getValue() : StringRef();
}

std::optional<unsigned> adgen::resultOfArgument(func::FuncOp function,
                                                unsigned i) {
  auto out = function.getArgAttrOfType<IntegerAttr>(i, "ad.out");
  if (!out || function.getArgAttr(i, "ad.in_memory"))
    return {};
  return out.getInt();
}

std::optional<unsigned> adgen::argumentOfResult(func::FuncOp function,
                                                unsigned result) {
  for (unsigned i = 0; i != function.getNumArguments(); ++i)
    if (resultOfArgument(function, i) == result)
      return i;
  return {};
}

bool adgen::returnsValue(func::FuncOp function) {
  unsigned contents = 0;
  for (unsigned i = 0; i != function.getNumArguments(); ++i)
    contents += resultOfArgument(function, i).has_value();
  return function.getNumResults() > contents;
}

bool adgen::takesMemory(func::FuncOp function) {
  return llvm::any_of(function.getArgumentTypes(), llvm::IsaPred<PlaceType>) ||
         llvm::any_of(function.getResultTypes(), llvm::IsaPred<PlaceType>);
}

func::FuncOp adgen::copyForCalls(func::FuncOp function) {
  OpBuilder b(function);
  b.setInsertionPointAfter(function);
  auto copy = cast<func::FuncOp>(b.clone(*function));
  copy.setName((function.getSymName() + "'").str());
  copy->removeAttr("ad.requests");
  return copy;
}

//===----------------------------------------------------------------------===//
// Calls
//===----------------------------------------------------------------------===//

func::FuncOp adgen::calleeOf(CallOp call) {
  auto module = call->getParentOfType<ModuleOp>();
  return module.lookupSymbol<func::FuncOp>(call.getCalleeAttr());
}

func::FuncOp adgen::ruleOf(CallOp call, StringRef attribute) {
  auto rule = calleeOf(call)->getAttrOfType<FlatSymbolRefAttr>(attribute);
  return rule ? call->getParentOfType<ModuleOp>().lookupSymbol<func::FuncOp>(rule)
              : func::FuncOp();
}

CallOp adgen::callDerivative(OpBuilder &b, Location loc, func::FuncOp function,
                             ValueRange operands, ArrayRef<int64_t> ties,
                             ArrayRef<Attribute> locals) {
  auto call = CallOp::create(
      b, loc, function.getResultTypes(), function.getSymName(), operands,
      ties.empty() ? DenseI64ArrayAttr() : b.getDenseI64ArrayAttr(ties),
      locals.empty() ? ArrayAttr() : b.getArrayAttr(locals),
      /*flows=*/DenseI64ArrayAttr(), /*partials=*/DenseI64ArrayAttr(),
      /*singular=*/DenseI64ArrayAttr(), /*written=*/IntegerAttr());
  noteReadOnly(call, function);
  return call;
}

void adgen::notePrimal(CallOp helper, CallOp call) {
  helper.setFlowsAttr(call.getFlowsAttr());
  helper.setSingularAttr(call.getSingularAttr());
  helper.setEffects(call.getEffects());
  if (call.getTiesAttr())
    helper->setAttr("ad.primal_ties", call.getTiesAttr());
  if (call.getWrittenAttr())
    helper->setAttr("ad.primal_written", call.getWrittenAttr());
}

CallOp adgen::callPrimal(CallOp helper, func::FuncOp primal) {
  OpBuilder b(helper);
  SmallVector<Attribute> locals;
  for (unsigned r = 0; r != primal.getNumResults(); ++r) {
    LocalAttr local = getLocal(helper.getLocalsAttr(), r);
    locals.push_back(local ? Attribute(local) : b.getUnitAttr());
  }
  auto call = CallOp::create(
      b, helper.getLoc(), primal.getResultTypes(), primal.getSymName(), helper.getArgs(),
      helper->getAttrOfType<DenseI64ArrayAttr>("ad.primal_ties"), b.getArrayAttr(locals),
      helper.getFlowsAttr(), DenseI64ArrayAttr(), helper.getSingularAttr(),
      helper->getAttrOfType<IntegerAttr>("ad.primal_written"), helper.getEffects());
  noteReadOnly(call, primal);
  return call;
}

bool adgen::passesMemory(CallOp call) {
  return llvm::any_of(call->getOperandTypes(), llvm::IsaPred<PlaceType>) ||
         llvm::any_of(call->getResultTypes(), llvm::IsaPred<PlaceType>);
}

bool adgen::isCheapCall(CallOp call) {
  func::FuncOp callee = calleeOf(call);
  if (!callee || callee.isExternal())
    return false;
  unsigned count = 0;
  for (Operation &op : callee.front().without_terminator()) {
    if (!isa<ConstantOp, LetOp, AddOp, SubOp, MulOp, NegOp>(op))
      return false;
    count += !isa<ConstantOp, LetOp>(op);
  }
  return count <= 8;
}

std::string adgen::withoutConst(StringRef type) {
  // Of a pointer to pointers, what comes first is not of the target.
  if (type.count('*') + type.count('&') > 1 && !type.contains('<'))
    return type.str();
  size_t at = type.find("const ");
  if (at != StringRef::npos && !type.take_front(at).contains_insensitive("*"))
    return (type.take_front(at) + type.drop_front(at + 6)).str();
  return type.str();
}
