// Checks, at the small size, the adjoints by hand against central differences
// and against dual numbers (which also shows that the generic kernels are the
// originals), adgen's and the other tools' against those by hand; and, of those
// by hand and adgen's, the duties of the contract: adjoints of inputs are added
// to, what the kernel writes is written, its adjoints are consumed.
//
// usage: check_kernels [REGEX]
//
// Exits with 1 if a gradient is wrong, with 3 if only adgen's are.
#include "contenders.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <regex>

/// A copy of all adjoints, one after the other.
static std::vector<double> adjoints(const Problem &problem) {
  std::vector<double> all;
  for (const Input &i : problem.inputs)
    all.insert(all.end(), i.bar, i.bar + i.count);
  return all;
}

static double objective(Problem &problem) {
  problem.prepare();
  problem.primal();
  return problem.objective();
}

/// The derivative by `value`, by central differences, extrapolated twice.
static double difference(Problem &problem, double &value) {
  const double at = value;
  const auto slope = [&](double h) {
    value = at + h;
    const double up = value, high = objective(problem);
    value = at - h;
    const double low = objective(problem), width = up - value;
    value = at;
    return (high - low) / width;
  };
  const double h = 1e-4 * std::max(std::fabs(at), 0.1);
  const double s1 = slope(h), s2 = slope(2 * h), s4 = slope(4 * h);
  const double r1 = (4 * s1 - s2) / 3, r2 = (4 * s2 - s4) / 3;
  return (16 * r1 - r2) / 15;
}

static std::vector<double> differences(Problem &problem) {
  std::vector<double> all;
  for (const Input &input : problem.inputs)
    for (std::size_t i = 0; i < input.count; ++i)
      all.push_back(difference(problem, input.value[i]));
  return all;
}

/// What all adjoints hold before the gradient adds to them.
constexpr double before = 0.375;

/// The adjoints that a gradient computes.
static std::vector<double> gradient(const Contender &contender,
                                    Problem &problem) {
  for (const Input &i : problem.inputs)
    std::fill_n(i.bar, i.count, i.accumulated ? before : 0);
  problem.prepare();
  contender.gradient(problem);
  for (const Input &i : problem.inputs)
    for (std::size_t j = 0; j < i.count; ++j)
      i.bar[j] -= i.accumulated ? before : 0;
  return adjoints(problem);
}

/// The same, of a gradient that follows the contract; says which other duty it
/// neglects.
static std::vector<double> gradient(const Contender &contender,
                                    Problem &problem, std::string &neglected) {
  objective(problem);
  std::vector<std::vector<double>> written;
  for (const Output &o : problem.outputs)
    written.emplace_back(o.value, o.value + o.count);
  const auto result = gradient(contender, problem);
  for (std::size_t k = 0; k < written.size(); ++k) {
    const Output &o = problem.outputs[k];
    for (std::size_t i = 0; i < o.count; ++i) {
      if (!(std::fabs(o.value[i] - written[k][i]) <=
            1e-12 * std::max(1.0, std::fabs(written[k][i]))))
        neglected = "an output differs";
      if (o.bar && o.bar[i] != 0)
        neglected = "an output's adjoint is not consumed";
    }
  }
  return result;
}

/// The largest difference, as a part of the largest element of its input.
static double error(const Problem &problem, const std::vector<double> &got,
                    const std::vector<double> &expected) {
  double worst = 0;
  std::size_t at = 0;
  for (const Input &input : problem.inputs) {
    double size = 1e-300, difference = 0;
    for (std::size_t i = 0; i < input.count; ++i, ++at) {
      size = std::max(size, std::fabs(expected[at]));
      const double d = std::fabs(got[at] - expected[at]);
      if (!(d <= difference) && !std::isnan(difference)) // a NaN stays
        difference = d;
    }
    if (!(difference / size <= worst) && !std::isnan(worst))
      worst = difference / size;
  }
  return worst;
}

/// Ends a line that `begin` began.
static bool report(double error, double limit,
                   const std::string &neglected = "") {
  const bool right = error < limit && neglected.empty();
  std::printf("%10.1e%s%s\n", error, right ? "" : "  WRONG ",
              neglected.c_str());
  return right;
}

/// Says what comes before it is tried, as it may crash.
static void begin(const Kernel &kernel, const std::string &what) {
  std::printf("%-20s %-20s ", kernel.name.c_str(), what.c_str());
  std::fflush(stdout);
}

int main(int argc, char **argv) {
  const std::regex filter(argc > 1 ? argv[1] : ".");
  bool good = true, adgen_good = true;
  for (const Kernel &kernel : all_kernels()) {
    if (!std::regex_search(kernel.name, filter))
      continue;
    const auto problem = kernel.make(Size::small);
    begin(kernel, "by hand, differences");
    std::string neglected;
    const auto expected = gradient(kernel.hand, *problem, neglected);
    const auto error_of = [&](const std::vector<double> &got) {
      return error(*problem, got, expected);
    };
    good &= report(error_of(differences(*problem)), 1e-7, neglected);
    begin(kernel, "by hand, dual");
    good &= report(error_of(gradient(kernel.dual, *problem)), 1e-11);
    for (const Contender &peer : kernel.peers) {
      begin(kernel, peer.tool);
      good &= report(error_of(gradient(peer, *problem)), 1e-11);
    }
    begin(kernel, "adgen");
    if (!kernel.adgen.gradient) {
      std::printf("   refused: %s\n", kernel.adgen.refusal.c_str());
      continue;
    }
    neglected.clear();
    const auto got = gradient(kernel.adgen, *problem, neglected);
    adgen_good &= report(error_of(got), 1e-11, neglected);
  }
  std::puts(good && adgen_good ? "every gradient is right"
                               : "a gradient is wrong");
  return !good ? 1 : adgen_good ? 0 : 3;
}
