//===- Queries.h - What the lowering asks of the AST ----------------------===//
#ifndef ADGEN_LIB_FRONTEND_QUERIES_H
#define ADGEN_LIB_FRONTEND_QUERIES_H

#include "Classes.h"
#include "PointerUses.h"

#include "clang/AST/ExprCXX.h"
#include "clang/AST/StmtCXX.h"
#include "llvm/ADT/SmallPtrSet.h"
#include <string>

namespace adgen {

/// Arguments as they are written.
using Written = llvm::ArrayRef<const clang::Expr *>;

/// The scalar type that a parameter or variable of type `type` refers or points
/// to, with its qualifiers; null if it is no reference or pointer to a scalar.
clang::QualType getReferent(clang::QualType type);

/// Whether a parameter hands over a place that is more than one number: an
/// array, a pointer that is walked along.
bool isMemoryParameter(const clang::ParmVarDecl &parameter,
                       const PointerUses &pointers);

/// Whether objects of these types, or parts of them, may share memory.
bool mayShareMemory(clang::QualType a, clang::QualType b,
                    const clang::ASTContext &ast);

/// Whether the expression is a cast to a base, or to a derived class.
bool isBaseCast(const clang::Expr &e);
bool isDerivedCast(const clang::Expr &e);

/// The expression without what adds no more than words to it.
const clang::Expr *stripWrappers(const clang::Expr *e);

/// Whether some parts have no initial value in the list: they are zero.
bool hasZeros(const clang::Expr *e);

/// Whether elements or members of the list itself are zero without being written.
bool hasOwnZeros(const clang::InitListExpr &list);

/// Braces as texts with operands escape them.
std::string escapeBraces(llvm::StringRef text);

/// Whether `e` is a pointer that names its object without computing anything.
bool isPlainPointer(const clang::Expr *e);

/// Whether objects of the class have no state, and are made and copied without
/// running code.
bool isEmptyClass(clang::QualType type);

/// The function type that `type` is, points or refers to; null if none.
const clang::FunctionType *getFunctionType(clang::QualType type);

/// Whether the body of `function` uses what the pointer `parameter` points to
/// before it decides anything: then it is never null.
bool isCertainlyDereferenced(const clang::FunctionDecl &function,
                             const clang::ParmVarDecl &parameter);

/// The parameter to which a function, which returns a reference, always returns
/// it; nothing for another function.
std::optional<unsigned>
findReturnedParameter(const clang::FunctionDecl &function);

/// The class of the object that a method or constructor works on; null for other
/// functions, and where the object has no state.
const clang::CXXRecordDecl *getObjectClass(const clang::FunctionDecl &function);

/// The type of `*this`, a reference; null for a function without an object.
clang::QualType getObjectParameter(const clang::FunctionDecl &callee);

/// The object of a method's call; null for other calls.
const clang::Expr *getObjectArgument(const clang::CallExpr &e);

/// The user's text of `range`: macros unexpanded, without comments, white space
/// collapsed.
std::string quoteSource(const clang::ASTContext &ast, clang::SourceRange range);

/// Which element of a pair, tuple or `std::array` `std::get` finds; nothing for
/// another call.
std::optional<unsigned> findElement(const clang::CallExpr &e);

/// The variable or structured binding that `e` names; null if it names none.
const clang::ValueDecl *getNamed(const clang::DeclRefExpr &e);

/// The variables that the code may change, or let others change.
llvm::SmallPtrSet<const clang::ValueDecl *, 8>
findAssignedVariables(const clang::Stmt &body);

/// Whether evaluating `code` may change a variable or memory.
bool mayAssign(const clang::Stmt &code);

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_QUERIES_H
