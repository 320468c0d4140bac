//===- Subobjects.h - Bases of objects, and what their members refer to ---===//
#ifndef ADGEN_LIB_FRONTEND_SUBOBJECTS_H
#define ADGEN_LIB_FRONTEND_SUBOBJECTS_H

#include "FunctionVariants.h"

namespace adgen {

/// Finds and initializes the bases of objects, and members that are references.
class FunctionLowering::Subobjects {
public:
  explicit Subobjects(FunctionLowering &lowering) : f(lowering) {}

  /// Notes which members of the class's bases take more than their name in the output.
  void noteBases(const clang::CXXRecordDecl &record);
  /// The object that a cast to a base or to a derived class makes of the one at `place`.
  mlir::Value convert(mlir::Value place, const clang::CastExpr &e);
  /// The same, of what is cast.
  Glvalue lowerConversion(const clang::CastExpr &e);
  Pointer lowerPointerConversion(const clang::CastExpr &e);
  /// Initializes a base or a member of the object that is being made at `place`.
  mlir::LogicalResult lowerInitializer(const clang::CXXCtorInitializer &initializer,
                                       const clang::CXXConstructorDecl &constructor,
                                       mlir::Value place);
  /// What a constructor leaves that a using-declaration took from a base: that one makes
  /// the base, and the rest is made as if there were no arguments.
  mlir::LogicalResult storeInherited(const clang::CXXConstructorDecl &constructor,
                                     Written arguments, const clang::Expr &e,
                                     mlir::Value place);
  /// Lets the member at `place`, a reference, denote what `e` does.
  mlir::LogicalResult bindReference(const clang::FieldDecl &field, const clang::Expr *e,
                                    mlir::Value place);

private:
  mlir::Value createBase(mlir::Value place, const clang::CastExpr &e);
  mlir::Value createDerived(mlir::Value place, const clang::CastExpr &e);

  FunctionLowering &f;
};

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_SUBOBJECTS_H
