#!/usr/bin/env python3
"""Fails for each diagnostic that has no example in test/Diagnostics/Examples, or an example of
no diagnostic.

usage: check_diagnostics_tested.py SOURCE_ROOT
"""
import pathlib
import sys

root = pathlib.Path(sys.argv[1])
sys.path.insert(0, str(root / "lib/Support"))
from generate_diagnostics import rows  # noqa: E402

ids = {row[0] for row in rows(root / "include/adgen/Support/Diagnostics.def")}
examples = {path.stem for path in (root / "test/Diagnostics/Examples").glob("*.cpp")}
for identifier in sorted(ids - examples):
    print(f"[adgen-{identifier}] has no example test/Diagnostics/Examples/{identifier}.cpp")
for identifier in sorted(examples - ids):
    print(f"test/Diagnostics/Examples/{identifier}.cpp is an example of no diagnostic")
sys.exit(1 if ids != examples else 0)
