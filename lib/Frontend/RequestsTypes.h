//===- RequestsTypes.h - Types and values named on the command line -------===//
#ifndef ADGEN_LIB_FRONTEND_REQUESTSTYPES_H
#define ADGEN_LIB_FRONTEND_REQUESTSTYPES_H

#include "Requests.h"

#include "clang/AST/TemplateBase.h"

namespace adgen {

/// Whether `text`, written beside `function`, denotes the parameter type `type`.
/// Spaces and the place of `const` do not matter.
bool denotesType(clang::Sema &sema, const clang::FunctionDecl &function,
                 llvm::StringRef text, clang::QualType type);

/// The template argument that `text` (`double`, `const Vec3 *`, `-4`, `true`)
/// denotes where `pattern` is declared; nothing if it is not understood.
std::optional<clang::TemplateArgumentLoc>
parseTemplateArgument(clang::Sema &sema,
                      const clang::FunctionTemplateDecl &pattern,
                      llvm::StringRef text);

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_REQUESTSTYPES_H
