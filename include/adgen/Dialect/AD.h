//===- AD.h - The `ad` dialect --------------------------------------------===//
//
// Types, attributes, operations and the table of derivative rules. Includes
// MLIR; everything after the front end and before the text is written on it.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_DIALECT_AD_H
#define ADGEN_DIALECT_AD_H

#include "adgen/Dialect/Expr.h"

#include "mlir/Bytecode/BytecodeOpInterface.h"
#include "mlir/Dialect/Func/IR/FuncOps.h"
#include "mlir/IR/Builders.h"
#include "mlir/IR/BuiltinOps.h"
#include "mlir/IR/Dialect.h"
#include "mlir/IR/OpDefinition.h"
#include "mlir/IR/OpImplementation.h"
#include "mlir/Interfaces/ControlFlowInterfaces.h"
#include "mlir/Interfaces/InferTypeOpInterface.h"
#include "mlir/Interfaces/SideEffectInterfaces.h"

#include "adgen/Dialect/ADDialect.h.inc"
#include "adgen/Dialect/ADEnums.h.inc"
#include "adgen/Dialect/ADInterfaces.h.inc"
#define GET_TYPEDEF_CLASSES
#include "adgen/Dialect/ADTypes.h.inc"
#define GET_ATTRDEF_CLASSES
#include "adgen/Dialect/ADAttrs.h.inc"
#define GET_OP_CLASSES
#include "adgen/Dialect/ADOps.h.inc"

namespace adgen {

/// Whether values of this type are real numbers (float, double, long double).
inline bool isReal(mlir::Type type) { return llvm::isa<mlir::FloatType>(type); }

/// The statement that a location comes from; null if none is recorded.
StmtAttr getStmt(mlir::Location loc);

/// `loc` with its statement marked as derivative code.
mlir::Location derivativeLoc(mlir::Location loc);

/// The variable that carried value `index` of a region operation belongs to;
/// null if `locals` says nothing of it.
LocalAttr getLocal(mlir::ArrayAttr locals, unsigned index);

/// On a call: the operands, places, through which the callee only reads.
inline constexpr llvm::StringLiteral readOnlyAttr = "ad.read_only";

/// What a flow of a call goes to: result `target`, or, where that is negative, what
/// is at operand -1 - `target`.
inline mlir::Value flowTarget(CallOp call, int64_t target) {
  return target >= 0 ? mlir::Value(call.getResult(target))
                     : call.getArgs()[-1 - target];
}

/// Notes at the call what the parameters of `callee` say of its operands.
void noteReadOnly(CallOp call, mlir::func::FuncOp callee);

/// Whether the callee certainly does not write through operand `i`.
bool onlyReads(CallOp call, unsigned i);

/// The value of a constant real; nothing if `value` is not one.
std::optional<llvm::APFloat> realConstant(mlir::Value value);

/// The value of a real that is known: a constant, or one that is negated,
/// converted, or the content of a variable; nothing if `value` is not one.
std::optional<llvm::APFloat> knownReal(mlir::Value value);

/// Where the partial derivative of `op` by operand `i` is singular, as far as
/// constants do not exclude it: x / 6 never is.
Singularity singularityAt(Differentiable op, unsigned i);

/// The value of a constant integer or bool; nothing if `value` is not one.
std::optional<llvm::APInt> intConstant(mlir::Value value);

/// A constant of a real, `!ad.int` or `i1` type.
mlir::Value createConstant(mlir::OpBuilder &b, mlir::Location loc,
                           mlir::Type type, double value);

/// The rule whose C++ name is `name` without `std::` and without an `f` or `l`
/// suffix (`sin`); null if the table has none. Builds the operation on operands
/// of the right types; the result has the type of the real operands.
using FunctionBuilder = mlir::Value (*)(mlir::OpBuilder &, mlir::Location,
                                        mlir::ValueRange);
/// A row of the table as the front end sees it.
struct FunctionRow {
  llvm::StringRef name;
  /// Per argument 'r' for a real of the function's type, 'l' for a long double
  /// whatever that is, 'i' for an integer.
  llvm::StringRef kinds;
  FunctionBuilder build;
};
const FunctionRow *lookupFunction(llvm::StringRef name, unsigned arity);

} // namespace adgen

#endif // ADGEN_DIALECT_AD_H
