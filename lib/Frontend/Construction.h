//===- Construction.h - How an object is made -----------------------------===//
#ifndef ADGEN_LIB_FRONTEND_CONSTRUCTION_H
#define ADGEN_LIB_FRONTEND_CONSTRUCTION_H

#include "Lowering.h"

namespace adgen {

/// How an object is made: text, and what is stored behind it.
struct FunctionLowering::Construction {
  std::string init, zero;
  llvm::SmallVector<mlir::Value> arguments;
  std::function<mlir::LogicalResult(mlir::Value)> fill;
  /// `fill` computes nothing, so that several objects can be filled alike.
  bool isRepeatable = false;

  std::string add(mlir::Value argument) {
    arguments.push_back(argument);
    return "{" + std::to_string(arguments.size() - 1) + "}";
  }
};

} // namespace adgen

#endif // ADGEN_LIB_FRONTEND_CONSTRUCTION_H
