#!/usr/bin/env python3
"""Holds the example of a diagnostic against adgen: the program has this one diagnostic, at the
line that is marked, with a note that says what to do; the mended program has none.

usage: check_example.py SOURCE_ROOT WORK_FOLDER EXAMPLE.cpp
"""
import pathlib
import re
import shlex
import shutil
import subprocess
import sys

LINE = re.compile(r"^(?:(?P<file>[^\s:]+):(?P<line>\d+):\d+: |adgen: )?"
                  r"(?P<kind>error|warning|remark|note): (?P<text>.*)$")


def run(command, files, folder):
    """(status, diagnostics, output) of the command in a folder with these files."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    done = subprocess.run(shlex.split(command), cwd=folder, text=True, check=False,
                          capture_output=True)
    found = [match for match in map(LINE.match, done.stderr.splitlines()) if match]
    return done.returncode, found, done.stderr


def faults(example, identifier, severity, folder):
    """What is not as it should be, with the tool's output."""
    status, found, output = run(example.command, example.files, folder / "example")
    if status != (1 if severity == "error" else 0):
        yield f"the status is {status}", output
    main = [match for match in found if match["kind"] != "note"
            and (severity == "remark" or match["kind"] != "remark")]
    mine = [match for match in main if match["text"].endswith(f"[adgen-{identifier}]")]
    if not mine:
        yield "the diagnostic is missing", output
        return
    if severity != "remark" and len(main) != 1:
        yield f"there are {len(main)} diagnostics", output
    places = [(match["file"], int(match["line"])) if match["file"] else None for match in mine]
    if example.place not in places:
        yield f"it is at {places}, not at {example.place}", output
    if mine[0]["kind"] != severity:
        yield f"it is no {severity}", output
    if not any(match["kind"] == "note" for match in found):
        yield "no note says what to do", output
    if not example.has_mend:
        if severity != "remark":
            yield "there is no mend", output
        return
    status, found, output = run(example.mended_command, example.mended_files, folder / "mended")
    if status != 0:
        yield f"the status of the mended program is {status}", output
    if any(match["kind"] in ("error", "warning") or f"[adgen-{identifier}]" in match["text"]
           for match in found):
        yield "the mended program has diagnostics", output


def main():
    root, folder, path = map(pathlib.Path, sys.argv[1:])
    sys.path.insert(0, str(root / "lib/Support"))
    import diagnostic_examples
    import generate_diagnostics
    table = root / "include/adgen/Support/Diagnostics.def"
    severities = {row[0]: row[1].lower() for row in generate_diagnostics.rows(table)}
    if path.stem not in severities:
        sys.exit(f"there is no diagnostic 'adgen-{path.stem}'")
    found = list(faults(diagnostic_examples.read(path), path.stem, severities[path.stem], folder))
    for fault, output in found:
        print(f"{path.name}: {fault}\n{output}")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
