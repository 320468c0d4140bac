#!/usr/bin/env python3
"""Builds the measurements, checks every gradient, times them and makes Markdown tables of the times.

The figure of a benchmark is the minimum of the CPU time over repetitions, which are interleaved at
random; every contender is compiled with the same flags. The tables go to standard output and, unless
--no-write is given or only a part was measured, between the markers of docs/performance.md.
"""
import argparse
import json
import math
import os
import pathlib
import re
import shlex
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/performance.md"
DEFAULT = ("g++", "-O2")
ALL = [DEFAULT, ("g++", "-O3 -march=native"), ("clang++-22", "-O2"),
       ("clang++-22", "-O3 -march=native")]
DEEP = ["nested", "branching"]


def run(command, **options):
    """The command's standard output; exits with what it said if it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          **options)
    if done.returncode != 0:
        sys.exit(f"{shlex.join(map(str, command))} failed:\n{done.stdout}{done.stderr}")
    return done.stdout, done.stderr


def folder_of(build_folder, compiler, flags):
    """Where one configuration is built."""
    return pathlib.Path(build_folder) / re.sub(r"[^\w+]+", "-", f"{compiler} {flags}")


def build(folder, compiler, flags, adgen, targets):
    """Configures one configuration and builds the targets."""
    run(["cmake", "-S", ROOT / "bench", "-B", folder, "-G", "Ninja",
         f"-DCMAKE_CXX_COMPILER={compiler}", f"-DCMAKE_CXX_FLAGS={flags} -DNDEBUG",
         "-DCMAKE_BUILD_TYPE=", f"-DADGEN={adgen}"])
    run(["ninja", "-C", folder, *targets])


def measure(folder, options):
    """{program: {who: nanoseconds}} in the order of registration, and {program: refusal}."""
    out, err = run([
        folder / "measure", "--benchmark_format=json", f"--benchmark_filter={options.filter}",
        f"--benchmark_repetitions={options.repetitions}",
        f"--benchmark_min_time={options.min_time}",
        "--benchmark_enable_random_interleaving=true"])
    times = {}
    for row in json.loads(out)["benchmarks"]:
        if row["run_type"] == "iteration":
            program, who = row["run_name"].split("/", 1)
            of = times.setdefault(program, {})
            of[who] = min(of.get(who, math.inf), row["cpu_time"])
    refusals = dict(re.findall(r"^refused (\w+)/adgen: (.*)$", err, re.MULTILINE))
    listed, _ = run([folder / "measure", "--benchmark_list_tests=true"])
    order = list(dict.fromkeys(line.split("/")[0] for line in listed.splitlines()))
    return {p: times[p] for p in order if p in times}, refusals


def ratio(times, who, base):
    return times[who] / times[base] if who in times and base in times else None


def geometric_mean(values):
    """Of those that are there, and how many they are."""
    values = [v for v in values if v is not None]
    if not values:
        return None, 0
    return math.exp(sum(map(math.log, values)) / len(values)), len(values)


def shown(value):
    if value is None:
        return "–"
    return f"{value:.2f}" if value < 9.95 else f"{value:,.0f}"


def row(*cells):
    return "| " + " | ".join(cells) + " |"


def columns_of(times):
    """(heading, who, base) of each ratio."""
    peers = list(dict.fromkeys(who for of in times.values() for who in sorted(of)
                               if who not in ("primal", "hand", "adgen")))
    return [("adgen / hand", "adgen", "hand"), ("adgen", "adgen", "primal"),
            ("by hand", "hand", "primal")] + [(who, who, "primal") for who in peers]


def means(times, columns):
    """The cells of a row of geometric means; a mean of some programs alone says of how many."""
    cells = []
    for _, who, base in columns:
        mean, count = geometric_mean(ratio(of, who, base) for of in times.values())
        cells.append(shown(mean) + (f" (of {count})" if 0 < count < len(times) else ""))
    return cells


def table_of_programs(times):
    columns = columns_of(times)
    lines = [row("program", "primal, ns", *(heading for heading, _, _ in columns)),
             row("---", "---:", *("---:" for _ in columns))]
    for program, of in times.items():
        lines.append(row(program, f"{of['primal']:.0f}",
                         *(shown(ratio(of, who, base)) for _, who, base in columns)))
    lines.append(row("**geometric mean**", "", *means(times, columns)))
    return lines


def table_of_depth(times):
    lines = [row("program", "primal, ns", "adgen / primal"), row("---", "---:", "---:")]
    for program, of in times.items():
        lines.append(row(program, f"{of['primal']:.0f}", shown(ratio(of, "adgen", "primal"))))
    return lines


def table_of_configurations(results):
    columns = columns_of(results[0][1])
    lines = [row("compiled by", *(heading for heading, _, _ in columns)),
             row("---", *("---:" for _ in columns))]
    for name, times in results:
        lines.append(row(f"`{name}`", *means(times, columns)))
    return lines


def version(compiler):
    return run([compiler, "--version"])[0].splitlines()[0]


def report(options, results, refusals):
    """The Markdown of all tables; the first of the results is shown in full."""
    name, times = results[0]
    shallow = {p: of for p, of in times.items() if p not in DEEP}
    deep = {p: of for p, of in times.items() if p in DEEP}
    compiler = name.split()[0]
    command = "bench/run" + (" --all" if options.all else "")
    lines = [f"By `{command}`, compiled by `{name}` ({version(compiler)}). The columns without a slash "
             "are multiples of the primal's time.", ""]
    if shallow:
        lines += table_of_programs(shallow) + [""]
    if deep:
        lines += ["Calls in depth:", ""] + table_of_depth(deep) + [""]
    if len(results) > 1 and shallow:
        lines += ["Geometric means by compiler and flags:", ""]
        lines += table_of_configurations(
            [(n, {p: of for p, of in t.items() if p not in DEEP}) for n, t in results]) + [""]
    if refusals:
        lines += ["What adgen refuses at present:", ""]
        lines += [f"- {program}: {why}" for program, why in refusals.items()] + [""]
    return "\n".join(lines)


def write(text, command="bench/run"):
    """Puts the text between the page's markers of the command."""
    begin, end = f"<!-- {command} writes from here -->", "<!-- to here -->"
    before, rest = PAGE.read_text(encoding="utf-8").split(begin)
    _, after = rest.split(end, 1)
    PAGE.write_text(f"{before}{begin}\n\n{text}\n{end}{after}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--adgen", default=os.environ.get("ADGEN", str(ROOT / "build/bin/adgen")))
    parser.add_argument("--compiler", default=DEFAULT[0])
    parser.add_argument("--flags", default=DEFAULT[1])
    parser.add_argument("--all", action="store_true",
                        help="both compilers, -O2 and -O3 -march=native")
    parser.add_argument("--filter", default=".", help="what to measure, as a regular expression")
    parser.add_argument("--repetitions", type=int, default=9)
    parser.add_argument("--min-time", type=float, default=0.05, help="seconds of a repetition")
    parser.add_argument("--quick", action="store_true", help="a rough look; writes nothing")
    parser.add_argument("--no-write", action="store_true")
    parser.add_argument("--build", default=str(ROOT / "build-bench"))
    options = parser.parse_args()
    if options.quick:
        options.repetitions, options.min_time = 3, 0.01
    adgen = pathlib.Path(options.adgen).resolve()
    if not adgen.exists():
        sys.exit(f"no adgen at {options.adgen}; set ADGEN, or build it")

    results, refusals = [], {}
    for compiler, flags in ALL if options.all else [(options.compiler, options.flags)]:
        folder = folder_of(options.build, compiler, flags)
        print(f"==> {compiler} {flags}", file=sys.stderr)
        build(folder, compiler, flags, adgen, ["check", "measure"])
        run([folder / "check"])
        times, refusals = measure(folder, options)
        results.append((f"{compiler} {flags}", times))
    text = report(options, results, refusals)
    print(text)
    whole = options.filter == "." and not options.quick
    if whole and (options.all or (options.compiler, options.flags) == DEFAULT):
        if not options.no_write:
            write(text)


if __name__ == "__main__":
    main()
