#!/usr/bin/env python3
"""Prints docs/generated/diagnostics.md: every message of adgen, from Diagnostics.def.

usage: generate_diagnostics.py Diagnostics.def > docs/generated/diagnostics.md
"""
import argparse
import json
import re

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


def page(path):
    """The page as lines."""
    yield "# Diagnostics"
    yield ""
    yield ("Generated from `Diagnostics.def`. Each message ends with its id, "
           "`[adgen-…]`. What does not compile carries Clang's own message. After an error "
           "nothing is written.")
    for identifier, severity, message, meaning in rows(path):
        message = re.sub(r"\{(\d)\}", lambda m: "…", message)
        yield ""
        yield f"## adgen-{identifier}"
        yield ""
        yield f"{severity.lower()}: *{message}*"
        yield ""
        yield meaning


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("table")
    for line in page(parser.parse_args().table):
        print(line)


if __name__ == "__main__":
    main()
