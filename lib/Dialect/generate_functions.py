#!/usr/bin/env python3
"""Generates what follows from the table of derivative rules (ADFunctions.td).

usage: generate_functions.py --kind formulas|lookup|reference TABLE.json

TABLE.json is llvm-tblgen --dump-json of the table. `formulas` are the functions
that partial derivatives may call; `lookup` the rows by C++ name; `reference`
the page of the documentation.
"""
import argparse
import json


def text(value):
    return value if isinstance(value, str) else value["def"]


def rows(table):
    """The rows of the table in the order of their definition."""
    names = table["!instanceof"]["Function"]
    return sorted((table[n] for n in names), key=lambda r: r["!locs"][0] if "!locs" in r else 0)


def name(row):
    return row["opName"]


def formulas(table):
    for row in rows(table):
        if row["spelling"].isidentifier() or "::" in row["spelling"]:
            yield (f"template <class... Args> Expr {name(row)}(Args... args) "
                   f"{{ return apply<{row['!name']}>(args...); }}")


def kind(constraint):
    return "i" if text(constraint) == "Integer" else "r"


def lookup(table):
    for row in rows(table):
        spelling = row["spelling"].removeprefix("std::")
        if not spelling.isidentifier():
            continue
        kinds = "".join(kind(a[0]) for a in row["arguments"]["args"])
        for alias in [spelling] + row["aliases"]:
            yield f'{{"{alias}", "{kinds}", &build<{row["!name"]}>}},'


def reference(table):
    yield "# Derivative rules"
    yield ""
    yield "Generated from the table of functions (`ADFunctions.td`). `y` is the function's value."
    yield ""
    yield "| function | partial derivatives | guarded |"
    yield "| --- | --- | --- |"
    words = {"None": "", "Finite": "always", "Pole": "where paths join"}
    for row in rows(table):
        args = row["args"]
        sign = row["spelling"]
        call = f"{sign}({', '.join(args)})" if sign.isidentifier() or "::" in sign else (
            f" {sign} ".join(args) if len(args) > 1 else f"{sign}{args[0]}")
        partials = "; ".join(
            f"∂{a}: " + ("refused where active" if p == "none" else f"`{p}`")
            for a, p in zip(args, row["partials"]))
        guards = "; ".join(f"{a}: {words[s]}" for a, s in zip(args, row["singular"]) if words[s])
        yield f"| `{call}` | {partials} | {guards} |".replace("||", "\\|\\|")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kind", required=True, choices=["formulas", "lookup", "reference"])
    parser.add_argument("table")
    options = parser.parse_args()
    with open(options.table, encoding="utf-8") as file:
        table = json.load(file)
    for line in globals()[options.kind](table):
        print(line)


if __name__ == "__main__":
    main()
