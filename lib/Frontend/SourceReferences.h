//===- SourceReferences.h - What a declaration refers to ------------------===//
#ifndef ADGEN_LIB_FRONTEND_SOURCEREFERENCES_H
#define ADGEN_LIB_FRONTEND_SOURCEREFERENCES_H

#include "clang/AST/Decl.h"
#include "llvm/ADT/SetVector.h"

namespace adgen {

/// What the text of declarations refers to.
struct SourceReferences {
  llvm::SetVector<const clang::Decl *> decls;
  /// Static variables of functions that may change: state between calls.
  llvm::SetVector<const clang::VarDecl *> staticLocals;
};

/// Adds what `decl` refers to, with its body, its members and, of a template,
/// its instances: what a dependent name turns out to be is needed too.
void addReferences(const clang::Decl &decl, SourceReferences &references);

/// Adds what the signature of `function` refers to, default arguments included.
void addSignatureReferences(const clang::FunctionDecl &function,
                            SourceReferences &references);

/// Adds what the type of `variable` refers to.
void addTypeReferences(const clang::VarDecl &variable,
                       SourceReferences &references);

/// Whether the variable keeps its value: a constant, or a reference.
bool isConstant(const clang::VarDecl &variable);

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_SOURCEREFERENCES_H
