//===- Lowering.h - What the parts of the lowering share ------------------===//
//
// One object lowers one function. Its member functions are split by syntactic
// category: Fence (refusals), LowerFunction (signature, statement locations),
// LowerDeclarations, LowerStatements, LowerLoops, LowerSwitch,
// LowerExpressions, LowerAssignments, LowerCasts, LowerConstants, LowerCalls.
//
// A null mlir::Value or a failure means that something was refused and the
// refusal was reported.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_FRONTEND_LOWERING_H
#define ADGEN_LIB_FRONTEND_LOWERING_H

#include "adgen/Frontend/Lowering.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/DenseMap.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace adgen {

/// How types and names are spelled where the derivative stands: in the named
/// namespace that encloses the function, without the user's using-directives.
class Spelling {
public:
  Spelling(const clang::FunctionDecl &function, clang::ASTContext &ast,
           SourceNeeds &needs);

  /// `type` as the user spelled it, as far as that means the same outside of
  /// the function: `auto` and what is declared inside of it are resolved.
  std::string type(clang::QualType type);

  /// The name of a declaration at namespace scope, qualified where needed.
  std::string name(const clang::NamedDecl &decl,
                   clang::NestedNameSpecifier written = std::nullopt);

  /// The name with all its qualifiers and template arguments.
  std::string qualifiedName(const clang::NamedDecl &decl);

private:
  void need(const clang::Decl &decl);
  bool isVisible(const clang::Decl &decl) const;
  bool isUsable(clang::NestedNameSpecifier qualifier) const;

  const clang::FunctionDecl &function;
  clang::PrintingPolicy policy;
  SourceNeeds &needs;
};

/// A variable of the function.
struct Variable {
  LocalAttr local;
  /// Where it lives; null for a parameter that is never assigned.
  mlir::Value place;
  /// The argument, for a parameter that is never assigned.
  mlir::Value value;
};

/// What an lvalue denotes: a variable's place, or, where nothing can be stored
/// to it, its value.
struct Glvalue {
  mlir::Value place;
  mlir::Value value;
  explicit operator bool() const { return place || value; }
};

/// The user's text of `range`: macros unexpanded, without comments, white space
/// collapsed.
std::string quoteSource(const clang::ASTContext &ast, clang::SourceRange range);

/// The parameters that the body may change.
llvm::SmallPtrSet<const clang::VarDecl *, 8>
findAssignedVariables(const clang::Stmt &body);

class FunctionLowering {
public:
  FunctionLowering(const clang::FunctionDecl &function, clang::ASTContext &ast,
                   mlir::ModuleOp module, SourceNeeds &needs);
  mlir::FailureOr<mlir::func::FuncOp> run();

private:
  // Fence.cpp
  mlir::LogicalResult refuse(Diag diag, clang::SourceLocation loc,
                             std::vector<std::string> args = {},
                             clang::SourceRange range = {});
  mlir::LogicalResult checkSignature();
  mlir::LogicalResult refuseType(clang::QualType type,
                                 clang::SourceLocation loc,
                                 clang::SourceRange range = {});
  mlir::LogicalResult refuseVariable(const clang::VarDecl &variable);
  mlir::Value refuseExpression(const clang::Expr &e);
  mlir::LogicalResult refuseStatement(const clang::Stmt &s);
  mlir::Value refuseCall(const clang::CallExpr &call);

  // Types.cpp
  /// The IR's type; null for a type that is not accepted.
  mlir::Type mapType(clang::QualType type);
  /// The same, refused at `loc` if it is not accepted.
  mlir::Type lowerType(clang::QualType type, clang::SourceLocation loc);

  // LowerFunction.cpp
  mlir::LogicalResult createFunction();
  mlir::LogicalResult lowerParameters();
  void finishFunction();
  LocalAttr createLocal(const clang::VarDecl &variable);
  /// The location of `where` in the current statement.
  mlir::Location at(clang::SourceLocation where);
  mlir::FileLineColLoc position(clang::SourceLocation where);
  /// Operations belong to the statement `key`, quoted `quote`, as long as this
  /// object lives.
  class StatementScope {
  public:
    StatementScope(FunctionLowering &lowering, const void *key,
                   llvm::function_ref<std::string()> quote);
    ~StatementScope() { lowering.statement = outer; }

  private:
    FunctionLowering &lowering;
    StmtAttr outer;
  };

  // LowerDeclarations.cpp
  mlir::LogicalResult lowerDeclarations(const clang::DeclStmt &s);
  mlir::LogicalResult lowerVariable(const clang::VarDecl &variable);
  /// Makes the variable's place, at the current position.
  mlir::LogicalResult declareVariable(const clang::VarDecl &variable);
  /// Stores the initial value, in the variable's own statement.
  mlir::LogicalResult initializeVariable(const clang::VarDecl &variable);

  // LowerStatements.cpp
  mlir::LogicalResult lowerStatement(const clang::Stmt &s);
  mlir::LogicalResult lowerStatements(llvm::ArrayRef<const clang::Stmt *> list);
  mlir::LogicalResult lowerExpressionStatement(const clang::Expr &e);
  mlir::FailureOr<bool> dropAssertion(const clang::Expr &e);
  mlir::LogicalResult lowerIf(const clang::IfStmt &s);
  mlir::LogicalResult lowerReturn(const clang::ReturnStmt &s);
  mlir::LogicalResult lowerBreak(const clang::BreakStmt &s);
  mlir::LogicalResult lowerContinue(const clang::ContinueStmt &s);
  /// Lowers `contents` into a new block of `region` and lets `end` terminate
  /// it unless a statement did.
  mlir::LogicalResult
  lowerRegion(mlir::Region &region,
              llvm::function_ref<mlir::LogicalResult()> contents,
              llvm::function_ref<void()> end);
  void yield(mlir::ValueRange values = {});
  mlir::Value createBool(bool value, mlir::Location loc);

  // LowerLoops.cpp
  mlir::LogicalResult lowerWhile(const clang::WhileStmt &s);
  mlir::LogicalResult lowerDo(const clang::DoStmt &s);
  mlir::LogicalResult lowerFor(const clang::ForStmt &s);
  WhileOp createLoop(clang::SourceLocation loc, llvm::StringRef kind);
  mlir::LogicalResult lowerLoopCondition(mlir::Region &region,
                                         const clang::VarDecl *variable,
                                         const clang::Expr *condition);
  /// Lowers a region that goes on at its end.
  mlir::LogicalResult
  lowerLoopRegion(mlir::Region &region,
                  llvm::function_ref<mlir::LogicalResult()> contents);
  mlir::LogicalResult lowerLoopBody(mlir::Region &region, const clang::Stmt &s);
  /// Whether a loop with this condition is left by `break` alone.
  bool isEndless(const clang::Expr *condition) const;

  // LowerSwitch.cpp
  mlir::LogicalResult lowerSwitch(const clang::SwitchStmt &s);
  struct CaseGroup;
  struct CaseList;
  mlir::FailureOr<CaseList> collectCases(const clang::SwitchStmt &s);
  mlir::LogicalResult addLabel(const clang::SwitchCase &label,
                               CaseGroup &group);
  mlir::LogicalResult lowerCase(mlir::Region &region, const CaseList &list,
                                size_t first);

  // LowerExpressions.cpp
  /// The value of a scalar expression; an lvalue is read.
  mlir::Value lowerValue(const clang::Expr *e);
  Glvalue lowerGlvalue(const clang::Expr *e);
  Glvalue lowerReference(const clang::DeclRefExpr &e);
  mlir::Value load(Glvalue glvalue, clang::SourceLocation loc);
  mlir::LogicalResult lowerDiscarded(const clang::Expr *e);
  mlir::Value lowerUnary(const clang::UnaryOperator &e);
  mlir::Value lowerBinary(const clang::BinaryOperator &e);
  mlir::Value lowerLogical(const clang::BinaryOperator &e);
  mlir::Value lowerConditional(const clang::ConditionalOperator &e);
  mlir::LogicalResult
  lowerDiscardedConditional(const clang::ConditionalOperator &e);
  mlir::Value lowerInitList(const clang::InitListExpr &e);
  /// `opcode` on operands that the AST has converted; null if it is no
  /// arithmetic or comparison operator of scalars.
  mlir::Value createBinary(clang::BinaryOperatorKind opcode, mlir::Value x,
                           mlir::Value z, mlir::Location loc);

  // LowerAssignments.cpp
  mlir::Value lowerPlace(const clang::Expr *e);
  Glvalue lowerAssignment(const clang::BinaryOperator &e);
  Glvalue lowerCompoundAssignment(const clang::CompoundAssignOperator &e);
  /// `++x`, `x--` …; the variable, and for the postfix forms its old value.
  Glvalue lowerIncrement(const clang::UnaryOperator &e);

  // LowerCasts.cpp
  mlir::Value lowerCast(const clang::CastExpr &e);
  mlir::Value lowerExplicitCast(const clang::ExplicitCastExpr &e);
  /// An implicit conversion; a constant is converted at once.
  mlir::Value convert(mlir::Value value, mlir::Type type, mlir::Location loc);

  // LowerConstants.cpp
  mlir::Value lowerLiteral(const clang::Expr &e);
  /// A constant expression that has no name of its own, such as a type trait.
  mlir::Value lowerFolded(const clang::Expr &e, llvm::StringRef spelling = "");
  mlir::Value lowerZero(const clang::Expr &e);
  mlir::Value lowerSizeOf(const clang::UnaryExprOrTypeTraitExpr &e);
  mlir::Value lowerEnumerator(const clang::DeclRefExpr &e);
  mlir::Value lowerGlobal(const clang::DeclRefExpr &e);
  /// If `e` is the whole expansion of a constant macro of a header, that
  /// constant under the macro's name; nothing, and no refusal, otherwise.
  mlir::Value lowerHeaderMacro(const clang::Expr &e);
  mlir::Value createConstant(const clang::APValue &value, mlir::Type type,
                             mlir::Location loc, llvm::StringRef spelling);
  std::string spellReference(const clang::DeclRefExpr &e);
  /// The default argument as the header can repeat it; empty if there is none.
  std::string spellDefault(const clang::ParmVarDecl &parameter);
  bool isRepeatable(const clang::Stmt &e);
  std::string spellLabel(const clang::Expr &e, const llvm::APSInt &value);

  // LowerCalls.cpp
  mlir::Value lowerCall(const clang::CallExpr &e);
  mlir::Value lowerTableCall(const clang::CallExpr &e, const FunctionRow &row);
  mlir::Value lowerTest(const clang::CallExpr &e, llvm::StringRef name);
  /// A call as a constant, which it must be, or refused.
  mlir::Value lowerConstantCall(const clang::CallExpr &e);
  /// `std::min`, `max` and `clamp`, and `abs` of integers, as operators.
  mlir::Value lowerComparing(const clang::CallExpr &e, llvm::StringRef name);
  bool isComparing(llvm::StringRef name, const clang::CallExpr &e);
  static bool isTest(llvm::StringRef name);
  bool lowerArguments(const clang::CallExpr &e,
                      llvm::SmallVectorImpl<mlir::Value> &values);

  const clang::FunctionDecl &function;
  clang::ASTContext &ast;
  clang::SourceManager &sources;
  mlir::ModuleOp module;
  SourceNeeds &needs;
  Spelling spelling;
  mlir::OpBuilder builder;
  mlir::func::FuncOp func;

  llvm::DenseMap<const clang::VarDecl *, Variable> variables;
  llvm::DenseMap<const clang::VarDecl *, LocalAttr> locals;
  /// The statement that is being lowered, and those already numbered.
  StmtAttr statement;
  llvm::DenseMap<const void *, StmtAttr> statements;
  /// Case labels whose statements the switch that owns them has lowered.
  llvm::SmallPtrSet<const clang::SwitchCase *, 8> knownLabels;
  /// Whether control can reach the current position; what follows an exit is
  /// not lowered.
  bool reachable = true;
  /// Set by a `break`, for the statement that it leaves.
  bool broken = false;
};

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_LOWERING_H
