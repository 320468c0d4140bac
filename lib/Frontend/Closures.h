//===- Closures.h - Lambda expressions with captures ----------------------===//
#ifndef ADGEN_LIB_FRONTEND_CLOSURES_H
#define ADGEN_LIB_FRONTEND_CLOSURES_H

#include "clang/AST/ASTContext.h"
#include "clang/AST/DeclCXX.h"
#include "llvm/ADT/STLFunctionalExtras.h"
#include "llvm/ADT/SmallPtrSet.h"

namespace adgen {

class PointerUses;

/// The class of a lambda expression with captures that `type` is or refers to;
/// null for another type.
const clang::CXXRecordDecl *getClosureClass(clang::QualType type);

/// The bodies of a lambda's call operator: one, or those of its instances.
void forEachBody(const clang::CXXRecordDecl &closure,
                 llvm::function_ref<void(const clang::Stmt &)> see);

/// The variable or structured binding that `capture` names; null for `this`.
const clang::ValueDecl *getCaptured(const clang::LambdaCapture &capture);

/// Whether the lambda has a state: copies that its call operator may change.
bool hasState(const clang::CXXRecordDecl &closure);

/// How a lambda is handed one of its captures: by value, or by reference what it
/// refers to, has a state in, or is no number.
clang::QualType getCaptureType(const clang::CXXRecordDecl &closure,
                               const clang::LambdaCapture &capture,
                               clang::ASTContext &ast);

/// The parameters of `function`, then one for each capture of the lambda whose
/// call operator it is, and of those that it takes.
std::vector<const clang::ParmVarDecl *>
makeParameters(const clang::FunctionDecl &function, PointerUses &pointers,
               clang::ASTContext &ast);

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_CLOSURES_H
