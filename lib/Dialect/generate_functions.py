#!/usr/bin/env python3
"""Generates what follows from the table of derivative rules (ADFunctions.td).

usage: generate_functions.py --kind formulas|lookup|reference TABLE.json

TABLE.json is llvm-tblgen --dump-json of the table. `formulas` are the functions
that partial derivatives may call; `lookup` the rows by C++ name; `reference`
the page of the documentation.
"""
import argparse
import json
import re


def text(value):
    return value if isinstance(value, str) else value["def"]


def rows(table):
    """The rows of the table in the order of their definition."""
    names = table["!instanceof"]["Function"]
    return sorted((table[n] for n in names), key=lambda r: int(r["!locs"][0].rpartition(":")[2]))


def name(row):
    return row["opName"]


def formulas(table):
    for row in rows(table):
        if row["spelling"].isidentifier() or "::" in row["spelling"]:
            yield (f"template <class... Args> Expr {name(row)}(Args... args) "
                   f"{{ return apply<{row['!name']}>(\"{kinds(row)}\", args...); }}")


def kinds(row):
    """Per argument 'i' for an integer, 'l' for a long double, 'r' for a real."""
    letters = {"Integer": "i", "LongDouble": "l"}
    return "".join(letters.get(text(a[0]), "r") for a in row["arguments"]["args"])


def lookup(table):
    for row in rows(table):
        spelling = row["spelling"].removeprefix("std::")
        if not spelling.isidentifier() or row["helper"]:
            continue
        yield f'{{"{spelling}", "{kinds(row)}", &build<{row["!name"]}>}},'


def call(row):
    """How the function is written: `std::pow(x, z)`, `x + z`, `-x`."""
    args, sign = row["args"], row["spelling"]
    if sign.isidentifier() or "::" in sign:
        return f"{sign}({', '.join(args)})"
    return f" {sign} ".join(args) if len(args) > 1 else f"{sign}{args[0]}"


def split(arguments):
    """The arguments of a call at its outermost commas, and what follows the call."""
    parts, depth, start = [], 0, 0
    for i, c in enumerate(arguments):
        depth += {"(": 1, ")": -1}.get(c, 0)
        if depth < 0 or (depth == 0 and c == ","):
            parts.append(arguments[start:i].strip())
            start = i + 1
        if depth < 0:
            return parts, arguments[start:]
    raise ValueError(f"unbalanced: {arguments}")


def readable(formula):
    """A formula as C++: `c ? a : b` for select(c, a, b), digits for number("digits")."""
    formula = re.sub(r'number\("([^"]*)"\)', r"\1", formula)
    match = re.search(r"\bselect\(", formula)
    if not match:
        return formula
    (condition, a, b), rest = split(formula[match.end():])
    choice = f"{condition} ? {readable(a)} : {readable(b)}"
    before = formula[:match.start()]
    if not (before[-1:] in ("", "(", " ") and before.rstrip()[-1:] in ("", "(", ",")
            and rest[:1] in ("", ",", ")")):
        choice = f"({choice})"
    return before + choice + readable(rest)


GUARDS = {"None": "", "Finite": "always", "Pole": "where paths join"}


def guarded(singular):
    """In words, where the table says in C++ when."""
    if "zeroPole" in singular or "divisorSingularity" in singular:
        return GUARDS["Pole"] + ", unless what is divided by cannot be zero"
    return GUARDS.get(singular, "unless a constant argument rules it out")



def reference(table):
    yield "# Derivative rules"
    yield ""
    yield "Generated from the table of functions (`ADFunctions.td`). `y` is the function's value. A partial"
    yield "derivative that has no closed form is refused where its argument is active. *Guarded*: where the"
    yield "derivative may be infinite, an adjoint or tangent that is exactly zero contributes zero; always,"
    yield "or (where the function is infinite too) only where a path that does not use the value joins one"
    yield "that does. *Tested over*: the intervals over which the tests compare the rule with differences."
    yield ""
    yield "| function | partial derivatives | guarded | tested over |"
    yield "| --- | --- | --- | --- |"
    for row in rows(table):
        args = row["args"]
        partials = "<br>".join(
            f"∂{a}: " + ("none" if p == "none" else f"`{readable(p)}`")
            for a, p, k in zip(args, row["partials"], kinds(row)) if k != "i")
        guards = "<br>".join(
            f"{a}: " + guarded(s)
            for a, s in zip(args, row["singular"]) if s != "None")
        domain = "<br>".join(
            f"{a}: " + ", ".join("[" + i.strip().replace(":", ", ") + "]" for i in d.split(","))
            for a, d in zip(args, row["domain"]))
        cells = [f"`{call(row)}`", partials, guards, domain]
        yield "| " + " | ".join(c.replace("|", "\\|") for c in cells) + " |"
    yield ""
    yield "## Functions that generated code brings along"
    yield ""
    yield "The standard library lacks them; they are defined in the generated file where they are needed."
    for row in rows(table):
        if row["helper"]:
            yield ""
            yield "```cpp"
            yield row["helper"].strip()
            yield "```"


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
