//===- Parameters.h - How parameters are passed in the output -------------===//
//
// What the attributes of a function's arguments and results say of its C++
// signature: by value, reference or pointer, and which results the caller finds
// in the objects that it passed.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_EMITTER_PARAMETERS_H
#define ADGEN_LIB_EMITTER_PARAMETERS_H

#include "adgen/Dialect/AD.h"

#include <string>

namespace adgen {

/// How an argument reaches the function as it is printed or called.
enum class Passing { Value, Reference, Pointer };

/// The argument's `ad.pass`; a shadow is passed as its parameter is. Helpers
/// take values, except for what stays in memory.
Passing passingOf(mlir::func::FuncOp func, unsigned argument);

/// The argument's type as the signature has it: `ad.type`, or that of the
/// parameter which it is the shadow of; the type of the value for a helper.
std::string parameterType(mlir::func::FuncOp func, unsigned argument);

/// Whether the signature lets the function write through the argument, though
/// it perhaps never does.
bool isWritable(mlir::func::FuncOp func, unsigned argument);

/// Whether the function is printed in an unnamed namespace: a helper, or a
/// primal of the user's that has no name there.
bool isLocalFunction(mlir::func::FuncOp func);

/// Whether the function as it is printed must not assign to the argument: a
/// const parameter, or an object of the caller's that it does not change.
bool isReadOnly(mlir::func::FuncOp func, unsigned argument);

/// Whether what is passed must be a variable: for a pointer or a reference that
/// is not const.
bool needsVariable(mlir::func::FuncOp func, unsigned argument);

/// For every result the argument whose content it is on exit, or -1 for what
/// the function returns.
llvm::SmallVector<int> outArguments(mlir::func::FuncOp func);

/// `spelled` without const, references and pointers: the type of the content.
std::string contentType(llvm::StringRef spelled);

/// The string attribute `name` of `op`, or of an argument; empty if absent.
llvm::StringRef stringOf(mlir::Operation *op, llvm::StringRef name);
llvm::StringRef argumentString(mlir::func::FuncOp func, unsigned argument,
                               llvm::StringRef name);

/// The positions in `ad.wrt`.
std::vector<unsigned> wrtOf(mlir::func::FuncOp func);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_PARAMETERS_H
