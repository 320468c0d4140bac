"""Writes the C++ program that checks a test's derivatives (see harness.h)."""


def spec(index, case, suffix):
    """The struct that describes one case to the harness."""
    n = len(case.wrt)
    grad = f"{case.namespace}{case.base}_grad{suffix}"
    valued = f"{case.namespace}{case.base}_grad{suffix}_v"
    jvp = f"{case.namespace}{case.base}_jvp{suffix}"
    numbers = ", ".join(f"Number(v[{i}])" for i in range(n))
    tangents = "".join(
        f", std::tuple_element_t<{p}, Args>(v[{i}])" for i, p in enumerate(case.positions))
    if n == 1:
        members = "return {g};"
        typed = f"std::is_same_v<decltype(g), std::tuple_element_t<{case.positions[0]}, Args>>"
    else:
        members = "return {" + ", ".join(f"g.{name}" for name in case.wrt) + "};"
        typed = " && ".join(
            f"std::is_same_v<decltype(g.{name}), std::tuple_element_t<{p}, Args>>"
            for name, p in zip(case.wrt, case.positions))
    bindings = ", ".join(f"g{i}" for i in range(n))
    default_tangent = (
        f"""
  static Number defaultTangent(Args args) {{
    return std::apply([](auto... a) {{ return Number({jvp}(a...).dot); }}, args);
  }}"""
        if n == 1 else "")
    unpack = f"auto [{bindings}] = g;" if n > 1 else ""
    unused = "".join(f"(void)g{i};" for i in range(n)) if n > 1 else ""
    value = "value_" if "value" in case.wrt else "value"
    valued_members = ", ".join(f"g.{name}" for name in case.wrt)
    return f"""
struct Spec{index} {{
  static constexpr const char *name = "{case.function}";
  using Result = harness::Signature<decltype(&{case.function})>::Result;
  using Args = harness::Signature<decltype(&{case.function})>::Args;
  using Gradient = std::array<Number, {n}>;
  static constexpr std::array<int, {n}> wrt = {{{", ".join(map(str, case.positions))}}};

  static Result primal(Args args) {{ return std::apply({case.function}, args); }}
  template <class G> static Gradient unpack(G g) {{
    static_assert({typed}, "an adjoint has its parameter's type");
    {unpack} {unused}
    {members}
  }}
  static Gradient gradient(Args args, Result seed) {{
    return std::apply([&](auto... a) {{ return unpack({grad}(a..., seed)); }}, args);
  }}
  static Gradient defaultGradient(Args args) {{
    return std::apply([&](auto... a) {{ return unpack({grad}(a...)); }}, args);
  }}
  static Gradient valuedGradient(Args args, Result seed, Result &value) {{
    return std::apply([&](auto... a) -> Gradient {{
      auto g = {valued}(a..., seed);
      static_assert(std::is_same_v<decltype(g.{value}), Result>);
      value = g.{value};
      return {{{valued_members}}};
    }}, args);
  }}
  static void tangent(Args args, Gradient v, Result &value, Number &dot) {{
    std::apply([&](auto... a) {{
      auto d = {jvp}(a...{tangents});
      static_assert(std::is_same_v<decltype(d.value), Result>);
      static_assert(std::is_same_v<decltype(d.dot), Result>);
      value = d.value;
      dot = d.dot;
    }}, args);
  }}{default_tangent}
}};
"""


def checks(index, case):
    """The statements that check one case at all its points."""
    for i, point in enumerate(case.points):
        yield "  {"
        yield f"    harness::Options options = harness::defaults<Spec{index}>();"
        if case.precision:
            yield ("    harness::setPrecision(options, "
                   f"std::numeric_limits<{case.precision}>::epsilon());")
        if case.step:
            yield f"    options.step = {case.step};"
        if case.smooth:
            yield "    options.smooth = true;"
        if case.roundings:
            yield f"    options.roundings = {case.roundings};"
        if case.expected:
            numbers = ", ".join(f"Number({e})" for e in case.expected[i])
            yield f"    const Number expected[] = {{{numbers}}};"
            yield f"    static_assert(std::size(expected) == {len(case.wrt)});"
            yield "    options.expected = expected;"
        if case.values:
            yield f"    const Number value = Number({case.values[i]});"
            yield "    options.expectedValue = &value;"
        text = "(" + ", ".join(point).replace('"', '\\"') + ")"
        yield (f"    harness::checkAt<Spec{index}>(\"{text}\", "
               f"Spec{index}::Args({', '.join(point)}), options);")
        yield "  }"


def main_program(source, headers, cases):
    """`cases` are pairs of a case and the suffix of its derivatives' names."""
    lines = [f'#include "{h}"' for h in headers]
    lines += ['#include "harness.h"', "#include <iterator>", f'#include "{source}"',
              "using harness::Number;"]
    lines += [spec(i, case, suffix) for i, (case, suffix) in enumerate(cases)]
    lines += ["int main() {"]
    for i, (case, _) in enumerate(cases):
        lines += checks(i, case)
    lines += [f"  return harness::summary({sum(len(c.points) for c, _ in cases)});", "}", ""]
    return "\n".join(lines)
