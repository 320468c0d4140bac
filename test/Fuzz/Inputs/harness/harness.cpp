// The checks of a batch of random programs. For each program and point:
//
//   - with dual numbers, f leaves and returns the very values that f leaves and returns;
//   - f_grad leaves these values too; its adjoints are J^T w for random w (the seed, and adjoints that
//     are not zero on entry), which is computed with dual numbers, input by input;
//   - f_jvp leaves and returns these values too; its tangents are J v for a random v.
//
// The tolerance is a multiple of the rounding bound that the dual numbers carry. Points at which
// something is not finite are left out, and counted.
//
// usage: batch [--only NAME] [--skip NAME,…] [--progress FILE] [--verbose]
#include "harness.h"

namespace fuzz {
namespace {

using Number = long double;
using Numbers = std::vector<Number>;

/// How many times its bound an error may be.
constexpr double slack = 32;

Number get(const Leaf &leaf) {
  switch (leaf.kind) {
  case Kind::Int: return *static_cast<int *>(leaf.at);
  case Kind::Float: return *static_cast<float *>(leaf.at);
  case Kind::Double: return *static_cast<double *>(leaf.at);
  case Kind::Long: return *static_cast<long double *>(leaf.at);
  case Kind::DualFloat: return static_cast<Dual<float> *>(leaf.at)->v;
  case Kind::DualDouble: return static_cast<Dual<double> *>(leaf.at)->v;
  case Kind::DualLong: return static_cast<Dual<long double> *>(leaf.at)->v;
  }
  return 0;
}

/// Sets a number; the tangent of a dual number is `dot`.
void set(const Leaf &leaf, Number x, Number dot = 0) {
  auto as = [&](auto &y) {
    using D = std::remove_reference_t<decltype(y)>;
    using T = typename ValueOf<D>::type;
    y = D(static_cast<T>(x), static_cast<T>(dot), std::fabs(static_cast<double>(dot)), 0);
  };
  switch (leaf.kind) {
  case Kind::Int: *static_cast<int *>(leaf.at) = static_cast<int>(x); break;
  case Kind::Float: *static_cast<float *>(leaf.at) = static_cast<float>(x); break;
  case Kind::Double: *static_cast<double *>(leaf.at) = static_cast<double>(x); break;
  case Kind::Long: *static_cast<long double *>(leaf.at) = x; break;
  case Kind::DualFloat: as(*static_cast<Dual<float> *>(leaf.at)); break;
  case Kind::DualDouble: as(*static_cast<Dual<double> *>(leaf.at)); break;
  case Kind::DualLong: as(*static_cast<Dual<long double> *>(leaf.at)); break;
  }
}

struct Tangent {
  Number d = 0;
  double m = 0, e = 0;
};

Tangent tangent(const Leaf &leaf) {
  auto of = [](auto &y) { return Tangent{y.d, y.m, y.e}; };
  switch (leaf.kind) {
  case Kind::DualFloat: return of(*static_cast<Dual<float> *>(leaf.at));
  case Kind::DualDouble: return of(*static_cast<Dual<double> *>(leaf.at));
  case Kind::DualLong: return of(*static_cast<Dual<long double> *>(leaf.at));
  default: return {};
  }
}

double unitOf(Kind kind) {
  switch (kind) {
  case Kind::Float: case Kind::DualFloat: return unit<float>;
  case Kind::Double: case Kind::DualDouble: return unit<double>;
  default: return unit<long double>;
  }
}

/// A small generator that is the same everywhere.
struct Random {
  unsigned long long state;
  explicit Random(unsigned long long seed) : state(seed * 0x9E3779B97F4A7C15ull + 0x1234567) { next(); }
  unsigned next() {
    state = state * 6364136223846793005ull + 1442695040888963407ull;
    return static_cast<unsigned>(state >> 33);
  }
  /// In [-1, 1), with few digits, so that a float holds it.
  Number uniform() { return (static_cast<int>(next() % 4096) - 2048) / Number(2048); }
};

/// Inputs: numbers around zero; at some points also ties and special values.
Number input(Random &random, bool special) {
  const unsigned kind = special ? random.next() % 6 : 5;
  switch (kind) {
  case 0: return 0;
  case 1: return 1;
  case 2: return -0.5;
  default: return 1.75L * random.uniform();
  }
}

std::vector<Leaf> argumentsOf(Call &call) {
  Leaves leaves;
  call.arguments(leaves);
  return leaves.list;
}
std::vector<Leaf> resultOf(Call &call) {
  Leaves leaves;
  call.result(leaves);
  return leaves.list;
}
/// What the caller sees afterwards: the memory that it passed, then the result.
std::vector<Leaf> outputsOf(Call &call) {
  std::vector<Leaf> all;
  for (const Leaf &leaf : argumentsOf(call))
    if (!leaf.byValue)
      all.push_back(leaf);
  for (const Leaf &leaf : resultOf(call))
    all.push_back(leaf);
  return all;
}
Numbers read(const std::vector<Leaf> &leaves) {
  Numbers numbers;
  for (const Leaf &leaf : leaves)
    numbers.push_back(get(leaf));
  return numbers;
}

bool identical(Number a, Number b) {
  return (a == b && std::signbit(a) == std::signbit(b)) || (std::isnan(a) && std::isnan(b));
}

struct Counts {
  int points = 0, failures = 0, notFinite = 0, undecided = 0, oracle = 0;
};

class Checker {
public:
  Checker(const Program &program, const std::vector<int> &point, Counts &counts, bool verbose)
      : program(program), point(point), counts(counts), verbose(verbose) {}

  void run();

private:
  const Program &program;
  const std::vector<int> &point;
  Counts &counts;
  bool verbose;
  bool failed = false;
  /// Whether some adjoint's bound was too wide to say much.
  bool wide = false;
  int told = 0;

  Numbers inputs;
  std::vector<Leaf> shapeOfInputs;
  /// Outputs of f; weights and directions.
  Numbers outputs, weights, direction;
  std::size_t resultSize = 0;
  std::vector<Leaf> outputLeaves;

  std::unique_ptr<Call> make(Call *(*maker)()) {
    std::unique_ptr<Call> call(maker());
    call->shape(point.data() + 1);
    const std::vector<Leaf> leaves = argumentsOf(*call);
    for (std::size_t i = 0; i < leaves.size() && i < inputs.size(); ++i)
      if (leaves[i].kind != Kind::Int)
        set(leaves[i], inputs[i]);
    return call;
  }

  void fail(const char *what, std::size_t index, Number got, Number want, Number allowed) {
    failed = true;
    if (++told > 6)
      return;
    std::printf("FAIL %s %d %s %zu: %.17Lg, expected %.17Lg, off by %.3Lg, allowed %.3Lg\n",
                program.name, point[0], what, index, got, want, std::fabs(got - want), allowed);
  }

  /// What is left in memory, and the result if it is there, against what f leaves.
  void compareValues(const char *what, Call &call, bool hasResult) {
    std::vector<Leaf> leaves = outputsOf(call);
    if (!hasResult)
      leaves.resize(leaves.size() - resultOf(call).size());
    if (leaves.size() != outputs.size() - (hasResult ? 0 : resultSize))
      return fail(what, 9999, leaves.size(), outputs.size(), 0);
    for (std::size_t i = 0; i < leaves.size(); ++i)
      if (!identical(get(leaves[i]), outputs[i]))
        fail(what, i, get(leaves[i]), outputs[i], 0);
  }

  void compare(const char *what, std::size_t index, Number got, const Tangent &want) {
    const Number allowed = slack * want.e + 1e-30L;
    if (!(std::fabs(got - want.d) <= allowed))
      fail(what, index, got, want.d, allowed);
    if (allowed > 1e-4L * (1 + std::fabs(want.d)))
      wide = true;
  }

  /// The dual numbers after a call along `dot`.
  std::unique_ptr<Call> oracle(const Numbers &dot) {
    std::unique_ptr<Call> call = make(program.dual);
    const std::vector<Leaf> leaves = argumentsOf(*call);
    for (std::size_t i = 0; i < leaves.size(); ++i)
      if (leaves[i].kind != Kind::Int)
        set(leaves[i], inputs[i], dot[i]);
    call->run();
    return call;
  }

  bool checkOracle();
  void checkGradient();
  void checkTangent();
};

/// Whether the oracle computes what the function computes, and all of it is finite.
bool Checker::checkOracle() {
  Numbers dot(inputs.size(), 1);
  hasOverflown = false;
  std::unique_ptr<Call> call = oracle(dot);
  const std::vector<Leaf> leaves = outputsOf(*call);
  bool same = leaves.size() == outputs.size();
  for (std::size_t i = 0; same && i < leaves.size(); ++i)
    same = identical(get(leaves[i]), outputs[i]);
  if (!same) {
    ++counts.oracle;
    std::printf("ORACLE %s %d computes something else\n", program.name, point[0]);
    return false;
  }
  if (hasOverflown) {
    ++counts.notFinite;
    return false;
  }
  for (std::size_t i = 0; i < leaves.size(); ++i)
    if (!std::isfinite(outputs[i]) || !(tangent(leaves[i]).m < 1e25)) {
      ++counts.notFinite;
      return false;
    }
  return true;
}

void Checker::checkGradient() {
  std::unique_ptr<Call> call = make(program.plain), bar = make(program.plain);
  // Adjoints have the shape that f leaves.
  {
    std::unique_ptr<Call> after = make(program.plain);
    after->run();
    bar.reset(after->clone());
  }
  for (const Leaf &leaf : argumentsOf(*bar))
    if (leaf.kind != Kind::Int)
      set(leaf, 0);
  const std::vector<Leaf> seeds = outputsOf(*bar);
  for (std::size_t j = 0; j < seeds.size(); ++j)
    if (seeds[j].kind != Kind::Int)
      set(seeds[j], weights[j]);
  call->grad(*bar);
  compareValues("value-after-grad", *call, call->hasValue);
  const std::vector<Leaf> adjoints = argumentsOf(*bar);
  if (adjoints.size() != inputs.size())
    return fail("adjoints", 9999, adjoints.size(), inputs.size(), 0);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (adjoints[i].kind == Kind::Int || adjoints[i].isPassive)
      continue;
    Tangent want;
    Numbers dot(inputs.size(), 0);
    dot[i] = 1;
    std::unique_ptr<Call> moved = oracle(dot);
    const std::vector<Leaf> leaves = outputsOf(*moved);
    for (std::size_t j = 0; j < leaves.size(); ++j) {
      const Tangent t = tangent(leaves[j]);
      const double size = std::fabs(static_cast<double>(weights[j]));
      const double coarse = std::max(unitOf(adjoints[i].kind), unitOf(leaves[j].kind));
      want.d += weights[j] * t.d;
      want.m += size * t.m;
      want.e += size * (t.e + coarse * t.m);
    }
    compare("adjoint", i, get(adjoints[i]), want);
  }
}

void Checker::checkTangent() {
  std::unique_ptr<Call> call = make(program.plain), dot = make(program.plain);
  const std::vector<Leaf> tangents = argumentsOf(*dot);
  for (std::size_t i = 0; i < tangents.size(); ++i)
    if (tangents[i].kind != Kind::Int)
      set(tangents[i], direction[i]);
  call->jvp(*dot);
  compareValues("value-after-jvp", *call, true);
  std::unique_ptr<Call> moved = oracle(direction);
  const std::vector<Leaf> got = outputsOf(*dot), want = outputsOf(*moved);
  if (got.size() != want.size())
    return fail("tangents", 9999, got.size(), want.size(), 0);
  for (std::size_t j = 0; j < got.size(); ++j)
    if (got[j].kind != Kind::Int && !got[j].isPassive) {
      Tangent t = tangent(want[j]);
      t.e += unitOf(got[j].kind) * t.m;
      compare("tangent", j, get(got[j]), t);
    }
}

void Checker::run() {
  Random random(point[0]);
  ++counts.points;
  {
    std::unique_ptr<Call> first = make(program.plain);
    shapeOfInputs = argumentsOf(*first);
    const bool special = point[0] % 3 == 2;
    for (const Leaf &leaf : shapeOfInputs)
      inputs.push_back(leaf.kind == Kind::Int ? get(leaf) : input(random, special));
  }
  std::unique_ptr<Call> plain = make(program.plain);
  plain->run();
  outputs = read(outputsOf(*plain));
  resultSize = resultOf(*plain).size();
  for (std::size_t j = 0; j < outputs.size(); ++j)
    weights.push_back(random.next() % 8 == 0 ? 0 : random.uniform());
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    direction.push_back(random.next() % 8 == 0 ? 0 : random.uniform());
    if (shapeOfInputs[i].isPassive)
      direction[i] = 0;
  }
  if (!checkOracle())
    return;
  checkGradient();
  checkTangent();
  if (failed || verbose) {
    std::printf("AT %s %d inputs", program.name, point[0]);
    for (Number x : inputs)
      std::printf(" %.9Lg", x);
    std::printf(" | outputs");
    for (Number x : outputs)
      std::printf(" %.17Lg", x);
    std::printf(" | weights");
    for (Number x : weights)
      std::printf(" %.9Lg", x);
    std::puts("");
  }
  counts.failures += failed;
  counts.undecided += wide && !failed;
}

bool listed(const std::string &names, const char *name) {
  return ("," + names + ",").find("," + std::string(name) + ",") != std::string::npos;
}

} // namespace

int check(int argc, char **argv, const std::vector<Program> &programs) {
  std::string only, skip, progress;
  bool verbose = false;
  for (int i = 1; i < argc; ++i) {
    const std::string option = argv[i];
    if (option == "--verbose")
      verbose = true;
    else if (i + 1 < argc)
      (option == "--only" ? only : option == "--skip" ? skip : progress) = argv[++i];
  }
  Counts counts;
  std::FILE *log = progress.empty() ? nullptr : std::fopen(progress.c_str(), "w");
  for (const Program &program : programs) {
    if ((!only.empty() && !listed(only, program.name)) || listed(skip, program.name))
      continue;
    if (log) {
      std::fprintf(log, "%s\n", program.name);
      std::fflush(log);
    }
    for (const std::vector<int> &point : program.points)
      Checker(program, point, counts, verbose).run();
    std::fflush(stdout);
  }
  if (log) {
    std::fprintf(log, "done\n");
    std::fclose(log);
  }
  std::printf("COUNTS points %d failures %d notfinite %d undecided %d oracle %d\n", counts.points,
              counts.failures, counts.notFinite, counts.undecided, counts.oracle);
  return counts.failures != 0;
}

} // namespace fuzz
