//===- CalleeDerivatives.h - Derivatives of the functions that are called -===//
//
// Private to the transforms. A derivative that calls another function's
// derivative asks for it here; it is declared at once, so that recursion works,
// and built afterwards.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_TRANSFORMS_CALLEEDERIVATIVES_H
#define ADGEN_LIB_TRANSFORMS_CALLEEDERIVATIVES_H

#include "Callees.h"

#include "adgen/Analysis/Activity.h"

#include "llvm/ADT/StringMap.h"
#include <deque>
#include <map>

namespace adgen {

/// One derivative of one function in value form.
struct DerivativeRequest {
  enum Kind {
    /// The adjoints of `inputs` from those of `outputs`.
    Reverse,
    /// All that the function returns, then the partial derivatives of each of
    /// `outputs` by each of `inputs` that flows into it.
    ValueAndPartials,
    /// Values and tangents.
    Forward,
    /// Reverse of a function that works on its caller's memory: two functions, of
    /// which the first runs it and leaves a frame, and the second takes that
    /// (SplitCalls.cpp).
    Sweeps
  };
  Kind kind = Reverse;
  /// The arguments that carry derivatives, ascending; of those that are places the
  /// contents do, before and after.
  llvm::SmallVector<unsigned> inputs;
  /// The returned values that do, ascending.
  llvm::SmallVector<unsigned> outputs;
  /// The arguments that carry none, and what is assigned to them neither.
  llvm::SmallVector<unsigned> inactive;
  /// Reverse or Sweeps, of a callee: whether a seed may be zero on a path of the caller's
  /// that does not use the value, where a partial derivative may be infinite.
  bool seedsMayVanish = false;
  /// What the user asked for; null for the derivative of a callee.
  mlir::DictionaryAttr user;

  bool isHelper() const { return !user; }

  /// The request of the user's that `attribute` (of `ad.requests`) stands for.
  static DerivativeRequest fromUser(mlir::func::FuncOp primal,
                                    mlir::DictionaryAttr attribute);
};

/// A list of positions in a request of `ad.requests`.
llvm::SmallVector<unsigned> positions(mlir::DictionaryAttr request,
                                      llvm::StringRef name);

/// An object of the same shape as the variable, whose reals are zero; `args` is
/// what the variable is made of.
VarOp createZeroLike(mlir::OpBuilder &b, mlir::Location loc, VarOp variable,
                     LocalAttr local, mlir::ValueRange args);

/// Stores zero to the numbers of an object that `parts` lists, pairs of the text of
/// an access and a type.
void zeroParts(mlir::OpBuilder &b, mlir::Location loc, mlir::Value object,
               mlir::ArrayAttr parts);
/// An object of the type and shape of `like`, all zero, as `description` says it, the
/// attributes of a parameter by value or of a returned object; `number` is another one for
/// each. Null if it does not say it.
mlir::Value createZeroCopy(mlir::OpBuilder &b, mlir::Location loc, mlir::Value like,
                           LocalAttr local, mlir::DictionaryAttr description,
                           unsigned number);

/// Whether an object is copied as its bytes: it needs no `std::move`.
bool isTrivial(mlir::Value object);

/// Adds assertions that the shadows which a derivative is passed have the shapes of
/// the parameters: of those that `primal` gives another one, if `areReshaped`, or of
/// the others.
void assertShapes(mlir::func::FuncOp derivative, mlir::func::FuncOp primal,
                  mlir::OpBuilder &b, bool areReshaped);

/// A returned value and an argument that flows into it.
struct Partial {
  unsigned output, input;
};

/// The partial derivatives that a ValueAndPartials derivative returns, in order.
llvm::SmallVector<Partial> partialsOf(mlir::func::FuncOp primal,
                                      const DerivativeRequest &request);

/// Declares the derivative `<primal><ending>` that the user asked for, with what
/// `primal` says of itself and the attributes of each argument.
mlir::func::FuncOp
declareForUser(mlir::func::FuncOp primal, const DerivativeRequest &request,
               llvm::StringRef ending, mlir::FunctionType type,
               llvm::ArrayRef<mlir::NamedAttrList> arguments);

class CalleeDerivatives {
public:
  /// With `everyResult`, what a callee returns is taken to be useful (usefulness
  /// across calls is switched off).
  CalleeDerivatives(mlir::ModuleOp module, bool everyResult)
      : module(module), everyResult(everyResult) {}

  /// The derivative of its callee that `call` needs: from its varied operands to
  /// its active results, and of the places that `hasShadow` has one for. Without
  /// inputs if no derivative flows through it.
  DerivativeRequest activePart(
      CallOp call, const Activity &activity, DerivativeRequest::Kind kind,
      llvm::function_ref<bool(mlir::Value)> hasShadow =
          [](mlir::Value) { return true; }) const;

  struct Pending {
    mlir::func::FuncOp primal, function;
    DerivativeRequest request;
  };

  /// The helper function that computes this derivative of `primal`: a
  /// declaration until it is built.
  mlir::func::FuncOp get(mlir::func::FuncOp primal,
                         const DerivativeRequest &request);

  /// Of a reverse sweep (`get` of `Sweeps`), the function that runs the forward
  /// sweep: returns what the primal does, then the frame.
  mlir::func::FuncOp forwardOf(mlir::func::FuncOp reverse) const {
    return forwards.lookup(reverse);
  }
  /// The reverse sweep to a forward sweep, and what it was asked for.
  mlir::func::FuncOp reverseOf(mlir::func::FuncOp forward) const;
  const DerivativeRequest &requestOf(mlir::func::FuncOp helper) const {
    return requests.find(helper)->second;
  }

  /// The function that the helper is a derivative of.
  mlir::func::FuncOp primalOf(mlir::func::FuncOp helper) const {
    return primals.lookup(helper);
  }

  /// The next one that was asked for and is not built yet, if there is one.
  std::optional<Pending> next();

private:
  mlir::ModuleOp module;
  bool everyResult;
  llvm::StringMap<mlir::func::FuncOp> known;
  llvm::DenseMap<mlir::Operation *, mlir::func::FuncOp> primals, forwards,
      reverses;
  std::map<mlir::Operation *, DerivativeRequest> requests;
  std::deque<Pending> pending;
};

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_CALLEEDERIVATIVES_H
