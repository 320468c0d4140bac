#!/usr/bin/env python3
"""Differentiates a test's functions, compiles the derivatives and checks their values.

usage: check_values.py [options] --work DIR FILE.cpp

The CHECK-VALUES lines (test_lines.py) stand in FILE.cpp or in the file of --values. adgen is run
for both modes, without and with --with-value. The program that harness.h describes is built by
Clang, under ASan and UBSan, and by GCC, optimized; the generated files without a warning under
-Wall -Wextra. One language standard for each compiler, another for another test; --full or
ADGEN_FULL_MATRIX=1 takes all. --without PASS,… checks instead what changes without each of these
optimizations.
"""
import argparse
import os
import pathlib
import shlex
import shutil
import subprocess
import sys
import zlib

from main_program import main_program
from test_lines import read_cases, read_fields
from without_pass import check_without

HERE = pathlib.Path(__file__).resolve().parent
STANDARDS = ["c++17", "c++20", "c++23"]
WARNINGS = ["-Wall", "-Wextra", "-Werror"]
CLANG = ["clang++-22", "-O1", "-g1", "-fsanitize=address,undefined", "-fno-sanitize-recover=all"]
# GCC folds sin(0.75) to other last digits than the library has; not with -frounding-math.
GCC = ["g++", "-O3", "-DNDEBUG", "-frounding-math"]


def run(command, cwd):
    """Runs a command; shows it and what it said if it fails."""
    result = subprocess.run(command, cwd=cwd, stdin=subprocess.DEVNULL, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if result.returncode != 0:
        print(f"$ {shlex.join(map(str, command))}")
        print(result.stdout, end="")
        sys.exit(f"failed with status {result.returncode} in {cwd}")
    return result.stdout


def group(cases):
    """Cases that one run of adgen can serve: those with the same parameters."""
    groups = {}
    for case in cases:
        groups.setdefault((tuple(case.wrt), case.returns_nothing), []).append(case)
    return list(groups.items())


def differentiate(options, source, groups, work, switches=""):
    """Runs adgen on every group; the cases with their suffixes, and the stems of the files."""
    cases, stems = [], []
    for number, ((wrt, returns_nothing), members) in enumerate(groups):
        suffix = "" if number == 0 else f"_{number}"
        functions = ",".join(dict.fromkeys(m.function for m in members))
        common = shlex.split(options.adgen) + [str(source), "--function", functions,
                                               "--wrt", ",".join(wrt)]
        common += shlex.split(options.adgen_args + switches)
        flags = ["--", f"-std={options.standards.split(',')[0]}", *shlex.split(options.flags)]
        for mode in [["--mode", "reverse,forward"], ["--mode", "reverse", "--with-value"]]:
            valued = "--with-value" in mode
            if valued and returns_nothing:
                continue
            own = suffix + ("_v" if valued else "")
            stem = f"derivative{own or '_0'}"
            named = ["--suffix", own] if own else []
            run([*common, *mode, *named, "-o", f"{stem}.cpp", *flags], work)
            stems.append(stem)
        cases += [(m, suffix) for m in members]
    return cases, stems


class Build:
    """Compiles the derivatives and the main program with one compiler and standard."""

    def __init__(self, compiler, standard, flags, warnings, work):
        self.name = f"{compiler[0]}-{standard}"
        self.base = [*compiler, f"-std={standard}", "-ffp-contract=off", "-I", str(HERE), *flags]
        self.warnings = warnings
        self.work = work
        self.known = {}

    def compile(self, stem, folder):
        """The object of a derivative, which is compiled once."""
        built = folder / f"{stem}-{self.name}.o"
        if built not in self.known:
            self.known[built] = run([*self.base, *self.warnings, "-c", f"{stem}.cpp", "-o", built], folder)
        return built

    def compile_main(self):
        """The object of the main program; the last -O counts: what checks need not be optimized."""
        built = self.work / f"main-{self.name}.o"
        if built not in self.known:
            self.known[built] = run([*self.base, "-O0", "-fno-access-control", "-c", "main.cpp",
                                     "-o", built], self.work)
        return built

    def run(self, program, objects, folder):
        """Links and runs; whether all values are right."""
        run([*self.base, "-O0", program, *objects, "-o", self.name], folder)
        # Not the options that adgen itself is run with. No memory is zero by chance.
        environment = {**os.environ, "UBSAN_OPTIONS": "print_stacktrace=1",
                       "ASAN_OPTIONS": "max_malloc_fill_size=1048576"}
        result = subprocess.run([f"./{self.name}"], cwd=folder, env=environment, text=True, check=False,
                                stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        print(f"{self.name}: {result.stdout}", end="")
        return result.returncode == 0


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=pathlib.Path)
    parser.add_argument("--values", type=pathlib.Path, help="the file with the CHECK-VALUES lines")
    parser.add_argument("--work", type=pathlib.Path, required=True)
    parser.add_argument("--adgen", default="adgen", help="the command to run")
    parser.add_argument("--adgen-args", default="", help="further options of adgen")
    parser.add_argument("--flags", default="", help="further flags of the compilers")
    parser.add_argument("--compilers", default="clang,gcc")
    parser.add_argument("--standards", default=",".join(STANDARDS), help="those to choose from")
    parser.add_argument("--values-only", action="store_true",
                        help="warnings in the generated files are no failure")
    parser.add_argument("--without", metavar="PASS,…", help="check what changes without each")
    parser.add_argument("--points", action="store_true",
                        help="only see whether the points are good: there is no derivative yet")
    parser.add_argument("--full", action="store_true",
                        default=os.environ.get("ADGEN_FULL_MATRIX", "0") != "0")
    options = parser.parse_args()

    source = options.source.resolve()
    text = source.read_text(encoding="utf-8")
    values = options.values.read_text(encoding="utf-8") if options.values else text
    cases_of_test = cases = read_cases(values, text)
    work = options.work.resolve()
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    if options.points:
        for case in cases:
            case.uses_places = True
        cases, stems = [(case, None) for case in cases], []
    else:
        cases, stems = differentiate(options, source, group(cases), work)
    program = main_program(source, [f"{stem}.h" for stem in stems], cases,
                           read_fields(values))
    (work / "main.cpp").write_text(program, encoding="utf-8")

    def again(folder, switches):
        differentiate(options, source, group(cases_of_test), folder, switches)

    flags = shlex.split(options.flags)
    # Without an optimization there may be variables that nobody reads.
    warnings = [] if options.values_only or options.without else WARNINGS
    standards = options.standards.split(",")
    turn = zlib.crc32(source.name.encode()) % len(standards)
    good = True
    for shift, (name, compiler) in enumerate([("clang", CLANG), ("gcc", GCC)]):
        if name not in options.compilers.split(","):
            continue
        chosen = standards if options.full else [standards[(turn + shift) % len(standards)]]
        for standard in chosen:
            build = Build(compiler, standard, flags, warnings, work)
            if options.without:
                good &= check_without(options, stems, work, again, build)
            else:
                objects = [build.compile(stem, work) for stem in stems]
                good &= build.run(build.compile_main(), objects, work)
    sys.exit(0 if good else f"wrong values; the derivatives are in {work}")


if __name__ == "__main__":
    main()
