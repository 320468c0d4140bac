#!/usr/bin/env python3
"""Fails unless README's second block of C++ is what adgen writes for the first one, and its check
what adgen says of that.

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


def without_errors(text):
    """How near two numbers are differs from compiler to compiler."""
    return re.sub(r"ok \S+ ", "ok ", re.sub(r" +", " ", text))


shown = re.search(r"^    \$ (adgen check newton.*)\n((?:    .*\n)+)", readme, flags=re.MULTILINE)
said = subprocess.run(shown[1].split(), cwd=work, check=True, text=True, stdout=subprocess.PIPE).stdout
if without_errors(shown[2].replace("\n    ", "\n").strip()) != without_errors(said.strip()):
    print(f"README.md shows another check than '{shown[1]}':\n{said}")
    sys.exit(1)
