//===----------------------------------------------------------------------===//
// Verdicts
//===----------------------------------------------------------------------===//

enum class Verdict { Good, Kink, Undecided, Wrong, Missing };

/// Two numbers that ought to be the same.
struct Failure {
  /// `x[3]`; empty if it is not about one element.
  std::string element;
  std::string got, expected;
  Number gotNumber, expectedNumber;
  int digits = 12;
};

/// What the verdicts are at one point.
struct PointReport {
  Verdict differences = Verdict::Good, product = Verdict::Good,
          taylor = Verdict::Good;
  /// The largest deviations, relative to the largest derivative and to the
  /// product.
  Number differenceError = 0, productError = 0;
  /// Of the Taylor remainder; infinite if that is nothing but rounding.
  Number order = std::numeric_limits<Number>::infinity();
  /// How many elements were compared with differences.
  std::size_t compared = 0;
  Vector gradient, weights;
  std::vector<Failure> failures;
  std::vector<std::string> remarks;
  /// The elements that differences say nothing about, by their positions.
  std::vector<std::size_t> undecided, decided;
};

class PointChecker {
public:
  PointChecker(Map &map, Random &random, PointReport &report)
      : map(map), random(random), report(report), epsilon(map.epsilon) {
    for (const Coordinate &c : map.inputs)
      epsilon = std::max(epsilon, c.epsilon);
    for (const Coordinate &c : map.outputs)
      epsilon = std::max(epsilon, c.epsilon);
  }

  void run() {
    chooseWeights();
    g = report.gradient = gradientAt(map.x);
    checkOutputs();
    measureNoise();
    checkAdding();
    checkDifferences();
    checkProduct();
    checkTaylor();
  }

private:
  /// How many elements are compared with differences: all of up to 200, fewer
  /// where a call takes long.
  std::size_t mostElements() const {
    constexpr std::size_t least = 20, most = 200, numbers = 300000;
    return std::max(
        least, std::min(most, numbers / std::max<std::size_t>(columns(), 1)));
  }

  /// What a step of input i is relative to.
  Number scale(std::size_t i) const {
    return map.x[i] == 0 ? 1 : std::fabs(map.x[i]);
  }
  std::size_t columns() const { return map.x.size(); }
  void fail(Verdict &verdict, const std::string &element,
            const std::string &got, Number gotNumber,
            const std::string &expected, Number expectedNumber) {
    verdict = Verdict::Wrong;
    report.failures.push_back(
        {element, got, expected, gotNumber, expectedNumber, 12});
  }

  /// One for a single output, else numbers of no pattern, exact in every type.
  void chooseWeights() {
    w.assign(map.y.size(), 1);
    if (w.size() > 1)
      for (Number &weight : w)
        weight = Number(float(random.direction()));
    report.weights = w;
    for (std::size_t j = 0; j < w.size(); ++j)
      size += std::fabs(w[j] * map.y[j]);
  }

  /// Jᵀw, without f_grad column by column.
  Vector gradientAt(const Vector &x) {
    if (map.hasReverse)
      return map.adjoint(x, w);
    Vector columns(x.size()), v(x.size());
    for (std::size_t i = 0; i < x.size(); ++i) {
      v[i] = 1;
      columns[i] = dot(map.tangent(x, v), w);
      v[i] = 0;
    }
    return columns;
  }

  /// ⟨w, f(to) - f(x)⟩, output by output; moves `to` to what its types hold.
  Number change(Vector &to) {
    const Vector y = map.value(to);
    Number sum = 0;
    for (std::size_t j = 0; j < w.size(); ++j)
      sum += w[j] * (y[j] - map.y[j]);
    return sum;
  }

  //===--------------------------------------------------------------------===//
  // What f_grad and f_jvp leave in memory
  //===--------------------------------------------------------------------===//

  /// The derivatives write what the function writes.
  void checkOutputs() {
    const char *name = map.hasReverse ? "reverse leaves" : "forward leaves";
    for (std::size_t j = 0; j < std::min(map.y.size(), map.left.size()); ++j)
      if (!(std::fabs(map.left[j] - map.y[j]) <=
            std::sqrt(epsilon) * std::fabs(map.y[j])))
        return fail(report.differences, map.outputs[j].name, name, map.left[j],
                    "the function", map.y[j]);
  }

  /// Adjoints of what is only read are added to.
  void checkAdding() {
    if (!map.hasReverse)
      return;
    const Vector twice = map.adjoint(map.x, w, g);
    for (std::size_t i = 0; i < columns(); ++i)
      if (map.inputs[i].role == Role::Read && std::isfinite(g[i]) &&
          !(std::fabs(twice[i] - 2 * g[i]) <= noise[i]))
        return fail(report.differences, map.inputs[i].name,
                    "a second call takes the adjoint to", twice[i],
                    "added to it would be", 2 * g[i]);
  }

  //===--------------------------------------------------------------------===//
  // Rounding
  //===--------------------------------------------------------------------===//

  /// How inexact the gradient and the values may be: two thirds of the digits
  /// are right, unless the gradient moves more with the last digits of x.
  void measureNoise() {
    const Number exact = std::pow(epsilon, 2 / Number(3));
    Vector unsteady(columns());
    noise.assign(columns(), 0);
    for (std::size_t i = 0; i < columns(); ++i)
      largest = std::fmax(largest, std::isfinite(g[i]) ? std::fabs(g[i]) : 0);
    for (std::size_t i = 0; i < columns(); ++i)
      noise[i] = exact * std::fmax(std::fabs(g[i]),
                                   std::fmin(largest, size / scale(i)));
    for (int trial = 0; trial < 3 && map.hasReverse; ++trial) {
      Vector moved = map.x;
      for (Number &number : moved)
        number *= 1 + 2 * epsilon * random.direction();
      const Vector beside = gradientAt(moved);
      for (std::size_t i = 0; i < columns(); ++i) {
        const Number moves = 16 * std::fabs(beside[i] - g[i]);
        unsteady[i] = std::fmax(unsteady[i], moves);
        // What moves more is no rounding: there is a kink.
        if (moves <= std::sqrt(epsilon) / exact * noise[i])
          noise[i] = std::fmax(noise[i], moves);
      }
    }
    // The median: along some directions all values happen to be exact, along
    // others there is a kink.
    constexpr int trials = 5;
    Vector roundings;
    for (int trial = 0; trial < trials; ++trial)
      roundings.push_back(measureRounding());
    std::sort(roundings.begin(), roundings.end());
    const Number rounding = roundings[trials / 2];
    valueNoise = 4 * std::fmax(epsilon * size, rounding);
    precision = std::fmax(epsilon, size > 0 ? valueNoise / size : 0);
    isNoise = precision > std::fmax(Number(1e-6), 256 * epsilon);
    if (isNothingButRounding(roundings.back(), unsteady)) {
      isNoise = true;
      noise = unsteady;
    }
    precision = std::fmin(precision, std::fmax(Number(1e-6), epsilon));
  }

  /// The rounding errors in ⟨w, f⟩, from fourth differences at equal small
  /// distances to one side (Moré and Wild, SIAM Journal on Scientific Computing
  /// 33, 2011).
  Number measureRounding() {
    constexpr int points = 9;
    const Number h = std::pow(epsilon, 0.4L);
    Number table[points];
    Vector v(columns());
    for (std::size_t i = 0; i < columns(); ++i)
      v[i] = random.direction() * scale(i);
    for (int k = 0; k < points; ++k) {
      Vector beside = map.x;
      for (std::size_t i = 0; i < columns(); ++i)
        beside[i] += (k + 1) * h * v[i];
      const Number moves = change(beside);
      table[k] = moves - along(beside);
      // The function may be zero at the point.
      if (std::isfinite(moves))
        size = std::fmax(size, std::fabs(moves));
    }
    constexpr int order = 4;
    for (int n = 0; n < order; ++n)
      for (int k = 0; k + n + 1 < points; ++k)
        table[k] = table[k + 1] - table[k];
    Number sum = 0;
    for (int k = 0; k < points - order; ++k)
      sum += table[k] * table[k];
    constexpr Number growth = 70; // the binomial coefficient (8, 4)
    const Number rounding = std::sqrt(sum / (points - order) / growth);
    return std::isfinite(rounding) ? rounding : 0;
  }

  /// Whether all terms cancel: values move no more over large steps than by
  /// `rounding`, and the gradient, if there is one, by more than half of it
  /// (`unsteady` is 16 times that) with the last digits of x.
  bool isNothingButRounding(Number rounding, const Vector &unsteady) {
    Number most = 0;
    for (Number moves : unsteady)
      most = std::fmax(most, moves);
    if (rounding == 0 && (largest == 0 || most < 8 * largest))
      return false;
    Number coarse = 0;
    for (int trial = 0; trial < 3; ++trial) {
      Vector beside = map.x;
      for (std::size_t i = 0; i < columns(); ++i)
        beside[i] += 0.125L * random.direction() * scale(i);
      const Number moves = std::fabs(change(beside));
      if (std::isfinite(moves))
        coarse = std::fmax(coarse, moves);
    }
    return coarse <= 64 * std::fmax(rounding, epsilon * largest);
  }

  /// ⟨Jᵀw, to - x⟩.
  Number along(const Vector &to) const {
    Number sum = 0;
    for (std::size_t i = 0; i < columns(); ++i)
      if (to[i] != map.x[i])
        sum += g[i] * (to[i] - map.x[i]);
    return sum;
  }

  //===--------------------------------------------------------------------===//
  // Differences
  //===--------------------------------------------------------------------===//

  void checkDifferences() {
    std::vector<std::size_t> elements(columns());
    for (std::size_t i = 0; i < columns(); ++i)
      elements[i] = i;
    if (const std::size_t most = mostElements(); columns() > most) {
      for (std::size_t i = 0; i < most; ++i)
        std::swap(elements[i], elements[i + random.bits() % (columns() - i)]);
      elements.resize(most);
      std::sort(elements.begin(), elements.end());
    }
    for (std::size_t i : elements)
      compare(i);
    report.compared = elements.size();
  }

  /// The derivative by input i: central differences from `step` on.
  Difference central(std::size_t i, Number step) {
    even.clear();
    return extrapolate(
        [&](Number h, Number &rounding) {
          Vector above = map.x, below = map.x;
          above[i] += h;
          below[i] -= h;
          const Number up = change(above);
          const Number down = change(below), sum = up - down;
          even.push_back(std::fabs(up + down));
          rounding = valueNoise / (above[i] - below[i]);
          return sum / (above[i] - below[i]);
        },
        step * scale(i), 4, 4, std::sqrt(epsilon) / 1024, size / scale(i));
  }
  /// Whether f(x + h) + f(x - h) - 2 f(x) falls like h in the last differences,
  /// and not like h²: |x| has the central differences 0 at 0.
  bool isEvenKink() const {
    const std::size_t n = even.size();
    return n > 2 && even[n - 1] > 256 * valueNoise &&
           even[n - 1] > 0.45L * even[n - 2] &&
           even[n - 2] > 0.45L * even[n - 3];
  }
  /// The same from one side: `side` is 1 or -1.
  Difference oneSided(std::size_t i, Number step, int side) {
    return extrapolate(
        [&](Number h, Number &rounding) {
          Vector beside = map.x;
          beside[i] += side * h;
          const Number sum = change(beside);
          rounding = valueNoise / std::fabs(beside[i] - map.x[i]);
          return sum / (beside[i] - map.x[i]);
        },
        step * scale(i), 2, 2, 0, 0);
  }
  /// What errors are relative to.
  Number sizeOf(const Difference &d, std::size_t i) const {
    return std::fmax(std::fabs(d.value), size / scale(i));
  }
  /// Whether an error leaves half of the digits that values have.
  bool isSettled(const Difference &d, std::size_t i) const {
    return d.error <= std::sqrt(precision) * sizeOf(d, i);
  }
  bool agrees(const Difference &d, std::size_t i) const {
    return std::isfinite(g[i]) &&
           std::fabs(g[i] - d.value) <= 8 * d.error + noise[i];
  }

  /// Steps get smaller until the differences settle and agree: a kink may lie
  /// near.
  void compare(std::size_t i) {
    const bool isSingle = epsilon > Number(1e-10);
    Difference best;
    Number settledAt = 0;
    for (int exponent = isSingle ? 3 : 4; exponent <= (isSingle ? 9 : 24);
         exponent += isSingle ? 2 : 4) {
      const Number step = std::ldexp(Number(1), -exponent);
      const Difference d = central(i, step);
      if (!isSettled(d, i))
        continue;
      // What is less exact than before says something only if it says
      // otherwise.
      const bool isNews = settledAt == 0 || std::fabs(d.value - best.value) >
                                                8 * (d.error + best.error);
      if (isNews && agrees(d, i)) {
        report.decided.push_back(i);
        if (largest > 0)
          report.differenceError = std::fmax(
              report.differenceError, std::fabs(g[i] - d.value) / largest);
        if (isEvenKink())
          remark(Verdict::Kink, i,
                 "kink at the point; the derivative is between those of its "
                 "sides");
        else if (settledAt > 0)
          remark(Verdict::Kink, i,
                 "kink within " + shown(settledAt * scale(i), 1) +
                     " of the point");
        return;
      }
      settledAt = step;
      if (d.error < best.error)
        best = d;
    }
    compareAtKink(i, best);
  }

  /// The differences do not settle, or on another value: at a kink, a
  /// derivative from one side is right; where there is none, the derivative is
  /// wrong.
  void compareAtKink(std::size_t i, const Difference &best) {
    const bool isSingle = epsilon > Number(1e-10);
    Difference sides[2];
    for (int exponent : {8, 14, 20})
      for (int k = 0; k < 2; ++k) {
        const Difference d =
            oneSided(i, std::ldexp(Number(1), -exponent / (isSingle ? 2 : 1)),
                     k ? -1 : 1);
        if (d.error < sides[k].error)
          sides[k] = d;
      }
    const bool settled[2] = {isRoughlySettled(sides[0], i),
                             isRoughlySettled(sides[1], i)};
    const Number gap = std::fabs(sides[0].value - sides[1].value);
    const bool isSmooth =
        settled[0] && settled[1] &&
        gap <= 16 * (sides[0].error + sides[1].error) +
                   16 * std::sqrt(precision) * std::fabs(best.value);
    if (isSmooth) {
      report.decided.push_back(i);
      if (!std::isfinite(best.error) &&
          (agrees(sides[0], i) || agrees(sides[1], i)))
        return;
      return fail(report.differences, map.inputs[i].name,
                  map.hasReverse ? "reverse" : "forward", g[i], "differences",
                  std::isfinite(best.error) ? best.value : sides[0].value);
    }
    for (int k = 0; k < 2; ++k)
      if (settled[k] && agrees(sides[k], i)) {
        report.decided.push_back(i);
        return remark(
            Verdict::Kink, i,
            std::string("kink at the point; the derivative is that from ") +
                (k ? "the left" : "the right"));
      }
    report.undecided.push_back(i);
    if (settled[0] && settled[1])
      return remark(Verdict::Undecided, i,
                    "kink at the point: not decided (from the left " +
                        shown(sides[1].value, 6) + ", from the right " +
                        shown(sides[0].value, 6) + ", here " + shown(g[i], 6) +
                        ")");
    remark(Verdict::Undecided, i,
           "differences do not settle: not decided (" +
               std::string(map.hasReverse ? "reverse" : "forward") + " gives " +
               shown(g[i], 6) + ")");
  }
  /// One-sided differences have fewer digits.
  bool isRoughlySettled(const Difference &d, std::size_t i) const {
    return d.error <= 64 * std::sqrt(precision) * sizeOf(d, i);
  }
  void remark(Verdict verdict, std::size_t i, const std::string &text) {
    report.differences = std::max(report.differences, verdict);
    report.remarks.push_back(map.inputs[i].name + ": " + text);
  }

  //===--------------------------------------------------------------------===//
  // Dot product
  //===--------------------------------------------------------------------===//

  void checkProduct() {
    if (!map.hasForward || !map.hasReverse) {
      report.product = Verdict::Missing;
      return;
    }
    Vector v(columns());
    for (Number &component : v)
      component = Number(float(random.direction()));
    const Vector jv = map.tangent(map.x, v);
    const Number forward = dot(jv, w), reverse = dot(v, g);
    Number allowed = 0, terms = 0;
    for (std::size_t i = 0; i < columns(); ++i) {
      allowed += std::fabs(v[i]) * noise[i];
      terms += std::fabs(v[i] * g[i]);
    }
    for (std::size_t j = 0; j < w.size(); ++j)
      allowed += 64 * epsilon * std::fabs(w[j] * jv[j]);
    // Where the derivative is infinite there is nothing to subtract.
    if (!std::isfinite(forward) && !std::isfinite(reverse)) {
      report.product = Verdict::Undecided;
      return;
    }
    const Number difference = std::fabs(forward - reverse);
    report.productError = terms > 0 ? difference / terms : difference;
    if (difference <= allowed || difference <= 16 * unevenness(v, jv))
      return;
    fail(report.product, "", "forward: <Jv, w>", forward, "reverse: <v, J^T w>",
         reverse);
    nameElement();
  }

  /// The rounding in ⟨Jv, w⟩, by which J(v + u) is not Jv + Ju.
  Number unevenness(const Vector &v, const Vector &jv) {
    constexpr int trials = 5;
    Number most = 0;
    for (int trial = 0; trial < trials; ++trial) {
      Vector u(columns()), both = v;
      for (std::size_t i = 0; i < columns(); ++i) {
        u[i] = Number(float(random.direction()));
        both[i] += u[i];
      }
      const Number apart = dot(jv, w) + dot(map.tangent(map.x, u), w);
      const Number off =
          std::fabs(dot(map.tangent(map.x, both), w) - apart);
      most = std::fmax(most, std::isfinite(off) ? off : 0);
    }
    return most;
  }

  /// Where forward and reverse differ most.
  void nameElement() {
    Vector v(columns());
    std::size_t worst = 0;
    Number most = -1, got = 0;
    for (std::size_t i = 0; i < std::min(columns(), 10 * mostElements()); ++i) {
      v[i] = 1;
      const Number forward = dot(map.tangent(map.x, v), w);
      v[i] = 0;
      const Number off = std::fabs(forward - g[i]);
      if (!(off <= most) && most != std::numeric_limits<Number>::infinity()) {
        most = std::isnan(off) ? std::numeric_limits<Number>::infinity() : off;
        worst = i;
        got = forward;
      }
    }
    if (most > 0)
      fail(report.product, map.inputs[worst].name, "forward", got, "reverse",
           g[worst]);
  }

  //===--------------------------------------------------------------------===//
  // Taylor
  //===--------------------------------------------------------------------===//

  /// The order by which the last of the remainders fall, from the ones that are
  /// above rounding: the slope of their logarithms. Infinite if there are too
  /// few.
  static Number
  orderOf(const std::vector<std::pair<Number, Number>> &remainders) {
    constexpr std::size_t wanted = 4;
    if (remainders.size() < 3)
      return std::numeric_limits<Number>::infinity();
    const std::size_t first =
        remainders.size() - std::min(wanted, remainders.size());
    Number n = 0, sx = 0, sy = 0, sxx = 0, sxy = 0;
    for (std::size_t k = first; k < remainders.size(); ++k) {
      const Number lx = std::log(remainders[k].first),
                   ly = std::log(remainders[k].second);
      n += 1;
      sx += lx;
      sy += ly;
      sxx += lx * lx;
      sxy += lx * ly;
    }
    return (n * sxy - sx * sy) / (n * sxx - sx * sx);
  }

  /// The remainders that are above rounding, which is what the last of them
  /// are.
  std::vector<std::pair<Number, Number>> aboveRounding(
      const std::vector<std::pair<Number, Number>> &remainders) const {
    constexpr std::size_t last = 6;
    Number floor = 16 * valueNoise;
    for (std::size_t k = remainders.size() - std::min(last, remainders.size());
         k < remainders.size(); ++k)
      floor = std::fmax(floor, 4 * remainders[k].second);
    std::vector<std::pair<Number, Number>> kept;
    for (const auto &remainder : remainders) {
      if (remainder.second <= floor)
        break;
      kept.push_back(remainder);
    }
    return kept;
  }

  /// The order of the remainder along v, and that of f(x + hv) + f(x - hv) - 2
  /// f(x), which is 2 where the function is smooth, whatever the gradient.
  std::pair<Number, Number> ordersAlong(const Vector &v) {
    std::vector<std::pair<Number, Number>> remainders, curvatures;
    for (Number h = 0.125L; h > 16 * epsilon; h /= 2) {
      Vector above = map.x, below = map.x;
      for (std::size_t i = 0; i < columns(); ++i) {
        above[i] += h * v[i];
        below[i] -= h * v[i];
      }
      const Number up = change(above), down = change(below);
      if (!std::isfinite(up) || !std::isfinite(down))
        continue;
      remainders.emplace_back(h, std::fabs(up - along(above)));
      curvatures.emplace_back(
          h, std::fabs(up + down - along(above) - along(below)));
    }
    return {orderOf(aboveRounding(remainders)),
            orderOf(aboveRounding(curvatures))};
  }

  void checkTaylor() {
    if (isNoise) {
      report.taylor = Verdict::Undecided;
      return;
    }
    constexpr Number wanted = 1.7L;
    bool isSmooth = true;
    for (int trial = 0; trial < 3; ++trial) {
      Vector v(columns());
      for (std::size_t i = 0; i < columns(); ++i)
        v[i] = random.direction() * scale(i);
      auto [order, smoothness] = ordersAlong(v);
      report.order = order;
      if (order >= wanted)
        return;
      isSmooth &= smoothness >= wanted;
    }
    if (isSmooth) {
      fail(report.taylor, "", "order of the Taylor remainder", report.order,
           "not", 2);
      report.failures.back().digits = 3;
    } else
      report.taylor =
          report.differences == Verdict::Wrong ? Verdict::Wrong : Verdict::Kink;
  }

  Map &map;
  Random &random;
  PointReport &report;
  Number epsilon;
  Vector w, g, noise;
  /// |f(x + h) + f(x - h) - 2 f(x)| of the last central differences.
  Vector even;
  /// Of the weighted outputs, of the gradient, of the rounding in values.
  Number size = 0, largest = 0, valueNoise = 0;
  /// How exact values are: the types' epsilon, or more.
  Number precision = 0;
  /// Whether values say nothing, as where errors have grown without bounds.
  bool isNoise = false;
};
