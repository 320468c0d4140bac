"""A batch of random programs: the files of it, adgen, the compiler, the run, and what came out.

Files: types.h (structs), programs.cpp (what adgen reads), programs_grad.{h,cpp} (what it writes), and
main.cpp, which has the programs twice, with numbers and with dual numbers, and hands both to the checks.
"""
import collections
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import time

from program import Program, plain

HERE = pathlib.Path(__file__).resolve().parent
HARNESS = HERE.parent / "harness"
# Where adgen.h is.
INCLUDE = HERE.parents[3] / "include"
FLAGS = ["-std=c++20", "-ffp-contract=off", "-D_GLIBCXX_ASSERTIONS"]
CLANG = ["clang++-22", *FLAGS]
GCC = ["g++", *FLAGS, "-O1"]
# What is true of the program, and comes to light where references have become variables: `x < 1 || r >= 1`.
UNWARNED = ["-Wno-tautological-overlap-compare"]
# The headers, and the words that need them.
INCLUDES = {
    "algorithm": r"std::(max|min|clamp|fill|copy|reverse|transform|for_each|max_element|min_element|minmax_element|swap)\b",
    "array": r"std::array", "cassert": r"\bassert\(", "cstdlib": r"std::abort\b|\bcalloc\(", "iterator": r"back_inserter", "cmath": r"std::", "cstddef": r"std::size_t", "cstring": r"std::mem",
    "memory": r"_ptr|make_unique", "numeric": r"std::(accumulate|inner_product|iota|reduce|transform_reduce)", "span": r"std::span",
    "stdexcept": r"std::range_error",     "tuple": r"std::(tie|tuple|make_tuple|ignore|get)\b", "utility": r"std::(swap|exchange|pair|move|make_pair)",
    "vector": r"std::vector"}


# What can be switched off (lib/Driver/Pipeline.cpp).
OPTIMIZATIONS = ["raise-counted-loops", "keep-callees", "fix-shapes", "raise-copies",
                 "fuse-sweeps", "eliminate-tape", "join-contributions", "simplify", "share-quotients", "fold-coefficients", "exchange-back", "interchange-loops", "trim-trips", "promote-sums", "hoist-loads", "reuse-sums", "gather-stencils", "split-scatters",
                 "split-sums", "distribute-loops", "raise-swaps", "minimum-cut"]


# No memory is zero by chance; what is never freed is found.
FRESH_MEMORY = {"MALLOC_PERTURB_": "165", "ASAN_OPTIONS": "detect_leaks=1:max_malloc_fill_size=1048576"}


class Finding:
    """A program that fails, and how."""

    def __init__(self, kind, program, text, signature=""):
        self.kind = kind
        self.program = program
        self.text = text
        self.signature = signature or kind


class Tools:
    """The compilers' parts that all batches share: the checks, and the precompiled header."""

    def __init__(self, work, adgen, options):
        self.work = work
        self.adgen = adgen
        self.flags = list(options)
        work.mkdir(parents=True, exist_ok=True)
        for file in HARNESS.iterdir():  # a copy, which stays as it is during a long run
            shutil.copy(file, work)
        self.base = [*CLANG, *self.flags, "-I", str(work), "-I", str(INCLUDE)]
        self.header = work / "harness.pch"
        self.checks = work / "harness.o"
        run([*self.base, "-x", "c++-header", str(work / "harness.h"), "-o", str(self.header)], work)
        run([*self.base, "-O1", "-c", str(work / "harness.cpp"), "-o", str(self.checks)], work)


def run(command, cwd, timeout=600, environment=None):
    """Status and output; status None if the time was up."""
    with subprocess.Popen(command, cwd=cwd, stdin=subprocess.DEVNULL, text=True, errors="replace",
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
                          env={**os.environ, **(environment or {})}) as process:
        try:
            output, _ = process.communicate(timeout=timeout)
            return process.returncode, output
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
            return None, output


class Batch:
    """Some programs, checked together."""

    def __init__(self, programs, folder, tools, disabled=(), with_value=False, gcc=False):
        self.programs = list(programs)
        self.with_value = with_value
        # Optimizations that are switched off: then there may be warnings.
        self.disabled = list(disabled)
        # GCC compiles the derivatives, too, and warns of what it sees while it optimizes.
        self.gcc = gcc
        self.folder = folder
        self.tools = tools
        self.findings = []
        self.refusals = collections.Counter()
        self.refused = []
        self.counts = collections.Counter()
        self.times = collections.Counter()
        # Whether values are checked; else only what adgen and the compiler say.
        self.values = True
        folder.mkdir(parents=True, exist_ok=True)

    def write_sources(self):
        everything = "\n".join([*(line for p in self.programs for line in p.type_lines),
                                *(p.rules_text("header") + p.rules_text() for p in self.programs),
                                *(p.function_text() for p in self.programs)])
        heads = "".join(f"#include <{name}>\n" for name, words in INCLUDES.items() if re.search(words, everything))
        types = "\n".join(line for p in self.programs for line in [*p.type_lines, p.rules_text("header")])
        (self.folder / "types.h").write_text(f"#pragma once\n{heads}#include <adgen/adgen.h>\n{plain(types)}\n")
        lines = heads.split("\n") + ["#include <adgen/adgen.h>", '#include "types.h"', ""]
        self.starts = []
        for p in self.programs:
            self.starts.append((len(lines) + 1, p))
            lines += plain(p.rules_text() + "\n" + p.function_text()).split("\n")
        (self.folder / "programs.cpp").write_text("\n".join(lines) + "\n")

    def owner(self, line):
        """The program at a line of programs.cpp."""
        found = None
        for start, p in self.starts:
            if start <= line:
                found = p
        return found

    def write_main(self):
        programs = self.programs
        dual = "\n".join(["\n".join([*p.type_lines, p.leaves_text(), p.rules_text("dual"), p.function_text(), p.call_struct(True)])
                          for p in programs])
        plain_calls = "\n".join(plain("\n".join([p.leaves_text(), p.call_struct(False, self.with_value)])) for p in programs)
        table = ",\n".join(
            f'  {{"{p.name}", [] {{ return static_cast<fuzz::Call *>(new Call{p.number}); }}, '
            f'[] {{ return static_cast<fuzz::Call *>(new fuzz_dual::Call{p.number}); }}, '
            "{" + ", ".join("{" + ", ".join(map(str, point)) + "}" for point in p.points) + "}}"
            for p in programs)
        (self.folder / "main.cpp").write_text(
            '#include "harness.h"\n#include "programs.cpp"\n#include "programs_grad.h"\n\n'
            + plain("\n".join(p.rules_text("main") for p in programs)) + plain_calls + "\n\nnamespace fuzz_dual {\nusing real = fuzz::Dual<double>;\nusing real32 = fuzz::Dual<float>;\n"
            "using realL = fuzz::Dual<long double>;\nusing inert = fuzz::Inert<double>;\n" + dual + "\n}\n\nint main(int argc, char **argv) {\n"
            "  return fuzz::check(argc, argv, {\n" + table + "});\n}\n")

    def timed(self, what, command, **options):
        start = time.time()
        result = run(command, self.folder, **options)
        self.times[what] += time.time() - start
        return result

    def drop(self, program):
        self.programs = [p for p in self.programs if p is not program]

    def differentiate(self):
        """Runs adgen until what is left is accepted."""
        while self.programs:
            self.write_sources()
            status, output = self.timed("adgen", [
                *shlex.split(self.tools.adgen), "programs.cpp",
                *(["--with-value"] if self.with_value else []),
                *(f"--disable-pass=ad-{name}" for name in self.disabled), "-o", "programs_grad.cpp", "--", "-std=c++20"], timeout=30 + 2 * len(self.programs))
            if status == 0:
                return True
            bad = self.blame(output) if status == 1 else None
            if bad:
                for program, identity, message in bad:
                    if identity:
                        self.refusals[identity] += 1
                        self.refused.append((program, identity, message))
                    else:
                        self.findings.append(self.failure(program, message))
                for program, _, _ in bad:
                    self.drop(program)
            elif len(self.programs) == 1:
                kind = "hang" if status is None else f"adgen crashes ({status})"
                self.findings.append(Finding(kind, self.programs[0], output[-3000:], signature(output) or kind))
                return False
            else:  # a crash or a hang: one by one
                return self.split()
        return False

    def failure(self, program, message):
        """An error without an id: of adgen, if the compiler accepts the program."""
        _, output = run([*self.tools.base, "-fsyntax-only", "-w", "programs.cpp"], self.folder)
        lines = [int(line) for line in re.findall(r"^programs\.cpp:(\d+):\d+: (?:fatal )?error", output, re.M)]
        if any(self.owner(line) is program for line in lines):
            return Finding("the generator's program does not compile", program, message)
        return Finding("adgen fails", program, message, "adgen: " + signature(message))

    def split(self):
        """Halves the batch to find the culprit."""
        half = len(self.programs) // 2
        good = []
        for part in (self.programs[:half], self.programs[half:]):
            other = Batch(part, self.folder, self.tools, self.disabled, self.with_value, self.gcc)
            other.differentiate()
            good += other.programs if not any(f.kind == "hang" or "crash" in f.kind for f in other.findings) \
                else [p for p in other.programs if p not in [f.program for f in other.findings]]
            self.findings += other.findings
            self.refusals += other.refusals
            self.refused += other.refused
            self.times += other.times
        self.programs = good
        return self.differentiate() if good else False

    def blame(self, output):
        bad = {}
        for line in output.split("\n"):
            found = re.match(r"(?:\S*/)?(programs\.cpp|types\.h):(\d+):\d+: (?:fatal )?error: (.*)", line)
            if not found:
                continue
            if found.group(1) == "types.h":
                text = (self.folder / "types.h").read_text().split("\n")
                above = "\n".join(text[:int(found.group(2))])
                numbers = re.findall(r"\b[Sh]n?(\d+)_", above)
                program = next((p for p in self.programs if numbers and p.number == int(numbers[-1])), None)
            else:
                program = self.owner(int(found.group(2)))
            identity = re.search(r"\[(adgen-[\w-]+)\]", found.group(3))
            if program and id(program) not in bad:
                bad[id(program)] = (program, identity.group(1) if identity else None, line + "\n" + output[-1500:]
                                    if not identity else line)
        return list(bad.values())

    def compile(self, sanitize):
        """The program of the checks, or None."""
        extra = ["-fsanitize=address,undefined", "-fno-sanitize-recover=all", "-g1"] if sanitize else []
        base = [*self.tools.base, *extra, "-O0"]
        while self.programs:
            self.write_main()
            what = ["-Wall", "-Wextra", *UNWARNED, "-c", "programs_grad.cpp", "-o", "programs_grad.o"]
            usable = not self.gcc or self.judge_derivative(
                *self.timed("compile derivative", [*self.including(GCC), *what]))
            # Clang's has the values: GCC rounds functions of constants otherwise.
            usable = usable and self.judge_derivative(*self.timed("compile derivative", [*base, *what]))
            if not usable:
                if not self.differentiate():
                    return None
                continue
            if not self.values:
                return None
            header = [] if sanitize else ["-include-pch", str(self.tools.header)]
            status, output = self.timed("compile main", [
                *base, *header, "-w", "-ftrivial-auto-var-init=pattern", "-c", "main.cpp", "-o", "main.o"])
            if status != 0:
                (self.folder / "main.log").write_text(output)
                blamed = self.blame_main(output)
                if not blamed:
                    raise RuntimeError(f"main.cpp does not compile: {self.folder}/main.log\n" + output[:2000])
                self.findings.append(Finding("main.cpp does not compile", blamed, output[:1500],
                                             "main " + signature(output)))
                self.drop(blamed)
                if not self.differentiate():
                    return None
                continue
            status, output = self.timed("link", [*base, "main.o", "programs_grad.o", str(self.tools.checks),
                                                 "-o", "batch"])
            if status != 0:
                raise RuntimeError(output[:3000])
            return self.folder / "batch"
        return None

    def including(self, compiler):
        return [*compiler, "-I", str(self.folder), "-I", str(self.tools.work), "-I", str(INCLUDE)]

    def blame_main(self, output):
        for line in output.split("\n"):
            found = re.match(r"(main|programs)\.cpp:(\d+):\d+: error: ", line)
            if not found:
                continue
            if found.group(1) == "programs":
                return self.owner(int(found.group(2)))
            text = (self.folder / "main.cpp").read_text().split("\n")
            for at in range(int(found.group(2)) - 1, -1, -1):
                number = re.search(r"\b(?:prog|Call|S|hn|h)(\d+)[_\b({ ]", text[at])
                if number:
                    return next((p for p in self.programs if p.number == int(number.group(1))), None)
        return None

    def judge_derivative(self, status, output):
        """Notes errors and warnings in the derivative; whether it can be used."""
        found = re.findall(r"^(\S+?):(\d+):\d+: (error|warning): (.*)$", output, re.M)
        if not found and status == 0:
            return True
        text = (self.folder / "programs_grad.cpp").read_text().split("\n")
        blamed = {}
        for file, line, severity, message in sorted(found, key=lambda f: f[2]):  # errors first
            if not file.endswith("programs_grad.cpp"):
                continue
            for at in range(int(line) - 1, -1, -1):
                number = re.search(r"\b(?:prog(\d+)|[hS]n?(\d+)_)", text[at])
                if number:
                    number = re.search(r"\d+", number.group(0))
                    program = next((p for p in self.programs if p.number == int(number.group(0))), None)
                    if program:
                        blamed.setdefault(id(program), (program, severity, message, at, int(line)))
                    break
        usable = status == 0
        for program, severity, message, start, line in blamed.values():
            shown = "\n".join(text[start:line + 1])
            flag = re.search(r"\[-W[\w-]+\]", message)
            if severity == "warning":
                if self.disabled or self.own_warnings(program):
                    self.counts["warnings as in the original"] += 1
                    continue
                self.findings.append(Finding("warning", program, message + "\n" + shown,
                                             "warning " + (flag.group(0) if flag else message)))
            else:
                self.findings.append(Finding("derivative does not compile", program, message + "\n" + shown,
                                             "error " + re.sub(r"'[^']*'", "''", message)))
                self.drop(program)
        if not usable and not any(b[1] == "error" for b in blamed.values()):
            self.findings.append(Finding("derivative does not compile", None, output[:3000]))
            self.programs = []
        return usable

    def own_warnings(self, program):
        """Whether the program itself has warnings."""
        if not hasattr(self, "warned"):
            commands = [[*self.tools.base, "-fsyntax-only"]]
            if self.gcc:
                commands.append([*self.including(GCC), "-c", "-o", "programs.o"])
            output = "".join(run([*c, "-Wall", "-Wextra", "programs.cpp"], self.folder)[1] for c in commands)
            self.warned = {self.owner(int(line)) for line in re.findall(r"^programs\.cpp:(\d+):", output, re.M)}
        return program in self.warned

    def execute(self, program):
        """Runs the checks; a crash is the fault of the program that ran last."""
        skip, known = [], {p.name: p for p in self.programs}
        while True:
            status, output = self.timed("run", [str(program), "--progress", "progress.txt", "--skip", ",".join(skip)],
                                        timeout=120 + len(self.programs), environment=FRESH_MEMORY)
            failed = collections.defaultdict(list)
            for line in output.split("\n"):
                found = re.match(r"(FAIL|AT|ORACLE) (\w+) ", line)
                if found:
                    failed[found.group(2)].append(line)
            for name, lines in failed.items():
                if name in skip:
                    continue
                kinds = sorted({line.split()[3] for line in lines if line.startswith("FAIL")})
                kind = "oracle" if not kinds else "wrong " + " ".join(kinds)
                self.findings.append(Finding(kind, known[name], "\n".join(lines)))
                skip.append(name)
            for name, count in re.findall(r"(\w+) (\d+)", (re.findall(r"^COUNTS.*$", output, re.M) or [""])[-1]):
                self.counts[name] += int(count)
            progress = (self.folder / "progress.txt").read_text().split()
            last = progress[-1] if progress else "done"
            if last == "done" and "LeakSanitizer" not in output:
                return
            if last == "done":
                self.findings.append(Finding("leak", None, output[-3000:]))
                return
            kind = "the derivative hangs" if status is None else f"the derivative crashes ({status})"
            if "Sanitizer" in output or "runtime error" in output:
                kind = "sanitizer"
            self.findings.append(Finding(kind, known[last], output[-4000:], kind + " " + signature(output)))
            skip.append(last)

    def check(self, sanitize=False):
        total = len(self.programs)
        if self.differentiate():
            program = self.compile(sanitize)
            if program:
                self.execute(program)
        self.counts["programs"] = total
        return self


def signature(output):
    """What tells one crash from another."""
    for pattern in [r"Assertion `(.*)' failed", r"(UNREACHABLE executed.*)", r"error: (.*)", r"SUMMARY: (.*)",
                    r"runtime error: (.*)"]:
        found = re.search(pattern, output)
        if found:
            return re.sub(r"0x[0-9a-f]+|\d+|'[^']*'", "#", found.group(1))[:120]
    return ""
