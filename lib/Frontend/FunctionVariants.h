//===- FunctionVariants.h - What was lowered so far -----------------------===//
#ifndef ADGEN_LIB_FRONTEND_FUNCTIONVARIANTS_H
#define ADGEN_LIB_FRONTEND_FUNCTIONVARIANTS_H

#include "Lowering.h"
#include "llvm/ADT/StringSet.h"

namespace adgen {

/// Each function that was lowered or declared, for each pattern of arguments.
class FunctionVariants {
public:
  explicit FunctionVariants(clang::ASTContext &ast) : pointers(ast) {}

  PointerUses pointers;
  /// The parameters of a function, and behind them one for each capture of the
  /// lambda that it is the call operator of, and of those that it takes.
  llvm::ArrayRef<const clang::ParmVarDecl *>
  getParameters(const clang::FunctionDecl &function, clang::ASTContext &ast);
  std::map<std::pair<const clang::FunctionDecl *, Pattern>, mlir::func::FuncOp>
      known;
  /// Those whose bodies are to be lowered.
  std::vector<std::unique_ptr<FunctionLowering>> pending;
  /// What lambda expressions are called after: the variables that hold them.
  llvm::DenseMap<const clang::CXXRecordDecl *, std::string> lambdaNames;
  /// The classes with bases of which the module has what it needs.
  llvm::StringSet<> heirs;

private:
  llvm::DenseMap<const clang::FunctionDecl *,
                 std::vector<const clang::ParmVarDecl *>>
      parameters;
};

/// The function as diagnostics call it: `ns::f<double>`, a lambda by its variable.
std::string displayName(const clang::FunctionDecl &function,
                        const FunctionVariants &variants);

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_FUNCTIONVARIANTS_H
