#!/usr/bin/env python3
"""Holds the #includes to the layers of docs/architecture.md.

usage: check_includes.py SOURCE_ROOT
"""
import pathlib
import re
import sys

# What each layer may include of the others.
MAY_INCLUDE = {
    "Support": set(),
    "Dialect": {"Support"},
    "Analysis": {"Dialect", "Support"},
    "Transforms": {"Analysis", "Dialect", "Support"},
    "Frontend": {"Dialect", "Support"},
    "Emitter": {"Analysis", "Dialect", "Support"},
    "Driver": {"Support", "Dialect", "Analysis", "Transforms", "Frontend", "Emitter"},
}
MAY_INCLUDE["tools"] = MAY_INCLUDE["Driver"] | {"Driver"}

# The parts of Clang that a layer may include; what is not listed may include none.
CLANG = {
    "Frontend": re.compile(""),
    "Emitter": re.compile(r"Format/|Tooling/Core/|Basic/"),
    "Driver": re.compile(r"Basic/|Frontend/|Tooling/|Driver/|Options/"),
}


def layer_of(path, root):
    """The layer that a file belongs to."""
    parts = path.relative_to(root).parts
    if parts[0] == "tools":
        return "tools"
    return parts[2] if parts[0] == "include" else parts[1]


def faults(path, root):
    """What is wrong with the includes of one file."""
    layer = layer_of(path, root)
    if layer not in MAY_INCLUDE:
        if layer == "adgen.h":  # the annotations, which users include: nothing of the tool
            return [f"includes {name}" for _, name in includes(path)]
        return [f"no such layer: {layer}"]
    found = []
    for line, name in includes(path):
        first, _, rest = name.partition("/")
        other = rest.split("/")[0] if first == "adgen" else None
        if other and other != layer and other not in MAY_INCLUDE[layer]:
            found.append(f"{line}: {layer} must not include {name}")
        if first in ("clang", "clang-c") and not (layer in CLANG and CLANG[layer].match(rest)):
            found.append(f"{line}: {layer} must not include {name}")
        if first == "mlir" and layer == "Support":
            found.append(f"{line}: {layer} must not include {name}")
        if name.startswith("..") or first in ("lib", "include"):
            found.append(f"{line}: {name} reaches into another folder")
        if first in MAY_INCLUDE and other is None:
            found.append(f"{line}: {name} reaches into another layer's private headers")
    return found


def includes(path):
    """(line, name) of every #include."""
    for line, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if match := re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', text):
            yield line, match[1]


def main():
    root = pathlib.Path(sys.argv[1])
    count = bad = 0
    for folder in ["include", "lib", "tools"]:
        for path in sorted((root / folder).rglob("*")):
            if path.suffix not in (".h", ".cpp", ".def"):
                continue
            count += 1
            for fault in faults(path, root):
                bad += 1
                print(f"{path.relative_to(root)}:{fault}")
    print(f"{count} files")
    sys.exit(1 if bad or count == 0 else 0)


if __name__ == "__main__":
    main()
