//===----------------------------------------------------------------------===//
// Sanitizers
//===----------------------------------------------------------------------===//

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ADGEN_HAS_ADDRESS_SANITIZER
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define ADGEN_HAS_ADDRESS_SANITIZER
#endif

/// Says which array is too short, if it is one, and ends.
inline void reportBeyond(const char *address) {
  if (!running())
    return;
  std::vector<Object> objects;
  running()->list(objects);
  const Object *nearest = nullptr;
  std::size_t least = 4096;
  for (const Object &object : objects) {
    const char *end = object.begin + object.size * object.element;
    const std::size_t distance = address >= end ? std::size_t(address - end)
                                 : address < object.begin
                                     ? std::size_t(object.begin - address)
                                     : 0;
    if (distance < least) {
      least = distance;
      nearest = &object;
    }
  }
  if (!nearest)
    return;
  // What lies just behind is an element too many; what lies further on may
  // belong to a local array of the function that is as long.
  const std::size_t size = nearest->size,
                    enough = size < 100 ? size * size : 2 * size;
  const std::string name = nearest->name.substr(0, nearest->name.find('\''));
  std::puts("");
  std::fflush(stdout);
  std::fprintf(stderr, "%s: memory is used beyond the end of an array, ",
               running()->name.c_str());
  if (least < nearest->element)
    std::fprintf(stderr, "%s, which has %zu elements\n", nearest->name.c_str(),
                 size);
  else
    std::fprintf(stderr, "near %s, which has %zu elements\n",
                 nearest->name.c_str(), size);
  std::fprintf(stderr,
               "  called with%s\n  --at '%s[%zu]' gives it %zu elements, --at "
               "n=3 sets an "
               "integer 'n'\n",
               running()->sizes().c_str(), name.c_str(), enough, enough);
  std::fflush(stderr);
  std::_Exit(1);
}

} // namespace adgen

#ifdef ADGEN_HAS_ADDRESS_SANITIZER
extern "C" {
void *__asan_get_report_address(void);
void __asan_on_error(void);
const char *__asan_default_options(void);
void __asan_on_error(void) {
  adgen::reportBeyond(static_cast<const char *>(__asan_get_report_address()));
}
const char *__asan_default_options(void) { return "detect_leaks=0"; }
}
#endif

namespace adgen {

//===----------------------------------------------------------------------===//
// A run
//===----------------------------------------------------------------------===//

/// What is asked for, and what has come of it.
class Session {
public:
  unsigned samples = 5;
  std::uint64_t seed = 1;

  /// x[3] is 1.5 at every point.
  void set(const char *name, Number value) { settings.values[name] = value; }
  /// A has 3 elements, each with 4.
  void resize(const char *name, std::vector<std::size_t> sizes) {
    settings.sizes[name] = std::move(sizes);
  }
  /// Values lie between low and high.
  void range(Number low, Number high) { ranges = {{low, high}}; }

  /// Reads --seed, --samples, --range, --json; whether that succeeded.
  bool parse(int argc, char **argv) {
    for (int i = 1; i < argc; ++i) {
      std::string name = argv[i], value;
      const std::size_t sign = name.find('=');
      if (sign != std::string::npos) {
        value = name.substr(sign + 1);
        name.resize(sign);
      } else if (i + 1 < argc) {
        value = argv[++i];
      }
      if (!readOption(name, value)) {
        std::fprintf(stderr,
                     "usage: %s [--seed N] [--samples N] [--range LOW,HIGH] "
                     "[--json FILE]\n",
                     argv[0]);
        return false;
      }
    }
    return true;
  }

  /// Checks a function at random points.
  template <class Check> void check() {
    Function<Check> map;
    checkAt(map);
  }

  /// Ends the run; the exit status.
  int finish() {
    std::fflush(stdout);
    for (auto &setting : settings.values)
      complain(setting.first);
    for (auto &setting : settings.sizes)
      complain(setting.first);
    if (!json.empty()) {
      const std::string text = "{\"verdict\": \"" +
                               std::string(bad ? "bad" : "good") +
                               "\", \"functions\": [" + functions + "]}\n";
      std::FILE *file = json == "-" ? stdout : std::fopen(json.c_str(), "w");
      if (!file || std::fputs(text.c_str(), file) < 0) {
        std::fprintf(stderr, "cannot write '%s'\n", json.c_str());
        return 1;
      }
      if (file != stdout)
        std::fclose(file);
    }
    return bad ? 1 : 0;
  }

private:
  bool readOption(const std::string &name, const std::string &value) {
    char *end = nullptr;
    const char *text = value.c_str();
    if (name == "--json" && !value.empty()) {
      json = value;
      return true;
    }
    if (name == "--seed")
      seed = std::strtoull(text, &end, 10);
    else if (name == "--samples")
      samples = unsigned(std::strtoul(text, &end, 10));
    else if (name == "--range") {
      const Number low = std::strtold(text, &end);
      if (end == text || *end != ',')
        return false;
      text = end + 1;
      range(low, std::strtold(text, &end));
    } else
      return false;
    return end != text && *end == 0 && samples > 0;
  }

  /// What was set and is not there.
  void complain(const std::string &name) {
    if (settings.used[name])
      return;
    std::fprintf(stderr,
                 "no function that is checked has '%s', which is to be set\n",
                 name.c_str());
    bad = true;
  }

  /// Chooses a point at which the function is finite; false if there is none.
  bool choose(Map &map, Random &random) {
    constexpr int most = 20;
    for (; rangeInUse < ranges.size(); ++rangeInUse)
      for (int trial = 0; trial < most; ++trial)
        if (isFinite(map, random))
          return true;
    return false;
  }
  bool isFinite(Map &map, Random &random) {
    const auto [low, high] = ranges[rangeInUse];
#ifdef __cpp_exceptions
    try {
      map.draw(settings, random, low, high);
    } catch (...) {
      thrown = true;
      return false;
    }
#else
    map.draw(settings, random, low, high);
#endif
    return std::all_of(map.y.begin(), map.y.end(),
                       [](Number y) { return std::isfinite(y); });
  }

  void checkAt(Map &map) {
    std::printf("%s (%s): seed %llu", map.name.c_str(), map.place.c_str(),
                static_cast<unsigned long long>(seed));
    // If the function does not end, one sees which it is.
    std::fflush(stdout);
    current = FunctionReport();
    rangeInUse = 0;
    thrown = false;
    Vector before;
    for (unsigned k = 0; k < samples; ++k) {
      Random random(seed * 1000003 + k);
      if (!choose(map, random)) {
        noPoint(map);
        break;
      }
      // Everything is given: one point.
      if (k > 0 && map.x == before)
        break;
      before = map.x;
      if (k == 0)
        printHead(map);
      PointReport report;
      PointChecker(map, random, report).run();
      add(map, report);
    }
    conclude(map);
  }

  void noPoint(Map &map) {
    std::printf(": no point was found at which it %s; choose others with "
                "--range LOW,HIGH or --at\n",
                thrown ? "does not throw" : "is finite");
    if (!thrown)
      std::printf("  for one, not at %s\n", map.arguments(4).c_str());
    bad = true;
  }

  //===--------------------------------------------------------------------===//
  // The table
  //===--------------------------------------------------------------------===//

  /// What is known of the function at all of its points.
  struct FunctionReport {
    unsigned points = 0, wrong = 0;
    /// Points at which something was not decided.
    unsigned open = 0;
    std::map<std::size_t, bool> decided;
    std::string json;
  };

  void printHead(const Map &map) {
    const auto [low, high] = ranges[rangeInUse];
    std::printf(", values from %s to %s\n", shown(low).c_str(),
                shown(high).c_str());
    if (map.outputs.size() > 1)
      std::printf("  %zu outputs, with random weights: value and gradient are "
                  "those of their sum\n",
                  map.outputs.size());
    std::printf("  %5s  %-12s  %-34s  %-12s  %-12s  %s\n", "point", "value",
                "gradient", "differences", "dot product", "Taylor");
  }

  static std::string cell(Verdict verdict, const std::string &good) {
    switch (verdict) {
    case Verdict::Good:
      return good;
    case Verdict::Kink:
      return "kink";
    case Verdict::Undecided:
      return "not decided";
    case Verdict::Missing:
      return "-";
    case Verdict::Wrong:
      return "WRONG";
    }
    return "";
  }

  /// The first elements, as many as fit.
  static std::string listGradient(const Map &map, const Vector &gradient) {
    std::string text;
    for (std::size_t i = 0; i < gradient.size(); ++i) {
      const std::string next =
          (i ? ", " : "") + map.inputs[i].name + " " + shown(gradient[i], 6);
      const std::string rest =
          ", ... (" + std::to_string(gradient.size()) + ")";
      const bool isLast = i + 1 == gradient.size();
      if (i > 0 && text.size() + next.size() + (isLast ? 0 : rest.size()) > 34)
        return text + rest;
      text += next;
    }
    return text;
  }

  void add(Map &map, const PointReport &report) {
    ++current.points;
    Number value = 0;
    for (std::size_t j = 0; j < map.y.size(); ++j)
      value += report.weights[j] * map.y[j];
    const bool isLinear = std::isinf(report.order);
    char order[32];
    std::snprintf(order, sizeof order, "%s%.2Lf", "order ", report.order);
    std::printf(
        "  %5u  %-12s  %-34s  %-12s  %-12s  %s\n", current.points,
        shown(value, 6).c_str(), listGradient(map, report.gradient).c_str(),
        cell(report.differences, "ok " + shown(report.differenceError, 1))
            .c_str(),
        cell(report.product, "ok " + shown(report.productError, 1)).c_str(),
        cell(report.taylor, isLinear ? "ok exact" : std::string("ok ") + order)
            .c_str());
    for (const std::string &remark : report.remarks)
      std::printf("         %s\n", remark.c_str());
    if (current.wrong < 2)
      printFailures(map, report);
    for (std::size_t i : report.decided)
      current.decided[i] = true;
    for (std::size_t i : report.undecided)
      current.decided.emplace(i, false);
    current.wrong += !report.failures.empty();
    current.open +=
        report.failures.empty() &&
        (!report.undecided.empty() || report.taylor == Verdict::Undecided);
    current.json +=
        (current.json.empty() ? "" : ", ") + pointAsJson(map, report, value);
    std::fflush(stdout);
  }

  void printFailures(Map &map, const PointReport &report) {
    constexpr std::size_t most = 6;
    for (std::size_t k = 0; k < std::min(most, report.failures.size()); ++k) {
      const Failure &f = report.failures[k];
      std::printf("         %s%s%s %s, %s %s\n", f.element.c_str(),
                  f.element.empty() ? "" : ": ", f.got.c_str(),
                  shown(f.gotNumber, f.digits).c_str(), f.expected.c_str(),
                  shown(f.expectedNumber, f.digits).c_str());
    }
    if (report.failures.size() > most)
      std::printf("         ... and %zu more\n", report.failures.size() - most);
    if (!report.failures.empty())
      std::printf("         at %s\n", map.arguments(4).c_str());
  }

  void conclude(const Map &map) {
    std::string open;
    std::size_t count = 0;
    for (auto &element : current.decided)
      if (!element.second && count++ < 3)
        open += (open.empty() ? "" : ", ") + map.inputs[element.first].name;
    if (current.points == 0)
      return addToJson(map, "undecided");
    bad |= current.wrong > 0 || count > 0;
    const char *verdict = current.wrong ? "wrong"
                          : count       ? "undecided"
                                        : "good";
    if (current.wrong)
      std::printf("%s: the derivative is WRONG at %u of %u points\n",
                  map.name.c_str(), current.wrong, current.points);
    else if (count)
      std::printf("%s: not decided at any point for %s%s; choose others with "
                  "--at, --range, --seed\n",
                  map.name.c_str(), open.c_str(), count > 3 ? ", ..." : "");
    else if (current.open)
      std::printf("%s: the derivative is right at %u of %u points, the others "
                  "are not decided\n",
                  map.name.c_str(), current.points - current.open,
                  current.points);
    else
      std::printf("%s: the derivative is right at %u point%s\n",
                  map.name.c_str(), current.points,
                  current.points == 1 ? "" : "s");
    std::fflush(stdout);
    addToJson(map, verdict);
  }

  //===--------------------------------------------------------------------===//
  // JSON
  //===--------------------------------------------------------------------===//

  static std::string quoted(const std::string &text) {
    std::string result = "\"";
    for (char c : text) {
      if (c == '"' || c == '\\')
        result += '\\';
      result += c;
    }
    return result + "\"";
  }
  static std::string number(Number x) {
    return std::isfinite(x) ? shown(x) : "null";
  }
  static std::string object(const std::vector<Coordinate> &names,
                            const Vector &numbers) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
      text +=
          (i ? ", " : "") + quoted(names[i].name) + ": " + number(numbers[i]);
    return "{" + text + "}";
  }
  static std::string word(Verdict verdict) {
    static const char *const words[] = {"good", "kink", "undecided", "wrong",
                                        "missing"};
    return quoted(words[int(verdict)]);
  }

  static std::string pointAsJson(const Map &map, const PointReport &report,
                                 Number value) {
    std::string failures, remarks;
    for (const Failure &f : report.failures)
      failures += std::string(failures.empty() ? "" : ", ") +
                  "{\"element\": " + quoted(f.element) + ", " + quoted(f.got) +
                  ": " + number(f.gotNumber) + ", " + quoted(f.expected) +
                  ": " + number(f.expectedNumber) + "}";
    for (const std::string &remark : report.remarks)
      remarks += (remarks.empty() ? "" : ", ") + quoted(remark);
    return "{\"inputs\": " + object(map.inputs, map.x) +
           ", \"outputs\": " + object(map.outputs, map.y) +
           ", \"weights\": " + object(map.outputs, report.weights) +
           ", \"value\": " + number(value) +
           ", \"gradient\": " + object(map.inputs, report.gradient) +
           ", \"differences\": {\"verdict\": " + word(report.differences) +
           ", \"error\": " + number(report.differenceError) +
           ", \"elements\": " + std::to_string(report.compared) +
           "}, \"product\": {\"verdict\": " + word(report.product) +
           ", \"error\": " + number(report.productError) +
           "}, \"taylor\": {\"verdict\": " + word(report.taylor) +
           ", \"order\": " + number(report.order) + "}, \"failures\": [" +
           failures + "], \"remarks\": [" + remarks + "]}";
  }

  void addToJson(const Map &map, const char *verdict) {
    functions += (functions.empty() ? "" : ", ") + std::string("{\"name\": ") +
                 quoted(map.name) + ", \"place\": " + quoted(map.place) +
                 ", \"verdict\": " + quoted(verdict) +
                 ", \"seed\": " + std::to_string(seed) + ", \"points\": [" +
                 current.json + "]}";
  }

  Settings settings;
  /// Tried in turn: the functions of <cmath> are finite in one of them.
  std::vector<std::pair<Number, Number>> ranges = {
      {0.1L, 2}, {0.1L, 0.9L}, {1.1L, 2}};
  std::size_t rangeInUse = 0;
  bool thrown = false, bad = false;
  FunctionReport current;
  std::string json, functions;
};

} // namespace adgen
