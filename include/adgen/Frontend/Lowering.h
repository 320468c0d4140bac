//===- Lowering.h - A C++ function in memory form -------------------------===//
//
// The front end's way from the body of one function to IR. Everything that it
// does not understand it refuses, at the user's line.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_FRONTEND_LOWERING_H
#define ADGEN_FRONTEND_LOWERING_H

#include "adgen/Dialect/AD.h"
#include "adgen/Support/Diagnostics.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "clang/Basic/Diagnostic.h"
#include "llvm/ADT/SetVector.h"

namespace adgen {

/// What the lowered code's spelled text refers to: constants, enumerations and
/// type aliases declared at namespace scope, in the main file or in a header.
struct SourceNeeds {
  llvm::SetVector<const clang::Decl *> decls;
};

/// Lowers the definition of `function` to memory form and appends it to
/// `module`. Reports what it does not accept through the AST context's
/// DiagnosticsEngine and then fails; `module` is then as it was.
mlir::FailureOr<mlir::func::FuncOp>
lowerFunction(const clang::FunctionDecl &function, clang::ASTContext &ast,
              mlir::ModuleOp module, SourceNeeds &needs);

/// Reports `diag` with its id at `loc`, through Clang. `range` is underlined.
/// What a macro of a system header expands to is reported at the user's use of
/// the macro.
clang::DiagnosticBuilder report(clang::ASTContext &ast,
                                clang::SourceLocation loc, Diag diag,
                                std::vector<std::string> args = {},
                                clang::SourceRange range = {});

} // namespace adgen

#endif // ADGEN_FRONTEND_LOWERING_H
