#!/usr/bin/env python3
"""Prints docs/generated/diagnostics.md: every message of adgen, from Diagnostics.def, with
the examples that test/Diagnostics holds against the tool.

usage: generate_diagnostics.py Diagnostics.def test/Diagnostics/Examples > docs/generated/diagnostics.md
"""
import argparse
import json
import pathlib
import re

import diagnostic_examples

STRING = r'"(?:[^"\\]|\\.)*"'
ROW = re.compile(
    rf"ADGEN_DIAGNOSTIC\(\s*(\w+)\s*,\s*({STRING})\s*,\s*(\w+)\s*,"
    rf"\s*((?:{STRING}\s*)+),\s*((?:{STRING}\s*)+)\)")


def text(literals):
    """The value of adjacent string literals."""
    return "".join(json.loads(s) for s in re.findall(STRING, literals))


def rows(path):
    """(id, severity, message, help) of each row, in the order of the file."""
    with open(path, encoding="utf-8") as file:
        source = re.sub(r"^\s*//.*$", "", file.read(), flags=re.MULTILINE)
    found = [(text(m[2]), m[3], text(m[4]), text(m[5])) for m in ROW.finditer(source)]
    if len(found) != source.count("ADGEN_DIAGNOSTIC(") - source.count("define ADGEN_DIAGNOSTIC("):
        raise SystemExit(f"{path}: a row that is not understood after '{found[-1][0]}'")
    return found


def programs(files, command, others=()):
    """The files that are not among `others`, as code, and a command that says more than usual."""
    for name, source in files.items():
        if name in others and others[name] == source:
            continue
        yield ""
        if name != diagnostic_examples.PROGRAM:
            yield f"`{name}`:"
            yield ""
        yield "```cpp"
        yield from source.rstrip("\n").split("\n")
        yield "```"
    if command != f"adgen {diagnostic_examples.PROGRAM}":
        yield ""
        yield f"    $ {command}"


def example_lines(example):
    """An example and its mend."""
    yield from programs(example.files, example.command)
    if not example.has_mend:
        return
    yield ""
    yield f"Mended: {example.mend[:1].lower()}{example.mend[1:]}"
    command = example.mended_command if example.mended_command != example.command \
        else f"adgen {diagnostic_examples.PROGRAM}"
    yield from programs(example.mended_files, command, example.files)


def page(table, folder):
    """The page as lines."""
    yield "# Diagnostics"
    yield ""
    yield ("Generated from `Diagnostics.def` and `test/Diagnostics/Examples`. Each message ends with its "
           "id, `[adgen-…]`; behind the first one of an id, a note says why, and what can be done, as it "
           "is said here. In the examples, `// here` marks the line that it is reported at. What does not "
           "compile carries Clang's own message. After an error nothing is written.")
    for identifier, severity, message, meaning in rows(table):
        message = re.sub(r"\{(\d)\}", lambda m: "…", message)
        yield ""
        yield f"## adgen-{identifier}"
        yield ""
        yield f"{severity.lower()}: *{message}*"
        yield ""
        yield meaning
        path = folder / f"{identifier}.cpp"
        if path.exists():
            yield from example_lines(diagnostic_examples.read(path))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table")
    parser.add_argument("examples", type=pathlib.Path)
    args = parser.parse_args()
    for line in page(args.table, args.examples):
        print(line)


if __name__ == "__main__":
    main()
