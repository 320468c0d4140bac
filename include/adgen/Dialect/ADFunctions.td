//===- ADFunctions.td - The table of derivative rules ---------------------===//
//
// One row = one function = its partial derivatives, for every mode. A partial
// is infix C++ over the names of the arguments and the result `y`; it may call
// every function of the table, `select(condition, a, b)` (which evaluates both
// a and b), comparisons, `isnan`, and `number("1.128379…")` for a constant that
// a double literal would round. Integer arguments compute as in C++.
//
// Formulas are those of the NIST Digital Library of Mathematical Functions
// (DLMF), written so that they neither cancel nor overflow where the function
// is regular, and so that they are right at kinks as docs/derivatives.md says.
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
               TypeConstraint resultKind = Real, list<string> where = [],
               list<string> samples = []>
    : Op<ADDialect, mnemonicName,
         [Pure, DeclareOpInterfaceMethods<Differentiable>]> {
  string spelling = cxxSpelling;
  list<string> args = argNames;
  /// The partial derivative by each argument. "0" where it vanishes almost
  /// everywhere, "none" where it has no closed form.
  list<string> partials = argPartials;
  /// Per argument, where the partial derivative is infinite or NaN: "None",
  /// "Finite" (somewhere the function itself is finite), "Pole" (only where the
  /// function is not finite either); or a C++ expression that decides. By
  /// default "None".
  list<string> singular = !if(!empty(where), !foreach(a, argNames, "None"), where);
  /// C++ source of a function that the standard library lacks.
  string helper = "";
  /// Per argument the intervals that the numeric test samples, "-2:-1, 1:2"; by
  /// default "-2:2".
  list<string> domain = !if(!empty(samples), !foreach(a, argNames, "-2:2"), samples);

  let summary = "`y = " # spelling # "(" # !interleave(argNames, ", ") # ")`";
  let description = !foldl("Partial derivatives:\n\n", !range(!size(argNames)),
      acc, i, acc # "- by `" # argNames[i] # "`: `" # argPartials[i] # "`\n");
  let arguments = !dag(ins, argKinds, argNames);
  let results = (outs resultKind:$y);
  let assemblyFormat = "operands attr-dict `:` functional-type(operands, results)";
  let extraClassDefinition =
      "::llvm::StringRef $cppClass::getSpelling() { return \"" # spelling # "\"; }\n"
    # "::llvm::StringRef $cppClass::getHelper() { return R\"cpp("
    # !if(!empty(helper), "", "namespace adgen {\n" # helper # "} // namespace adgen\n") # ")cpp\"; }\n"
    # "bool $cppClass::hasPartial(unsigned i) {\n  switch (i) {\n"
    # !foldl("", !range(!size(argNames)), acc, i, acc # "  case " # i # ": return "
        # !if(!eq(argPartials[i], "none"), "false", "true") # ";\n")
    # "  }\n  return false;\n}\n"
    # "bool $cppClass::hasZeroPartial(unsigned i) {\n  switch (i) {\n"
    # !foldl("", !range(!size(argNames)), acc, i, acc # "  case " # i # ": return "
        # !if(!eq(argPartials[i], "0"), "true", "false") # ";\n")
    # "  }\n  return false;\n}\n"
    # "::adgen::Singularity $cppClass::singularity(unsigned i) {\n"
    # "  [[maybe_unused]] constexpr auto None = ::adgen::Singularity::None;\n"
    # "  [[maybe_unused]] constexpr auto Finite = ::adgen::Singularity::Finite;\n"
    # "  [[maybe_unused]] constexpr auto Pole = ::adgen::Singularity::Pole;\n  switch (i) {\n"
    # !foldl("", !range(!size(argNames)), acc, i, acc # "  case " # i
        # ": return " # singular[i] # ";\n")
    # "  }\n  return ::adgen::Singularity::None;\n}\n"
    # "::adgen::Expr $cppClass::partial(::mlir::OpBuilder &b, ::mlir::Location loc, unsigned i) {\n"
    # !foldl("", argNames, acc, a, acc # "  [[maybe_unused]] ::adgen::Expr " # a
        # "{get" # !toupper(!substr(a, 0, 1)) # !substr(a, 1) # "(), b, loc, getY().getType()};\n")
    # "  [[maybe_unused]] ::adgen::Expr y{getY(), b, loc, getY().getType()};\n  switch (i) {\n"
    # !foldl("", !range(!size(argNames)), acc, i, acc
        # !if(!eq(argPartials[i], "none"), "",
              "  case " # i # ": return y.like(" # argPartials[i] # ");\n"))
    # "  }\n  llvm_unreachable(\"no such partial derivative\");\n}\n";
}

/// The usual shapes: functions of one, two and three real numbers.
class Unary<string f, string dx, string where = "None", string samples = "-2:2">
    : Function<f, "std::" # f, ["x"], [Real], [dx], Real, [where], [samples]>;
class Binary<string f, string dx, string dz, list<string> where = [], list<string> samples = []>
    : Function<f, "std::" # f, ["x", "z"], [Real, Real], [dx, dz], Real, where, samples>;
class Ternary<string f, string dx, string dz, string dw, list<string> samples = []>
    : Function<f, "std::" # f, ["x", "z", "w"], [Real, Real, Real], [dx, dz, dw], Real, [], samples>;
/// An operator, also of integers (which have no derivative).
class Infix<string f, string sign, string dx, string dz>
    : Function<f, sign, ["x", "z"], [Arithmetic, Arithmetic], [dx, dz], Arithmetic>;
/// A function of the standard library with arguments of its own.
class Named<string f, list<string> args, list<TypeConstraint> kinds, list<string> partials,
            list<string> where = [], list<string> samples = []>
    : Function<f, "std::" # f, args, kinds, partials, Real, where, samples>;
/// A function that the standard library lacks: generated code brings it along, in
/// a namespace of its own, so that it clashes with no name of the user's.
class Local<string f, list<string> args, list<TypeConstraint> kinds, list<string> partials,
            list<string> where = [], list<string> samples = []>
    : Function<f, "adgen::" # f, args, kinds, partials, Real, where, samples>;

//===----------------------------------------------------------------------===//
// Arithmetic
//===----------------------------------------------------------------------===//

def AddOp : Infix<"add", "+", "1", "1">;
def SubOp : Infix<"sub", "-", "1", "-1">;
def MulOp : Infix<"mul", "*", "z", "x">;
def DivOp : Infix<"div", "/", "1 / z", "-y / z"> { let singular = ["zeroPole(getZ())", "divisorSingularity(getX(), getZ())"]; let domain = ["-2:2", "-2:-0.2, 0.2:2"]; }
def NegOp : Function<"neg", "-", ["x"], [Arithmetic], ["-1"], Arithmetic>;
def FmaOp : Ternary<"fma", "z", "x", "1">;

//===----------------------------------------------------------------------===//
// Exponentials and logarithms
//===----------------------------------------------------------------------===//

// Exponentials overflow, so that their derivative is infinite where they are.
def ExpOp   : Unary<"exp",   "y", "Pole">;
def Exp2Op  : Unary<"exp2",  "number(\"0.693147180559945309417232121458176568\") * y", "Pole">;
def Expm1Op : Unary<"expm1", "exp(x)", "Pole">;
def LogOp   : Unary<"log",   "1 / x", "zeroPole(getX())", "0.1:5">;
def Log2Op  : Unary<"log2",  "number(\"1.44269504088896340735992468100189214\") / x", "zeroPole(getX())", "0.1:5">;
def Log10Op : Unary<"log10", "number(\"0.434294481903251827651128918916605082\") / x", "zeroPole(getX())", "0.1:5">;
def Log1pOp : Unary<"log1p", "1 / (1 + x)", "Pole", "-0.9:5">;

//===----------------------------------------------------------------------===//
// Powers and roots
//===----------------------------------------------------------------------===//

def PowOp  : Binary<"pow", "select(z == 0, 0, z * pow(x, z - 1))", "select(x == 0 && z > 0, 0, y * log(x))", ["powerSingularity(getZ())", "exponentialSingularity(getX())"], ["0.2:4", "-3:3"]>;
def SqrtOp : Unary<"sqrt", "0.5 / y", "rootSingularity(getX())", "0.1:5">;
def CbrtOp : Unary<"cbrt", "1 / (3 * y * y)", "rootSingularity(getX())", "-5:-0.1, 0.1:5">;
def HypotOp  : Binary<"hypot", "select(y == 0, 0, x / y)", "select(y == 0, 0, z / y)">;
def Hypot3Op : Function<"hypot3", "std::hypot", ["x", "z", "w"], [Real, Real, Real], ["select(y == 0, 0, x / y)", "select(y == 0, 0, z / y)", "select(y == 0, 0, w / y)"]>;

//===----------------------------------------------------------------------===//
// Trigonometric and hyperbolic functions
//===----------------------------------------------------------------------===//

def SinOp  : Unary<"sin", "cos(x)">;
def CosOp  : Unary<"cos", "-sin(x)">;
def TanOp  : Unary<"tan", "1 + y * y", "None", "-1.3:1.3, 2:4">;
def AsinOp : Unary<"asin", "1 / sqrt((1 - x) * (1 + x))", "Finite", "-0.95:0.95">;
def AcosOp : Unary<"acos", "-1 / sqrt((1 - x) * (1 + x))", "Finite", "-0.95:0.95">;
def AtanOp : Unary<"atan", "1 / (1 + x * x)">;
def Atan2Op : Binary<"atan2", "select(x == 0 && z == 0, 0, z / (x * x + z * z))", "select(x == 0 && z == 0, 0, -x / (x * x + z * z))">;

def SinhOp  : Unary<"sinh", "cosh(x)", "Pole">;
def CoshOp  : Unary<"cosh", "sinh(x)", "Pole">;
def TanhOp  : Unary<"tanh", "1 - y * y">;
def AsinhOp : Unary<"asinh", "1 / sqrt(1 + x * x)">;
def AcoshOp : Unary<"acosh", "1 / sqrt((x - 1) * (x + 1))", "Finite", "1.1:5">;
def AtanhOp : Unary<"atanh", "1 / ((1 - x) * (1 + x))", "Pole", "-0.95:0.95">;

//===----------------------------------------------------------------------===//
// Piecewise functions
//===----------------------------------------------------------------------===//

def FabsOp     : Unary<"fabs", "copysign(1, x)">;
def AbsOp      : Unary<"abs", "copysign(1, x)">;
def CopysignOp : Binary<"copysign", "copysign(1, x) * copysign(1, z)", "0">;
def FdimOp     : Binary<"fdim", "select(x <= z, 0, 1)", "select(x <= z, 0, -1)">;

// They follow the operand that is returned, as `<` decides. fmax and fmin return
// the other one if one is NaN.
def MaxOp   : Binary<"max", "select(x < z, 0, 1)", "select(x < z, 1, 0)">;
def MinOp   : Binary<"min", "select(z < x, 0, 1)", "select(z < x, 1, 0)">;
def FmaxOp  : Binary<"fmax", "select(x < z || isnan(x), 0, 1)", "select(x < z || isnan(x), 1, 0)">;
def FminOp  : Binary<"fmin", "select(z < x || isnan(x), 0, 1)", "select(z < x || isnan(x), 1, 0)">;
def ClampOp : Ternary<"clamp", "select(x < z || w < x, 0, 1)", "select(x < z, 1, 0)", "select(w < x, 1, 0)", ["-2:2", "-1.5:-0.5", "0.5:1.5"]>;

// The derivative by the divisor is -n, n the quotient that the function used.
def FmodOp      : Binary<"fmod", "1", "-round((x - y) / z)", ["None", "Pole"], ["-9:9", "-2:-0.5, 0.5:2"]>;
def RemainderOp : Binary<"remainder", "1", "-round((x - y) / z)", ["None", "Pole"], ["-9:9", "-2:-0.5, 0.5:2"]>;

def FloorOp : Unary<"floor", "0">;
def CeilOp  : Unary<"ceil", "0">;
def RoundOp : Unary<"round", "0">;
def TruncOp : Unary<"trunc", "0">;
def RintOp  : Unary<"rint", "0">;
def NearbyintOp : Unary<"nearbyint", "0">;

// Exponents and neighbours.
def LogbOp       : Unary<"logb", "0", "None", "0.3:5">;
def LdexpOp      : Named<"ldexp", ["x", "n"], [Real, Integer], ["ldexp(1, n)", "0"], [], ["-2:2", "-9:9"]>;
def ScalbnOp     : Named<"scalbn", ["x", "n"], [Real, Integer], ["scalbn(1, n)", "0"], [], ["-2:2", "-9:9"]>;
def ScalblnOp    : Named<"scalbln", ["x", "n"], [Real, Integer], ["scalbln(1, n)", "0"], [], ["-2:2", "-9:9"]>;
def NextafterOp  : Binary<"nextafter", "1", "0">;
def NexttowardOp : Named<"nexttoward", ["x", "z"], [Real, LongDouble], ["1", "0"]>;

//===----------------------------------------------------------------------===//
// Error and gamma functions
//===----------------------------------------------------------------------===//

def ErfOp  : Unary<"erf", "number(\"1.12837916709551257389615890312154517\") * exp(-x * x)">;
def ErfcOp : Unary<"erfc", "number(\"-1.12837916709551257389615890312154517\") * exp(-x * x)">;

def TgammaOp : Unary<"tgamma", "y * digamma(x)", "Pole", "-2.8:-2.2, -0.8:-0.2, 0.2:6">;
def LgammaOp : Unary<"lgamma", "digamma(x)", "Pole", "-2.8:-2.2, -0.8:-0.2, 0.2:9">;
def BetaOp   : Binary<"beta", "y * (digamma(x) - digamma(x + z))", "y * (digamma(z) - digamma(x + z))", ["Pole", "Pole"], ["0.2:4", "0.2:4"]>;

def DigammaOp : Local<"digamma", ["x"], [Real], ["trigamma(x)"], ["Pole"], ["-2.8:-2.2, -0.8:-0.2, 0.2:9"]> {
  let helper = [{
// The derivative of lgamma: reflection, recurrence, then the asymptotic series
// (DLMF 5.5.4, 5.5.2, 5.11.2). NaN at the poles.
template <class T> T digamma(T x) {
  const T pi = T(3.14159265358979323846264338327950288L);
  if (x <= 0) {
    const T fraction = x - std::round(x);
    return fraction == 0 ? T(NAN) : digamma(1 - x) - pi / std::tan(pi * fraction);
  }
  // The recurrence's terms 1 / x as one fraction.
  T numerator = 0, denominator = 1;
  for (; x < 12; x += 1) {
    numerator = numerator * x + denominator;
    denominator *= x;
  }
  const T z = 1 / (x * x);
  const T series =
      z * (T(1) / 12 - z * (T(1) / 120 - z * (T(1) / 252 - z * (T(1) / 240 -
      z * (T(1) / 132 - z * (T(691) / 32760 - z * (T(1) / 12 - z * (T(3617) / 8160))))))));
  return std::log(x) - 1 / (2 * x) - series - numerator / denominator;
}
}];
}

def TrigammaOp : Local<"trigamma", ["x"], [Real], ["none"], ["Pole"], ["-2.8:-2.2, -0.8:-0.2, 0.2:9"]> {
  let helper = [{
// The derivative of digamma, by the same steps (DLMF 5.15.6, 5.15.5, 5.15.8).
template <class T> T trigamma(T x) {
  const T pi = T(3.14159265358979323846264338327950288L);
  if (x <= 0) {
    const T fraction = x - std::round(x);
    const T ratio = pi / std::sin(pi * fraction);
    return fraction == 0 ? T(NAN) : ratio * ratio - trigamma(1 - x);
  }
  T numerator = 0, denominator = 1;
  for (; x < 15; x += 1) {
    numerator = numerator * (x * x) + denominator;
    denominator *= x * x;
  }
  const T z = 1 / (x * x);
  const T series =
      z * (T(1) / 6 - z * (T(1) / 30 - z * (T(1) / 42 - z * (T(1) / 30 -
      z * (T(5) / 66 - z * (T(691) / 2730 - z * (T(7) / 6 - z * (T(3617) / 510))))))));
  return numerator / denominator + (1 + 1 / (2 * x) + series) / x;
}
}];
}

//===----------------------------------------------------------------------===//
// Exponential and elliptic integrals
//===----------------------------------------------------------------------===//

def ExpintOp : Unary<"expint", "exp(x) / x", "Pole", "-4:-0.2, 0.2:4">;
def RiemannZetaOp : Unary<"riemann_zeta", "none", "None", "1.5:8">;

// The derivatives by the modulus are integrals of the same kind; in terms of
// the standard ones they would cancel for small moduli.
def CompEllint1Op : Named<"comp_ellint_1", ["k"], [Real], ["k * ellint_moment(3, k, number(\"1.57079632679489661923132169163975144\"))"], ["Pole"], ["-0.9:0.9"]>;
def CompEllint2Op : Named<"comp_ellint_2", ["k"], [Real], ["-k * ellint_moment(1, k, number(\"1.57079632679489661923132169163975144\"))"], ["Finite"], ["-0.9:0.9"]>;
def CompEllint3Op : Named<"comp_ellint_3", ["k", "nu"], [Real, Real], [
    "k * ellint_3_moment(1, k, nu, number(\"1.57079632679489661923132169163975144\"))",
    "ellint_3_moment(2, k, nu, number(\"1.57079632679489661923132169163975144\"))"], ["Pole", "Pole"], ["-0.9:0.9", "-1:0.8"]>;
def Ellint1Op : Named<"ellint_1", ["k", "phi"], [Real, Real], [
    "k * ellint_moment(3, k, phi)",
    "1 / sqrt(1 - k * k * sin(phi) * sin(phi))"], ["Pole", "Pole"], ["-0.9:0.9", "-4:4"]>;
def Ellint2Op : Named<"ellint_2", ["k", "phi"], [Real, Real], [
    "-k * ellint_moment(1, k, phi)",
    "sqrt(1 - k * k * sin(phi) * sin(phi))"], ["Finite", "None"], ["-0.9:0.9", "-4:4"]>;
def Ellint3Op : Named<"ellint_3", ["k", "nu", "phi"], [Real, Real, Real], [
    "k * ellint_3_moment(1, k, nu, phi)",
    "ellint_3_moment(2, k, nu, phi)",
    "1 / ((1 - nu * sin(phi) * sin(phi)) * sqrt(1 - k * k * sin(phi) * sin(phi)))"], ["Pole", "Pole", "Pole"], ["-0.9:0.9", "-1:0.8", "-4:4"]>;

def EllintMomentOp : Local<"ellint_moment", ["p", "k", "phi"], [Integer, Real, Real], ["0", "none", "none"], ["None", "Pole", "Pole"], ["1:1", "-0.9:0.9", "-4:4"]> {
  let helper = [{
// The integral from 0 to phi of sin(t)^2 / (1 - k^2 sin(t)^2)^(p / 2), p = 1 or
// 3: Carlson's R_D (DLMF 19.25, Carlson 1995) within half a period.
template <class T> T ellint_moment(unsigned p, T k, T phi) {
  const T pi = T(3.14159265358979323846264338327950288L);
  const T periods = std::ceil(phi / pi - T(0.5));
  if (periods != 0)
    return ellint_moment(p, k, phi - periods * pi) + 2 * periods * ellint_moment(p, k, pi / 2);
  const T s = std::sin(phi);
  const T c = std::cos(phi);
  const T q = c * c + (1 - k) * (1 + k) * s * s;
  T x = c * c;
  T y = p == 1 ? q : 1;
  T z = p == 1 ? 1 : q;
  T sum = 0;
  T scale = 1;
  while (true) {
    const T mean = (x + y + 3 * z) / 5;
    const T dx = 1 - x / mean;
    const T dy = 1 - y / mean;
    const T dz = 1 - z / mean;
    const T spread = std::fmax(std::fabs(dx), std::fmax(std::fabs(dy), std::fabs(dz)));
    if (!(spread > T(4e-4L))) {
      const T e2 = dx * dy - 6 * dz * dz;
      const T e3 = (3 * dx * dy - 8 * dz * dz) * dz;
      const T e4 = 3 * (dx * dy - dz * dz) * dz * dz;
      const T e5 = dx * dy * dz * dz * dz;
      const T series = 1 - 3 * e2 / 14 + e3 / 6 + 9 * e2 * e2 / 88 - 3 * e4 / 22 -
                       9 * e2 * e3 / 52 + 3 * e5 / 26;
      return s * s * s * (sum + scale * series / (3 * mean * std::sqrt(mean)));
    }
    const T lambda = std::sqrt(x) * std::sqrt(y) + std::sqrt(y) * std::sqrt(z) +
                     std::sqrt(z) * std::sqrt(x);
    sum += scale / (std::sqrt(z) * (z + lambda));
    scale /= 4;
    x = (x + lambda) / 4;
    y = (y + lambda) / 4;
    z = (z + lambda) / 4;
  }
}
}];
}

def Ellint3MomentOp : Local<"ellint_3_moment", ["q", "k", "nu", "phi"], [Integer, Real, Real, Real], ["0", "none", "none", "none"], ["None", "Pole", "Pole", "Pole"], ["1:1", "-0.9:0.9", "-1:0.8", "-4:4"]> {
  let helper = [{
// The integral from 0 to phi of sin(t)^2 / (d^q r^(5 - 2 q)), q = 1 or 2, where
// d = 1 - nu sin(t)^2 and r^2 = 1 - k^2 sin(t)^2, by the double exponential
// rule (Takahasi and Mori 1974) within half a period.
template <class T> T ellint_3_moment(unsigned q, T k, T nu, T phi) {
  const T pi = T(3.14159265358979323846264338327950288L);
  const T periods = std::ceil(phi / pi - T(0.5));
  if (periods != 0)
    return ellint_3_moment(q, k, nu, phi - periods * pi) +
           2 * periods * ellint_3_moment(q, k, nu, pi / 2);
  const auto integrand = [=](T s, T c) {
    const T d = c * c + (1 - nu) * s * s;
    const T r2 = c * c + (1 - k) * (1 + k) * s * s;
    return s * s / (d * std::sqrt(r2) * (q == 1 ? r2 : d));
  };
  const T s = std::sin(phi);
  const T c = std::cos(phi);
  const T step = T(1) / 20;
  T sum = integrand(std::sin(phi / 2), std::cos(phi / 2)) * pi / 4;
  for (int i = 1; i <= 70; ++i) {
    const T u = pi / 2 * std::sinh(i * step);
    const T weight = pi / 4 * std::cosh(i * step) / (std::cosh(u) * std::cosh(u));
    const T gap = phi / (1 + std::exp(2 * u));
    const T sg = std::sin(gap);
    const T cg = std::cos(gap);
    sum += weight * (integrand(sg, cg) + integrand(s * cg - c * sg, c * cg + s * sg));
  }
  return phi * step * sum;
}
}];
}

//===----------------------------------------------------------------------===//
// Bessel functions
//===----------------------------------------------------------------------===//

// By the argument (DLMF 10.6.2, 10.29.2, 10.51.2); no order below 0 is called,
// also where the formula does not use it.
def CylBesselJOp : Named<"cyl_bessel_j", ["nu", "x"], [Real, Real], ["none", "select(nu == 0, -cyl_bessel_j(nu + 1, x), select(nu < 1, nu / x * y - cyl_bessel_j(nu + 1, x), (cyl_bessel_j(fabs(nu - 1), x) - cyl_bessel_j(nu + 1, x)) / 2))"], ["None", "powerSingularity(getNu())"], ["0:0, 0.2:0.8, 1:1, 1.3:1.7, 2:2, 2.5:3", "0.1:8"]>;
def CylBesselIOp : Named<"cyl_bessel_i", ["nu", "x"], [Real, Real], ["none", "select(nu == 0, cyl_bessel_i(nu + 1, x), select(nu < 1, nu / x * y + cyl_bessel_i(nu + 1, x), (cyl_bessel_i(fabs(nu - 1), x) + cyl_bessel_i(nu + 1, x)) / 2))"], ["None", "powerSingularity(getNu())"], ["0:0, 0.2:0.8, 1:1, 1.3:1.7, 2:2, 2.5:3", "0.1:5"]>;
def CylNeumannOp : Named<"cyl_neumann", ["nu", "x"], [Real, Real], ["none", "nu / x * y - cyl_neumann(nu + 1, x)"], ["None", "Pole"], ["0:0, 0.2:0.8, 1:1, 1.3:1.7, 2:2, 2.5:3", "0.2:8"]>;
def CylBesselKOp : Named<"cyl_bessel_k", ["nu", "x"], [Real, Real], ["none", "nu / x * y - cyl_bessel_k(nu + 1, x)"], ["None", "Pole"], ["0:0, 0.2:0.8, 1:1, 1.3:1.7, 2:2, 2.5:3", "0.2:5"]>;
def SphBesselOp  : Named<"sph_bessel", ["n", "x"], [Integer, Real], ["0", "(n * sph_bessel(select(n == 0, 0, n - 1), x) - (n + 1) * sph_bessel(n + 1, x)) / (2 * n + 1)"], [], ["0:4", "0.1:8"]>;
def SphNeumannOp : Named<"sph_neumann", ["n", "x"], [Integer, Real], ["0", "(n * sph_neumann(select(n == 0, 0, n - 1), x) - (n + 1) * sph_neumann(n + 1, x)) / (2 * n + 1)"], ["None", "Pole"], ["0:4", "0.2:8"]>;

//===----------------------------------------------------------------------===//
// Orthogonal polynomials
//===----------------------------------------------------------------------===//

def HermiteOp  : Named<"hermite", ["n", "x"], [Integer, Real], ["0", "2 * n * hermite(select(n == 0, 0, n - 1), x)"], [], ["0:5", "-2:2"]>;
def LaguerreOp : Named<"laguerre", ["n", "x"], [Integer, Real], ["0", "select(n == 0, 0, -assoc_laguerre(select(n == 0, 0, n - 1), 1, x))"], [], ["0:5", "0.1:5"]>;
def AssocLaguerreOp : Named<"assoc_laguerre", ["n", "m", "x"], [Integer, Integer, Real], ["0", "0", "select(n == 0, 0, -assoc_laguerre(select(n == 0, 0, n - 1), m + 1, x))"], [], ["0:5", "0:4", "0.1:5"]>;
def LegendreOp : Named<"legendre", ["n", "x"], [Integer, Real], ["0", "legendre_derivative(n, 1, x)"], [], ["0:6", "-0.95:0.95"]>;
def AssocLegendreOp : Named<"assoc_legendre", ["n", "m", "x"], [Integer, Integer, Real], ["0", "0",
    "pow((1 - x) * (1 + x), 0.5 * m) * legendre_derivative(n, m + 1, x) - select(m == 0, 0, m * x * pow((1 - x) * (1 + x), 0.5 * m - 1) * legendre_derivative(n, m, x))"],
    ["None", "None", "legendreSingularity(getM())"], ["0:6", "0:4", "-0.95:0.95"]>;

// The function depends on |sin(theta)|; the pairs of orders are DLMF 14.10.
def SphLegendreOp : Named<"sph_legendre", ["n", "m", "theta"], [Integer, Integer, Real], ["0", "0",
    "copysign(0.5, sin(theta)) * (sqrt((n - m) * (n + m + 1)) * sph_legendre(n, m + 1, theta) - select(m == 0, -1, 1) * sqrt((n + m) * (n + 1 - m)) * sph_legendre(n, select(m == 0, 1, m - 1), theta))"],
    [], ["0:6", "0:4", "0.1:3, -3:-0.1"]>;

def LegendreDerivativeOp : Local<"legendre_derivative", ["n", "k", "x"], [Integer, Integer, Real], ["0", "0", "legendre_derivative(n, k + 1, x)"], [], ["0:6", "0:4", "-0.95:0.95"]> {
  let helper = [{
// The k-th derivative of the Legendre polynomial of degree n, by the recurrence
// of Gegenbauer's polynomials (DLMF 18.9.1, 18.9.19).
template <class T> T legendre_derivative(unsigned n, unsigned k, T x) {
  if (k > n)
    return 0;
  T before = 0;
  T value = 1;
  for (unsigned i = 1; i < 2 * k; i += 2)
    value *= i;
  for (unsigned i = k; i < n; ++i) {
    const T next = ((2 * i + 1) * x * value - (i + k) * before) / (i + 1 - k);
    before = value;
    value = next;
  }
  return value;
}
}];
}

#endif // ADGEN_DIALECT_ADFUNCTIONS_TD
