//===- Expr.h - Formulas as C++ expressions -------------------------------===//
//
// The value type in which the table's partial derivatives are written:
// operators on it build operations, folded where a person would fold (`1 * x`,
// `3 - 1`, a comparison of two numbers). Method of the rules as in Griewank &
// Walther, Evaluating Derivatives (2008), section 2.2.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_DIALECT_EXPR_H
#define ADGEN_DIALECT_EXPR_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/Value.h"

namespace adgen {

/// Where a partial derivative is infinite or NaN: nowhere, somewhere the
/// function itself is finite, or only where the function is infinite too.
enum class Singularity { None, Finite, Pole };

/// A constant in a formula; takes the type of what it is combined with.
struct Literal {
  Literal(double value) : value(value) {}
  explicit Literal(llvm::StringRef digits) : value(0), digits(digits) {}
  double value;
  /// Decimal digits, where a double would round.
  llvm::StringRef digits;
};

/// A constant with more digits than a double has.
inline Literal number(llvm::StringRef digits) { return Literal(digits); }

/// A value under construction: a real number, or an integer argument (the order
/// of a Bessel function), which computes as integers do in C++ and becomes real
/// where it meets a real.
struct Expr {
  /// `real` is the type of the formula's real numbers; by default the value's.
  Expr(mlir::Value value, mlir::OpBuilder &b, mlir::Location loc,
       mlir::Type real = {})
      : value(value), builder(&b), loc(loc),
        real(real ? real : value.getType()) {}

  mlir::Value value;
  mlir::OpBuilder *builder;
  mlir::Location loc;
  mlir::Type real;

  mlir::Type type() const { return value.getType(); }
  /// Another value of the same formula.
  Expr with(mlir::Value other) const { return {other, *builder, loc, real}; }
  /// The constant in this value's type (in `real` if it has a fraction).
  Expr like(Literal literal) const;
  Expr like(Expr other) const { return other; }
  /// The constant, or the value converted, in the type `real`.
  Expr inReal(Literal literal) const;
  Expr inReal() const;
};

/// A comparison in a formula.
struct Condition {
  Expr value;
};

Expr operator+(Expr a, Expr b);
Expr operator-(Expr a, Expr b);
Expr operator*(Expr a, Expr b);
Expr operator/(Expr a, Expr b);
Expr operator-(Expr a);
Condition operator<(Expr a, Expr b);
Condition operator<=(Expr a, Expr b);
Condition operator>(Expr a, Expr b);
Condition operator>=(Expr a, Expr b);
Condition operator==(Expr a, Expr b);
Condition operator!=(Expr a, Expr b);
Condition operator&&(Condition a, Condition b);
Condition operator||(Condition a, Condition b);
Condition operator!(Condition a);

#define ADGEN_MIXED(result, sign)                                              \
  inline result operator sign(Expr a, Literal b) { return a sign a.like(b); }  \
  inline result operator sign(Literal a, Expr b) { return b.like(a) sign b; }
ADGEN_MIXED(Expr, +)
ADGEN_MIXED(Expr, -)
ADGEN_MIXED(Expr, *)
ADGEN_MIXED(Expr, /)
ADGEN_MIXED(Condition, <)
ADGEN_MIXED(Condition, <=)
ADGEN_MIXED(Condition, >)
ADGEN_MIXED(Condition, >=)
ADGEN_MIXED(Condition, ==)
ADGEN_MIXED(Condition, !=)
#undef ADGEN_MIXED

/// `c ? a : b`, both evaluated.
Expr select(Condition c, Expr a, Expr b);
inline Expr select(Condition c, Literal a, Expr b) {
  return select(c, b.like(a), b);
}
inline Expr select(Condition c, Expr a, Literal b) {
  return select(c, a, a.like(b));
}
inline Expr select(Condition c, Literal a, Literal b) {
  return select(c, c.value.inReal(a), c.value.inReal(b));
}

/// `std::isnan(a)`.
Condition isnan(Expr a);

} // namespace adgen

#endif // ADGEN_DIALECT_EXPR_H
