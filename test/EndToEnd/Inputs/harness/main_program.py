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


def places_spec(index, case, suffix):
    """The struct that describes a case with memory, containers or structs (harness_places.h)."""
    parameters = ", ".join(f'"{name}"' for name in case.parameters)
    return f"""
struct Spec{index} {{
  static constexpr const char *name = "{case.function}";
  static constexpr const char *parameters[] = {{{parameters}}};
  using Function = decltype(&{case.function});
  static constexpr std::array<int, {len(case.wrt)}> wrt = {{{", ".join(map(str, case.positions))}}};
{forwarding("primal", case.function)}\
{derivatives(case, suffix) if suffix is not None else "  static constexpr bool isDerived = false;"}
}};
""".replace("\\\n", "")


def derivatives(case, suffix):
    names = {kind: f"{case.namespace}{case.base}_{kind}{suffix}" for kind in ["grad", "jvp"]}
    valued = "" if case.returns_nothing else forwarding("valued", names["grad"] + "_v")
    members = "".join(
        f"  template <class G> static auto member(harness::At<{p}>, const G &g) {{ return g.{name}; }}\n"
        for name, p in zip(case.wrt, case.positions) if not name.isdigit())
    return f"""\
  static constexpr bool isDerived = true;
  using GradFunction = decltype(&{names["grad"]});
  using JvpFunction = decltype(&{names["jvp"]});
{forwarding("grad", names["grad"])}{valued}{forwarding("jvp", names["jvp"])}{members.rstrip()}"""


def forwarding(name, callee):
    return (f"  template <class... A> static auto {name}(A &&...a) {{\n"
            f"    return {callee}(std::forward<A>(a)...);\n  }}\n")


def check_call(index, case, point, text):
    """The statement that checks one point."""
    spec = f"Spec{index}"
    if not case.uses_places:
        return (f"    harness::checkAt<{spec}>(\"{text}\", "
                f"{spec}::Args({', '.join(point)}), options);")
    wires = [f"at.alias<{z}, {y}>({offset});" for z, y, offset in case.aliases]
    checker = f"harness::PlacesChecker<{spec}>"
    contents = ", ".join(f"{checker}::Make<{i}>::from({'elsewhere' if a == '_' else a})"
                         for i, a in enumerate(point))
    return (f"    harness::checkPlacesAt<{spec}>(\"{text}\", {checker}::Contents({contents}),\n"
            f"        []([[maybe_unused]] {checker}::Objects &at) {{ {' '.join(wires)} }}, options);")


def checks(index, case, suffix):
    """The statements that check one case at all its points."""
    for i, point in enumerate(case.points):
        yield "  {"
        if case.uses_places:
            yield "    using namespace harness;"
            yield "    Options options;"
        else:
            yield f"    harness::Options options = harness::defaults<Spec{index}>();"
        if suffix is None:
            yield "    options.pointsOnly = true;"
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
            if not case.uses_places:
                yield f"    static_assert(std::size(expected) == {len(case.wrt)});"
            yield "    options.expected = expected;"
            yield "    options.expectedCount = std::size(expected);"
        if case.values:
            yield f"    const Number value = Number({case.values[i]});"
            yield "    options.expectedValue = &value;"
        text = "(" + ", ".join(point).replace('"', '\\"') + ")"
        yield check_call(index, case, point, text)
        yield "  }"


def fields_of(name, fields):
    """What a FIELDS line says."""
    tied = ", ".join(f"v.{field}" for field in fields)
    return (f"template <> struct harness::Fields<{name}> {{\n"
            f"  template <class V> static auto of(V &v) {{ return std::tie({tied}); }}\n}};")


def main_program(source, headers, cases, fields):
    """`cases` are pairs of a case and the suffix of its derivatives' names, None if it has none."""
    lines = [f'#include "{h}"' for h in headers]
    lines += ['#include "harness.h"', '#include "harness_places.h"', "#include <iterator>", f'#include "{source}"',
              "using harness::Number;"]
    lines += [fields_of(name, members) for name, members in fields.items()]
    lines += [(places_spec if case.uses_places else spec)(i, case, suffix)
              for i, (case, suffix) in enumerate(cases)]
    # Each in a function of its own: compilers take long over one with everything.
    calls = []
    for i, (case, suffix) in enumerate(cases):
        lines += [f"static void check{i}() {{", *checks(i, case, suffix), "}"]
        calls.append(f"  check{i}();")
    lines += ["int main() {", *calls,
              f"  return harness::summary({sum(len(c.points) for c, _ in cases)});", "}", ""]
    return "\n".join(lines)
