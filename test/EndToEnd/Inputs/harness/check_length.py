#!/usr/bin/env python3
"""Fails if generated code is longer than the golden derivative, and then shows both.

usage: check_length.py GENERATED GOLDEN [--slack LINES]

Blank lines and the two lines that name the generator do not count.
"""
import argparse
import pathlib
import sys


def lines(path):
    text = pathlib.Path(path).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line.strip()][2:]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("generated")
    parser.add_argument("golden")
    parser.add_argument("--slack", type=int, default=2)
    options = parser.parse_args()
    generated, golden = lines(options.generated), lines(options.golden)
    if len(generated) > len(golden) + options.slack:
        print("--- golden", *golden, "--- generated", *generated, sep="\n")
        sys.exit(f"{len(generated)} lines, the golden has {len(golden)}")


if __name__ == "__main__":
    main()
