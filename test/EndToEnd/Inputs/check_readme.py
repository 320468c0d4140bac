#!/usr/bin/env python3
"""Fails unless README's second block of C++ is what adgen writes for the first one.

usage: check_readme.py README.md WORK_FOLDER
"""
import difflib
import pathlib
import re
import subprocess
import sys

readme = pathlib.Path(sys.argv[1]).read_text(encoding="utf-8")
work = pathlib.Path(sys.argv[2])
work.mkdir(parents=True, exist_ok=True)
source, shown = re.findall(r"^```cpp\n(.*?)^```", readme, flags=re.DOTALL | re.MULTILINE)[:2]
command = re.search(r"`adgen (newton\.cpp [^`]*)` writes", readme)[1].split()
(work / "newton.cpp").write_text(source, encoding="utf-8")
subprocess.run(["adgen", *command], cwd=work, check=True)
written = (work / "newton_grad.cpp").read_text(encoding="utf-8")
if shown not in written:
    print("README.md shows another derivative than adgen writes:")
    print("".join(difflib.unified_diff(shown.splitlines(True), written.splitlines(True),
                                       "README.md", "newton_grad.cpp")))
    sys.exit(1)
