#!/usr/bin/env python3
"""Stands in for adgen in the harness's own test: hand-written derivatives, and each with one fault.

usage: fake_goldens.py source GOLDEN.cpp FAULT…
       fake_goldens.py adgen GOLDEN.cpp SOURCE.cpp --function F,FAULT::F --mode M [--with-value]
                       -o OUT.cpp …

`source` prints the golden's original in a namespace for each fault, so that one program shows many;
for an empty name as it is. A line `name: old => new` of a golden is a fault, which replaces the first
place of `old`, compared without regard to white space; the reverse mode stands first.
"""
import pathlib
import re
import sys


def read_golden(path):
    """The parts of a golden by their names, and its faults."""
    parts = re.split(r"^//--- (\w+)\n", path.read_text(encoding="utf-8"), flags=re.M)
    parts = dict(zip(parts[1::2], parts[2::2]))
    lines = [line.split(": ", 1) for line in parts["faults"].splitlines()]
    return parts, {name: change.split(" => ") for name, change in lines}


def mutated(text, old, new):
    """`text` with the first occurrence of `old` replaced."""
    place = re.search(r"\s*".join(map(re.escape, re.findall(r"\w+|[^\w\s]", old))), text)
    if not place:
        sys.exit(f"nothing to replace: {old}")
    return text[: place.start()] + new + text[place.end():]


def hoisted(text):
    """The #include lines of a text, and the rest."""
    lines = text.splitlines()
    return ([line for line in lines if line.startswith("#include")],
            "\n".join(line for line in lines if not line.startswith("#include")) + "\n")


def in_namespace(name, text):
    return f"namespace {name} {{\n{text}}}\n" if name else text


def write_source(golden, names):
    includes, text = hoisted(read_golden(golden)[0]["original"])
    print("\n".join(includes))
    for name in names:
        prefix = name and f"{name}::"
        print(in_namespace(name, text.replace("CHECK-VALUES: ", f"CHECK-VALUES: {prefix}")))


def write_derivative(golden, arguments):
    parts, faults = read_golden(golden)
    option = dict(zip(arguments, arguments[1:]))
    out = pathlib.Path(option["-o"])
    valued = "--with-value" in arguments
    includes, header = hoisted(parts["header"])
    sources, source = hoisted(parts["derivative"])
    sources += hoisted(parts["original"])[0]
    headers, texts = ["#pragma once", *includes], []
    if valued:
        headers.append('#include "derivative_0.h"')
        header = parts["valued"]
    for function in option["--function"].split(","):
        name = "::".join(function.split("::")[:-1])
        headers.append(in_namespace(name, header))
        if not valued:
            texts.append(in_namespace(name, mutated(source, *faults[name][:2]) if name else source))
    out.with_suffix(".h").write_text("\n".join(headers) + "\n", encoding="utf-8")
    out.write_text("\n".join([f'#include "{out.stem}.h"', *sources, *texts]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    if sys.argv[1] == "source":
        write_source(pathlib.Path(sys.argv[2]), sys.argv[3:])
    else:
        write_derivative(pathlib.Path(sys.argv[2]), sys.argv[3:])
