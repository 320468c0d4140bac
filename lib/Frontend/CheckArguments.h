//===- CheckArguments.h - How arguments are made to check a derivative ----===//
#ifndef ADGEN_LIB_FRONTEND_CHECKARGUMENTS_H
#define ADGEN_LIB_FRONTEND_CHECKARGUMENTS_H

#include "Requests.h"

namespace adgen {

/// Says in attributes of the module how a program calls the functions that were
/// asked for and makes their arguments (docs/architecture.md, `ad.check`). What
/// it cannot make is an error, or with `leavesGaps` a warning. `needs` is what
/// the program needs of the source beside the derivatives' header.
mlir::LogicalResult describeArguments(
    clang::ASTContext &ast, mlir::ModuleOp module,
    llvm::ArrayRef<std::pair<Request, mlir::func::FuncOp>> lowered,
    bool leavesGaps, SourceNeeds &needs);

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_CHECKARGUMENTS_H
