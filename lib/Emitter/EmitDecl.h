//===- EmitDecl.h - Signatures and result structs as text -----------------===//
#ifndef ADGEN_LIB_EMITTER_EMITDECL_H
#define ADGEN_LIB_EMITTER_EMITDECL_H

#include "Emitted.h"

namespace adgen {

/// The definition of the result struct; empty if there is none.
std::string printStruct(const EmittedFunction &f);

/// What it is the derivative of and what it returns, as `///` lines.
std::string printDocumentation(const EmittedFunction &f);

/// The declaration, with default arguments.
std::string printPrototype(const EmittedFunction &f);

std::string printDefinition(const EmittedFunction &f, bool hasDefaults,
                            const clang::format::FormatStyle &style);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_EMITDECL_H
