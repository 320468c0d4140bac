//===- ReportChoices.cpp - Remarks on what a derivative keeps and repeats -===//
//
// Says, in the user's names, what the finished derivative costs beside the
// function itself (`--remarks`):
//
// 1. each tape: of which value, how many bytes, and which derivative reads it;
// 2. each loop that is run again in the reverse sweep;
// 3. each call whose partial derivatives are computed with its value, and each
//    that is made again.
//
// Runs last and changes nothing.
//
//===----------------------------------------------------------------------===//
#include "KeepLoads.h"
#include "LoopSlices.h"
#include "ReadVariables.h"
#include "Reverse.h"

#include "adgen/Analysis/Slots.h"
#include "adgen/Support/Diagnostics.h"
#include "adgen/Transforms/Passes.h"

#include "llvm/ADT/StringExtras.h"

namespace adgen {
#define GEN_PASS_DEF_REPORTCHOICES
#include "adgen/Transforms/Passes.h.inc"
} // namespace adgen

using namespace mlir;
using namespace adgen;

static void emitChoice(Location loc, Diag diag, ArrayRef<std::string> args) {
  emitRemark(loc) << formatMessage(diag, args);
}

//===----------------------------------------------------------------------===//
// Tapes
//===----------------------------------------------------------------------===//

static unsigned bytesOf(Type type) {
  if (auto integer = dyn_cast<IntType>(type))
    return integer.getWidth() / 8;
  return type.isF32() ? 4 : type.isF64() ? 8 : type.isInteger(1) ? 1 : 16;
}

/// An integer expression in the user's names; empty if it has none.
static std::string describe(Value value) {
  if (auto constant = intConstant(value))
    return llvm::toString(*constant, 10, /*Signed=*/true);
  if (LocalAttr local = variableOf(value))
    return local.getName().str();
  Operation *op = value.getDefiningOp();
  if (!op)
    return "";
  if (isa<CastOp>(op))
    return describe(op->getOperand(0));
  StringRef sign = isa<AddOp>(op)   ? " + "
                   : isa<SubOp>(op) ? " - "
                   : isa<MulOp>(op) ? " * "
                   : isa<DivOp>(op) ? " / "
                                    : "";
  if (sign.empty())
    return "";
  std::string x = describe(op->getOperand(0)), z = describe(op->getOperand(1));
  return x.empty() || z.empty() ? "" : "(" + x + sign.str() + z + ")";
}

static std::string describeSize(TapeOp tape) {
  unsigned bytes = bytesOf(cast<TapeType>(tape.getTape().getType()).getElement());
  if (!tape.getSize())
    return std::to_string(bytes) + " bytes a trip";
  if (auto constant = intConstant(tape.getSize()))
    return std::to_string(bytes * constant->getSExtValue()) + " bytes";
  std::string size = describe(tape.getSize());
  return size.empty() ? std::to_string(bytes) + " bytes a trip"
                      : std::to_string(bytes) + " * " + size + " bytes";
}

/// Where the value that `use` reads goes: results, what a loop carries, and what
/// is played back of it.
static SmallVector<Value> successors(OpOperand &use) {
  Operation *user = use.getOwner();
  SmallVector<Value> found(user->getResults());
  if (auto record = dyn_cast<RecordOp>(user))
    for (Operation *other : record.getTape().getUsers())
      if (isa<PlaybackOp>(other))
        found.push_back(other->getResult(0));
  if (isLoop(user) && use.getOperandNumber() >= leadingOperands(user)) {
    unsigned slot = use.getOperandNumber() - leadingOperands(user);
    for (Region &region : user->getRegions())
      found.push_back(region.getArgument(leadingArguments(user) + slot));
  }
  return found;
}

/// The statement that the operation is of: where a loop was split, one part quotes it.
static std::string quoteOf(Operation *op) {
  StmtAttr stmt = getStmt(op->getLoc());
  std::string quote = stmt.getQuote().getValue().str();
  if (quote.empty())
    op->getParentOfType<func::FuncOp>().walk([&](Operation *other) {
      StmtAttr own = getStmt(other->getLoc());
      if (own && own.getId() == stmt.getId() && quote.empty())
        quote = own.getQuote().getValue().str();
    });
  return quote;
}

/// The statement whose derivative reads `value`, or what is computed from it.
static std::string describeReader(Value value,
                                  llvm::DenseSet<Operation *> &seen) {
  SmallVector<OpOperand *> uses;
  for (OpOperand &use : value.getUses())
    uses.push_back(&use);
  for (OpOperand *use : llvm::reverse(uses)) {
    Operation *user = use->getOwner();
    if (!seen.insert(user).second)
      continue;
    StmtAttr stmt = getStmt(user->getLoc());
    if (isDerivativeOp(user) && stmt && !isa<YieldOp>(user))
      return "the derivative of '" + quoteOf(user) + "'";
    for (Value next : successors(*use))
      if (std::string reader = describeReader(next, seen); !reader.empty())
        return reader;
  }
  return "";
}

static void reportTape(TapeOp tape) {
  Operation *loop = nullptr;
  std::string reader;
  for (Operation *user : tape->getUsers()) {
    if (isa<RecordOp>(user))
      loop = loopAround(user);
    llvm::DenseSet<Operation *> seen;
    if (isa<PlaybackOp>(user) && reader.empty())
      reader = describeReader(user->getResult(0), seen);
  }
  StringRef name = tape.getLocal().getName().getValue();
  name.consume_back("_tape");
  Location loc = loop ? loop->getLoc() : tape.getLoc();
  emitChoice(loc, Diag::TapeRemark,
             {name.str(), describeSize(tape),
              reader.empty() ? "the reverse sweep" : reader});
  if (auto alias = tape->getAttrOfType<StringAttr>(aliasMark))
    emitChoice(loc, Diag::AliasRemark, {name.str(), alias.str()});
}

//===----------------------------------------------------------------------===//
// What runs twice
//===----------------------------------------------------------------------===//

/// Whether code of the primal runs in a loop of the reverse sweep.
static bool isRunAgain(Operation *op) {
  if (isDerivativeOp(op))
    return false;
  Operation *loop = loopAround(op);
  return loop && isDerivativeOp(loop);
}

static void reportCall(CallOp call) {
  func::FuncOp callee = calleeOf(call);
  if (!callee)
    return;
  std::string name = callee->getAttrOfType<StringAttr>("ad.name").str();
  auto kind = callee->getAttrOfType<StringAttr>("ad.derivative");
  if (kind && kind.getValue() == "value-and-partials")
    emitChoice(call.getLoc(), Diag::SharedCallRemark, {name});
  else if (isRunAgain(call))
    emitChoice(call.getLoc(), Diag::RepeatedCallRemark, {name});
}

namespace {
struct ReportChoices : adgen::impl::ReportChoicesBase<ReportChoices> {
  void runOnOperation() override {
    for (auto function : getOperation().getOps<func::FuncOp>()) {
      auto kind = function->getAttrOfType<StringAttr>("ad.derivative");
      if (!kind || kind.getValue() == "forward" || function.isExternal())
        continue;
      function.walk<WalkOrder::PreOrder>([](Operation *op) {
        if (auto tape = dyn_cast<TapeOp>(op); tape && !tape->hasAttr(rowMark))
          reportTape(tape);
        else if (auto call = dyn_cast<CallOp>(op))
          reportCall(call);
        else if (isLoop(op) && isRunAgain(op))
          emitChoice(op->getLoc(), Diag::RepeatedLoopRemark, {});
      });
    }
  }
};
} // namespace
