//===- Polynomial.h - Sums of products of values --------------------------===//
//
// The algebra of the simplifier: an expression as a sum of terms, each a
// rational coefficient times powers of values that are not looked into. Only
// derivative code is rearranged with it: its sums may be added in any order.
//
//===----------------------------------------------------------------------===//
#ifndef ADGEN_LIB_TRANSFORMS_POLYNOMIAL_H
#define ADGEN_LIB_TRANSFORMS_POLYNOMIAL_H

#include "mlir/IR/Builders.h"
#include "mlir/IR/Value.h"
#include "llvm/ADT/MapVector.h"
#include <functional>
#include <optional>

namespace adgen {

/// A small exact fraction; numerator and denominator stay below 2^20.
struct Rational {
  int64_t p = 1, q = 1;

  bool isZero() const { return p == 0; }
  bool operator==(Rational o) const { return p == o.p && q == o.q; }
  Rational operator-() const { return {-p, q}; }
};
/// Nothing where the result is not small.
std::optional<Rational> multiply(Rational a, Rational b);
std::optional<Rational> add(Rational a, Rational b);
std::optional<Rational> invert(Rational a);

/// coefficient · Π value^exponent; the values in order of appearance.
struct Term {
  Rational coefficient;
  llvm::MapVector<mlir::Value, int> powers;

  bool sameProduct(const Term &other) const;
  void multiplyBy(mlir::Value value, int exponent);
  /// Whether the term is `value` alone, times a coefficient.
  mlir::Value bareValue() const;
};

using Polynomial = llvm::SmallVector<Term>;

/// a += b, like terms collected; false where a coefficient grows too large
/// (`a` is then unchanged).
bool addTo(Polynomial &a, const Polynomial &b);
/// a · b, if one of them has a single term and coefficients stay small.
std::optional<Polynomial> multiply(const Polynomial &a, const Polynomial &b);

/// Writes polynomials as operations, common factors taken out.
class PolynomialWriter {
public:
  /// `isDerivative` tells adjoints and tangents, which stand last in a product;
  /// `summands` looks into a value that is itself a sum (nothing if it is not).
  PolynomialWriter(mlir::OpBuilder &b, mlir::Location loc, mlir::Type type,
                   std::function<bool(mlir::Value)> isDerivative,
                   std::function<Polynomial(mlir::Value)> summands)
      : b(b), loc(loc), type(type), isDerivative(isDerivative),
        summands(summands) {}

  mlir::Value write(Polynomial polynomial);

private:
  mlir::Value writeFactored(Polynomial terms);
  mlir::Value mostSharedFactor(const Polynomial &terms) const;
  llvm::SmallVector<Polynomial> groupByFactors(Polynomial terms) const;
  mlir::Value writeSum(llvm::ArrayRef<Polynomial> groups);
  mlir::Value writeProduct(const Term &factor, mlir::Value bracket);
  mlir::Value constant(int64_t value);
  Term takeCommonFactor(Polynomial &terms);
  Polynomial openBrackets(const Polynomial &terms);

  mlir::OpBuilder &b;
  mlir::Location loc;
  mlir::Type type;
  std::function<bool(mlir::Value)> isDerivative;
  std::function<Polynomial(mlir::Value)> summands;
};

} // namespace adgen

#endif // ADGEN_LIB_TRANSFORMS_POLYNOMIAL_H
