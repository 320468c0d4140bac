//===- FunctionVariants.h - What was lowered so far -----------------------===//
#ifndef ADGEN_LIB_FRONTEND_FUNCTIONVARIANTS_H
#define ADGEN_LIB_FRONTEND_FUNCTIONVARIANTS_H

#include "Lowering.h"

namespace adgen {

/// Each function that was lowered or declared, for each pattern of arguments.
class FunctionVariants {
public:
  explicit FunctionVariants(clang::ASTContext &ast) : pointers(ast) {}

  PointerUses pointers;
  std::map<std::pair<const clang::FunctionDecl *, Pattern>, mlir::func::FuncOp>
      known;
  /// Those whose bodies are to be lowered.
  std::vector<std::unique_ptr<FunctionLowering>> pending;
  /// What lambda expressions are called after: the variables that hold them.
  llvm::DenseMap<const clang::CXXRecordDecl *, std::string> lambdaNames;
};

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_FUNCTIONVARIANTS_H
