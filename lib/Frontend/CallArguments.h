//===- CallArguments.h - What a call hands over ---------------------------===//
#ifndef ADGEN_LIB_FRONTEND_CALLARGUMENTS_H
#define ADGEN_LIB_FRONTEND_CALLARGUMENTS_H

#include "Lowering.h"

namespace adgen {

/// What a call hands over, by parameter; behind these the captures of lambdas
/// and a method's object.
struct FunctionLowering::Arguments {
  const clang::Expr *call;
  const clang::FunctionDecl *callee;
  /// The types of the parameters.
  llvm::SmallVector<clang::QualType> types = {};
  llvm::SmallVector<const clang::Expr *> written = {};
  Pattern pattern = {};
  llvm::SmallVector<Glvalue> objects = {};
  llvm::SmallVector<bool> mayBeNull = {};
  /// The lambdas with captures among them, in their order.
  llvm::SmallVector<std::shared_ptr<const Closure>> closures = {};

  void add(clang::QualType type, const clang::Expr *argument,
           const Binding &binding, const Glvalue &object,
           bool isPerhapsNull = false) {
    types.push_back(type);
    written.push_back(argument);
    pattern.push_back(binding);
    objects.push_back(object);
    mayBeNull.push_back(isPerhapsNull);
  }
};

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_CALLARGUMENTS_H
