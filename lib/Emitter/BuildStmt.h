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
  StmtBuilder(CxxFunction &cxx, const VariablePlan &plan, bool returnsStruct)
      : cxx(cxx), plan(plan), exprs(cxx, plan), returnsStruct(returnsStruct) {}

  void build(mlir::func::FuncOp func);

private:
  using Values = llvm::ArrayRef<mlir::Value>;
  /// What the end of a block does with the operands of its terminator.
  using Ending = std::function<void(Values, CxxBlock *)>;

  void buildBlock(mlir::Block &block, CxxBlock *out, const Ending &ending);
  void buildOp(mlir::Operation *op, CxxBlock *out);
  void buildIf(IfOp op, CxxBlock *out, const Ending &ending);
  void buildSwitch(SwitchOp op, CxxBlock *out);
  void buildTape(TapeOp op, CxxBlock *out);
  void buildRecord(RecordOp op, CxxBlock *out);
  void buildReturn(Values values, CxxBlock *out);

  // BuildLoops.cpp
  void buildFor(ForOp op, CxxBlock *out);
  void setHeader(ForOp op, CxxStmt *loop, CxxVariable *counter);
  void setReversedHeader(ForOp op, CxxStmt *loop, CxxVariable *counter);
  void setCountedDown(ForOp op, CxxStmt *loop, CxxVariable *counter);
  void buildWhile(WhileOp op, CxxBlock *out);
  CxxExpr *buildHead(mlir::Block &block, CxxBlock *out, mlir::ValueRange targets);
  void leaveUnless(CxxExpr *go, CxxBlock *out);

  /// Assigns `sources` to the variables of `targets` at once, and returns the
  /// condition `go`, evaluated before but to be tested afterwards.
  CxxExpr *buildCopies(mlir::ValueRange targets, Values sources, CxxBlock *out,
                       mlir::Value go = {});
  Ending copyingTo(mlir::Operation *op);

  CxxFunction &cxx;
  const VariablePlan &plan;
  ExprBuilder exprs;
  bool returnsStruct;
};

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_BUILDSTMT_H
