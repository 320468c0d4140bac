"""Partial derivatives at kinks and singular points, written by hand (edge-cases.txt).

A line is `pow(0, 0.5): inf 0`: the row's name, the arguments, and the value of each
partial derivative, `_` where there is none. `#` begins a comment.
"""
import dataclasses
import re


@dataclasses.dataclass
class Case:
    text: str
    name: str
    args: list
    expected: dict


def load(path):
    with open(path, encoding="utf-8") as file:
        for line in file:
            line = line.split("#")[0].strip()
            if not line:
                continue
            text, name, args, expected = re.fullmatch(r"((\w+)\(([^)]*)\)):(.*)", line).groups()
            args = [a.strip() for a in args.split(",")]
            assert len(args) == len(expected.split()), line
            yield Case(text, name, args, {i: e for i, e in enumerate(expected.split()) if e != "_"})


def number(text):
    """A number of the file as a long double of C++."""
    sign = "-" if text.startswith("-") else ""
    body = text.lstrip("-")
    if body in ("inf", "nan"):
        return f"{sign}{'INFINITY' if body == 'inf' else 'NAN'}"
    return f"{sign}{body}L" if re.search(r"[.e]", body) else f"{sign}{body}.0L"
