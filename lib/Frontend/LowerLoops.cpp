//===- LowerLoops.cpp - while, do and for ---------------------------------===//
//
//   while (C) B            head: C          body: B   step: -
//   for (I; C; S) B    I;  head: C          body: B   step: S
//   do B while (C);        head: -          body: B   step: C
//
//===----------------------------------------------------------------------===//
#include "Lowering.h"

#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace adgen;

WhileOp FunctionLowering::createLoop(SourceLocation loc, llvm::StringRef kind) {
  return WhileOp::create(builder, at(loc), mlir::TypeRange(),
                         mlir::ValueRange(), kind, mlir::ArrayAttr());
}

mlir::LogicalResult FunctionLowering::lowerLoopRegion(
    mlir::Region &region, llvm::function_ref<mlir::LogicalResult()> contents) {
  return lowerRegion(region, contents, [&] {
    mlir::Location loc = region.getParentOp()->getLoc();
    NextOp::create(builder, loc, createBool(true, loc), mlir::ValueRange());
  });
}

mlir::LogicalResult FunctionLowering::lowerLoopBody(mlir::Region &region,
                                                    const Stmt &s) {
  return lowerLoopRegion(region, [&] { return lowerStatement(s); });
}

mlir::LogicalResult
FunctionLowering::lowerLoopCondition(mlir::Region &region,
                                     const VarDecl *variable,
                                     const clang::Expr *condition) {
  return lowerLoopRegion(region, [&] {
    if (variable && failed(initializeVariable(*variable)))
      return mlir::failure();
    if (!condition)
      return mlir::success();
    mlir::Value go = lowerValue(condition);
    if (!go)
      return mlir::failure();
    NextOp::create(builder, at(condition->getExprLoc()), go,
                   mlir::ValueRange());
    return mlir::success();
  });
}

bool FunctionLowering::isEndless(const clang::Expr *condition) const {
  bool value = false;
  return !condition || (condition->EvaluateAsBooleanCondition(value, ast) &&
                        value && !condition->HasSideEffects(ast));
}

mlir::LogicalResult FunctionLowering::lowerWhile(const WhileStmt &s) {
  llvm::SaveAndRestore leaves(broken, false);
  // The variable of a condition is a new one each trip, and each trip
  // initializes it.
  const VarDecl *variable = s.getConditionVariable();
  if (variable && failed(declareVariable(*variable)))
    return mlir::failure();
  StatementScope scope(*this, &s, [&] {
    return quoteSource(ast, {s.getWhileLoc(), s.getRParenLoc()});
  });
  WhileOp loop = createLoop(s.getWhileLoc(), "while");
  if (failed(lowerLoopCondition(loop.getHead(), variable, s.getCond())) ||
      failed(lowerLoopBody(loop.getBody(), *s.getBody())) ||
      failed(lowerLoopRegion(loop.getStep(), [] { return mlir::success(); })))
    return mlir::failure();
  reachable = broken || !isEndless(s.getCond());
  return mlir::success();
}

mlir::LogicalResult FunctionLowering::lowerDo(const DoStmt &s) {
  llvm::SaveAndRestore leaves(broken, false);
  StatementScope scope(*this, &s, [&] {
    return quoteSource(ast, {s.getWhileLoc(), s.getRParenLoc()});
  });
  WhileOp loop = createLoop(s.getDoLoc(), "do");
  if (failed(lowerLoopRegion(loop.getHead(), [] { return mlir::success(); })) ||
      failed(lowerLoopBody(loop.getBody(), *s.getBody())) ||
      failed(lowerLoopCondition(loop.getStep(), nullptr, s.getCond())))
    return mlir::failure();
  reachable = broken || !isEndless(s.getCond());
  return mlir::success();
}

mlir::LogicalResult FunctionLowering::lowerFor(const ForStmt &s) {
  if (std::optional<mlir::LogicalResult> lowered = lowerReverseFor(s))
    return *lowered;
  llvm::SaveAndRestore leaves(broken, false);
  if (s.getInit() && failed(lowerStatement(*s.getInit())))
    return mlir::failure();
  const VarDecl *variable = s.getConditionVariable();
  if (variable && failed(declareVariable(*variable)))
    return mlir::failure();
  StatementScope scope(*this, &s, [&] {
    return quoteSource(ast, {s.getForLoc(), s.getRParenLoc()});
  });
  WhileOp loop = createLoop(s.getForLoc(), "for");
  mlir::LogicalResult head = mlir::failure();
  {
    const void *key = s.getCond();
    StatementScope header(*this, key ? key : &s, [&] {
      return quoteSource(ast, s.getCond()->getSourceRange());
    });
    head = lowerLoopCondition(loop.getHead(), variable, s.getCond());
  }
  auto lowerStep = [&] {
    return s.getInc() ? lowerExpressionStatement(*s.getInc()) : mlir::success();
  };
  if (failed(head) || failed(lowerLoopBody(loop.getBody(), *s.getBody())) ||
      failed(lowerLoopRegion(loop.getStep(), lowerStep)))
    return mlir::failure();
  reachable = broken || !isEndless(s.getCond());
  return mlir::success();
}
