//===- BuildStmt.h - Operations → C++ statements --------------------------===//
#ifndef ADGEN_LIB_EMITTER_BUILDSTMT_H
#define ADGEN_LIB_EMITTER_BUILDSTMT_H

#include "BuildExpr.h"

#include <functional>

namespace adgen {

/// Turns the blocks of a prepared function into statements, without regard for
/// beauty; TidyStatements follows.
class StmtBuilder {
public:
  StmtBuilder(CxxFunction &cxx, const VariablePlan &plan, const CallSite &site)
      : cxx(cxx), plan(plan), site(site), exprs(cxx, plan, site),
        returnsStruct(!site.caller.structName.empty()) {}

  void build(mlir::func::FuncOp func);

private:
  using Values = llvm::ArrayRef<mlir::Value>;
  /// What the end of a block does with the operands of its terminator.
  using Ending = std::function<void(Values, CxxBlock *)>;

  void buildBlock(mlir::Block &block, CxxBlock *out, const Ending &ending);
  void buildOp(mlir::Operation *op, CxxBlock *out);
  void buildIf(IfOp op, CxxBlock *out, const Ending &ending);
  void buildSwitch(SwitchOp op, CxxBlock *out);
  void buildVar(VarOp op, CxxBlock *out);
  void buildTape(TapeOp op, CxxBlock *out);
  void buildRecord(RecordOp op, CxxBlock *out);
  void buildReturn(Values values, CxxBlock *out);

  // BuildCalls.cpp
  void buildCall(CallOp op, CxxBlock *out);
  void buildTiedCall(CallOp op, CxxBlock *out);
  void separate(CallOp op, CxxExpr *call, CxxBlock *out);
  void buildStore(CxxExpr *target, CxxExpr *value, StmtAttr stmt,
                  CxxBlock *out);
  void evaluate(CxxExpr *value, StmtAttr stmt, CxxBlock *out);

  // BuildLoops.cpp
  void buildFor(ForOp op, CxxBlock *out);
  void setHeader(ForOp op, CxxStmt *loop, CxxVariable *counter);
  void setReversedHeader(ForOp op, CxxStmt *loop, CxxVariable *counter);
  void setCountedDown(ForOp op, CxxStmt *loop, CxxVariable *counter);
  void buildWhile(WhileOp op, CxxBlock *out);
  CxxExpr *buildHead(mlir::Block &block, CxxBlock *out, mlir::ValueRange targets);
  void leaveUnless(CxxExpr *go, CxxBlock *out);

  /// A variable and what is assigned to it.
  using Copy = std::pair<CxxVariable *, mlir::Value>;
  /// Assigns all at once. What `readLater` reads is replaced by what it reads
  /// before.
  void copyAtOnce(llvm::ArrayRef<Copy> copies, CxxBlock *out,
                  llvm::MutableArrayRef<CxxExpr *> readLater,
                  llvm::StringRef hint);
  /// Assigns `sources` to the variables of `targets` at once, and returns the
  /// condition `go`, evaluated before but to be tested afterwards.
  CxxExpr *buildCopies(mlir::ValueRange targets, Values sources, CxxBlock *out,
                       mlir::Value go = {});
  Ending copyingTo(mlir::Operation *op);

  CxxFunction &cxx;
  const VariablePlan &plan;
  const CallSite &site;
  ExprBuilder exprs;
  bool returnsStruct;
  mlir::func::FuncOp func;
};

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_BUILDSTMT_H
