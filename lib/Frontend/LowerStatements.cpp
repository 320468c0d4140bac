//===- LowerStatements.cpp - Statements other than loops and switch -------===//
#include "Lowering.h"

#include "clang/Lex/Lexer.h"
#include "llvm/Support/SaveAndRestore.h"

using namespace clang;
using namespace adgen;

mlir::LogicalResult FunctionLowering::lowerStatement(const Stmt &s) {
  if (const auto *e = dyn_cast<clang::Expr>(&s))
    return lowerExpressionStatement(*e);
  switch (s.getStmtClass()) {
  case Stmt::NullStmtClass:
    return mlir::success();
  case Stmt::CompoundStmtClass: {
    llvm::SmallVector<const Stmt *> list(cast<CompoundStmt>(s).body());
    return lowerStatements(list);
  }
  case Stmt::AttributedStmtClass:
    return lowerStatement(*cast<AttributedStmt>(s).getSubStmt());
  case Stmt::DeclStmtClass:
    return lowerDeclarations(cast<DeclStmt>(s));
  case Stmt::IfStmtClass:
    return lowerIf(cast<IfStmt>(s));
  case Stmt::WhileStmtClass:
    return lowerWhile(cast<WhileStmt>(s));
  case Stmt::DoStmtClass:
    return lowerDo(cast<DoStmt>(s));
  case Stmt::ForStmtClass:
    return lowerFor(cast<ForStmt>(s));
  case Stmt::CXXForRangeStmtClass:
    return lowerRangeFor(cast<CXXForRangeStmt>(s));
  case Stmt::SwitchStmtClass:
    return lowerSwitch(cast<SwitchStmt>(s));
  case Stmt::BreakStmtClass:
    return lowerBreak(cast<BreakStmt>(s));
  case Stmt::ContinueStmtClass:
    return lowerContinue(cast<ContinueStmt>(s));
  case Stmt::ReturnStmtClass:
    return lowerReturn(cast<ReturnStmt>(s));
  default:
    return refuseStatement(s);
  }
}

mlir::LogicalResult
FunctionLowering::lowerStatements(llvm::ArrayRef<const Stmt *> list) {
  for (const Stmt *s : list) {
    if (!reachable)
      break;
    if (failed(lowerStatement(*s)))
      return mlir::failure();
  }
  return mlir::success();
}

mlir::LogicalResult
FunctionLowering::lowerExpressionStatement(const clang::Expr &e) {
  StatementScope scope(*this, &e,
                       [&] { return quoteSource(ast, e.getSourceRange()); });
  mlir::FailureOr<bool> isDropped = dropAssertion(e);
  if (failed(isDropped))
    return mlir::failure();
  if (*isDropped)
    return mlir::success();
  if (std::optional<mlir::LogicalResult> kept = keepStatement(e))
    return *kept;
  if (failed(lowerDiscarded(&e)))
    return mlir::failure();
  // What follows a call that never returns does not matter.
  const auto *call = dyn_cast<CallExpr>(e.IgnoreParenCasts());
  const FunctionDecl *callee = call ? call->getDirectCallee() : nullptr;
  if (callee && callee->isNoReturn())
    leave(e.getExprLoc());
  return mlir::success();
}

/// The condition, if `e` is the expansion of the system's `assert`: `c ?
/// void(0) : __assert_fail(…)`.
static const clang::Expr *findAssertion(const clang::Expr &e,
                                        const ASTContext &ast) {
  const SourceManager &sources = ast.getSourceManager();
  SourceLocation loc = e.getBeginLoc();
  if (!loc.isMacroID() ||
      !sources.isInSystemHeader(sources.getSpellingLoc(loc)) ||
      Lexer::getImmediateMacroName(loc, sources, ast.getLangOpts()) != "assert")
    return nullptr;
  const auto *conditional = dyn_cast<ConditionalOperator>(e.IgnoreParenCasts());
  if (!conditional || !conditional->getType()->isVoidType())
    return nullptr;
  const auto *failure =
      dyn_cast<CallExpr>(conditional->getFalseExpr()->IgnoreParenCasts());
  const FunctionDecl *callee = failure ? failure->getDirectCallee() : nullptr;
  return callee && callee->isNoReturn() ? conditional->getCond() : nullptr;
}

/// Leaves out an assertion, whose condition is lowered all the same, so that
/// what it may contain is checked.
mlir::FailureOr<bool> FunctionLowering::dropAssertion(const clang::Expr &e) {
  const clang::Expr *condition = findAssertion(e, ast);
  if (!condition)
    return false;
  mlir::Region scratch(func);
  llvm::SaveAndRestore leftOut(isLeftOut, true);
  mlir::LogicalResult result = lowerRegion(
      scratch, [&] { return mlir::success(bool(lowerValue(condition))); },
      [] {});
  if (failed(result))
    return mlir::failure();
  bool hasEffect = false;
  scratch.walk([&](mlir::Operation *op) {
    auto call = dyn_cast<CallOp>(op);
    hasEffect |= isa<StoreOp>(op) || (call && mayWrite(call));
  });
  // Backwards, as each operation may use those before it.
  scratch.front().dropAllReferences();
  scratch.getBlocks().clear();
  if (hasEffect)
    return refuse(Diag::AssertionEffect, e.getExprLoc(), {},
                  condition->getSourceRange());
  return true;
}

mlir::LogicalResult FunctionLowering::lowerRegion(
    mlir::Region &region, llvm::function_ref<mlir::LogicalResult()> contents,
    llvm::function_ref<void()> end) {
  mlir::OpBuilder::InsertionGuard guard(builder);
  builder.createBlock(&region);
  reachable = true;
  if (failed(contents()))
    return mlir::failure();
  mlir::Block *block = builder.getInsertionBlock();
  if (block->empty() || !block->back().hasTrait<mlir::OpTrait::IsTerminator>())
    end();
  return mlir::success();
}

void FunctionLowering::yield(mlir::ValueRange values) {
  mlir::Location loc = builder.getInsertionBlock()->getParentOp()->getLoc();
  YieldOp::create(builder, loc, values);
}

mlir::Value FunctionLowering::createBool(bool value, mlir::Location loc) {
  return ConstantOp::create(builder, loc, builder.getI1Type(),
                            builder.getBoolAttr(value), mlir::StringAttr(),
                            mlir::TypeAttr());
}

mlir::LogicalResult FunctionLowering::lowerIf(const IfStmt &s) {
  if (s.isConsteval())
    return refuse(Diag::UnsupportedStatement, s.getIfLoc(), {"if consteval"});
  if (s.getInit() && failed(lowerStatement(*s.getInit())))
    return mlir::failure();
  if (const VarDecl *variable = s.getConditionVariable())
    if (failed(lowerVariable(*variable)))
      return mlir::failure();
  if (s.isConstexpr()) {
    std::optional<const Stmt *> taken = s.getNondiscardedCase(ast);
    if (!taken)
      return refuse(Diag::UnsupportedStatement, s.getIfLoc(), {"if constexpr"});
    return *taken ? lowerStatement(**taken) : mlir::success();
  }
  StatementScope scope(*this, &s, [&] {
    return quoteSource(ast, {s.getIfLoc(), s.getRParenLoc()});
  });
  mlir::Value condition = lowerValue(s.getCond());
  if (!condition)
    return mlir::failure();
  if (std::optional<bool> isTaken = takeDecision(condition)) {
    const Stmt *taken = *isTaken ? s.getThen() : s.getElse();
    return taken ? lowerStatement(*taken) : mlir::success();
  }
  IfOp branch =
      IfOp::create(builder, at(s.getIfLoc()), mlir::TypeRange(), condition,
                   mlir::ArrayAttr(), /*expression=*/false);
  if (failed(lowerRegion(
          branch.getThenRegion(), [&] { return lowerStatement(*s.getThen()); },
          [&] { yield(); })))
    return mlir::failure();
  bool thenEnds = reachable;
  auto lowerElse = [&] {
    return s.getElse() ? lowerStatement(*s.getElse()) : mlir::success();
  };
  if (failed(lowerRegion(branch.getElseRegion(), lowerElse, [&] { yield(); })))
    return mlir::failure();
  reachable |= thenEnds;
  return mlir::success();
}

mlir::LogicalResult FunctionLowering::lowerBreak(const BreakStmt &s) {
  mlir::Location loc = at(s.getBeginLoc());
  // At the end of a case it is no jump.
  if (isa<SwitchOp>(builder.getInsertionBlock()->getParentOp()))
    YieldOp::create(builder, loc, mlir::ValueRange());
  else
    BreakOp::create(builder, loc);
  broken = true;
  reachable = false;
  return mlir::success();
}

mlir::LogicalResult FunctionLowering::lowerContinue(const ContinueStmt &s) {
  ContinueOp::create(builder, at(s.getBeginLoc()));
  reachable = false;
  return mlir::success();
}
