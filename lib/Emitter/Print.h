//===- Print.h - From the tree to text ------------------------------------===//
#ifndef ADGEN_LIB_EMITTER_PRINT_H
#define ADGEN_LIB_EMITTER_PRINT_H

#include "CxxTree.h"

#include "clang/Format/Format.h"
#include "llvm/ADT/StringSet.h"

namespace adgen {

/// Names the variables: the user's by the user's names, the others so that they
/// clash neither with these nor with `reservedGenerated`; none with `reserved`.
void chooseNames(CxxFunction &cxx, const llvm::StringSet<> &reserved,
                 const llvm::StringSet<> &reservedGenerated, bool isForward);

/// Decides which statements are headed by a comment that quotes the user's
/// statement, and where the sweeps have their headings.
void chooseComments(CxxFunction &cxx, bool isForward);

/// The text of an expression, with the parentheses that C++ and the compilers'
/// warnings ask for.
std::string printExpr(const CxxExpr *e);

/// How the content of a variable is written: `x`, `*x` where `x` is a pointer.
std::string nameOfContent(const CxxVariable *variable);

/// The type of a variable as it is declared, without const.
std::string declaredType(const CxxVariable *variable);

/// The statements of a function's body, indented for `style`.
std::string printBody(const CxxFunction &cxx,
                      const clang::format::FormatStyle &style);

/// Cuts a line of comment at `columns`.
std::string cutComment(llvm::StringRef text, unsigned columns);

/// Lays out a whole file.
std::string layOut(const std::string &code,
                   const clang::format::FormatStyle &style);
/// The style that applies to `path`.
clang::format::FormatStyle findStyle(llvm::StringRef path);

} // namespace adgen

#endif // ADGEN_LIB_EMITTER_PRINT_H
