#!/usr/bin/env python3
"""Gives the harness derivatives written by hand, and each of them with every fault listed in its file.

usage: check_goldens.py --work DIR GOLDEN.cpp… [-- OPTIONS of check_values.py]

The harness must accept the first and say something of every other. Those faults that end the program
are listed with what is said then, and by the program of which compiler; each has a run of its own.
"""
import pathlib
import re
import subprocess
import sys

from fake_goldens import read_golden

HERE = pathlib.Path(__file__).resolve().parent


def check(golden, faults, work, options):
    """Runs the harness; its status and what it printed."""
    source = work / f"{golden.stem}_{faults[0] or 'none'}.cpp"
    fake = [sys.executable, HERE / "fake_goldens.py"]
    with source.open("w") as file:
        subprocess.run([*fake, "source", golden, *faults], stdout=file, check=True)
    result = subprocess.run(
        [sys.executable, HERE / "check_values.py", source, "--work", work / "values",
         f"--flags=-I{golden.parent}", "--adgen", f"{fake[0]} {fake[1]} adgen {golden}", *options],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
    return result.returncode, result.stdout


def faults_of(golden, work, options):
    """What the harness does wrong for one golden."""
    faults = read_golden(golden)[1]
    status, output = check(golden, [""], work, options)
    if status != 0 or output.count(", 0 failures") != 2:
        yield f"{golden.stem} is not accepted:\n{output}"
    quiet = [name for name, fault in faults.items() if len(fault) == 2]
    output = check(golden, quiet, work, [*options, "--compilers", "clang"])[1]
    for name in quiet:
        if f"{name}::" not in output:
            yield f"{golden.stem}: {name} is not seen:\n{output}"
    for name in faults.keys() - quiet:
        compiler, message = faults[name][2].split(": ")
        status, output = check(golden, [name], work, [*options, "--compilers", compiler])
        if status == 0 or message not in output:
            yield f"{golden.stem}: {name} is not seen:\n{output}"


def main():
    arguments = sys.argv[1:]
    end = arguments.index("--") if "--" in arguments else len(arguments)
    work = pathlib.Path(arguments[1])
    work.mkdir(parents=True, exist_ok=True)
    wrong = [text for golden in arguments[2:end]
             for text in faults_of(pathlib.Path(golden), work, arguments[end + 1:])]
    print(*wrong, sep="\n")
    sys.exit(len(wrong) != 0)


if __name__ == "__main__":
    main()
