// What the derivatives of a map from numbers to numbers must satisfy at a point, whatever the types of
// the function behind it: the reverse mode against differences and in its weights, the forward mode
// against the reverse, a second call against the first.
#ifndef ADGEN_TEST_HARNESS_MAP_H
#define ADGEN_TEST_HARNESS_MAP_H

#include "harness.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace harness {

using Vector = std::vector<Number>;

class MapChecker {
public:
  void run() {
    if (options.pointsOnly) {
      checkPoint();
      return;
    }
    if (options.smooth && !isSmooth()) {
      ++skipped();
      return;
    }
    for (std::size_t j = 0; j < rows(); ++j)
      jacobian.push_back(reverse(unit(rows(), j), Call::Plain));
    setUnits();
    if (options.expected)
      checkAgainstExpected();
    else
      checkAgainstDifferences();
    checkWeights();
    checkValued();
    checkTangents();
    checkRepetition();
  }

protected:
  MapChecker(const char *function, const char *text, const Options &options)
      : point(function, text), options(options) {}
  ~MapChecker() = default;

  // The map at this point.

  struct Input {
    std::string name;
    Number at;
    Number epsilon;
  };
  struct Output {
    std::string name;
    Number at;
    /// Whether f may write it: a place that is only read is its own output.
    bool isWritten;
    /// What the function started from, if it ends as nothing beside that: the noise of an elimination.
    Number cancelled = 0;
  };
  std::vector<Input> inputs;
  std::vector<Output> outputs;
  /// Whether the function returns anything; whether its derivative's seed has a default.
  bool hasValue = false, hasDefault = false;

  enum class Call { Plain, WithoutSeed, Valued };
  /// J^T w, J v, and the outputs where input i is x.
  virtual Vector reverse(const Vector &w, Call call) = 0;
  virtual Vector forward(const Vector &v) = 0;
  virtual Vector outputsWith(std::size_t i, Number x) const = 0;

  Point point;
  Options options;

  void fail(const std::string &what, const std::string &where, Number got, Number want,
            Number tolerance) {
    point.fail((what + ", " + where).c_str(), -1, got, want, tolerance);
  }
  void near(const std::string &what, const std::string &where, Number got, Number want,
            Number tolerance) {
    point.near((what + ", " + where).c_str(), -1, got, want, tolerance);
  }
  /// Numbers that must be as many as expected: a shadow may come back in another shape.
  Vector shaped(const char *what, Vector numbers, std::size_t count) {
    if (numbers.size() != count) {
      fail(what, "how many", numbers.size(), count, 0);
      numbers.resize(count);
    }
    return numbers;
  }

private:
  /// J by rows, from the adjoints of the unit weights; and what a rounding error of each entry is
  /// relative to: its size, or, where terms may have cancelled in it, |f| / |x|.
  std::vector<Vector> jacobian, units;

  std::size_t rows() const { return outputs.size(); }
  std::size_t columns() const { return inputs.size(); }

  // Differences.

  /// The derivatives of all outputs by one input.
  std::vector<Difference> differences(std::size_t i) const {
    if (inputs[i].epsilon > Number(1e-10))
      return differencesAt<float>(i);
    return inputs[i].epsilon > Number(1e-17) ? differencesAt<double>(i) : differencesAt<Number>(i);
  }
  template <class T> std::vector<Difference> differencesAt(std::size_t i) const {
    std::map<T, Vector> known;
    std::vector<Difference> result;
    for (std::size_t j = 0; j < rows(); ++j)
      result.push_back(differentiate<T>(
          [&](T x) {
            Vector &at = known[x];
            if (at.empty()) {
              at = outputsWith(i, x);
              // Where the function leaves another shape, it is not the same map.
              at.resize(rows(), std::numeric_limits<Number>::quiet_NaN());
            }
            return at[j];
          },
          T(inputs[i].at), options.step, options.epsilon));
    return result;
  }
  /// The largest error that a difference may have: what it cannot resolve, it cannot check.
  Number resolution(const Difference &difference, std::size_t j, std::size_t i) const {
    const Number x = inputs[i].at, size = std::fmax(difference.size, outputs[j].cancelled);
    return std::sqrt(options.epsilon) *
           std::fmax(std::fabs(difference.value), size / (x == 0 ? 1 : std::fabs(x)));
  }
  bool isSmooth() const {
    if (!isFinite())
      return false;
    for (std::size_t i = 0; i < columns(); ++i) {
      const std::vector<Difference> found = differences(i);
      for (std::size_t j = 0; j < rows(); ++j)
        if (16 * found[j].error > resolution(found[j], j, i))
          return false;
    }
    return true;
  }

  /// Whether the differences could check a derivative here, for tests of which there is none yet.
  void checkPoint() {
    for (std::size_t i = 0; i < columns(); ++i) {
      const std::vector<Difference> found = differences(i);
      for (std::size_t j = 0; j < rows(); ++j)
        if (const Difference &d = found[j]; d.size != 0 && !(8 * d.error <= resolution(d, j, i)))
          fail("differences do not converge here; choose another point or step",
               "d " + outputs[j].name + " / d " + inputs[i].name, d.error, d.value, resolution(d, j, i));
    }
  }

  // Checks.

  static Vector unit(std::size_t size, std::size_t i) {
    Vector v(size, 0);
    v[i] = 1;
    return v;
  }
  /// Dyadic numbers of no pattern: exact in every precision.
  static Vector mixed(std::size_t size) {
    Vector v(size);
    for (std::size_t i = 0; i < size; ++i)
      v[i] = Number(int(37 + 53 * i) % 64 - 31) / 32;
    return v;
  }

  Number allowed(Number size) const { return options.roundings * options.epsilon * size; }

  bool isFinite() const {
    return std::all_of(outputs.begin(), outputs.end(),
                       [](const Output &output) { return std::isfinite(output.at); });
  }

  void setUnits() {
    for (std::size_t j = 0; j < rows(); ++j) {
      const Number size = std::fmax(std::fabs(outputs[j].at), outputs[j].cancelled);
      Number largest = outputs[j].cancelled == 0 ? 0 : 1;
      for (Number g : jacobian[j])
        if (std::isfinite(g))
          largest = std::fmax(largest, std::fabs(g));
      Vector row(columns());
      for (std::size_t i = 0; i < columns(); ++i) {
        const Number g = std::fabs(jacobian[j][i]);
        const Number slope = size / std::fabs(inputs[i].at);
        row[i] = std::isfinite(g) ? std::fmax(g, std::fmin(largest, slope)) : 0;
        // Programs that nobody read may cancel to nothing.
        if (options.smooth)
          row[i] = std::fmax(row[i], Number(1e-6));
      }
      units.push_back(row);
    }
  }

  /// J^T w, or the size of its terms.
  Number combined(const std::vector<Vector> &matrix, const Vector &w, std::size_t i) const {
    Number sum = 0;
    for (std::size_t j = 0; j < rows(); ++j)
      if (w[j] != 0)
        sum += &matrix == &units ? matrix[j][i] * std::fabs(w[j]) : matrix[j][i] * w[j];
    return sum;
  }

  /// The adjoints for weights one on what is returned and may be written, zero on what is only read.
  void checkAgainstExpected() {
    if (options.expectedCount != columns()) {
      fail("expected values", "how many", options.expectedCount, columns(), 0);
      return;
    }
    Vector w;
    for (const Output &output : outputs)
      w.push_back(output.isWritten);
    const Vector got = reverse(w, Call::Plain);
    for (std::size_t i = 0; i < columns(); ++i)
      near("reverse against the expected value", inputs[i].name, got[i], options.expected[i],
           allowed(std::fabs(options.expected[i])));
  }

  void checkAgainstDifferences() {
    for (std::size_t i = 0; i < columns(); ++i) {
      const std::vector<Difference> found = differences(i);
      for (std::size_t j = 0; j < rows(); ++j)
        checkAgainstDifference(found[j], j, i);
    }
  }
  void checkAgainstDifference(const Difference &d, std::size_t j, std::size_t i) {
    const Number got = jacobian[j][i];
    const Number tolerance = 8 * d.error + allowed(units[j][i]);
    const std::string where = "d " + outputs[j].name + " / d " + inputs[i].name;
    if (d.size == 0 && got == 0)
      return; // the output is zero all around
    if (!(tolerance <= resolution(d, j, i)))
      fail("differences do not converge here; choose another point or step", where, got, d.value,
           resolution(d, j, i));
    else if (!std::isfinite(got))
      fail("reverse is not finite", where, got, d.value, tolerance);
    else
      near("reverse against differences", where, got, d.value, tolerance);
  }

  void checkWeights(const char *what, const Vector &w, Call call = Call::Plain) {
    const Vector got = reverse(w, call);
    for (std::size_t i = 0; i < columns(); ++i)
      near(what, inputs[i].name, got[i], combined(jacobian, w, i), 2 * allowed(combined(units, w, i)));
  }
  void checkWeights() {
    checkWeights("mixed weights", mixed(rows()));
    Vector scaled = mixed(rows());
    for (Number &w : scaled)
      w = Number(float(-1.7L * w)); // exact in every precision as well
    checkWeights("weights times -1.7", scaled);
    checkWeights("all weights one", Vector(rows(), 1));
    const Vector none = reverse(Vector(rows(), 0), Call::Plain);
    for (std::size_t i = 0; i < columns(); ++i)
      if (isFinite() && none[i] != 0)
        fail("weights zero", inputs[i].name, none[i], 0, 0);
  }
  void checkValued() {
    if (hasValue)
      checkWeights("gradient beside the value", mixed(rows()), Call::Valued);
  }

  void checkTangent(const std::string &what, const Vector &v) {
    const Vector got = forward(v);
    for (std::size_t j = 0; j < rows(); ++j) {
      Number sum = 0, terms = 0;
      for (std::size_t i = 0; i < columns(); ++i)
        if (v[i] != 0) {
          sum += jacobian[j][i] * v[i];
          terms += units[j][i] * std::fabs(v[i]);
        }
      near(what, outputs[j].name, got[j], sum, allowed(terms));
    }
  }
  void checkTangents() {
    for (std::size_t i = 0; i < columns(); ++i)
      checkTangent("forward against reverse, by " + inputs[i].name, unit(columns(), i));
    checkTangent("forward along a mixed direction", mixed(columns()));
    if (isFinite())
      checkTangent("forward along zero", Vector(columns(), 0));
  }

  /// Twice in a row, and without a seed if there is one.
  void checkRepetition() {
    Vector w = mixed(rows());
    if (hasDefault)
      w[0] = 1;
    const Vector first = reverse(w, Call::Plain);
    const Vector again = reverse(w, hasDefault ? Call::WithoutSeed : Call::Plain);
    for (std::size_t i = 0; i < columns(); ++i)
      if (!identical(again[i], first[i]))
        fail("second call, without a seed", inputs[i].name, again[i], first[i], 0);
  }
};

} // namespace harness

#endif // ADGEN_TEST_HARNESS_MAP_H
