#!/usr/bin/env python3
"""Fails for each diagnostic that no test mentions as `adgen-<id>`.

usage: check_diagnostics_tested.py SOURCE_ROOT
"""
import pathlib
import re
import sys

root = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(root / "lib/Support"))
from generate_diagnostics import rows  # noqa: E402

# What no input is known to bring about.
mentioned = {"internal-error"}
for path in (root / "test").rglob("*"):
    if path.suffix in (".cpp", ".mlir", ".test") and "Layout" not in path.parts:
        mentioned.update(re.findall(r"\[?adgen-([a-z-]+)", path.read_text(encoding="utf-8")))
missing = [row[0] for row in rows(root / "include/adgen/Support/Diagnostics.def")
           if row[0] not in mentioned]
for identifier in missing:
    print(f"no test expects [adgen-{identifier}]")
sys.exit(1 if missing else 0)
