//===- Reshaping.h - How vectors change as wholes -------------------------===//
#ifndef ADGEN_LIB_FRONTEND_RESHAPING_H
#define ADGEN_LIB_FRONTEND_RESHAPING_H

#include "Lowering.h"

namespace adgen {

/// What elements get, and how vectors change as wholes.
class FunctionLowering::Reshaping {
public:
  explicit Reshaping(FunctionLowering &lowering) : f(lowering) {}

  /// A content of elements.
  struct NewElement {
    mlir::Value value, object;
    bool isMoved = false;
    /// Of a list of numbers, these.
    const clang::Expr *list = nullptr;
    llvm::SmallVector<mlir::Value> numbers;
  };

  mlir::LogicalResult resizeVector(mlir::Value vector, mlir::Value count, clang::QualType element,
                                   clang::SourceLocation where);
  mlir::LogicalResult copyVector(mlir::Value to, mlir::Value from, clang::QualType element,
                                 clang::SourceLocation where, bool isNew = false);
  mlir::LogicalResult moveVector(mlir::Value to, mlir::Value from, clang::QualType type,
                                 clang::SourceLocation where);
  mlir::LogicalResult assignList(mlir::Value vector, const clang::Expr &e,
                                 clang::QualType element, clang::SourceLocation where);
  mlir::LogicalResult addElement(mlir::Value vector, const NewElement &made,
                                 clang::QualType element, clang::SourceLocation where);
  mlir::LogicalResult lowerPush(mlir::Value vector, clang::QualType element,
                                llvm::ArrayRef<const clang::Expr *> arguments,
                                const clang::CallExpr &e);
  mlir::LogicalResult fillArray(mlir::Value array, clang::QualType element,
                                const clang::Expr &content, clang::SourceLocation where);
  mlir::LogicalResult lowerFilling(mlir::Value vector, clang::QualType element,
                                   llvm::ArrayRef<const clang::Expr *> arguments,
                                   bool isAll, clang::SourceLocation where);

private:
  mlir::Value asSize(mlir::Value value, mlir::Location loc);
  mlir::LogicalResult
  lowerElementsFrom(mlir::Value container, mlir::Value start, clang::QualType element,
                    clang::SourceLocation where,
                    llvm::function_ref<mlir::LogicalResult(mlir::Value)> body);
  /// Resizes a vector that was just made without elements.
  void growVector(mlir::Value vector, mlir::Value count, mlir::Location loc);
  mlir::FailureOr<NewElement> lowerNewElement(const clang::Expr &e,
                                              clang::QualType element);
  mlir::FailureOr<NewElement>
  constructElement(llvm::ArrayRef<const clang::Expr *> arguments, clang::QualType element,
                   const clang::CallExpr &e);
  mlir::LogicalResult storeNewElement(const NewElement &made, mlir::Value place,
                                      clang::QualType element, clang::SourceLocation where,
                                      bool isNew);

  FunctionLowering &f;
};

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_RESHAPING_H
