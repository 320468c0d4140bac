//===- IndexForm.h - Index expressions as polynomials ---------------------===//
#ifndef ADGEN_ANALYSIS_INDEXFORM_H
#define ADGEN_ANALYSIS_INDEXFORM_H

#include "adgen/Dialect/AD.h"
#include <map>
#include <optional>
#include <set>

namespace adgen {

/// An unknown of an index expression: an SSA value, or with `version` > 0 what
/// that value is in another trip of a loop. A null value stands for the distance
/// between two trips.
struct Symbol {
  mlir::Value value;
  unsigned version = 0;
  bool operator<(const Symbol &other) const {
    return std::pair(value.getAsOpaquePointer(), version) <
           std::pair(other.value.getAsOpaquePointer(), other.version);
  }
  bool operator==(const Symbol &other) const {
    return value == other.value && version == other.version;
  }
};

/// An integer expression as a polynomial with integer coefficients. C++'s
/// conversions between integer types are taken to keep the value, as they do for
/// an index of an element that exists.
class IndexForm {
public:
  IndexForm(int64_t constant = 0);
  static IndexForm symbol(Symbol symbol);
  /// The form of a value, down to what is no sum, product or constant, or would
  /// have too many terms. Equal expressions of equal operands are one symbol.
  static IndexForm of(mlir::Value value);

  IndexForm operator+(const IndexForm &other) const;
  IndexForm operator-(const IndexForm &other) const;
  IndexForm operator*(const IndexForm &other) const;

  /// An order of no meaning, for tables.
  bool operator<(const IndexForm &other) const { return terms < other.terms; }
  /// Without its constant, and that.
  std::pair<IndexForm, int64_t> splitConstant() const;

  /// The value if it is a constant.
  std::optional<int64_t> constant() const;
  std::set<Symbol> symbols() const;
  IndexForm substitute(Symbol symbol, const IndexForm &form) const;
  /// The factor of `symbol`; nothing if it stands in a higher power.
  std::optional<IndexForm> factorOf(Symbol symbol) const;
  /// Whether no term is negative (or positive, with a `sign` of -1), where
  /// `nonNegative` symbols are not.
  bool hasSign(int sign, const std::set<Symbol> &nonNegative) const;

private:
  static IndexForm compute(mlir::Value value);
  using Monomial = std::vector<Symbol>;
  void add(const Monomial &monomial, int64_t coefficient);
  std::map<Monomial, int64_t> terms;
};

/// While one lives, IndexForm remembers which values are the same expression.
/// Nothing that it has seen may be erased meanwhile without `forget`, and no
/// expression that it has seen may change.
class SameExpressions {
public:
  SameExpressions();
  ~SameExpressions();
  SameExpressions(const SameExpressions &) = delete;

  /// One value for all that are the same expression.
  mlir::Value representative(mlir::Value value);
  void forget(mlir::Value value);
  void clear();

private:
  friend class IndexForm;
  size_t hashOf(mlir::Value value);

  llvm::DenseMap<mlir::Value, mlir::Value> known;
  llvm::DenseMap<mlir::Value, size_t> hashes;
  /// The representatives by the hash of their expressions.
  llvm::DenseMap<size_t, llvm::SmallVector<mlir::Value, 1>> alike;
  llvm::DenseMap<mlir::Value, IndexForm> forms;
  SameExpressions *outer;
};

/// Whether both are the same expression of the same values, without effects or
/// reads of memory that may change.
bool isSameExpression(mlir::Value x, mlir::Value z);

} // namespace adgen

#endif // ADGEN_ANALYSIS_INDEXFORM_H
