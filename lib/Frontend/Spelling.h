//===- Spelling.h - How types and names are spelled -----------------------===//
#ifndef ADGEN_LIB_FRONTEND_SPELLING_H
#define ADGEN_LIB_FRONTEND_SPELLING_H

#include "adgen/Frontend/Lowering.h"

#include "clang/AST/PrettyPrinter.h"

namespace adgen {

/// How types and names are spelled where the derivative stands: in the named
/// namespace that encloses the function, without the user's using-directives.
class Spelling {
public:
  Spelling(const clang::FunctionDecl &function, clang::ASTContext &ast,
           SourceNeeds &needs);

  /// `type` as the user spelled it, as far as that means the same outside of
  /// the function: `auto` and what is declared inside of it are resolved.
  std::string type(clang::QualType type);

  /// The class of an object, in the same words in every function.
  std::string object(clang::QualType type);

  /// The name of a declaration at namespace scope, qualified where needed.
  std::string name(const clang::NamedDecl &decl,
                   clang::NestedNameSpecifier written = std::nullopt);

  /// What `e` names, with the template arguments that the user wrote.
  std::string reference(const clang::DeclRefExpr &e);

  /// The name with all its qualifiers and template arguments.
  std::string qualifiedName(const clang::NamedDecl &decl);

private:
  std::string argument(const clang::TemplateArgument &argument);
  std::string declarator(clang::QualType type, std::string name);
  void need(const clang::Decl &decl);
  bool isVisible(const clang::Decl &decl) const;
  bool isHidden(const clang::NamedDecl &decl);
  bool isUsable(clang::NestedNameSpecifier qualifier) const;

  const clang::FunctionDecl &function;
  clang::PrintingPolicy policy;
  SourceNeeds &needs;
};

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_SPELLING_H
