//===- Forward.h - Building a tangent -------------------------------------===//
//
// Private to the forward mode: what its files share.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_TRANSFORMS_FORWARD_H
#define ADGEN_LIB_TRANSFORMS_FORWARD_H

#include "CalleeDerivatives.h"
#include "CompanionVariables.h"

#include "adgen/Analysis/PathActivity.h"

namespace adgen {

/// Builds the tangent of one function. Method: Griewank & Walther, Evaluating
/// Derivatives (2008), section 3.1.
class TangentBuilder {
public:
  /// `function` has the signature that `request` means, and no body.
  TangentBuilder(mlir::func::FuncOp primal, mlir::func::FuncOp function,
                 const DerivativeRequest &request, CalleeDerivatives &callees)
      : primal(primal), function(function), request(request), callees(callees),
        activity(primal, request.inputs, request.outputs, request.inactive),
        paths(primal, activity), b(primal.getContext()) {}

  /// Gives the tangent its body; fails after an error.
  mlir::LogicalResult build();

  /// Gives a ValueAndPartials derivative its body: a tangent for each input,
  /// side by side.
  mlir::LogicalResult buildPartials();

private:
  void copyBody();
  void mapTangents();
  // `op` is in the primal, `copy` in the tangent.
  void differentiateBlock(mlir::Block &block);
  void differentiate(mlir::Operation &op, mlir::Operation &copy);
  void differentiateFunction(Differentiable op, Differentiable copy);
  void differentiateRegions(mlir::Operation &op, mlir::Operation &copy);
  void differentiateRegion(mlir::Region &region, mlir::Region &copy,
                           llvm::ArrayRef<unsigned> active, mlir::Location loc);
  void differentiateReturn(ReturnOp end, ReturnOp copy);
  void differentiatePlace(mlir::Operation &op, mlir::Operation &copy);
  void differentiateLoad(LoadOp load, LoadOp copy);
  void differentiateStore(StoreOp store, StoreOp copy);
  mlir::Value partOfTangent(mlir::Value place);
  void repeatStore(StoreOp store, StoreOp copy);
  void countFromShadow(mlir::Operation &copy, mlir::IRMapping &operands,
                       mlir::Location loc);
  void differentiateShape(mlir::Operation &op, mlir::Operation &copy,
                          mlir::Value shadow);
  mlir::Value shadowOf(mlir::Value place);

  // ForwardCalls.cpp
  void differentiateCall(CallOp call, CallOp copy);
  void callRule(CallOp call, CallOp copy, mlir::func::FuncOp rule);
  mlir::Value findRuleTangent(CallOp call, unsigned of);

  /// Whether slot `i` of a branch or loop carries a tangent.
  bool isActiveSlot(mlir::Operation *op, unsigned i);
  bool needsGuard(Differentiable op, mlir::OpOperand &operand);
  /// The tangent of `value`; zero if it has none.
  mlir::Value createZeroObject(mlir::Value object, mlir::Location loc);
  mlir::Value tangentOrZero(mlir::Value value, mlir::Location loc);

  /// The variable of the tangent of a user's variable.
  LocalAttr tangentOf(LocalAttr local);

  mlir::func::FuncOp primal, function;
  const DerivativeRequest &request;
  CalleeDerivatives &callees;
  Activity activity;
  PathActivity paths;
  mlir::OpBuilder b;
  /// The copies of the primal's operations.
  llvm::DenseMap<mlir::Operation *, mlir::Operation *> copies;
  /// Of partial derivatives, the input whose direction is being differentiated.
  std::optional<unsigned> direction;
  /// The tangents of the primal's values. What is not in here is zero.
  llvm::DenseMap<mlir::Value, mlir::Value> tangents;
  /// How many objects were made for tangents of what carries none.
  unsigned scratches = 0;
  bool failed = false;
};

/// Whether the partial derivatives of `primal` are better carried along by its
/// loops than computed backwards, from tapes: for few inputs they are.
bool prefersTangents(mlir::func::FuncOp primal,
                     const DerivativeRequest &request);

/// Declares the tangent that the user asked for, by the contract's signature.
/// (ForwardSignature.cpp)
mlir::func::FuncOp declareTangent(mlir::func::FuncOp primal,
                                  const DerivativeRequest &request);

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_FORWARD_H
