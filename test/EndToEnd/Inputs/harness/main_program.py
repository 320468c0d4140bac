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
    """The struct that describes a case with parameters by reference or pointer (harness_places.h)."""
    names = {kind: f"{case.namespace}{case.base}_{kind}{suffix}" for kind in ["grad", "jvp"]}
    if case.returns_nothing:
        valued = ""
    else:
        valued = forwarding("valued", names["grad"] + "_v")
    values = [name for name, p in zip(case.wrt, case.positions) if p not in case.places]
    members = ", ".join(f"g.{name}" for name in values)
    alone = "g" if len(values) == 1 else members
    value = "value_" if "value" in values else "value"
    return f"""
struct Spec{index} {{
  static constexpr const char *name = "{case.function}";
  using Function = decltype(&{case.function});
  using GradFunction = decltype(&{names["grad"]});
  using JvpFunction = decltype(&{names["jvp"]});
  static constexpr std::array<int, {len(case.wrt)}> wrt = {{{", ".join(map(str, case.positions))}}};
{forwarding("primal", case.function)}{forwarding("grad", names["grad"])}{valued}\
{forwarding("jvp", names["jvp"])}
  template <class G> static auto members([[maybe_unused]] G g) {{ return std::make_tuple({alone}); }}
  template <class G> static auto memberAdjoints([[maybe_unused]] G g) {{
    return std::make_tuple({members});
  }}
  template <class G> static auto valueOf(G g) {{ return g.{value}; }}
}};
""".replace("\\\n", "")


def forwarding(name, callee):
    return (f"  template <class... A> static auto {name}(A &&...a) {{\n"
            f"    return {callee}(std::forward<A>(a)...);\n  }}\n")


def check_call(index, case, point, text):
    """The statement that checks one point."""
    spec = f"Spec{index}"
    if not case.uses_places:
        return (f"    harness::checkAt<{spec}>(\"{text}\", "
                f"{spec}::Args({', '.join(point)}), options);")
    wires = [f"std::get<{z}>(at) = std::get<{y}>(at);" for y, z in case.aliases]
    wires += [f"std::get<{i}>(at) = nullptr;" for i, a in enumerate(point) if a == "null"]
    contents = ["{}" if a in ("null", "_") else a for a in point]
    checker = f"harness::PlacesChecker<{spec}>"
    return (f"    harness::checkPlacesAt<{spec}>(\"{text}\", "
            f"{checker}::Contents({', '.join(contents)}),\n"
            f"        []([[maybe_unused]] {checker}::Pointers &at) {{ {' '.join(wires)} }}, options);")


def checks(index, case):
    """The statements that check one case at all its points."""
    for i, point in enumerate(case.points):
        yield "  {"
        if case.uses_places:
            yield "    harness::Options options;"
        else:
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
            if not case.uses_places:
                yield f"    static_assert(std::size(expected) == {len(case.wrt)});"
            yield "    options.expected = expected;"
        if case.values:
            yield f"    const Number value = Number({case.values[i]});"
            yield "    options.expectedValue = &value;"
        text = "(" + ", ".join(point).replace('"', '\\"') + ")"
        yield check_call(index, case, point, text)
        yield "  }"


def main_program(source, headers, cases):
    """`cases` are pairs of a case and the suffix of its derivatives' names."""
    lines = [f'#include "{h}"' for h in headers]
    lines += ['#include "harness.h"', '#include "harness_places.h"', "#include <iterator>", f'#include "{source}"',
              "using harness::Number;"]
    lines += [(places_spec if case.uses_places else spec)(i, case, suffix)
              for i, (case, suffix) in enumerate(cases)]
    lines += ["int main() {"]
    for i, (case, _) in enumerate(cases):
        lines += checks(i, case)
    lines += [f"  return harness::summary({sum(len(c.points) for c, _ in cases)});", "}", ""]
    return "\n".join(lines)
