//===- Signatures.h - Parameters and results of derivatives ---------------===//
//
// What docs/derivatives.md promises of `f_grad` and `f_jvp`, in Clang's types.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_FRONTEND_SIGNATURES_H
#define ADGEN_LIB_FRONTEND_SIGNATURES_H

#include "adgen/Frontend/Frontend.h"

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"

namespace adgen {

/// How a parameter takes part in a derivative.
enum class Passing {
  /// It has no derivative: its type has none, or it is inactive.
  None,
  Value,
  /// A pointer or reference to what the function may only read.
  Reads,
  /// A pointer or reference to what the function may write.
  Writes
};

Passing passingOf(const clang::ParmVarDecl &param);
/// The same by the type alone.
Passing passingOf(clang::QualType type);

/// Whether `type` is that of the adjoint or tangent of a parameter of type `of`.
bool isShadowType(clang::ASTContext &ast, clang::QualType type, clang::QualType of,
                  Mode mode);

/// The type of a parameter, where a name of the user's hides that it leads to what is const
/// (`typedef const double *Values`) with what the name stands for: the shadow's type is
/// the one without that const.
clang::QualType withConstShown(clang::ASTContext &ast, clang::QualType type);

/// The type of the parameter's adjoint or tangent: in reverse mode, `const` is
/// taken off what a pointer or reference refers to.
clang::QualType shadowType(clang::ASTContext &ast,
                           const clang::ParmVarDecl &param, Mode mode);

/// The type of the seed of a function that returns what derivatives flow through.
clang::QualType seedType(clang::ASTContext &ast, const clang::FunctionDecl &function);

/// Whether two parameter types are one for C++: `const` of a value does not
/// matter.
bool isSameParameterType(clang::ASTContext &ast, clang::QualType a,
                         clang::QualType b);

/// The declaration of the derivative of `function` by all of its parameters, as
/// somebody would write it by hand.
std::string derivativeSignature(const clang::FunctionDecl &function, Mode mode);

/// The lines, each behind a line break, that declare rules for the function in
/// these modes when they stand behind its declaration.
std::string ruleDeclarations(const clang::FunctionDecl &function,
                             llvm::ArrayRef<Mode> modes);

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_SIGNATURES_H
