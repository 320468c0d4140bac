//===- Callees.h - What functions and calls say of themselves -------------===//
//
// Private to the transforms.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_TRANSFORMS_CALLEES_H
#define ADGEN_LIB_TRANSFORMS_CALLEES_H

#include "adgen/Dialect/AD.h"

#include "mlir/Dialect/Func/IR/FuncOps.h"
#include <optional>

namespace adgen {

/// On a function that works on memory: its calls stay calls.
inline constexpr llvm::StringLiteral staysMark = "ad.stays";

/// Whether argument `i` is passed by reference or pointer, and whether the
/// function may write to it.
bool isPassedByPlace(mlir::func::FuncOp function, unsigned i);
bool mayBeWritten(mlir::func::FuncOp function, unsigned i);

/// What argument `i` of a derivative is: "seed", "adjoint", "tangent"; empty for
/// the primal's own.
llvm::StringRef roleOf(mlir::func::FuncOp function, unsigned i);

/// The number of the result of `function` (value form) that is the final content
/// of argument `i`; nothing if it has none.
std::optional<unsigned> resultOfArgument(mlir::func::FuncOp function,
                                         unsigned i);

/// The argument whose final content result `result` is; nothing for what the
/// function returns.
std::optional<unsigned> argumentOfResult(mlir::func::FuncOp function,
                                         unsigned result);

/// Whether the function returns something besides contents of arguments.
bool returnsValue(mlir::func::FuncOp function);

/// Whether the function takes places, or returns one.
bool takesMemory(mlir::func::FuncOp function);

/// A copy of a function, behind it, that nobody asked for a derivative of.
mlir::func::FuncOp copyForCalls(mlir::func::FuncOp function);

/// Whether the call takes places, or returns one.
bool passesMemory(CallOp call);

/// The function that `call` calls; null if the module does not have it.
mlir::func::FuncOp calleeOf(CallOp call);

/// The rule that `attribute` (`ad.rule_grad`, `ad.rule_jvp`) of `call`'s callee
/// names; null if it has none.
mlir::func::FuncOp ruleOf(CallOp call, llvm::StringRef attribute);

/// Whether running `call` again costs little: its callee is a few arithmetic
/// operations and takes no decision.
bool isCheapCall(CallOp call);

/// Notes on the call of a helper that computes what `call` does, and more, how the
/// primal is called; and calls the primal in place of such a helper, in front of it.
void notePrimal(CallOp helper, CallOp call);
CallOp callPrimal(CallOp helper, mlir::func::FuncOp primal);

/// A call of the derivative `function`. `ties` (all -1 if empty) and `locals` (none
/// if empty) are as in `ad.call`.
CallOp callDerivative(mlir::OpBuilder &b, mlir::Location loc,
                      mlir::func::FuncOp function, mlir::ValueRange operands,
                      llvm::ArrayRef<int64_t> ties = {},
                      llvm::ArrayRef<mlir::Attribute> locals = {});

/// `const double &x` → `double &`: const off what is referred to.
std::string withoutConst(llvm::StringRef type);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_CALLEES_H
