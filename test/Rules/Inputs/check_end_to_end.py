"""Differentiates a function for every call of called_functions.py and checks what comes out.

usage: check_end_to_end.py --table ADFunctions.json --adgen ADGEN --compilers CXX,CXX --work DIR

Both modes, three precisions. The generated code compiles without a warning, runs
under ASan and UBSan, and agrees with central differences, and forward with reverse.
"""
import argparse
import os
import random
import subprocess
import sys

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

{declarations}

/// One partial derivative by both modes, times a seed, against differences.
template <class T>
void compare(const char *what, long double at, T seed, T reverse, T forward, Difference expected, T value) {{
  const long double scale = std::fmax(1.0L, std::fabs(expected.value));
  if (!(expected.error < 1e-7L * scale))
    return; // a kink within the stencil
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


def check(function):
    """A C++ function that compares the derivatives of one function at sample points."""
    points = random.Random(function.name)
    name, real, active = function.name, function.type, function.active
    lines = [f"static long double exact_{name}({function.parameters('long double')}) {{ return {function.exact}; }}",
             f"static void check_{name}() {{"]
    for at in [point(points, function) for _ in range(POINTS)]:
        call = ", ".join(at[a] for a in function.args)
        for a in active:
            moved = ", ".join("t" if b == a else at[b] for b in function.args)
            tangents = ", ".join("seed" if b == a else "0" for b in active)
            member = "" if len(active) == 1 else f".{a}"
            lines.append(f"""  for ({real} seed : {{{SEEDS[real]}}})
    compare<{real}>("{function.definition()} by {a}", {at[a]}, seed,
        {name}_grad({call}, seed){member}, {name}_jvp({call}, {tangents}).dot,
        difference([](long double t) {{ return exact_{name}({moved}); }}, {at[a]}, 0.03125L, {ULPS.get(function.row.name, 1)}),
        {name}({call}));""")
    return "\n".join(lines + ["}"])


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
    for option in ["table", "adgen", "compilers", "work"]:
        parser.add_argument("--" + option, required=True)
    parser.add_argument("--only", default="", help="only functions whose name starts so")
    options = parser.parse_args()
    rows = table.load(options.table)
    called = [f for f in functions(rows) if f.name.startswith(options.only)]
    os.makedirs(options.work, exist_ok=True)
    here = os.path.dirname(os.path.abspath(__file__))
    write(os.path.join(options.work, "rows.cpp"),
          SOURCE.format(definitions="\n".join(f.definition() for f in called)))
    write(os.path.join(options.work, "main.cpp"), MAIN.format(
        differences=os.path.join(here, "differences.h"),
        declarations="\n".join(f"{f.type} {f.name}({f.parameters(f.type)});" for f in called),
        checks="\n".join(check(f) for f in called),
        calls="\n".join(f"  check_{f.name}();" for f in called)))
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
