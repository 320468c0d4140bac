#!/usr/bin/env python3
"""Stands in for adgen in the fuzzer's own test: runs it, then puts a fault into what it wrote.

usage: fake_adgen.py FAULT ADGEN ARGUMENT…

The fault goes into one line of the file (of some, into all such lines); the fuzzer has to find it.
"""
import pathlib
import re
import subprocess
import sys

# What the line is, and what becomes of it.
FAULTS = {
    "none": (r"$^", ""),
    # A contribution with the wrong sign.
    "sign": (r"^( +\w+_bar(?:\[.*\])? )\+=( .*seed.*;)$", r"\1-=\2"),
    # Adjoints that are not consumed.
    "not-consumed": (r"^ +\w+_bar\[\w+\] = 0;$", ""),
    # A factor that is off by a little.
    "small-error": (r"^(.*return \{\w+, .*)(\w+_dot)(.*)$", r"\1\2 * 1.00000001\3"),
    # A derivative of the tangent alone.
    "tangent": (r"^( +\w+_dot(?:\[.*\])? = )(.*)(;)$", r"\1-(\2)\3"),
    # An effect of f's own that is lost.
    "value": (r"^ +x\d+(?:\[[^\]]*\]|\.\w+)+ = .*;$", ""),
}


def main():
    pattern, replacement = FAULTS[sys.argv[1]]
    command = sys.argv[2:]
    status = subprocess.run(command, check=False).returncode
    if status != 0:
        sys.exit(status)
    out = pathlib.Path(command[command.index("-o") + 1])
    # One of them alone may do no harm: nobody may read again what is not consumed, or lost.
    most = 0 if sys.argv[1] in ("not-consumed", "value") else 1
    # Not in what is copied from the programs: the linker may take that from elsewhere.
    text = out.read_text()
    start = re.search(r"^.*\bprog\d+_(?:grad|jvp)\(", text, re.M).start()
    changed, count = re.subn(pattern, replacement, text[start:], count=most, flags=re.M)
    out.write_text(text[:start] + changed)
    print(f"{count} faults")


if __name__ == "__main__":
    main()
