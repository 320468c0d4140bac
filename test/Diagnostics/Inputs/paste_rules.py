#!/usr/bin/env python3
"""Pastes the declarations that adgen prints for functions without a body into the program, gives
them empty bodies, and requires that compilers and adgen accept the result. COUNT names of such functions are in the program.

usage: paste_rules.py PROGRAM.cpp MODES WORK_FOLDER COUNT
"""
import pathlib
import re
import subprocess
import sys

NOTE = re.compile(r"^[^\s:]+:(\d+):\d+: note: declared here; to write its derivative")
SNIPPET = re.compile(r"^ +\d+ \| ")
ERROR = re.compile(r"error: the body of '(.*)' is not known")
RULE = re.compile(r"^(ADGEN_DERIVATIVE_OF\(.*?\) (?P<type>.*?)\w+_(?:grad|jvp)\(.*\));$")


def suggestions(output):
    """line of the function → lines to paste."""
    found, block = {}, None
    for line in output.splitlines():
        if NOTE.match(line):
            block = found.setdefault(int(NOTE.match(line)[1]), [])
        elif block is not None and SNIPPET.match(line):
            block = None
        elif block is not None:
            block.append(line)
    return found


def with_body(line):
    """A declaration as a definition."""
    rule = RULE.match(line)
    if not rule:
        return line
    return rule[1] + (" {}" if rule["type"].strip() == "void" else " { return {}; }")


def paste(lines, blocks):
    """The program with each block behind its function, where no brace is open."""
    result, waiting, depth = [], [], 0
    for number, line in enumerate(lines, 1):
        result.append(line)
        depth += line.count("{") - line.count("}")
        waiting += blocks.get(number, [])
        if depth == 0:
            result += waiting
            waiting = []
    return "\n".join(result) + "\n"


def adgen(folder, modes):
    command = ["adgen", "program.cpp", "--mode", modes, "--", "-std=c++17", "-ferror-limit=0"]
    return subprocess.run(command, cwd=folder, text=True, check=False, capture_output=True)


def main():
    program, modes, folder, count = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3]), sys.argv[4]
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / "program.cpp"
    text = pathlib.Path(program).read_text(encoding="utf-8")
    seen = set()
    # One error for each function of the file; what it hides is next.
    for _ in range(10):
        file.write_text(text, encoding="utf-8")
        done = adgen(folder, modes)
        if done.returncode == 0:
            break
        blocks = suggestions(done.stderr)
        seen.update(ERROR.findall(done.stderr))
        if not blocks or done.stderr.count(" error: ") != len(blocks):
            sys.exit(f"an error without a suggestion:\n{done.stderr}")
        text = paste(text.splitlines(), {line: [with_body(part) for part in block]
                                         for line, block in blocks.items()})
    if done.returncode != 0 or done.stderr:
        sys.exit(f"still refused:\n{done.stderr}")
    if len(seen) != int(count):
        sys.exit(f"{len(seen)} functions were asked for: {sorted(seen)}")
    include = pathlib.Path(__file__).parents[3] / "include"
    for compiler in ["clang++-22", "g++"]:
        for source in ["program.cpp", "program_grad.cpp"]:
            subprocess.run([compiler, "-std=c++17", "-Wall", "-Werror", "-fsyntax-only", "-I", include,
                            source], cwd=folder, check=True)


if __name__ == "__main__":
    main()
