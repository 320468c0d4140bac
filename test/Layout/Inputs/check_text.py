#!/usr/bin/env python3
"""Looks through every text file for what does not belong: absolute paths of a machine, tabs or
blanks at the end of lines, notes of work undone, files that one sitting no longer reads.

usage: check_text.py SOURCE_ROOT
"""
import pathlib
import re
import sys

SKIPPED = re.compile(r"^(build[^/]*|\.git|\.cache)(/|$)|(^|/)__pycache__/|^LICENSE$")
TEXT = {".cpp", ".h", ".td", ".def", ".md", ".txt", ".cmake", ".py", ".in", ".mlir", ".test",
        ".json", ".sh", ""}
PATH = re.compile(r"(^|[^A-Za-z0-9_.])/(work|home|root|farm|Users|tmp)/")
UNDONE = re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b")
LONGEST = 600


def faults(path, name):
    """(line, what) for each fault of a file."""
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if PATH.search(line):
            yield number, "an absolute path of a machine"
        if UNDONE.search(line):
            yield number, "a note of work undone"
        if line != line.rstrip():
            yield number, "blanks at the end of the line"
    if name.startswith(("lib/", "include/", "tools/")) and len(lines) > LONGEST:
        yield len(lines), "a file too long for one sitting; is there a seam?"


def main():
    root = pathlib.Path(sys.argv[1])
    count = bad = 0
    for path in sorted(root.rglob("*")):
        name = str(path.relative_to(root))
        if SKIPPED.search(name) or not path.is_file() or path.suffix not in TEXT:
            continue
        count += 1
        for line, what in faults(path, name):
            bad += 1
            print(f"{name}:{line}: {what}")
    print(f"{count} files")
    sys.exit(1 if bad or count == 0 else 0)


if __name__ == "__main__":
    main()
