//===- RuleCalls.h - Calls of functions with derivatives by hand ----------===//
//
// Private to the transforms: what both modes and the copies for the reverse mode share.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_TRANSFORMS_RULECALLS_H
#define ADGEN_LIB_TRANSFORMS_RULECALLS_H

#include "CalleeDerivatives.h"

namespace adgen {

/// On an argument: that of the callee whose place, from before the call, is copied.
inline constexpr llvm::StringLiteral keptAttr = "ad.kept";
/// On a call: it is left to the derivative by hand.
inline constexpr llvm::StringLiteral deferredMark = "ad.deferred";

/// How many arguments of the callee are its own, and no copies.
unsigned countArguments(mlir::func::FuncOp callee);
/// What the reverse sweep is to pass for argument `i` of the callee: a copy if there is one.
mlir::Value findOperand(CallOp call, mlir::func::FuncOp callee, unsigned i);
/// Whether it is known how the object that operand `i` of `call` is in is copied before the
/// call.
bool isCopiedBefore(CallOp call, unsigned i);

std::string nameOfFunction(mlir::func::FuncOp function);
std::string parameterName(mlir::func::FuncOp callee, unsigned i);

bool isNumber(mlir::Type type);

/// `double[2][3]`, `std::vector<double>`.
std::string spellType(mlir::Type type);

/// How an object is copied.
struct ObjectDescription {
  /// Whether it is a number, or an array of numbers.
  bool isArray = false;
  /// The numbers of a container; null for another object.
  mlir::Type elements;
  /// How many there are, or -1 if the container says it.
  int64_t count = -1;

  /// The members of a class of numbers.
  mlir::ArrayAttr members;
  /// Whether it is copied by its constructor.
  bool isWhole = false;

  bool isKnown() const { return isArray || elements || members || isWhole; }
};

/// Describes the object at the place; `container` is what is known of it otherwise, as
/// by the parameter that it is passed to.
ObjectDescription describeObject(mlir::Value place, mlir::DictionaryAttr container);

/// A variable of the function's own that is like the object, with zeros if `isZero`. Its
/// size is computed if the container says it.
mlir::Value createObject(mlir::OpBuilder &b, mlir::Location loc, mlir::Value object,
                         const ObjectDescription &description, LocalAttr local,
                         bool isZero, mlir::Value &size);

/// Stores what is at `from` at `to`, number by number. `size` is that of a container that
/// says it; `count` is how many loops were made so far.
void copyNumbers(mlir::OpBuilder &b, mlir::Location loc, mlir::Value from, mlir::Value to,
                 const ObjectDescription &description, mlir::Value size, unsigned &count);

/// Memory with zeros, for the shadow of a place that carries no derivative: found as the
/// place is, from what `shadowOf` gives for the variable that it is in, or from a new
/// object like the parameter. `current` is where values are at the insertion point.
/// Null if nobody knows its size. `count` is how many variables were invented so far.
mlir::Value createScratch(mlir::OpBuilder &b, mlir::Location loc, mlir::Value place,
                          llvm::function_ref<mlir::Value(mlir::Value)> current,
                          llvm::function_ref<mlir::Value(VarOp)> shadowOf,
                          llvm::function_ref<LocalAttr(LocalAttr)> companion,
                          unsigned &count);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_RULECALLS_H
