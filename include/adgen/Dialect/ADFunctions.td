//===- ADFunctions.td - The table of derivative rules ---------------------===//
//
// One row = one function = its partial derivatives, for every mode. A partial
// is infix C++ over the names of the arguments and the result `y`; it may call
// every function of the table, `select(condition, a, b)`, comparisons, and
// `number("1.128379…")` for a constant that a double literal would round.
//
//===----------------------------------------------------------------------===//

#ifndef ADGEN_DIALECT_ADFUNCTIONS_TD
#define ADGEN_DIALECT_ADFUNCTIONS_TD

include "adgen/Dialect/ADBase.td"
include "adgen/Dialect/ADInterfaces.td"
include "mlir/Interfaces/InferTypeOpInterface.td"
include "mlir/Interfaces/SideEffectInterfaces.td"

/// A function of numbers. `kinds` are the argument types: all `Real` arguments
/// and the result have the same type.
class Function<string mnemonicName, string cxxSpelling, list<string> argNames,
               list<TypeConstraint> argKinds, list<string> argPartials,
               TypeConstraint resultKind = Real>
    : Op<ADDialect, mnemonicName,
         [Pure, DeclareOpInterfaceMethods<Differentiable>]> {
  string spelling = cxxSpelling;
  list<string> args = argNames;
  /// The partial derivative by each argument. "0" where it vanishes almost
  /// everywhere, "none" where it has no closed form.
  list<string> partials = argPartials;
  /// Per argument, where the partial derivative is infinite or NaN: "None",
  /// "Finite" (somewhere the function itself is finite), "Pole" (only where the
  /// function is infinite too).
  list<string> singular = !foreach(a, argNames, "None");
  /// Other C++ names that denote the same function.
  list<string> aliases = [];
  /// C++ source of a function that the standard library lacks.
  string helper = "";
  /// Sample intervals for the numeric test of the row, per argument.
  list<string> domain = !foreach(a, argNames, "-2:2");

  let summary = "`y = " # spelling # "(" # !interleave(argNames, ", ") # ")`";
  let description = !foldl("Partial derivatives:\n\n", !range(!size(argNames)),
      acc, i, acc # "- by `" # argNames[i] # "`: `" # argPartials[i] # "`\n");
  let arguments = !dag(ins, argKinds, argNames);
  let results = (outs resultKind:$y);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let extraClassDefinition =
      "::llvm::StringRef $cppClass::getSpelling() { return \"" # spelling # "\"; }\n"
    # "::llvm::StringRef $cppClass::getHelper() { return R\"cpp(" # helper # ")cpp\"; }\n"
    # "bool $cppClass::hasPartial(unsigned i) {\n  switch (i) {\n"
    # !foldl("", !range(!size(argNames)), acc, i, acc # "  case " # i # ": return "
        # !if(!eq(argPartials[i], "none"), "false", "true") # ";\n")
    # "  }\n  return false;\n}\n"
    # "bool $cppClass::hasZeroPartial(unsigned i) {\n  switch (i) {\n"
    # !foldl("", !range(!size(argNames)), acc, i, acc # "  case " # i # ": return "
        # !if(!eq(argPartials[i], "0"), "true", "false") # ";\n")
    # "  }\n  return false;\n}\n"
    # "::adgen::Singularity $cppClass::singularity(unsigned i) {\n  switch (i) {\n"
    # !foldl("", !range(!size(argNames)), acc, i, acc # "  case " # i
        # ": return ::adgen::Singularity::" # singular[i] # ";\n")
    # "  }\n  return ::adgen::Singularity::None;\n}\n"
    # "::adgen::Expr $cppClass::partial(::mlir::OpBuilder &b, ::mlir::Location loc, unsigned i) {\n"
    # !foldl("", argNames, acc, a, acc # "  [[maybe_unused]] ::adgen::Expr " # a
        # "{get" # !toupper(!substr(a, 0, 1)) # !substr(a, 1) # "(), b, loc};\n")
    # "  [[maybe_unused]] ::adgen::Expr y{getY(), b, loc};\n  switch (i) {\n"
    # !foldl("", !range(!size(argNames)), acc, i, acc
        # !if(!eq(argPartials[i], "none"), "",
              "  case " # i # ": return y.like(" # argPartials[i] # ");\n"))
    # "  }\n  llvm_unreachable(\"no such partial derivative\");\n}\n";
}

class Unary<string f, string dx>
    : Function<f, "std::" # f, ["x"], [Real], [dx]>;
class Binary<string f, string dx, string dz>
    : Function<f, "std::" # f, ["x", "z"], [Real, Real], [dx, dz]>;
class Ternary<string f, string dx, string dz, string dw>
    : Function<f, "std::" # f, ["x", "z", "w"], [Real, Real, Real], [dx, dz, dw]>;
/// An operator, also of integers (which have no derivative).
class Infix<string f, string sign, string dx, string dz>
    : Function<f, sign, ["x", "z"], [Arithmetic, Arithmetic], [dx, dz], Arithmetic>;

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

def AddOp : Infix<"add", "+", "1", "1">;
def SubOp : Infix<"sub", "-", "1", "-1">;
def MulOp : Infix<"mul", "*", "z", "x">;
def DivOp : Infix<"div", "/", "1 / z", "-y / z"> { let singular = ["Pole", "Pole"]; }
def NegOp : Function<"neg", "-", ["x"], [Arithmetic], ["-1"], Arithmetic>;

//===----------------------------------------------------------------------===//
// Exponentials and logarithms
//===----------------------------------------------------------------------===//

def ExpOp : Unary<"exp", "y">;
def LogOp : Unary<"log", "1 / x"> { let singular = ["Pole"]; let domain = ["0.1:5"]; }

//===----------------------------------------------------------------------===//
// Powers and roots
//===----------------------------------------------------------------------===//

def SqrtOp : Unary<"sqrt", "0.5 / y"> { let singular = ["Finite"]; let domain = ["0.1:5"]; }

//===----------------------------------------------------------------------===//
// Trigonometric and hyperbolic functions
//===----------------------------------------------------------------------===//

def SinOp : Unary<"sin", "cos(x)">;
def CosOp : Unary<"cos", "-sin(x)">;
def TanhOp : Unary<"tanh", "1 - y * y">;

//===----------------------------------------------------------------------===//
// Piecewise functions
//===----------------------------------------------------------------------===//

def FabsOp : Unary<"fabs", "copysign(1, x)"> { let aliases = ["abs"]; }
def CopysignOp : Binary<"copysign", "copysign(1, x) * copysign(1, z)", "0">;
def FloorOp : Unary<"floor", "0">;
def MaxOp : Binary<"max", "select(x < z, 0, 1)", "select(x < z, 1, 0)">;
def MinOp : Binary<"min", "select(z < x, 0, 1)", "select(z < x, 1, 0)">;

#endif // ADGEN_DIALECT_ADFUNCTIONS_TD
