"""Checks every partial derivative of the table, as C++, in three precisions.

usage: check_partials.py --table ADFunctions.json --edge-cases FILE --compiler CXX --work DIR

Over the domain of each row against central differences of the function in long
double; at kinks and singular points against the values of the edge cases, whose
lines are `pow(0, 0.5): inf 0`, one value an argument, `_` for any.
"""
import argparse
import os
import random
import subprocess
import sys

import edge_cases
import table

POINTS = 120

# How far libstdc++'s functions are from exact in long double, in units of the last
# place, where that is more than one.
ULPS = {"ellint_2": 20000, "cyl_bessel_j": 500, "cyl_neumann": 20, "sph_bessel": 100,
        "sph_neumann": 100, "sph_legendre": 100}

PROGRAM = """
#include "{differences}"
#include <algorithm>
#include <cfloat>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <utility>

{helpers}
{rules}

static int failures = 0;

template <class T> struct Name;
template <> struct Name<float> {{ static constexpr const char *text = "float"; }};
template <> struct Name<double> {{ static constexpr const char *text = "double"; }};
template <> struct Name<long double> {{ static constexpr const char *text = "long double"; }};

/// Points of one partial derivative: how many were compared, and the worst.
struct Tally {{
  int compared = 0;
  long double worst = 0;
}};

template <class T>
void compare(Tally &tally, const char *what, const long double *at, T partial, Difference expected,
             T value) {{
  const long double scale = std::fmax(1.0L, std::fabs(expected.value));
  if (!(expected.error < 1e-7L * scale))
    return; // a kink within the stencil
  ++tally.compared;
  // The function's own rounding enters through `value`, the formula's through `scale`.
  const long double rounding =
      std::numeric_limits<T>::epsilon() * (scale + std::fabs((long double)value));
  const long double wrong = std::fabs(partial - expected.value);
  tally.worst = std::fmax(tally.worst, (wrong - 4 * expected.error) / rounding);
  if (wrong <= 4 * expected.error + {roundings} * rounding)
    return;
  ++failures;
  std::printf("%s in %s at (%.9Lg, %.9Lg, %.9Lg): %.18Lg, differences: %.18Lg +- %.1Lg\\n", what,
              Name<T>::text, at[0], at[1], at[2], (long double)partial, expected.value,
              expected.error);
}}

void enough(const Tally &tally, const char *what, const char *type) {{
  if (std::getenv("RULES_VERBOSE"))
    std::printf("%s in %s: %d points, worst %.1Lf roundings\\n", what, type, tally.compared,
                tally.worst);
  if (tally.compared >= {enough})
    return;
  ++failures;
  std::printf("%s in %s: only %d points could be compared\\n", what, type, tally.compared);
}}

template <class T> void edge(const char *what, T actual, long double expected) {{
  const bool same = std::isnan(expected)  ? std::isnan(actual)
                    : std::isinf(expected) ? actual == T(expected)
                                           : std::fabs(actual - expected) <=
                                                 8 * std::numeric_limits<T>::epsilon() * std::fabs(expected);
  if (same)
    return;
  ++failures;
  std::printf("%s in %s: %.18Lg, should be %.18Lg\\n", what, Name<T>::text, (long double)actual, expected);
}}

{checks}

int main() {{
{calls}
  return failures != 0;
}}
"""


def sample(points, kind, intervals):
    """A point of the domain that every precision holds exactly."""
    if kind == "i":
        low, high = intervals[0]
        return str(points.randint(int(low), int(high)))
    low, high = points.choice(intervals)
    return f"{round(points.uniform(low, high) * 4096) / 4096!r}L"


def domain_check(row, i):
    """A function template that compares partial derivative i of a row with differences."""
    points = random.Random(f"{row.name} {i}")
    rows = ",\n    ".join(
        "{" + ", ".join(sample(points, k, d) for k, d in zip(row.kinds, row.domain)) + "}"
        for _ in range(POINTS))
    n = len(row.args)
    at = [f"p[{j}]" for j in range(n)]
    moved = ", ".join("t" if j == i else f"(long double)p[{j}]" if k != "i" else f"int(p[{j}])"
                      for j, k in enumerate(row.kinds))
    fixed = ", ".join(f"T(p[{j}])" if k != "i" else f"int(p[{j}])" for j, k in enumerate(row.kinds))
    name = f"{row.name}_d{i}"
    return f"""
template <class T> void check_{name}() {{
  static const long double points[][3] = {{
    {rows}}};
  Tally tally;
  for (const long double *p : points) {{
    const T y = Rules<T>::{row.name}({fixed});
    const Difference expected = difference(
        [&](long double t) {{ return Rules<long double>::{row.name}({moved}); }}, {at[i]}, 0.03125L, {ULPS.get(row.name, 1)});
    compare<T>(tally, "{row.spelling} by {row.args[i]}", p, Rules<T>::{name}({fixed}, y), expected, y);
  }}
  enough(tally, "{row.spelling} by {row.args[i]}", Name<T>::text);
}}"""


def edge_checks(path, rows):
    body = []
    for case in edge_cases.load(path):
        row = rows[case.name]
        call = ", ".join(f"T({edge_cases.number(a)})" if k != "i" else a for a, k in zip(case.args, row.kinds))
        for i, expected in case.expected.items():
            body.append(f'  edge<T>("{case.text} by {row.args[i]}", Rules<T>::{row.name}_d{i}({call}, '
                        f"Rules<T>::{row.name}({call})), {edge_cases.number(expected)});")
    return "template <class T> void check_edges() {\n" + "\n".join(body) + "\n}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ["table", "edge-cases", "compiler", "work"]:
        parser.add_argument("--" + option, required=True)
    options = parser.parse_args()
    rows = table.load(options.table)
    checks, calls = [], []
    for row in rows:
        for i, partial in enumerate(row.partials):
            if partial == "none" or row.kinds[i] == "i":
                continue
            checks.append(domain_check(row, i))
            calls += [f"  check_{row.name}_d{i}<{t}>();" for t in ["float", "double", "long double"]]
    checks.append(edge_checks(options.edge_cases, {row.name: row for row in rows}))
    calls += [f"  check_edges<{t}>();" for t in ["float", "double", "long double"]]
    os.makedirs(options.work, exist_ok=True)
    source = os.path.join(options.work, "partials.cpp")
    program = os.path.join(options.work, "partials")
    differences = os.path.join(os.path.dirname(os.path.abspath(__file__)), "differences.h")
    with open(source, "w", encoding="utf-8") as file:
        file.write(PROGRAM.format(differences=differences, helpers=table.helpers(rows),
                                  rules=table.rules(rows), checks="\n".join(checks),
                                  calls="\n".join(calls), roundings=16, enough=POINTS * 2 // 3))
    warnings = ["-Wall", "-Wextra", "-Werror", "-Wno-unused-parameter"]
    subprocess.run([options.compiler, "-std=c++17", *warnings, "-O1", source, "-o", program], check=True)
    return subprocess.run([program], check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
