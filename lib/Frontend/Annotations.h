//===- Annotations.h - What adgen.h says in the source --------------------===//
#ifndef ADGEN_LIB_FRONTEND_ANNOTATIONS_H
#define ADGEN_LIB_FRONTEND_ANNOTATIONS_H

#include "adgen/Frontend/Frontend.h"

#include "clang/AST/Decl.h"
#include <optional>

namespace adgen {

/// `ADGEN_GRAD("x")` or `ADGEN_JVP("x")` on a function.
struct RequestAnnotation {
  Mode mode;
  /// No names: every differentiable parameter.
  std::vector<std::string> wrt;
  clang::SourceLocation loc;
};

/// The requests on any declaration of `function`, in source order, each once.
std::vector<RequestAnnotation>
getRequestAnnotations(const clang::FunctionDecl &function);

/// Whether `decl` is marked ADGEN_INACTIVE.
bool isMarkedInactive(const clang::Decl &decl);

/// The name in `ADGEN_DERIVATIVE_OF(ns::g)` on a declaration of `function`, and
/// where it stands; nothing if there is no such annotation.
struct DerivativeAnnotation {
  std::string name;
  clang::SourceLocation loc;
};
std::optional<DerivativeAnnotation>
getDerivativeAnnotation(const clang::FunctionDecl &function);

/// Whether `function` is marked ADGEN_DERIVATIVE_OF some other function.
bool isMarkedDerivative(const clang::FunctionDecl &function);

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_ANNOTATIONS_H
