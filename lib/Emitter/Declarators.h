//===- Declarators.h - Types as the user spelled them ---------------------===//
//
// A spelled type is a C++ type-id: `const double *__restrict`, `double (&)[3]`.
// What is asked of it is answered from the text.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_EMITTER_DECLARATORS_H
#define ADGEN_LIB_EMITTER_DECLARATORS_H

#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/StringRef.h"

#include <string>

namespace adgen {

/// The declaration of `name`, or the type alone if that is empty:
/// `double (&a)[3]`.
std::string declare(llvm::StringRef type, llvm::StringRef name);

/// How an object of the type is reached.
enum class Indirection { None, Pointer, Reference };

/// That of the type's outermost declarator; an array is none.
Indirection indirectionOf(llvm::StringRef type);

/// Whether the type itself is const, and not what it refers to.
bool isConstObject(llvm::StringRef type);

/// Whether what a reference, pointer or array refers to is const.
bool isConstTarget(llvm::StringRef type);

/// `type` without const on what it refers to, template arguments included:
/// `double *`, `std::span<double>`. A const pointer stays one.
std::string withoutConstTarget(llvm::StringRef type);

/// Calls `visit` on the words, with their template arguments, and signs of a
/// type.
void forEachPart(llvm::StringRef type,
                 llvm::function_ref<void(llvm::StringRef)> visit);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_DECLARATORS_H
