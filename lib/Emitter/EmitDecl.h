//===- EmitDecl.h - Signatures and result structs as text -----------------===//
#ifndef ADGEN_LIB_EMITTER_EMITDECL_H
#define ADGEN_LIB_EMITTER_EMITDECL_H

#include "Emitted.h"

namespace adgen {

/// The definition of the result struct; empty if there is none.
std::string printStruct(const EmittedFunction &f);

/// What it is the derivative of and what it returns, as `///` lines.
std::string printDocumentation(const EmittedFunction &f);

/// The comment of a local function: what it is the derivative of.
std::string printComment(const EmittedFunction &f);

/// The declaration, with default arguments.
std::string printPrototype(const EmittedFunction &f);

std::string printDefinition(const EmittedFunction &f, bool hasDefaults,
                            const clang::format::FormatStyle &style);

/// The local functions, in their unnamed namespaces.
std::string printLocalFunctions(llvm::ArrayRef<EmittedFunction> functions,
                                const clang::format::FormatStyle &style);

/// `print` of every function, in its namespaces; `isLocal`: in an unnamed one
/// within.
std::string printInNamespaces(
    llvm::ArrayRef<EmittedFunction> functions,
    llvm::function_ref<std::string(const EmittedFunction &)> print,
    bool isLocal = false);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_EMITDECL_H
