//===----------------------------------------------------------------------===//
// Difference quotients
//===----------------------------------------------------------------------===//

inline Number dot(const Vector &a, const Vector &b) {
  Number sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] != 0 && b[i] != 0)
      sum += a[i] * b[i];
  return sum;
}

struct Difference {
  Number value = 0;
  Number error = std::numeric_limits<Number>::infinity();
};

/// The limit of quotient(h) for h → 0 from quotients at h, h/2, h/4, …,
/// extrapolated as C. J. F. Ridders does (Advances in Engineering Software 4,
/// 1982). `ratio` is how much smaller the first term of the error gets: 4 for
/// central, 2 for one-sided differences; `factor` that of each following term.
/// It stops where the error is no more than `enough` of the value's size, which
/// is `unit` or its own.
template <class Quotient>
Difference extrapolate(Quotient quotient, Number h, Number ratio, Number factor,
                       Number enough, Number unit) {
  constexpr int rows = 7;
  Number table[rows][rows];
  Difference best;
  for (int i = 0; i < rows; ++i, h /= 2) {
    Number noise = 0;
    table[i][0] = quotient(h, noise);
    if (!std::isfinite(table[i][0]))
      return best;
    Number weight = ratio;
    for (int k = 1; k <= i; ++k, weight *= factor) {
      table[i][k] =
          (weight * table[i][k - 1] - table[i - 1][k - 1]) / (weight - 1);
      Number error = std::fmax(std::fabs(table[i][k] - table[i][k - 1]),
                               std::fabs(table[i][k] - table[i - 1][k - 1])) +
                     noise;
      if (error < best.error)
        best = {table[i][k], error};
    }
    if (i > 2 && best.error <= enough * std::fmax(unit, std::fabs(best.value)))
      break;
  }
  return best;
}

