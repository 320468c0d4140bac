"""Differentiates a function for every call of called_functions.py and checks what comes out.

usage: check_end_to_end.py --table ADFunctions.json --edge-cases FILE --adgen ADGEN
                            --compilers CXX,CXX --work DIR [--special]

Both modes, three precisions. The generated code compiles without a warning, runs
under ASan and UBSan, agrees with central differences, and forward with reverse, and
is exact at the edge cases; there a seed of zero gives zero.
"""
import argparse
import os
import random
import subprocess
import sys

import edge_cases
import table
from called_functions import functions
from check_partials import ULPS, sample

POINTS = 8
SEEDS = {"float": "1.0f, -1.7f, 0.0f", "double": "1.0, -1.7, 0.0", "long double": "1.0L, -1.7L, 0.0L"}

SOURCE = """#include <algorithm>
#include <cmath>
#include <math.h>

{definitions}
"""

MAIN = """#include "rows_grad.h"
#include "{differences}"
#include <cstdio>
#include <limits>

static int failures = 0;
static int compared = 0;

{declarations}

/// One partial derivative by both modes, times a seed, against differences.
template <class T>
void compare(const char *what, long double at, T seed, T reverse, T forward, Difference expected, T value) {{
  const long double scale = std::fmax(1.0L, std::fabs(expected.value));
  if (!(expected.error < 1e-7L * scale))
    return; // a kink within the stencil
  ++compared;
  const long double rounding =
      std::numeric_limits<T>::epsilon() * (scale + std::fabs((long double)value)) * (1 + std::fabs(seed));
  const long double wanted = expected.value * seed;
  const long double tolerance = 4 * expected.error * std::fabs(seed) + 16 * rounding;
  if (std::fabs(reverse - wanted) <= tolerance && std::fabs(forward - wanted) <= tolerance &&
      std::fabs(reverse - forward) <= 4 * rounding)
    return;
  ++failures;
  std::printf("%s at %.9Lg for seed %Lg: reverse %.18Lg, forward %.18Lg, differences %.18Lg\\n", what, at,
              (long double)seed, (long double)reverse, (long double)forward, wanted);
}}

/// A derivative at a kink or singular point, for the seeds 1 and 0.
template <class T>
void edge(const char *what, T reverse, T forward, T reverseOfZero, T forwardOfZero, long double expected, T value,
          bool isAlone) {{
  const auto isAsExpected = [&](T actual) {{
    return std::isnan(expected)  ? std::isnan(actual)
           : std::isinf(expected) ? actual == T(expected)
                                  : std::fabs(actual - expected) <=
                                        8 * std::numeric_limits<T>::epsilon() * std::fabs(expected);
  }};
  // Where the function itself is infinite, another tangent that is zero may yield NaN.
  const bool isFinite = std::isfinite(value);
  if (isAsExpected(reverse) && (isAsExpected(forward) || !(isFinite || isAlone)) &&
      (!isFinite || (reverseOfZero == 0 && forwardOfZero == 0)))
    return;
  ++failures;
  std::printf("%s: %.18Lg, should be %.18Lg; forward %.18Lg; with a seed of zero %Lg and %Lg\\n", what,
              (long double)reverse, expected, (long double)forward, (long double)reverseOfZero,
              (long double)forwardOfZero);
}}

void check(const char *what, void (*function)(), int enough) {{
  compared = 0;
  function();
  if (compared >= enough)
    return;
  ++failures;
  std::printf("%s: only %d comparisons\\n", what, compared);
}}

{checks}

int main() {{
{calls}
  return failures != 0;
}}
"""


def point(points, function):
    """Values of the function's parameters within the row's domain."""
    row, at = function.row, {}
    for a in function.args:
        intervals = row.domain[row.args.index(a)]
        if a in function.active:
            at[a] = sample(points, "r", intervals)
        else:
            at[a] = str(points.randint(int(intervals[0][0]), int(intervals[-1][1])))
    return at


def check(function, cases):
    """A C++ function that compares the derivatives of one function at sample points."""
    sampled = random.Random(function.name)
    name, real, args = function.name, function.type, function.args
    points = [point(sampled, function) for _ in range(POINTS)]
    rows = ", ".join("{" + ", ".join(at[a] for a in args) + "}" for at in points)
    types = dict(zip(args, (p.rpartition(" ")[0] for p in function.parameters(real).split(", "))))
    call = ", ".join(f"static_cast<{types[a]}>(p[{i}])" for i, a in enumerate(args))
    lines = [f"static long double exact_{name}({function.parameters('long double')}) {{ return {function.exact}; }}",
             f"static void check_{name}() {{",
             f"  static const long double points[][3] = {{{rows}}};",
             "  for (const long double *p : points) {"]
    for i, a in enumerate(args):
        if a not in function.active:
            continue
        moved = ", ".join("t" if b == a else f"p[{j}]" if b in function.active else f"int(p[{j}])"
                          for j, b in enumerate(args))
        tangents = ", ".join("seed" if b == a else "0" for b in function.active)
        member = "" if len(function.active) == 1 else f".{a}"
        lines.append(f"""    const Difference by_{a} = difference(
        [&](long double t) {{ return exact_{name}({moved}); }}, p[{i}], 0.03125L, {ULPS.get(function.row.name, 1)});
    for ({real} seed : {{{SEEDS[real]}}})
      compare<{real}>("{function.definition()} by {a}", p[{i}], seed, {name}_grad({call}, seed){member},
                      {name}_jvp({call}, {tangents}).dot, by_{a}, {name}({call}));""")
    return "\n".join(lines + ["  }", *edges(function, cases), "}"])


def edges(function, cases):
    """The edge cases of the function that calls a row as it is."""
    row, name, real, active = function.row, function.name, function.type, function.active
    for case in cases:
        is_integer = all(a in active or v.lstrip("-").isdigit() for a, v in zip(row.args, case.args))
        if case.name != row.name or function.args != row.args or not name.endswith("_std") or not is_integer:
            continue
        call = ", ".join(f"static_cast<{real}>({edge_cases.number(v)})" if a in active and row.kinds[i] == "r" else
                         edge_cases.number(v) if a in active else v
                         for i, (a, v) in enumerate(zip(row.args, case.args)))
        for i, expected in case.expected.items():
            member = "" if len(active) == 1 else f".{row.args[i]}"
            tangents = ", ".join("1" if a == row.args[i] else "0" for a in active)
            zeros = ", ".join("0" for _ in active)
            yield (f'  edge<{real}>("{case.text} in {real} by {row.args[i]}", {name}_grad({call}, 1){member}, '
                   f"{name}_jvp({call}, {tangents}).dot, {name}_grad({call}, 0){member}, "
                   f"{name}_jvp({call}, {zeros}).dot, {edge_cases.number(expected)}, {name}({call}), "
                   f"{str(len(active) == 1).lower()});")


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def run(*command, cwd):
    result = subprocess.run(command, cwd=cwd, check=False, capture_output=True, text=True)
    if result.returncode:
        print(" ".join(command))
        print(result.stdout[-6000:] + result.stderr[:6000])
    return result.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    for option in ["table", "edge-cases", "adgen", "compilers", "work"]:
        parser.add_argument("--" + option, required=True)
    parser.add_argument("--special", action="store_true", help="the special functions, in place of the others")
    parser.add_argument("--only", default="", help="only functions whose name starts so")
    options = parser.parse_args()
    rows = table.load(options.table)
    called = [f for f in functions(row for row in rows if row.is_special == options.special)
              if f.name.startswith(options.only)]
    cases = list(edge_cases.load(options.edge_cases))
    os.makedirs(options.work, exist_ok=True)
    here = os.path.dirname(os.path.abspath(__file__))
    write(os.path.join(options.work, "rows.cpp"),
          SOURCE.format(definitions="\n".join(f.definition() for f in called)))
    write(os.path.join(options.work, "main.cpp"), MAIN.format(
        differences=os.path.join(here, "differences.h"),
        declarations="\n".join(f"{f.type} {f.name}({f.parameters(f.type)});" for f in called),
        checks="\n".join(check(f, cases) for f in called),
        calls="\n".join(f'  check("{f.name}", check_{f.name}, {POINTS * 3 // 2 * len(f.active)});' for f in called)))
    if not run(options.adgen, "rows.cpp", "--mode", "reverse,forward", "--", "-std=c++17", cwd=options.work):
        return 1
    ok = True
    for compiler in options.compilers.split(","):
        warnings = ["-std=c++17", "-Wall", "-Wextra", "-Werror"]
        sanitizers = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
        ok &= run(compiler, *warnings, *sanitizers, "-O1", "-c", "rows_grad.cpp", cwd=options.work) and \
            run(compiler, "-std=c++17", "-w", *sanitizers, "rows.cpp", "main.cpp", "rows_grad.o", "-o", "rows",
                cwd=options.work) and run("./rows", cwd=options.work)
    return not ok


if __name__ == "__main__":
    sys.exit(main())
