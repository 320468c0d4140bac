"""One file of somebody's tests: how it compiles, its functions, and what becomes of each in each mode.

An outcome is one of the words of OUTCOMES, for a refusal with the diagnostic's id behind it.
"""
import json
import pathlib
import re
import sys

from runs import run

HERE = pathlib.Path(__file__).resolve().parent
MODES = ["reverse", "forward"]

# The outcomes, and whether each is a finding: a fault of adgen.
OUTCOMES = {
    "derived, agrees with differences": False,
    "derived, not decided by differences": False,
    "derived, not runnable": False,
    "refused": False,
    "not found by its name": False,
    "refused without a place": True,
    "derived, WRONG": True,
    "derived, DOES NOT COMPILE": True,
    "derived, WARNS": True,
    "a check that fails": True,
    "CRASHED": True,
    "HUNG": True,
    "Clang takes too long": False,
    "OUT OF MEMORY": True,
}

# How a file may be meant; the first that compiles is taken. C programs use functions of the library undeclared.
LENIENT = ["-fms-extensions", "-Wno-c++11-narrowing", "-Wno-register", "-Wno-reserved-user-defined-literal",
           "-Wno-dynamic-exception-spec"]
DECLARED = ["-include", "stdlib.h", "-include", "stdio.h", "-include", "string.h", "-include", "math.h"]
FLAGS = [["-std=gnu++17"], ["-std=gnu++20"], ["-std=gnu++23"], ["-std=gnu++17", *LENIENT],
         ["-std=gnu++17", *LENIENT, *DECLARED]]
FLOATING = re.compile(r"float|double|FLOAT|DOUBLE|complex|real|_Decimal|\bDF|\bSF|cmath|math\.h")
INCLUDED = re.compile(r'^\s*#\s*include\s*"([^"]+)"', re.MULTILINE)
UNNAMED = {"adgen-no-such-function", "adgen-ambiguous-function", "adgen-no-matching-function"}
ADVICE = re.compile(r"^  --at '([^']+)' gives it ", re.MULTILINE)
LOCATED = re.compile(r"^[^\s:][^:\n]*:\d+:\d+: (?:fatal )?error: ", re.MULTILINE)
IDENTITY = re.compile(r"error: .*\[(adgen-[a-z-]+)\]")
NO_MEMORY = re.compile(r"out of memory|bad_alloc|Allocation failed|Cannot allocate memory")


def mentions_floating(path, seen=None):
    """Whether the text, or a file that lies beside it and is included, may have a floating type."""
    seen = set() if seen is None else seen
    if path in seen or not path.is_file():
        return False
    seen.add(path)
    text = path.read_text(encoding="utf-8", errors="replace")
    return bool(FLOATING.search(text)) or any(mentions_floating((path.parent / name).resolve(), seen)
                                              for name in INCLUDED.findall(text))


class Tools:
    """The commands that are run, and their limits."""

    def __init__(self, adgen, clang, gcc, seconds, samples):
        self.adgen, self.clang, self.gcc = adgen, clang, gcc
        self.seconds, self.samples = seconds, samples


class Outcome:
    """What became of a function in a mode: an outcome, an id behind it, and what was said."""

    def __init__(self, file, function, mode, kind, identity="", text=""):
        self.file, self.function, self.mode = file, function, mode
        self.kind, self.identity, self.text = kind, identity, text

    def name(self):
        return f"{self.kind} [{self.identity}]" if self.identity else self.kind


class Program:
    """A file, and what is known of it."""

    def __init__(self, path, folder, tools):
        self.path, self.folder, self.tools = path, folder, tools
        self.flags = None
        self.functions = []
        self.outcomes = []
        self.remark = ""
        self._quiet = {}

    def check(self):
        """Fills `outcomes`; `remark` says why there are none."""
        if not mentions_floating(self.path):
            self.remark = "no floating number"
        elif not self.find_flags():
            self.remark = "does not compile as C++"
        elif not self.functions:
            self.remark = "no function of floating numbers"
        else:
            derived = [o for function in self.functions for o in self.derive(function)]
            self.check_values(derived)
            self.remark = "differentiated" if derived else "refused"
        return self

    def find_flags(self):
        for flags in FLAGS:
            own = [*flags, f"-I{self.path.parent}"]
            listed = run([sys.executable, str(HERE / "list_functions.py"), str(self.path), *own], self.folder, 60)
            if listed.status == 0:
                self.flags = own
                self.functions = json.loads(listed.output)
                return True
            if listed.status != 1:
                return False
        return False

    # --- The derivative ---------------------------------------------------

    def adgen(self, function, modes, output):
        return run([*self.tools.adgen, str(self.path), "--function", function, "--mode", ",".join(modes), "-o", output,
                    "--", *self.flags], self.folder, self.tools.seconds, is_limited=True)

    def derive(self, function):
        """Makes the derivatives and compiles them; returns an outcome without a kind for each that is right so far."""
        number = self.functions.index(function)
        output = f"d{number}_grad.cpp"
        both = self.adgen(function, MODES, output)
        if both.status == 0:
            parts = [(MODES, output)]
        else:
            parts = []
            for mode in MODES:
                output = f"d{number}_{mode}_grad.cpp"
                alone = self.adgen(function, [mode], output)
                if alone.status == 0:
                    parts.append(([mode], output))
                else:
                    self.note(function, mode, *self.classify(alone, output))
        derived = []
        for modes, output in parts:
            kind, text = self.compile(output)
            for mode in modes:
                if kind:
                    self.note(function, mode, kind, "", text)
                else:
                    derived.append(Outcome(self.path, function, mode, None))
        return derived

    def note(self, function, mode, kind, identity="", text=""):
        self.outcomes.append(Outcome(self.path, function, mode, kind, identity, text))

    def classify(self, failed, output):
        """Kind, id and text of a run of adgen that did not succeed."""
        text = failed.errors + failed.output
        if failed.status is None:
            parse = run([*self.tools.clang, *self.flags, str(self.path)], self.folder, self.tools.seconds)
            return ("HUNG" if parse.status is not None else "Clang takes too long"), "", text
        if NO_MEMORY.search(text):
            return "OUT OF MEMORY", "", text
        if failed.status < 0 or "adgen has crashed" in text or failed.status not in (1, 2):
            return "CRASHED", "", text
        if (self.folder / output).exists():
            return "CRASHED", "output-left-behind", text
        identity = IDENTITY.search(text)
        identity = identity.group(1) if identity else "of Clang"
        if identity == "adgen-internal-error":
            return "CRASHED", identity, text
        if identity in UNNAMED:
            return "not found by its name", identity, text
        if failed.status == 2 or not LOCATED.search(text):
            return "refused without a place", identity, text
        return "refused", identity, text

    # --- Its text ---------------------------------------------------------

    def warnings_of_input(self, compiler):
        """The options of a compiler that turn off what it warns of in the file; None if it does not compile it."""
        name = compiler[0]
        if name not in self._quiet:
            flags = self.flags
            tried = run([*compiler, *flags, "-Wall", "-Wextra", "-x", "c++", str(self.path)], self.folder, 60)
            self._quiet[name] = None
            if tried.status == 0:
                found = set(re.findall(r"\[-W([a-z0-9+#-]+)(?:=\d*)?\]", tried.errors))
                self._quiet[name] = [f"-Wno-{warning}" for warning in sorted(found)]
        return self._quiet[name]

    def compile(self, output):
        """A kind and the compilers' words, if they do not take a derivative, or warn of it."""
        for compiler in [self.tools.clang, self.tools.gcc]:
            quiet = self.warnings_of_input(compiler) if compiler else None
            if quiet is None:
                continue
            strict = run([*compiler, *self.flags, "-Wall", "-Wextra", "-Werror", *quiet, output], self.folder, 60)
            if strict.status == 0:
                continue
            plain = run([*compiler, *self.flags, "-w", output], self.folder, 60)
            text = f"{' '.join(compiler)}\n{strict.errors}\n{(self.folder / output).read_text(errors='replace')}"
            return ("derived, WARNS" if plain.status == 0 else "derived, DOES NOT COMPILE"), text
        return None, ""

    # --- Its values -------------------------------------------------------

    def run_check(self, functions, modes):
        """The reports on the functions, None if there are none; and the run. Arrays grow as the check advises."""
        settings = []
        while True:
            done = run([*self.tools.adgen, "check", str(self.path), "--function", ",".join(functions), "--json", "--samples",
                        str(self.tools.samples), "--mode", ",".join(modes), *settings, "--", *self.flags], self.folder, 90)
            advice = ADVICE.search(done.errors)
            if not advice or len(functions) > 1 or len(settings) >= 8:
                break
            settings += ["--at", advice.group(1)]
        try:
            return json.loads(done.output)["functions"], done
        except (ValueError, KeyError):
            return None, done

    def check_values(self, derived):
        """Gives each outcome its kind: all functions at once, and each alone if that does not work."""
        if not self.tools.samples:
            for outcome in derived:
                outcome.kind = "derived, not runnable"
            self.outcomes += derived
            return
        by_modes = {}
        for outcome in derived:
            by_modes.setdefault(outcome.function, []).append(outcome)
        groups = {}
        for function, outcomes in by_modes.items():
            groups.setdefault(tuple(o.mode for o in outcomes), []).append(function)
        for modes, functions in groups.items():
            reports = self.run_check(functions, modes)[0] if len(functions) > 1 else []
            if reports and len(reports) == len(functions) and all(r["verdict"] == "good" for r in reports):
                pairs = [(function, report, None) for function, report in zip(functions, reports)]
            else:
                pairs = [self.check_alone(function, modes) for function in functions]
            for function, report, done in pairs:
                for outcome in by_modes[function]:
                    outcome.kind, outcome.identity, outcome.text = self.verdict(report, done)
                    self.outcomes.append(outcome)

    def check_alone(self, function, modes):
        reports, done = self.run_check([function], modes)
        return function, (reports[0] if reports else None), done

    def verdict(self, report, done):
        text = done.errors + done.output if done else ""
        if "[-Wreturn-type]" in text:
            return "derived, not runnable", "no-return", text
        if report is None:
            if done.status is None:
                return "derived, not runnable", "time", text
            identity = IDENTITY.search(text)
            identity = identity.group(1) if identity else ""
            if re.search("memory is used beyond the end|: runtime error: |ERROR: AddressSanitizer", text):
                return "derived, not runnable", "memory", text
            if not identity or "adgen has crashed" in text or done.status < 0:
                return "a check that fails", identity, text
            if identity == "adgen-check-build":
                return self.why_not_built(text)
            return "derived, not runnable", identity, text
        kinds = {"good": "derived, agrees with differences", "undecided": "derived, not decided by differences"}
        return kinds.get(report["verdict"], "derived, WRONG"), "", json.dumps(report, indent=1)

    def why_not_built(self, text):
        """A function that the file only declares, or that is called as one of C's library, is no fault of the check."""
        if re.search("different language linkage|exception specification in declaration does not match", text):
            return "derived, not runnable", "name", text
        if re.search(r"undefined (reference|symbol)|multiple definition|duplicate symbol", text):
            return "derived, not runnable", "link", text
        own = re.findall(r"^(\S+?):\d+:\d+: (?:fatal )?error: ", text, re.MULTILINE)
        if own and all(pathlib.Path(name).name == self.path.name for name in own):
            return "derived, not runnable", "input", text
        return "a check that fails", "adgen-check-build", text
