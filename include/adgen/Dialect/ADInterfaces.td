//===- ADInterfaces.td - What an operation says about its derivative ------===//
#ifndef ADGEN_DIALECT_ADINTERFACES_TD
#define ADGEN_DIALECT_ADINTERFACES_TD

include "mlir/IR/OpBase.td"

def Differentiable : OpInterface<"Differentiable"> {
  let cppNamespace = "::adgen";
  let description = [{
    An elementwise function of reals `y = f(args)` with one result, given by
    its partial derivatives. Both modes are derived from them: the tangent
    `y_dot = sum_i partial(i) * args[i]_dot`, the adjoint
    `args[i]_bar += partial(i) * y_bar`.
  }];
  let methods = [
    InterfaceMethod<"Builds the partial derivative of the result by operand `i`.",
      "::adgen::Expr", "partial",
      (ins "::mlir::OpBuilder &":$b, "::mlir::Location":$loc, "unsigned":$i)>,
    InterfaceMethod<[{
        Whether the partial derivative by operand `i` has a closed form. An
        active operand without one is refused.}],
      "bool", "hasPartial", (ins "unsigned":$i)>,
    InterfaceMethod<"Whether the partial derivative by operand `i` is zero everywhere.",
      "bool", "hasZeroPartial", (ins "unsigned":$i)>,
    InterfaceMethod<"Where the partial derivative by operand `i` is singular.",
      "::adgen::Singularity", "singularity", (ins "unsigned":$i)>,
    InterfaceMethod<"The C++ function or operator (`std::sin`, `+`).",
      "::llvm::StringRef", "getSpelling", (ins)>,
    InterfaceMethod<[{
        The C++ definition of a function that the standard library lacks and
        that generated code must bring along; empty otherwise.}],
      "::llvm::StringRef", "getHelper", (ins)>
  ];
}

#endif // ADGEN_DIALECT_ADINTERFACES_TD
