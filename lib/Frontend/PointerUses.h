//===- PointerUses.h - Which pointers are walked along --------------------===//
#ifndef ADGEN_LIB_FRONTEND_POINTERUSES_H
#define ADGEN_LIB_FRONTEND_POINTERUSES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/Decl.h"
#include "llvm/ADT/DenseSet.h"
#include "llvm/ADT/SetVector.h"

namespace adgen {

/// A pointer to a number is *walked* if it is indexed, offset, assigned to,
/// compared or copied to one that is; else it stands for one variable. Found
/// for all functions together, as each may pass its pointers to the others.
class PointerUses {
public:
  explicit PointerUses(clang::ASTContext &ast) : ast(ast) {}

  /// Looks at a function, which has a body, and at those that it calls.
  void add(const clang::FunctionDecl &function);

  /// Whether a parameter or local variable of an added function is walked.
  bool isWalked(const clang::ValueDecl &pointer) const {
    return walked.contains(&pointer);
  }
  void markWalked(const clang::ValueDecl &pointer) { walked.insert(&pointer); }

private:
  class Visitor;
  clang::ASTContext &ast;
  llvm::SetVector<const clang::FunctionDecl *> functions;
  llvm::DenseSet<const clang::ValueDecl *> walked;
};

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_POINTERUSES_H
