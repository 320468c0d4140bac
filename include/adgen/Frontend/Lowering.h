//===- Lowering.h - C++ functions in memory form --------------------------===//
//
// The front end's way from the body of a function, and of those that it calls,
// to IR. Everything that it does not understand it refuses, at the user's line.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_FRONTEND_LOWERING_H
#define ADGEN_FRONTEND_LOWERING_H

#include "adgen/Dialect/AD.h"
#include "adgen/Frontend/Frontend.h"
#include "adgen/Support/Diagnostics.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/MapVector.h"
#include "llvm/ADT/SetVector.h"
#include <memory>

namespace adgen {

/// What the lowered code's spelled text refers to: constants, enumerations and
/// type aliases declared at namespace scope, in the main file or in a header;
/// and the functions that the code may call.
struct SourceNeeds {
  llvm::SetVector<const clang::Decl *> decls;
  /// What the functions outside of system headers call their parameters and
  /// variables; filled on demand.
  std::optional<llvm::DenseSet<clang::DeclarationName>> variableNames;
  /// Whether what is spelled stands in a namespace whose own names would be found first.
  bool isWithinOther = false;
};

/// The functions lowered so far, each for one pattern of arguments, and those
/// whose bodies are still to be lowered.
class FunctionVariants;

/// What the functions of one module share while they are lowered.
struct LoweringContext {
  LoweringContext(clang::ASTContext &ast, mlir::ModuleOp module,
                  SourceNeeds &needs);
  ~LoweringContext();

  clang::ASTContext &ast;
  mlir::ModuleOp module;
  SourceNeeds &needs;
  /// Canonical declarations of the functions with a hand-written derivative;
  /// may be null. They are declared, not lowered.
  const llvm::DenseSet<const clang::FunctionDecl *> *functionsWithRules =
      nullptr;
  /// Those of the derivatives that were asked for.
  llvm::SmallVector<Mode> modes;
  /// What was lowered or declared, by canonical declaration: one function for
  /// each pattern of arguments that it is called with.
  llvm::MapVector<const clang::FunctionDecl *,
                  llvm::SmallVector<mlir::func::FuncOp, 1>>
      functions;

  std::unique_ptr<FunctionVariants> variants;
};

/// Lowers the definition of `function`, whose derivative was asked for, and of
/// every function that it calls, to memory form in the context's module. Reports
/// what it does not accept through the AST context's DiagnosticsEngine and then
/// fails; the module is then of no use.
mlir::FailureOr<mlir::func::FuncOp>
lowerFunction(const clang::FunctionDecl &function, LoweringContext &context);

/// Marks the functions that have effects of their own or of their callees', and
/// the calls of them. To be called once, after everything was lowered.
void markEffects(mlir::ModuleOp module);

/// Reports `diag` with its id at `loc`, through Clang. `range` is underlined.
/// What a macro of a system header expands to is reported at the user's use of
/// the macro.
clang::DiagnosticBuilder report(clang::ASTContext &ast,
                                clang::SourceLocation loc, Diag diag,
                                std::vector<std::string> args = {},
                                clang::SourceRange range = {});

} // namespace adgen

#endif // ADGEN_FRONTEND_LOWERING_H
