"""Makes a failing program small: what is not needed for its failure goes.

Blocks, lines, then parts of expressions are left out as long as the program fails in the same way: the
same kind of finding with the same signature, in a program that itself compiles without a warning of an
uninitialized variable, that reads nothing uninitialized (such numbers are made NaN), and that the
sanitizers find nothing in. The parameters stay, as the checks know them.
"""
import pathlib
import pickle
import re
import shutil

from batch import Batch, run


class Reduced:
    """A program with another text."""

    def __init__(self, original, text):
        self.original = original
        self.text = text

    def __getattr__(self, name):
        return getattr(self.original, name)

    @property
    def type_lines(self):
        return self.original.type_lines

    def function_text(self):
        return self.text


def fails_alike(program, text, finding, tools, folder):
    """Whether a candidate shows the same failure."""
    batch = Batch([Reduced(program, text)], folder, tools, finding.disabled, finding.with_value, finding.gcc)
    batch.values = "wrong" in finding.kind or "hangs" in finding.kind or "crashes" in finding.kind
    try:
        batch.check(False)
    except (RuntimeError, OSError):
        return False
    if not any(f.signature == finding.signature for f in batch.findings):
        return False
    status, _ = run([*tools.base, "-fsyntax-only", "-Wall", "-Werror=uninitialized", "-Werror=return-type",
                     "-Werror=sometimes-uninitialized", "-Werror=infinite-recursion", "programs.cpp"], folder)
    return status == 0


def blocks(lines):
    """Ranges of lines that can go at once, the larger ones first; also the frames around blocks."""
    ranges, opened = [], []
    for i, line in enumerate(lines):
        ranges.append(((i, i + 1),))
        if i + 1 < len(lines) and not line.rstrip().endswith((";", "{", "}")):
            ranges.append(((i, i + 2),))
        if line.lstrip().startswith("}") and opened:
            start = opened.pop()
            ranges.append(((start, i + 1),))
            ranges.append(((start, start + 1), (i, i + 1)))
        if line.rstrip().endswith("{"):
            opened.append(i)
    return sorted(ranges, key=lambda parts: -sum(b - a for a, b in parts))


def without_lines(text):
    lines = text.split("\n")
    for parts in blocks(lines):
        gone = {i for a, b in parts for i in range(a, b)}
        yield "\n".join(line for i, line in enumerate(lines) if i not in gone)


def groups(text):
    """Balanced parentheses: where they open and close."""
    found, opened = [], []
    for i, c in enumerate(text):
        if c == "(":
            opened.append(i)
        elif c == ")" and opened:
            found.append((opened.pop(), i))
    return sorted(found, key=lambda g: g[0] - g[1])


def simpler_expressions(text):
    for a, b in groups(text):
        name = re.search(r"(?:std::\w+|static_cast)?(?:<\w+>)?$", text[:a]).start()
        inside = text[a + 1:b]
        if "{" in inside or ";" in inside:
            continue
        for new in ("1.0", inside, f"({inside})"):
            if new != text[name:b + 1]:
                yield text[:name] + new + text[b + 1:]
    for found in re.finditer(r" (?:[-+*/]|&&|\|\|) (?:[\w.:\[\]]+)", text):
        yield text[:found.start()] + text[found.end():]
    for found in re.finditer(r"[\w.:\[\]]+ (?:[-+*/]|&&|\|\|) ", text):
        yield text[:found.start()] + text[found.end():]
    for found in re.finditer(r" (?:\+|-|\*|/)= ", text):
        yield text[:found.start()] + " = " + text[found.end():]


def reduce_program(program, finding, tools, folder, say=print):
    """The smallest text that was found."""
    text = program.function_text()
    if not fails_alike(program, text, finding, tools, folder):
        say("not reproduced alone; not reduced")
        return text
    changed = True
    while changed:
        changed = False
        for candidates in (without_lines, simpler_expressions):
            at, tried = 0, set()
            while True:
                some = list(candidates(text))
                if at >= len(some):
                    break
                candidate = some[at]
                if len(candidate) < len(text) and candidate not in tried:
                    tried.add(candidate)
                    if fails_alike(program, candidate, finding, tools, folder):
                        text, changed = candidate, True
                        continue
                at += 1
    shutil.rmtree(folder, ignore_errors=True)
    return text


CHECK = """#!/usr/bin/env python3
import pathlib, pickle, sys
sys.path.insert(0, {generator!r})
from reduce import fails_alike
program, finding, tools = pickle.loads(pathlib.Path({state!r}).read_bytes())
folder = pathlib.Path.cwd() / "check"
sys.exit(0 if fails_alike(program, pathlib.Path("case.cpp").read_text(), finding, tools, folder) else 1)
"""


def with_cvise(program, text, finding, tools, folder, say=print):
    """What cvise makes of a program; the same text if it is not installed."""
    if not shutil.which("cvise"):
        say("cvise is not installed")
        return text
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    state, case, check = folder / "state", folder / "case.cpp", folder / "check.py"
    state.write_bytes(pickle.dumps((program, finding, tools)))
    case.write_text(text)
    check.write_text(CHECK.format(generator=str(pathlib.Path(__file__).parent), state=str(state)))
    check.chmod(0o755)
    status, output = run(["cvise", "--n", "2", str(check), str(case)], folder, timeout=1800)
    if status != 0:
        say(f"cvise failed:\n{output[-2000:]}")
    return case.read_text()
