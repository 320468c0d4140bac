//===- Polynomial.cpp - Sums of products of values ------------------------===//
//
//   3 * y * s + 2 * x * s           →  (3 * y + 2 * x) * s
//   (1 - x) * r * s - r * x * s     →  r * (1 - 2 * x) * s
//
// Products of sums are not multiplied out: (u - v) * (u - v) keeps its
// accuracy. A sum in brackets is opened only where its terms meet like ones.
//
//===----------------------------------------------------------------------===//
#include "Polynomial.h"

#include "adgen/Dialect/AD.h"

#include <numeric>

using namespace mlir;
using namespace adgen;

//===----------------------------------------------------------------------===//
// Coefficients and terms
//===----------------------------------------------------------------------===//

static std::optional<Rational> reduced(int64_t p, int64_t q) {
  constexpr int64_t limit = 1 << 20;
  if (q < 0) {
    p = -p;
    q = -q;
  }
  int64_t divisor = std::gcd(p, q);
  p /= divisor;
  q /= divisor;
  if (std::abs(p) >= limit || q >= limit)
    return {};
  return Rational{p, q};
}
std::optional<Rational> adgen::multiply(Rational a, Rational b) {
  return reduced(a.p * b.p, a.q * b.q);
}
std::optional<Rational> adgen::add(Rational a, Rational b) {
  return reduced(a.p * b.q + b.p * a.q, a.q * b.q);
}
std::optional<Rational> adgen::invert(Rational a) {
  if (a.isZero())
    return {};
  return reduced(a.q, a.p);
}

bool Term::sameProduct(const Term &other) const {
  if (powers.size() != other.powers.size())
    return false;
  return llvm::all_of(powers, [&](auto &power) {
    auto it = other.powers.find(power.first);
    return it != other.powers.end() && it->second == power.second;
  });
}

void Term::multiplyBy(Value value, int exponent) {
  int &e = powers[value];
  e += exponent;
  if (e == 0)
    powers.erase(value);
}

Value Term::bareValue() const {
  if (powers.size() == 1 && powers.begin()->second == 1)
    return powers.begin()->first;
  return {};
}

bool adgen::addTo(Polynomial &a, const Polynomial &b) {
  for (const Term &term : b) {
    auto like =
        llvm::find_if(a, [&](const Term &t) { return t.sameProduct(term); });
    if (like == a.end()) {
      a.push_back(term);
      continue;
    }
    auto coefficient = add(like->coefficient, term.coefficient);
    if (!coefficient)
      return false;
    like->coefficient = *coefficient;
    if (coefficient->isZero())
      a.erase(like);
  }
  return true;
}

std::optional<Polynomial> adgen::multiply(const Polynomial &a,
                                          const Polynomial &b) {
  if (a.size() > 1 && b.size() > 1)
    return {};
  Polynomial product;
  for (const Term &x : a)
    for (const Term &z : b) {
      Term term = x;
      auto coefficient = multiply(x.coefficient, z.coefficient);
      if (!coefficient)
        return {};
      term.coefficient = *coefficient;
      for (auto [value, exponent] : z.powers)
        term.multiplyBy(value, exponent);
      if (!addTo(product, {term}))
        return {};
    }
  return product;
}

//===----------------------------------------------------------------------===//
// Writing
//===----------------------------------------------------------------------===//

Value PolynomialWriter::constant(int64_t value) {
  return createConstant(b, loc, type, value);
}

/// Divides the terms by what all of them have in common.
Term PolynomialWriter::takeCommonFactor(Polynomial &terms) {
  Term common;
  for (auto [value, exponent] : terms.front().powers) {
    int shared = exponent;
    for (const Term &term : terms) {
      auto it = term.powers.find(value);
      int e = it == term.powers.end() ? 0 : it->second;
      if ((shared > 0) != (e > 0) || e == 0)
        shared = 0;
      else
        shared = shared > 0 ? std::min(shared, e) : std::max(shared, e);
      if (shared == 0)
        break;
    }
    if (shared != 0)
      common.powers[value] = shared;
  }
  for (Term &term : terms)
    for (auto [value, exponent] : common.powers)
      term.multiplyBy(value, -exponent);

  // A coefficient that all share up to its sign.
  Rational first = terms.front().coefficient;
  bool allNegative =
      llvm::all_of(terms, [](const Term &t) { return t.coefficient.p < 0; });
  bool shared = llvm::all_of(terms, [&](const Term &t) {
    return std::abs(t.coefficient.p) == std::abs(first.p) &&
           t.coefficient.q == first.q;
  });
  if (shared)
    common.coefficient = {std::abs(first.p), first.q};
  if (allNegative)
    common.coefficient = -common.coefficient;
  if (auto inverse = invert(common.coefficient))
    for (Term &term : terms)
      term.coefficient = *multiply(term.coefficient, *inverse);
  return common;
}

/// Opens sums that stand alone in a sum, if that lets terms meet.
Polynomial PolynomialWriter::openBrackets(const Polynomial &terms) {
  Polynomial opened;
  size_t count = 0;
  for (const Term &term : terms) {
    Value value = term.bareValue();
    Polynomial inner = value ? summands(value) : Polynomial();
    if (inner.size() < 2) {
      inner = {term};
    } else {
      for (Term &t : inner) {
        auto coefficient = multiply(t.coefficient, term.coefficient);
        if (!coefficient)
          return terms;
        t.coefficient = *coefficient;
      }
    }
    count += inner.size();
    if (!addTo(opened, inner))
      return terms;
  }
  return opened.size() < count ? opened : terms;
}

/// Whether the term is a multiple of `value`, and more.
static bool hasFactor(const Term &term, Value value) {
  auto it = term.powers.find(value);
  return it != term.powers.end() && it->second > 0 && term.bareValue() != value;
}

Value PolynomialWriter::write(Polynomial terms) {
  if (terms.empty())
    return constant(0);
  return writeFactored(terms);
}

Value PolynomialWriter::writeFactored(Polynomial terms) {
  if (terms.size() == 1)
    return writeProduct(terms.front(), {});
  Polynomial rest = terms;
  Term common = takeCommonFactor(rest);
  if (!common.powers.empty() || !(common.coefficient == Rational())) {
    rest = openBrackets(rest);
    if (rest.empty())
      return constant(0);
    return writeProduct(common, writeFactored(rest));
  }
  if (Polynomial opened = openBrackets(terms); opened.size() != terms.size())
    return write(opened);

  return writeSum(groupByFactors(terms));
}

/// The value that most terms have as a factor, beside others, an adjoint or tangent before
/// any other; null if none is shared.
Value PolynomialWriter::mostSharedFactor(const Polynomial &terms) const {
  Value best;
  unsigned bestCount = 1;
  for (const Term &term : terms)
    for (const auto &power : term.powers) {
      Value value = power.first;
      unsigned count = llvm::count_if(
          terms, [&](const Term &t) { return hasFactor(t, value); });
      bool better = count > bestCount || (count == bestCount && best &&
                                          isDerivative(value) && !isDerivative(best));
      if (better) {
        best = value;
        bestCount = count;
      }
    }
  return best;
}

/// The terms by a factor that those of a group share, in the order of the first of each.
SmallVector<Polynomial> PolynomialWriter::groupByFactors(Polynomial terms) const {
  SmallVector<Polynomial> groups;
  SmallVector<Value> factors;
  for (Polynomial rest = terms; Value factor = mostSharedFactor(rest);) {
    factors.push_back(factor);
    llvm::erase_if(rest, [&](const Term &t) { return hasFactor(t, factor); });
  }
  SmallVector<std::optional<unsigned>> groupOf(factors.size());
  for (const Term &term : terms) {
    auto *factor = llvm::find_if(factors, [&](Value f) { return hasFactor(term, f); });
    if (factor == factors.end()) {
      groups.push_back({term});
      continue;
    }
    std::optional<unsigned> &group = groupOf[factor - factors.begin()];
    if (!group) {
      group = groups.size();
      groups.emplace_back();
    }
    groups[*group].push_back(term);
  }
  return groups;
}

/// The sum of the groups, one that is positive first.
Value PolynomialWriter::writeSum(ArrayRef<Polynomial> groups) {
  auto isNegative = [](const Polynomial &terms) {
    return llvm::all_of(terms,
                        [](const Term &t) { return t.coefficient.p < 0; });
  };
  SmallVector<const Polynomial *> order;
  for (const Polynomial &group : groups)
    order.push_back(&group);
  auto positive = llvm::find_if(
      order, [&](const Polynomial *g) { return !isNegative(*g); });
  if (positive != order.end())
    std::rotate(order.begin(), positive, positive + 1);

  Value sum;
  for (const Polynomial *group : order) {
    Polynomial terms = *group;
    bool negative = sum && isNegative(terms);
    if (negative)
      for (Term &term : terms)
        term.coefficient = -term.coefficient;
    Value value = writeFactored(terms);
    if (!sum)
      sum = value;
    else if (negative)
      sum = SubOp::create(b, loc, type, sum, value);
    else
      sum = AddOp::create(b, loc, type, sum, value);
  }
  return sum;
}

/// coefficient · values · bracket / values · derivatives, as people order them.
Value PolynomialWriter::writeProduct(const Term &factor, Value bracket) {
  SmallVector<Value> numerators, derivatives, denominators;
  for (auto [value, exponent] : factor.powers) {
    auto &list = exponent < 0          ? denominators
                 : isDerivative(value) ? derivatives
                                       : numerators;
    list.append(std::abs(exponent), value);
  }
  // x * (1 - x): sums last.
  std::stable_partition(numerators.begin(), numerators.end(), [](Value value) {
    Operation *op = value.getDefiningOp();
    return !op || !isa<AddOp, SubOp>(op);
  });
  if (bracket)
    numerators.push_back(bracket);
  // x / y * y_bar, but y_bar / y.
  if (numerators.empty())
    std::swap(numerators, derivatives);

  int64_t p = std::abs(factor.coefficient.p), q = factor.coefficient.q;
  bool negative = factor.coefficient.p < 0;
  Value product;
  auto times = [&](Value value) {
    product = product ? MulOp::create(b, loc, type, product, value).getResult()
                      : value;
  };
  bool isDecimal = q <= 16 && (q & (q - 1)) == 0;
  if (q != 1 && isDecimal && (denominators.empty() || p != 1)) {
    product = createConstant(b, loc, type, double(p) / q);
    q = 1;
  } else if (p != 1 || numerators.empty()) {
    product = constant(p);
  }
  for (Value value : numerators)
    times(value);
  Value denominator;
  if (q != 1)
    denominator = constant(q);
  for (Value value : denominators)
    denominator = denominator ? MulOp::create(b, loc, type, denominator, value)
                                    .getResult()
                              : value;
  if (denominator)
    product = DivOp::create(b, loc, type, product, denominator);
  for (Value value : derivatives)
    times(value);
  if (negative)
    product = (-Expr(product, b, loc)).value;
  return product;
}
